"""What a store knows in formats of others and our own, each with a data dictionary and a count of what it cannot hold.

>>> from casus.export import FORMATS
>>> list(FORMATS)[:4]
['jsonl', 'csv', 'parquet', 'geojson']
"""

from casus.export.dictionaries import describe, write_dictionary
from casus.export.formats import FORMATS, format_of
from casus.export.forms import Column, Format
from casus.export.json_lines import read_reports
from casus.export.losses import Loss, LossReport
from casus.export.writing import write

__all__ = (
    "FORMATS", "Column", "Format", "Loss", "LossReport", "describe", "format_of", "read_reports", "write",
    "write_dictionary",
)  # fmt: skip
