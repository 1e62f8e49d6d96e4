"""The gazetteer knows places under every usual spelling, and compiles its index safely."""

from itertools import pairwise
from pathlib import Path

import pytest

import casus.resolve.gazetteer as module
from casus.errors import KnowledgeBaseError
from casus.resolve.gazetteer import Gazetteer, open_gazetteer
from casus.resolve.gazetteer.rows import read_table
from casus.resolve.place_names import fold_name
from tests.resolve.place_factories import DATA, SmallSource

PLACES = list(read_table(DATA / "places.tsv"))
KINDS = frozenset(
    [
        "admin1",
        "airport",
        "base",
        "border",
        "camp",
        "canal",
        "city",
        "continent",
        "country",
        "county",
        "crossing",
        "desert",
        "disputed",
        "district",
        "gulf",
        "island",
        "lake",
        "landmark",
        "mountains",
        "nuclear",
        "peninsula",
        "port",
        "prison",
        "region",
        "river",
        "sea",
        "strait",
        "territory",
    ]
)
GONE = {"ANT", "BES", "BVT", "CSK", "DDR", "SCG", "SUN", "YUG"}


@pytest.mark.parametrize(
    ("name", "expected", "kind", "country"),
    [
        ("Kirkuk", "Kirkuk", "seat", "IRQ"),
        ("KERKUK", "Kirkuk", "seat", "IRQ"),
        ("Hodeidah", "Hodeidah", "seat", "YEM"),
        ("al-Hudaydah", "Hodeidah", "seat", "YEM"),
        ("Sana'a", "Sanaa", "capital", "YEM"),
        ("Anbar province", "Anbar", "admin1", "IRQ"),
        ("Kirkuk province", "Kirkuk Governorate", "admin1", "IRQ"),
        ("U.S.", "United States", "country", "USA"),
        ("Strait of Hormuz", "Strait of Hormuz", "strait", None),
        ("Ain al-Asad", "Al Asad", "base", "IRQ"),
    ],
)
def test_a_place_is_found_under_its_spellings(
    gazetteer: Gazetteer, name: str, expected: str, kind: str, country: str | None
) -> None:
    """Accents, articles, kind words and abbreviations do not hide a place."""
    entry = gazetteer.lookup(name)[0]
    assert (entry.name, entry.kind, entry.country) == (expected, kind, country)


def test_a_name_of_two_places_gives_both(gazetteer: Gazetteer) -> None:
    """Nothing is chosen at the look-up."""
    assert {(entry.kind, entry.country) for entry in gazetteer.lookup("Georgia")} == {
        ("country", "GEO"),
        ("admin1", "USA"),
    }


def test_an_unknown_name_gives_nothing(gazetteer: Gazetteer) -> None:
    """No nearest spelling is guessed."""
    assert gazetteer.lookup("Xyzzyville") == ()


def test_a_city_knows_its_division(gazetteer: Gazetteer) -> None:
    """Where our table's divisions cannot be joined to GeoNames', its code stands for the name."""
    assert (gazetteer.lookup("Dallas")[0].admin1, gazetteer.lookup("Dallas")[0].division) == ("TX", "USA.TX")


@pytest.mark.parametrize(("word", "expected"), [("Iraqi", "IRQ"), ("Yemenis", "YEM"), ("Iraq", None), ("US", None)])
def test_adjectives_tell_their_country(gazetteer: Gazetteer, word: str, expected: str | None) -> None:
    """The country's own name is no adjective."""
    assert gazetteer.country_of(word) == expected


def test_the_capital_is_known(gazetteer: Gazetteer) -> None:
    """By the country's code."""
    assert getattr(gazetteer.capital("IRQ"), "name", None) == "Baghdad"


def test_the_index_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second opening finds the file, tells no progress, and no draft is left."""
    monkeypatch.setattr("casus.resolve.gazetteer.build._open_geonames", SmallSource)
    told: list[float] = []
    open_gazetteer(tmp_path, lambda _what, share: told.append(share))
    steps = len(told)
    open_gazetteer(tmp_path, lambda _what, share: told.append(share))
    assert (steps > 2, told[-1], len(told), len(list(tmp_path.iterdir()))) == (True, 1.0, steps, 1)


def test_a_failed_build_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an index is never opened."""

    def fail(path: Path, *_: object) -> None:
        path.write_text("half")
        raise KnowledgeBaseError("broken")

    monkeypatch.setattr(module, "build_index", fail)
    with pytest.raises(KnowledgeBaseError):
        open_gazetteer(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_short_line_is_refused(tmp_path: Path) -> None:
    """The message names file and line."""
    (tmp_path / "places.tsv").write_text("name\tkind\nKirkuk\n", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=r"places\.tsv:2"):
        list(read_table(tmp_path / "places.tsv"))


def test_the_table_is_sorted_and_without_doubles() -> None:
    """One row a name, kind and country."""
    keys = [(row["name"], row["aliases"], row["kind"], row["country"]) for row in PLACES]
    assert all(left < right for left, right in pairwise(keys))
    assert len({(row["name"], row["kind"], row["country"]) for row in PLACES}) == len(PLACES)


def test_every_row_is_of_a_known_kind_with_a_point_and_a_source() -> None:
    """Degrees are degrees."""
    wrong = [
        row["name"]
        for row in PLACES
        if row["kind"] not in KINDS
        or not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180)
        or not row["source"]
    ]
    assert wrong == []


def test_every_country_of_a_row_exists() -> None:
    """Codes are those of countries.tsv."""
    codes = {row["code"] for row in read_table(DATA / "countries.tsv")} | {""}
    assert [row["name"] for row in PLACES if row["country"] not in codes] == []


def test_every_state_has_a_centre() -> None:
    """Each country of the knowledge base but those that are gone stands in the table."""
    placed = {row["country"] for row in PLACES if row["kind"] in {"country", "territory"}}
    assert {row["code"] for row in read_table(DATA / "countries.tsv")} - placed <= GONE


def test_no_alias_repeats_the_name() -> None:
    """An alias adds a spelling."""
    assert [row["name"] for row in PLACES if row["name"] in row["aliases"].split("|")] == []


@pytest.mark.parametrize("name", ["Deir ez-Zor", "São Paulo", "St. John's", "  N'Djamena "])
def test_folding_twice_changes_nothing(name: str) -> None:
    """A key is its own key."""
    assert fold_name(fold_name(name)) == fold_name(name)
