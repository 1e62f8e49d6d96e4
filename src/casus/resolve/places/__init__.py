"""Where: place names of a report and the places they mean; knows nothing of events."""

from casus.resolve.places.mentions import find_places

__all__ = ("find_places",)
