"""Who did it, or to whom, where the event's own sentence does not say: found among the parties of the report's events.

A logistic model (weights.json, `lend actors` and `lend recipients`) judges every side of the events near by; the
evidence names the event that lent its party.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casus.link.pairs import Placed, definiteness, place_events, sameness
from casus.logistic import load_models
from casus.records import Event, Party, Report

SIDES = ("actors", "recipients")
STATE = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD"})
BEFORE, AFTER = 8, 4  # events looked at on either side
LEAST = {"actors": 0.65, "recipients": 0.55}  # best on reports that the network has not seen


@dataclass(frozen=True, slots=True)
class Offer:
    """A filled side of another event, its parties and their countries, and how likely both are one happening."""

    lender: Placed
    side: str
    same: float
    parties: tuple[Party, ...]
    countries: frozenset[str]


def side_of(event: Event, side: str) -> tuple[Party, ...]:
    """Actors or recipients."""
    return event.actors if side == "actors" else event.recipients


def countries_of(placed: Placed, side: str) -> frozenset[str]:
    """Known countries of one side."""
    return placed.traits.actors if side == "actors" else placed.traits.recipients


def lend_parties(report: Report) -> tuple[Event, ...]:
    """The report's events with the parties that other events lend them."""
    placed = place_events(report)
    changed = list(report.events)
    for k, own in enumerate(placed):
        empty = [side for side in SIDES if not side_of(own.event, side)]
        found = list(offers(placed, k)) if empty else []
        for side in empty:
            offer = choose_offer(own, side, found)
            if not offer:
                continue
            lent = {**changed[k].evidence.get("from other mention", {}), side: offer.lender.event.id}
            evidence = {**changed[k].evidence, "from other mention": lent}
            changed[k] = replace(changed[k], **{side: offer.parties}, evidence=evidence)  # type: ignore[arg-type]
    return tuple(changed)


def choose_offer(own: Placed, side: str, found: Sequence[Offer]) -> Offer | None:
    """The likeliest offer for the empty side of an event, None where none is likely enough."""
    model = load_models("casus.link")[f"lend {side}"]
    scored = [(model.probability(offer_signs(own, side, offer, found)), -n) for n, offer in enumerate(found)]
    best = max(scored, default=(0.0, 0))
    return found[-best[1]] if best[0] >= LEAST[side] else None


def offers(placed: Sequence[Placed], k: int) -> Iterator[Offer]:
    """Filled sides of the events near by, the nearest before first."""
    model = load_models("casus.link")["same"]
    near = [*range(k - 1, max(-1, k - 1 - BEFORE), -1), *range(k + 1, min(len(placed), k + 1 + AFTER))]
    for j in near:
        pair = (placed[j], placed[k]) if j < k else (placed[k], placed[j])
        same = model.probability(sameness(*pair))
        for side in SIDES:
            if parties := side_of(placed[j].event, side):
                yield Offer(placed[j], side, same, parties, countries_of(placed[j], side))


def _is_state(parties: Sequence[Party]) -> bool:
    """Whether somebody among them acts for a state."""
    return any(not STATE.isdisjoint(p.sectors[:1]) for p in parties)


def offer_signs(own: Placed, side: str, offer: Offer, rivals: Sequence[Offer]) -> dict[str, float]:
    """The signs that the parties offered are those of the empty side."""
    event, lender = own.event, offer.lender.event
    opposite = SIDES[side == "actors"]
    offered, against = offer.countries, countries_of(own, opposite)
    opposing = side_of(event, opposite)
    beyond = countries_of(offer.lender, SIDES[offer.side == "actors"])
    source = event.attribution.country if event.attribution else None
    votes = [r for r in rivals if r.countries == offered]
    crossed = "same" if offer.side == side else "cross"
    kind = "one type" if lender.type == event.type else "other type"
    features = {
        f"type {event.type}": 1.0,
        f"mode {event.mode}": 1.0,
        crossed: 1.0,
        f"{crossed} {kind}": 1.0,
        f"{event.type} from {lender.type} {offer.side}": 1.0,
        f"{crossed} happening": offer.same,
        f"{crossed} {kind} happening": offer.same,
        "sentence same": float(own.sentence == offer.lender.sentence),
        f"{crossed} sentence same": float(own.sentence == offer.lender.sentence),
        "sentence next": float(own.sentence - offer.lender.sentence == 1),
        "after": float(lender.trigger.start > event.trigger.start),
        "far": min(abs(own.sentence - offer.lender.sentence) / 5, 2.0),
        "conflict": float(bool(offered & against)),
        f"conflict {event.type}": float(bool(offered & against)),
        "state on both sides": float(bool(offered & against) and _is_state(offer.parties) and _is_state(opposing)),
        f"lender {lender.type} conflict": float(bool(beyond and offered & beyond)),
        "nobody opposite": float(not opposing),
        f"{crossed} opposite shared": float(bool(beyond & against)),
        f"{crossed} opposite foreign": float(bool(beyond and against) and not beyond & against),
        "source": float(source is not None and source in offered),
        "unknown": float(not offered),
        "several": float(len(offer.parties) > 1),
        "votes": min(len(votes) / 4, 1.5),
        "votes in side": min(sum(r.side == side for r in votes) / 3, 1.5),
        "votes of type": min(sum(r.side == side and r.lender.event.type == event.type for r in votes) / 2, 1.5),
        f"modality {event.modality}": 1.0,
        "title": float(event.sentence.start == 0),
        "pronoun": float(all(len(p.text) < 5 and p.text.islower() for p in offer.parties)),
    }
    return features | {f"own {name}": value for name, value in definiteness(own).items()}
