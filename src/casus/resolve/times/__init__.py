"""When things happened: finds the times a report names and anchors them in the calendar."""

from casus.resolve.times.mentions import find_times, parse_time

__all__ = ("find_times", "parse_time")
