"""Every bench whose data is there, in one table: `make bench`, or `python -m bench [--data FOLDER] [--gold FOLDER]`.

FOLDER holds the corpora, each unpacked into the folder it is named after (`make unpack` does so for the reader's; the
others are in the archives `geo__lgl`, `time__tempeval3_tbaq`, `time__wikiwars`). What is not there is named and left
out; the speed needs nothing but the examples.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
Figure = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where corpora and annotated reports lie, and for how many seconds speed is measured."""

    data: Path
    gold: Path
    seconds: float = 5.0

    def missing(self, needs: Sequence[str]) -> list[str]:
        """Return what is not there: `gold` are annotated reports, `plover` PLOVER's records, all else are patterns."""
        return [need for need in needs if not any(self._find(need))]

    def _find(self, need: str) -> Iterator[Path]:
        if need == "gold":
            return self.gold.glob("*.json")
        return self.gold.parent.glob("plover/*.jsonl") if need == "plover" else self.data.glob(need)


@dataclass(frozen=True, slots=True)
class Bench:
    """Something to measure, and the files it needs."""

    name: str
    run: Callable[[Folders], Iterator[Figure]]
    needs: tuple[str, ...] = ()


def run_speed(folders: Folders) -> Iterator[Figure]:
    """Speed and memory of the whole way, on the examples."""
    from bench.speed import measure_speed

    yield from measure_speed(seconds=folders.seconds)


def run_events(folders: Folders) -> Iterator[Figure]:
    """F1 of every slot on annotated reports."""
    from casus.evaluate import match_reports, read_gold, score_all, told_of
    from casus.pipeline import Coder
    from casus.records import Report

    gold, coder = read_gold(folders.gold), Coder()
    reports = (Report(id=told.id, title=told.title, published=told.published, text=told.text) for told in gold.values())
    coded = (told_of(report.to_json()) for report in coder.code_reports(reports))
    scores = score_all(match_reports(gold, coded))
    yield from ((f"{slot}, F1", f"{count.f1:.1f}") for slot, count in scores.slots.items())
    yield "mean F1 of the types", f"{scores.macro_f1:.1f}"


def run_trees(folders: Folders) -> Iterator[Figure]:
    """Trees of the reader on gold words."""
    from bench.reader.words import read_all, score_trees
    from train.corpora import read_ewt, read_gum

    for name, examples in (("EWT", read_ewt(folders.data, "test")), ("GUM", read_gum(folders.data, "test"))):
        yield from _named(f"{name} test", score_trees(examples, read_all(examples, None)), "{:.1f}")


def run_entities(folders: Folders) -> Iterator[Figure]:
    """Entities of the reader."""
    from bench.reader.entities import score_entities
    from bench.reader.words import read_all
    from train.corpora import read_ewt

    examples = read_ewt(folders.data, "test")
    scores = score_entities(examples, read_all(examples, None))
    yield from _named("UNER EWT test, F1 of", scores, "{:.1f}")


def run_times(folders: Folders) -> Iterator[Figure]:
    """Times, found and understood."""
    from bench.resolve_times import measure

    for corpus in ("tempeval3", "wikiwars"):
        tally, speed = measure(folders.data, corpus)
        both = max(1, tally.system + tally.gold)
        yield f"{corpus}, found, F1", f"{200 * tally.matched / both:.1f}"
        yield f"{corpus}, found with value, F1", f"{200 * tally.right / both:.1f}"
        yield f"{corpus}, words/s", f"{speed:,.0f}"


def run_places(folders: Folders) -> Iterator[Figure]:
    """Places on LGL."""
    from bench.resolve_places import measure_lgl
    from casus.config import read_settings
    from casus.read.reader import load_reader
    from casus.resolve.gazetteer import open_gazetteer

    corpus = min(folders.data.glob(LGL))
    figures = measure_lgl(corpus, load_reader("casus"), open_gazetteer(read_settings().cache))
    yield from _named("LGL,", figures, "{:,.1f}")


def run_parties(folders: Folders) -> Iterator[Figure]:
    """Country and first sector of gold parties."""
    import json

    from bench.resolve_parties import compare_report
    from casus.pipeline import Coder

    coder = Coder()
    coder.load()
    reports = [json.loads(path.read_text("utf-8")) for path in sorted(folders.gold.glob("*.json"))]
    pairs = [(gold, own) for report in reports for gold, own, _ in compare_report(coder, report)]
    countries = sum(gold["country"] == (own.country if own else None) for gold, own in pairs)
    sectors = sum(gold["sectors"][:1] == list(own.sectors[:1] if own else ()) for gold, own in pairs)
    yield "gold parties", f"{len(pairs):,}"
    yield "country right, %", f"{100 * countries / max(1, len(pairs)):.1f}"
    yield "first sector right, %", f"{100 * sectors / max(1, len(pairs)):.1f}"


def run_quantities(folders: Folders) -> Iterator[Figure]:
    """Counts at marked spans, and counts found."""
    from bench.resolve_quantities import FIGURES, measure, read_gold

    counts = measure(read_gold(folders.gold))[0]["all"]
    yield from ((f"{name}, %", f"{100 * counts[name] / max(1, counts['n']):.1f}") for name in FIGURES)


def run_plover(folders: Folders) -> Iterator[Figure]:
    """PLOVER's own sentences."""
    import json

    from bench.plover import COUNTS, score_records
    from casus.pipeline import Coder

    lines = (folders.gold / PLOVER).read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    counts, _ = score_records(records, Coder())
    yield from ((f"{name}, %", f"{100 * counts[name] / len(records):.1f}") for name in COUNTS)


def run_store(_folders: Folders) -> Iterator[Figure]:
    """The store: taking reports in, and questions to 10,000 events."""
    import tempfile

    from bench.store import measure_store
    from casus import Store

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        yield from measure_store(Store(file), 1000)
        yield "MB", f"{file.stat().st_size / 1e6:.0f}"


def _named(prefix: str, figures: Mapping[str, float], form: str) -> Iterator[Figure]:
    return ((f"{prefix} {name}", form.format(value)) for name, value in figures.items())


LGL = "**/lgl.xml"
PLOVER = Path("../plover/records.jsonl")  # beside the folder of annotated reports
BENCHES = (
    Bench("speed", run_speed),
    Bench("store", run_store),
    Bench("events", run_events, ("gold",)),
    Bench("plover", run_plover, ("plover",)),
    Bench("parties", run_parties, ("gold",)),
    Bench("counts", run_quantities, ("gold",)),
    Bench("trees", run_trees, ("ewt", "gum")),
    Bench("entities", run_entities, ("ewt", "uner_ewt")),
    Bench("times", run_times, ("tempeval3_tbaq", "wikiwars")),
    Bench("places", run_places, (LGL,)),
)


def measure_all(benches: Sequence[Bench], folders: Folders) -> Iterator[str]:
    """Yield the lines of the table as they become known, and last what could not be measured."""
    left_out = []
    for bench in benches:
        if missing := folders.missing(bench.needs):
            left_out.append(f"{bench.name}: not measured, {', '.join(missing)} is not there")
            continue
        for name, value in bench.run(folders):
            yield f"{bench.name:10}{name:64}{value:>10}"
    yield from left_out


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and print the table."""
    names = [bench.name for bench in BENCHES]
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=names, help="a bench to run; may be given several times")
    parser.add_argument("--data", type=Path, default=ROOT / "work" / "data")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold" / "dev")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long speed is measured")
    args = parser.parse_args(arguments)
    chosen = [bench for bench in BENCHES if not args.only or bench.name in args.only]
    for line in measure_all(chosen, Folders(args.data, args.gold, args.seconds)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
