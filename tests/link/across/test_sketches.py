"""Near-copies have one origin."""

import pytest

from casus.link.across import MemoryArchive
from casus.link.across.sketches import (
    cut_bands,
    estimate_likeness,
    find_origin,
    pack,
    sketch_text,
    split_shingles,
    unpack,
)
from casus.records import Report

WIRE = (
    "Police in the port of Aldmoor said on Friday that two men were held after a fire at the Harrowgate market. "
    "Nobody was hurt, a spokeswoman said, and the cause was being looked into by the county's fire service. "
    "The market, which opened in 1902, had been closed for repairs since the spring and was due to open in June."
)
REWRITE = WIRE.replace("two men were held", "two men had been held").replace("county's fire service", "fire brigade")
OTHER = "Teachers in Norbridge walked out on Friday over pay, closing forty schools, and marched to the county hall."


def origins(*texts: str) -> list[str]:
    """Return the origin that each of these texts finds, in order; they are called r0, r1 …"""
    archive = MemoryArchive()
    return [find_origin(Report(id=f"r{n}", text=text), archive) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((WIRE, WIRE), ["r0", "r0"]),
        ((WIRE, REWRITE), ["r0", "r0"]),
        ((WIRE, OTHER), ["r0", "r1"]),
        ((WIRE, REWRITE, OTHER, WIRE.upper()), ["r0", "r0", "r2", "r0"]),
        (("Two dead.", "Two held."), ["r0", "r1"]),
    ],
)
def test_origins(texts: tuple[str, ...], expected: list[str]) -> None:
    """A copy of a copy has the first one's origin; other texts are their own."""
    assert origins(*texts) == expected


def test_a_text_has_one_sketch() -> None:
    """Nothing is drawn at random, and packing loses nothing."""
    digest = sketch_text(WIRE)
    assert digest == sketch_text(WIRE)
    assert unpack(pack(digest)) == digest
    assert len(set(cut_bands(digest))) == 32


def test_likeness_is_the_share_of_common_runs() -> None:
    """Near the true Jaccard measure."""
    one, two = set(split_shingles(WIRE)), set(split_shingles(REWRITE))
    true = len(one & two) / len(one | two)
    assert estimate_likeness(sketch_text(WIRE), sketch_text(REWRITE)) == pytest.approx(true, abs=0.1)


def test_a_report_again_keeps_its_origin() -> None:
    """It is not compared with itself."""
    archive = MemoryArchive()
    report = Report(id="r", text=WIRE)
    assert [find_origin(report, archive), find_origin(report, archive)] == ["r", "r"]
