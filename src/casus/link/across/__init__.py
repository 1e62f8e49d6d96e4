"""One happening, many reports: near-copies, matching across reports, tolls, status, chains. Opens no store itself."""

from casus.link.across.archive import Archive, Change, Happening
from casus.link.across.clusters import link_across
from casus.link.across.memory import MemoryArchive
from casus.link.across.summary import read_happening, sum_up_events

__all__ = ("Archive", "Change", "Happening", "MemoryArchive", "link_across", "read_happening", "sum_up_events")
