"""How well reports are coded: gold and coded statements side by side, slot by slot; it codes nothing itself."""

from casus.evaluate.scores import Count, Scores, score_all
from casus.evaluate.statements import Told, read_gold, read_told, told_of
from casus.evaluate.twins import Match, match_reports

__all__ = ("Count", "Match", "Scores", "Told", "match_reports", "read_gold", "read_told", "score_all", "told_of")
