"""Fit the pair model across reports: `python -m train.across --items FILE --coded FOLDER --ecbplus FOLDER`.

Learns which tellings are one happening from two sources. The current-events portal of Wikipedia (CC BY-SA 4.0), items
before `SPLIT` alone; later ones measure it (`bench.current_events`, which also writes the coded items into FOLDER):
items of a storyline that lasts some days are one happening; items that share no storyline and no source are two; what
lies days apart in a long storyline (a war) is two with less weight. And, with less weight again, the annotation of
ECB+ (CC BY 3.0; topics of its training part that `bench.ecbplus` does not measure): which of the acts that two reports
of one happening tell are the same, which the portal does not say. How often pairs are one at all is the portal's.
Writes the weights and the table of word counts. Needs no torch.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from casus.link.across import rarity
from casus.link.across.blocking import filing_keys, search_keys
from casus.link.across.features import compare_tellings
from casus.link.across.tellings import Telling, make_tellings
from casus.link.across.units import cut_units
from casus.pipeline import Coder
from casus.records import Report
from train.ecbplus import TRAIN, make_mentions, pair_mentions, read_documents
from train.fitting import write_models
from train.signed import Bounds, fit_signed

OUT = Path(__file__).parent.parent / "src/casus/link/across/model/data"
SPLIT = "2025-12-01"  # items from this day on are kept for measuring
BRIEF = 10  # days and items at most that make a storyline one happening
LONG_SHARE = 0.3  # weight of a pair of a long storyline
APART = 2  # days from which two items of a long storyline are taken for two happenings
MOST_PAIRS = 40  # candidates a telling that are learnt from, those of most common keys
LEAST_TEXTS = 3  # a stem or name in fewer texts is as rare as an unknown one
FOR = frozenset({"same", "overlap", "near", "alike", "equal", "wider"})
AGAINST = frozenset({"differ", "apart", "shrunk"})
# A storyline of the portal may span towns and days, so the fit understates what tells two happenings apart.
CLEAR = {"place apart": -3.5, "place country differ": -1.5, "days stated apart": -1.5}
ECB_SHARE = 0.05  # weight of a pair of ECB+
ELSEWHERE = "elsewhere"
SAME_ORIGIN = 3.0  # set by hand, see casus.link.across.model.pairs


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the portal: when, of which storylines, with which sources."""

    id: str
    published: str
    text: str
    storylines: frozenset[str]
    sources: tuple[tuple[str, str], ...]  # name and address

    @property
    def addresses(self) -> frozenset[str]:
        """The pages it rests on."""
        return frozenset(url for _, url in self.sources)


def read_items(path: Path) -> list[Item]:
    """All items in the order of their days."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        items = [_read_item(json.loads(line)) for line in lines]
    return sorted(items, key=lambda item: (item.published, int(item.id.rsplit("-", 1)[1])))


def _read_item(row: Mapping[str, Any]) -> Item:
    sources = tuple((source["name"], source["url"]) for source in row["sources"])
    return Item(row["id"], row["published"], row["text"], frozenset(_storylines(row["storyline"])), sources)


def _storylines(names: Iterable[str]) -> Iterator[str]:
    """The names in lower case, and the parts of those that the editors joined: `red sea crisis, piracy in 2025`."""
    for name in map(str.lower, names):
        parts = name.split(", ")
        yield name
        yield from parts if all(" " in part for part in parts) else ()


def read_coded(folder: Path) -> dict[str, Report]:
    """All coded reports of a folder of JSON Lines, by id."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return {(report := Report.from_json(json.loads(line))).id: report for line in lines if line.strip()}


def find_brief(items: Iterable[Item]) -> frozenset[str]:
    """The storylines that tell one happening: few items within some days."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for item in items:
        for storyline in item.storylines:
            days[storyline].append(date.fromisoformat(item.published))
    return frozenset(
        name for name, told in days.items() if len(told) <= BRIEF and (max(told) - min(told)).days <= BRIEF
    )


def judge_pair(a: Item, b: Item, brief: frozenset[str]) -> tuple[int, float] | None:
    """Whether two items tell one happening, and how much the answer counts; None where the portal does not say."""
    shared = a.storylines & b.storylines
    if shared & brief:
        return 1, 1.0
    if not a.storylines or not b.storylines:
        return None
    if not shared:
        return None if a.addresses & b.addresses else (0, 1.0)
    apart = abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)
    return (0, LONG_SHARE) if apart >= APART else None


def count_units(texts: Sequence[str]) -> dict[str, Any]:
    """In how many of the texts each stem and each name stands."""
    counts = Counter(unit for text in texts for unit in {*cut_units(text).words, *cut_units(text).names})
    kept = {unit: n for unit, n in sorted(counts.items()) if n >= LEAST_TEXTS}
    return {"note": f"stems and names in {len(texts)} items of Wikipedia's portal", "texts": len(texts), "units": kept}


def bound_weight(sign: str) -> Bounds:
    """What is alike never counts against a match, what differs never for it; what is open may do either."""
    last = sign.split()[-1]
    if sign == ELSEWHERE:
        return None, None
    if sign in CLEAR:
        return None, CLEAR[sign]
    if last in FOR or sign.startswith(("names", "words", "topic", "place and", "rarest")):
        return 0.0, None
    return (None, 0.0) if last in AGAINST or sign == "no name shared" else (None, None)


def candidate_pairs(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Every telling with those before it that are filed where it would be looked for, most common keys first."""
    filed: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        found = Counter(other for key in search_keys(telling) for other in filed.get(key, ()))
        yield from ((other, telling) for other, _ in found.most_common(MOST_PAIRS) if other.report != telling.report)
        for key in filing_keys(telling):
            filed[key].append(telling)


def make_rows(
    items: Mapping[str, Item], tellings: Sequence[Telling], brief: frozenset[str]
) -> Iterator[tuple[Mapping[str, float], int, float]]:
    """Signs, label and weight of the pairs that the portal says something about."""
    for a, b in candidate_pairs(tellings):
        verdict = judge_pair(items[a.report], items[b.report], brief)
        if verdict and (verdict[0] == 0 or a.type == b.type):
            yield compare_tellings(a, b), *verdict


def read_ecbplus(folder: Path) -> Iterator[tuple[Mapping[str, float], int, float]]:
    """Signs, label and weight of pairs of ECB+; a sign of its own takes up how often pairs are one there."""
    coder = Coder()
    for topic in TRAIN:
        mentions = list(make_mentions(read_documents(folder, [topic]), coder))
        yield from (({**signs, ELSEWHERE: 1.0}, label, w * ECB_SHARE) for signs, label, w in pair_mentions(mentions))


def slim(telling: Telling) -> Telling:
    """The telling without what no comparison needs, so that it can be a key."""
    return replace(telling, incident={})


def main() -> None:
    """Read the arguments, count, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=Path, required=True, help="current_events.jsonl.gz")
    parser.add_argument("--coded", type=Path, required=True, help="folder of coded items, JSON Lines")
    parser.add_argument("--ecbplus", type=Path, required=True, help="folder with ECB+")
    args = parser.parse_args()
    old = [item for item in read_items(args.items) if item.published < SPLIT]
    table = json.dumps(count_units([item.text for item in old]), indent=0, ensure_ascii=False)
    OUT.joinpath("frequencies.json").write_text(table + "\n", "utf-8")
    rarity.load_frequencies.cache_clear()
    coded = read_coded(args.coded)
    tellings = [slim(t) for i in old if i.id in coded for t in make_tellings(coded[i.id], i.id)]
    rows = list(make_rows({i.id: i for i in old}, tellings, find_brief(old)))
    rows += read_ecbplus(args.ecbplus)
    model = fit_signed([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], bound_weight)
    model["weights"].pop(ELSEWHERE)
    model["weights"]["same origin"] = SAME_ORIGIN
    note = f"train.across on {len(old)} portal items before {SPLIT} and {len(TRAIN)} topics of ECB+"
    write_models(OUT / "weights.json", {"across": model}, f"{note}; signs are told in casus.link.across.features")


if __name__ == "__main__":
    main()
