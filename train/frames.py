"""Read GENEVA (FrameNet's full texts as events) into training sentences: frames evoked, and who acts on whom.

Its frames are not our types: they teach the encoder alone, by a head that does not ship. Its roles teach ours where
they say plainly who acts and who is acted upon; of others nothing is learned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from train.examples import UNTOLD, Example, Trigger

SOURCE = "geneva"
FILES = ("train.rebuilt.json", "data/val.json", "data/test.json")
SEEN = 20  # a frame evoked less often is left out
ACTORS = frozenset((
    "Agent", "Arguer", "Arguers", "Assailant", "Attendees", "Authorities", "Author", "Avenger", "Buyer", "Cognizer",
    "Communicator", "Conqueror", "Creator", "Defender", "Destroyer", "Donor", "Employer", "Exchanger_1", "Exchangers",
    "Helper", "Inspector", "Interlocutors", "Investigator", "Killer", "Offerer", "Participants", "Partners",
    "Perceiver_agentive", "Perpetrator", "Producer", "Protagonist", "Ratifier", "Researcher", "Responding_entity",
    "Selector", "Self_mover", "Seller", "Sender", "Side_1", "Sides", "Signatory", "Speaker", "Supplier", "Supporter",
    "Teacher", "Terrorist", "Tester", "Traveler", "Traveller",
))  # fmt: skip
RECIPIENTS = frozenset((
    "Addressee", "Benefited_party", "Deceased", "Employee", "Evaluee", "Exchanger_2", "Injured_party", "Offender",
    "Recipient", "Side_2", "Student", "Supported", "Suspect", "Victim",
))  # fmt: skip
OTHERS = {"Place": "where", "Time": "when"}
NOBODY = frozenset((
    "Act", "Action", "Activity", "Agreement", "Content", "Crime", "Decision", "Effect", "Instrument", "Issue", "Means",
    "Message", "Money", "Occasion", "Offense", "Proposal", "Proposed_action", "Purpose", "Reason", "Topic",
    "Undertaking", "Weapon",
))  # fmt: skip


def read_geneva(folder: Path) -> list[Example]:
    """All sentences, each frame by its name; frames seen seldom count as none."""
    rows = [json.loads(line) for name in FILES for line in (folder / name).read_text("utf-8").splitlines() if line]
    counts: dict[str, int] = {}
    for event in (e for row in rows for e in row["event_mentions"]):
        counts[event["event_type"]] = counts.get(event["event_type"], 0) + 1
    kept = {name for name, n in counts.items() if n >= SEEN}
    return [_example(row, kept) for row in rows]


def role_of(name: str) -> str:
    """Our role for one of FrameNet's, "" for none of ours, UNTOLD where it may be or not."""
    if name in ACTORS:
        return "actor"
    if name in RECIPIENTS:
        return "recipient"
    return OTHERS.get(name, "" if name in NOBODY else UNTOLD)


def _example(row: Mapping[str, Any], kept: set[str]) -> Example:
    words = tuple(row["tokens"])
    frames = [""] * len(words)
    triggers = []
    for event in row["event_mentions"]:
        at = event["trigger"]["start"]
        frames[at] = event["event_type"] if event["event_type"] in kept else ""
        triggers.append(Trigger(at, None, None, None, _roles(row, event, at)))
    return Example(words, SOURCE, None, None, tuple(triggers), tuple(frames))


def _roles(row: Mapping[str, Any], event: Mapping[str, Any], trigger: int) -> tuple[tuple[int, str], ...]:
    spans = {m["id"]: (m["start"], m["end"]) for m in row["entity_mentions"]}
    found = {
        word: role
        for argument in sorted(event["arguments"], key=lambda a: spans[a["entity_id"]][0] - spans[a["entity_id"]][1])
        if (role := role_of(argument["role"]))
        for word in range(*spans[argument["entity_id"]])
    }
    found.pop(trigger, None)
    return tuple(sorted(found.items()))
