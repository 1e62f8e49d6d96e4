"""How many: finds the counts a report gives, with their bounds and what they are of."""

from casus.resolve.quantities.given import read_spans
from casus.resolve.quantities.mentions import find_quantities

__all__ = ("find_quantities", "read_spans")
