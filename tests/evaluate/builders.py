"""Small annotated and coded reports, as JSON objects."""

from typing import Any

from casus.evaluate import Match, match_reports, told_of

TEXT = "Rebels shelled Goma on Monday, police said. In response, Congo bombed a camp and sent troops to Goma."


def span(words: str, *, nth: int = 0, text: str = TEXT) -> dict[str, Any]:
    """Return the span of the `nth` occurrence of `words`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def party(words: str, country: str | None, *sectors: str) -> dict[str, Any]:
    """Return the party that `words` stand for."""
    return span(words) | {"country": country, "sectors": list(sectors)}


def event(key: str, words: str, kind: str, **fields: Any) -> dict[str, Any]:
    """Return a statement; its sentence is the one of its trigger."""
    trigger = span(words)
    sentence = {"start": 0, "end": 43} if trigger["start"] < 43 else {"start": 44, "end": len(TEXT)}
    return {"id": key, "trigger": trigger, "sentence": sentence, "type": kind, "modality": "actual"} | fields


def shelled(**changes: Any) -> dict[str, Any]:
    """Return the shelling with every slot."""
    fields: dict[str, Any] = {
        "mode": "heavy-weapons",
        "actors": [party("Rebels", "COD", "REB")],
        "recipients": [party("Goma", "COD", "CVL")],
        "attribution": span("police") | {"country": "COD", "cue": "said"},
        "when": {"start": "2031-05-05", "end": "2031-05-05", "text": "on Monday"},
        "where": {"text": "Goma", "name": "Goma", "country": "COD", "lat": -1.68, "lon": 29.22},
        "quantities": [{"kind": "killed", "min": 12, "max": None}],
        "incident": "i1",
    }
    return event("e1", "shelled", "ASSAULT", **(fields | changes))


def bombed(**changes: Any) -> dict[str, Any]:
    """Return the bombing, an answer to the shelling."""
    fields = {"actors": [party("Congo", "COD", "GOV")], "responds_to": ["e1"], "incident": "i2"}
    return event("e2", "bombed", "ASSAULT", **(fields | changes))


def sent(**changes: Any) -> dict[str, Any]:
    """Return the troops' being sent."""
    return event("e3", "sent", "MOBILIZE", **({"incident": "i3"} | changes))


def report(*events: dict[str, Any], key: str = "goma", text: str = TEXT) -> dict[str, Any]:
    """Return a report with these statements."""
    return {"id": key, "text": text, "published": "2031-05-07", "events": list(events)}


def match(gold: dict[str, Any], own: dict[str, Any]) -> Match:
    """Return both reports side by side."""
    told = told_of(gold)
    (found,) = match_reports({told.id: told}, [told_of(own)])
    return found
