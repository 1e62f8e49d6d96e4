"""From files and addresses to reports: texts, pages, tables, JSON, archives, feeds; says of bad input what is wrong."""

from casus.ingest.inputs import read_inputs, read_items
from casus.ingest.items import Item, Note, Passed
from casus.ingest.reports import Terms, make_report, parse_published

__all__ = ("Item", "Note", "Passed", "Terms", "make_report", "parse_published", "read_inputs", "read_items")
