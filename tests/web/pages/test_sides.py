"""Pages of parties and dyads: what was done, to whom, by whom, and how it was answered."""

import json
from urllib.parse import quote

from tests.web.pages.reading import read


def test_parties_to_choose_from(full: str) -> None:
    """Who acts most; a name leads to its page."""
    page = read(full, "/party")
    assert [row[1:] for row in page.table("Who acts most")][:2] == [["GBR", "REB", "5"], ["FRA", "MIL", "3"]]
    assert "What it did" in read(full, "/party", key="FRA/MIL").text


def test_what_a_party_did(full: str) -> None:
    """By type, apart from what it plans; on whom; and what was done to it."""
    page = read(full, "/party/FRA/MIL")
    assert page.table("What it did, incidents by type") == [["MOBILIZE", "1", "1", "", ""], ["COERCE", "1", "", "", ""]]
    assert page.table("What it did, on whom")[0][:2] == ["the Kestrel Front GBR REB", "3"]
    assert page.links("dyad")[0] == "/dyad?a=FRA/MIL&b=GBR/REB"
    assert "What was done to it Nothing." in page.text


def test_what_is_said_of_a_party(full: str) -> None:
    """Claims about it, and what it says itself."""
    page = read(full, "/party/GBR/REB")
    assert [row[7] for row in page.table("Its newest acts that somebody")] == [
        "a spokesman denies",
        "police FRA claims",
    ]
    assert [row[7] for row in read(full, "/party/police").table("Statements made by it")] == ["police FRA claims"]


def test_nobody_of_that_name(full: str) -> None:
    """Also where the name would be run by a careless page."""
    page = read(full, "/party/" + quote("<script>alert(1)</script>"))
    assert "No report of this store names <script>alert(1)</script>." in page.text
    assert page.tree.xpath("//main//script") == []


def test_pairs_to_choose_from(full: str) -> None:
    """Which country acts most upon which."""
    assert [row[:3] for row in read(full, "/dyad").table("Which countries")] == [
        ["GBR", "FRA", "5"],
        ["FRA", "GBR", "3"],
        ["DNK", "SWE", "1"],
    ]


def test_two_sides(full: str) -> None:
    """Counts each way, planned apart from done; the ladder; answers."""
    page = read(full, "/dyad", a="GBR", b="FRA")
    figures = {row[0]: row[1:] for row in page.table("What each side did")}
    assert figures["Done"] == ["3", "2", "5"]
    assert figures["Threatened"] == ["1", "0", "1"]
    assert figures["Planned"] == ["1", "0", "1"]
    assert figures["Disputed among them"] == ["1", "0", "1"]
    assert figures["Highest rung"] == ["limited violence", "coercion", "limited violence"]
    assert figures["Toll of what was done"][0] == "18 killed in 2"
    answered = {row[0]: row[1:] for row in page.table("How the acts of each side")}
    assert answered["Answered"][0].startswith("1 of 4 (25 %)")
    assert "GBR → FRA" in str(json.loads(page.chart("weeks")))


def test_sides_of_several_parties(full: str) -> None:
    """Between commas."""
    page = read(full, "/dyad", a="GBR, NOR", b="FRA/COP, FRA/MIL")
    assert page.table("What each side did")[0] == ["Done", "3", "2", "5"]


def test_sides_that_are_none(full: str) -> None:
    """A party cannot face itself; one side alone asks for the other; strangers did nothing."""
    assert read(full, "/dyad", a="GBR", b="GBR").status == 422
    assert "Name one side" in read(full, "/dyad", a="GBR").tree.xpath(
        "string(//main//input[@name='a']/@data-key-words)"
    )
    assert "The store knows no act between NOR and FRA" in read(full, "/dyad", a="NOR", b="FRA").text


def test_empty_stores(bare: str) -> None:
    """Have no parties and no pairs."""
    assert "Nobody acts in this store yet." in read(bare, "/party").text
    assert "no country acts upon another yet" in read(bare, "/dyad").text
