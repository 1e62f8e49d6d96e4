"""What many reports together make of a happening."""

from dataclasses import replace
from typing import Any

import pytest

from casus.link.across.status import count_origins, judge_status
from casus.link.across.tellings import Telling
from tests.link.across.builders import attack, tellings


def say(report: str, *modalities: str, **fields: Any) -> Telling:
    """Return a telling of that report."""
    return replace(tellings(attack(report))[0], modalities=modalities or ("actual",), **fields)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([say("a")], "reported"),
        ([say("a"), say("b")], "corroborated"),
        ([say("a"), say("b", origin="a")], "reported"),
        ([say("a", publisher="The Post"), say("b", publisher="the post")], "reported"),
        ([say("a", relays="north wire"), say("b", relays="north wire")], "reported"),
        ([say("a"), say("b", "negated")], "disputed"),
        ([say("a", actors=("GBR",)), say("b", denied=("GBR",))], "disputed"),
        ([say("a", actors=("FRA",)), say("b", actors=(), denied=("GBR",))], "corroborated"),
        ([say("a", "future"), say("b", "hypothetical")], "announced"),
        ([say("a", "negated"), say("b", "negated")], "denied"),
        ([say("a", "future"), say("b")], "reported"),
    ],
)
def test_status(told: list[Telling], expected: str) -> None:
    """By record.md."""
    assert judge_status(told) == expected


def test_origins_hang_together() -> None:
    """A copy ties its publisher's other report to the first one's."""
    told = [say("a", publisher="x"), say("b", publisher="y"), say("c", origin="a", publisher="y"), say("d")]
    assert count_origins(told) == 2
