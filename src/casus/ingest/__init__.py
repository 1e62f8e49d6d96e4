"""From files to reports: texts, pages, JSON, folders, standard input; says of each bad input what is wrong with it."""

from casus.ingest.inputs import read_inputs
from casus.ingest.reports import Terms, make_report, parse_published

__all__ = ("Terms", "make_report", "parse_published", "read_inputs")
