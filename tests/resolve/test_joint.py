"""Parties of several countries have none; what only looks so keeps its own."""

import pytest

from casus.pipeline import Coder
from casus.records import Report


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The real one."""
    return Coder()


def country_of(coder: Coder, text: str, phrase: str) -> str | None:
    """The country of the last word of a phrase."""
    doc = coder.reader(text)
    end = text.index(phrase) + len(phrase)
    head = next(t for t in doc if t.idx + len(t) == end)
    return coder.find_facts(doc, Report(id="x", text=text)).parties[head.i].party.country


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Kenyan police detained seven foreign journalists in Nairobi.", "foreign journalists"),
        ("Gunmen in Yemen seized the foreigners on Monday.", "the foreigners"),
        ("Police in Libya arrested dozens of Western journalists.", "Western journalists"),
        ("U.S.-led forces bombed two villages in Afghanistan.", "U.S.-led forces"),
        ("The U.S.-led coalition began to withdraw. Iraq said the coalition killed 20 people.", "the coalition"),
        ("Coalition warplanes bombed Raqqa in Syria.", "Coalition warplanes"),
        ("Sudan asked donor nations for money.", "donor nations"),
        ("Iran told the permanent members of the Security Council that it would wait.", "permanent members"),
    ],
)  # fmt: skip
def test_several_have_no_country(coder: Coder, text: str, phrase: str) -> None:
    """Neither one of their own nor that of the ground."""
    assert country_of(coder, text, phrase) is None


@pytest.mark.parametrize(
    ("text", "phrase", "country"),
    [
        ("The Egyptian foreign minister flew to Paris.", "foreign minister", "EGY"),
        ("Germany's ruling coalition rejected the plan.", "ruling coalition", "DEU"),
        ("Iraqi forces bombed two villages.", "Iraqi forces", "IRQ"),
        ("Kenya said the country would close the camps.", "the country", "KEN"),
        ("Relief workers were shot at in Darfur, Sudan.", "Relief workers", "NGO"),
    ],
)
def test_what_only_looks_so_keeps_its_country(coder: Coder, text: str, phrase: str, country: str) -> None:
    """Ministries for foreign affairs, governing coalitions, one nation's forces, aid workers."""
    assert country_of(coder, text, phrase) == country
