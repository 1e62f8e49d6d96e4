"""Places are found where they are places, in the sense that the report gives them."""

import pytest
from spacy.tokens import Doc

from casus.resolve.gazetteer import Gazetteer
from casus.resolve.places import find_places
from tests.resolve.place_factories import plain, tree


def found(doc: Doc, gazetteer: Gazetteer) -> list[tuple[str, str | None, str | None, str, str]]:
    """What tests compare: words, name, country, precision, rule."""
    mentions = find_places(doc, gazetteer)
    return [(m.span.text, m.place.name, m.place.country, m.place.precision, m.rule) for m in mentions]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("A bomb went off in Kirkuk .", {"Kirkuk": "GPE"}, [("Kirkuk", "Kirkuk", "IRQ", "city", "name")]),
        ("A bomb went off in Kirkuk .", {}, [("Kirkuk", "Kirkuk", "IRQ", "city", "name")]),
        ("Shells fell 30 km north of Mosul .", {"Mosul": "GPE"}, [("Mosul", "Mosul", "IRQ", "near", "name")]),
        ("Shells fell near Mosul .", {"Mosul": "GPE"}, [("Mosul", "Mosul", "IRQ", "near", "name")]),
        ("Fire on the outskirts of Aleppo .", {"Aleppo": "GPE"}, [("Aleppo", "Aleppo", "SYR", "near", "name")]),
        ("Troops in northern Iraq .", {"Iraq": "GPE"}, [("northern Iraq", "northern Iraq", "IRQ", "region", "name")]),
        ("A base in Anbar province .", {"Anbar": "GPE"}, [("Anbar province", "Anbar", "IRQ", "admin1", "name")]),
        ("A raid in downtown Paris .", {"Paris": "GPE"}, [("downtown Paris", "Paris", "FRA", "city", "name")]),
        ("They met in Paris , Texas .", {"Paris , Texas": "GPE"}, [
            ("Paris", "Paris", "USA", "city", "held"), ("Texas", "Texas", "USA", "admin1", "name")]),
        ("Ships in the Strait of Hormuz .", {}, [("Strait of Hormuz", "Strait of Hormuz", None, "region", "name")]),
        ("He sent troops to the Middle East .", {"Middle East": "GPE"}, [
            ("Middle East", "Middle East", None, "region", "name")]),
        ("Rockets hit Ain al-Asad on Monday .", {}, [("Ain al-Asad", "Ain al-Asad", "IRQ", "point", "name")]),
        ("BAGHDAD ( AP ) — Rockets fell .", {"BAGHDAD": "GPE"}, [("BAGHDAD", "Baghdad", "IRQ", "city", "dateline")]),
        ("ISTANBUL — Rockets fell .", {"ISTANBUL": "GPE"}, [("ISTANBUL", "Istanbul", "TUR", "city", "dateline")]),
        ("A mosque in Qarnabad burned .", {"Qarnabad": "GPE"}, [("Qarnabad", "Qarnabad", None, "city", "unlisted")]),
    ],
)  # fmt: skip
def test_a_phrase_gives_its_place(
    gazetteer: Gazetteer, text: str, entities: dict[str, str], expected: list[tuple[str, ...]]
) -> None:
    """Precision and rule come from the words around the name."""
    assert found(plain(text, entities), gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Michael Jordan spoke .", {"Michael Jordan": "PERSON"}),
        ("Mr. Ford spoke .", {}),
        ("The Iraqi army moved .", {"Iraqi": "NORP"}),
        ("Iraq 's government resigned .", {"Iraq": "GPE"}),
        ("Baghdad said so .", {"Baghdad": "GPE"}),
        ("Talks with Iran failed .", {"Iran": "GPE"}),
        ("It happened to us in may .", {}),
    ],
)
def test_no_place_is_seen_where_none_is_meant(gazetteer: Gazetteer, text: str, entities: dict[str, str]) -> None:
    """People, adjectives and governments stay out."""
    words = plain(text, entities)
    for token in words:
        token.pos_ = "VERB" if token.text in {"said", "spoke"} else token.pos_
    assert found(words, gazetteer) == []


SAID = [("Baghdad", "PROPN", "nsubj", 1), ("condemned", "VERB", "ROOT", 1), ("it", "PRON", "obj", 1)]
LEFT = [("Troops", "NOUN", "nsubj", 1), ("left", "VERB", "ROOT", 1), ("Baghdad", "PROPN", "obj", 1)]
WARN = [("They", "PRON", "nsubj", 1), ("warned", "VERB", "ROOT", 1), ("Iran", "PROPN", "obj", 1)]
STAY = [
    ("Troops", "NOUN", "nsubj", 1),
    ("stayed", "VERB", "ROOT", 1),
    ("in", "ADP", "case", 3),
    ("Iran", "PROPN", "obl", 1),
]
FELL = [("Mosul", "PROPN", "nsubj", 1), ("suffered", "VERB", "ROOT", 1)]
ARMY = [("Iraq", "PROPN", "compound", 1), ("officials", "NOUN", "nsubj", 2), ("left", "VERB", "ROOT", 2)]
BORDER = [
    ("Iraq", "PROPN", "nmod:poss", 2),
    ("'s", "PART", "case", 0),
    ("border", "NOUN", "nsubj", 3),
    ("closed", "VERB", "ROOT", 3),
]
CHIEF = [
    ("Iraq", "PROPN", "nmod:poss", 2),
    ("'s", "PART", "case", 0),
    ("president", "NOUN", "nsubj", 3),
    ("left", "VERB", "ROOT", 3),
]
SITES = [("U.S.", "PROPN", "compound", 1), ("facilities", "NOUN", "ROOT", 1)]
PRO = [
    ("pro", "ADJ", "amod", 3),
    ("-", "PUNCT", "punct", 0),
    ("Iran", "PROPN", "compound", 3),
    ("militia", "NOUN", "ROOT", 3),
]
AMID = [("tension", "NOUN", "ROOT", 0), ("between", "ADP", "case", 2), ("Iran", "PROPN", "nmod", 0)]
STRIKE = [("strikes", "NOUN", "ROOT", 0), ("on", "ADP", "case", 2), ("Iran", "PROPN", "nmod", 0)]


@pytest.mark.parametrize(
    ("rows", "where", "expected"),
    [(SAID, 0, []), (LEFT, 2, ["Baghdad"]), (WARN, 2, []), (STAY, 3, ["Iran"]), (FELL, 0, ["Mosul"]), (ARMY, 0, []),
     (BORDER, 0, ["Iraq"]), (CHIEF, 0, []), (STRIKE, 2, ["Iran"]), (SITES, 0, []), (PRO, 2, []), (AMID, 2, [])],
)  # fmt: skip
def test_the_tree_tells_places_from_governments(
    gazetteer: Gazetteer, rows: list[tuple[str, str, str, int]], where: int, expected: list[str]
) -> None:
    """A capital that speaks is a government, one that is left is a town."""
    doc = tree(rows, {where: "GPE"})
    for token in doc:
        token.lemma_ = {"left": "leave", "warned": "warn"}.get(token.text, token.lemma_)
    assert [place.span.text for place in find_places(doc, gazetteer)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighting raged in Kirkuk . Families left the city .", ("the city", "Kirkuk", "IRQ", "city", "anaphor")),
        (
            "Trade across the Middle East fell . Ships left the region .",
            ("the region", "Middle East", None, "region", "anaphor"),
        ),
        ("They fought in Yemen . Aid reached the country .", ("the country", "Yemen", "YEM", "country", "anaphor")),
        ("They fought in Yemen . Aid reached the capital .", ("the capital", "Sanaa", "YEM", "city", "anaphor")),
        ("Bombs fell on the Syrian capital .", ("Syrian capital", "Damascus", "SYR", "city", "adjectival")),
        ("A drone left Iranian airspace .", ("Iranian airspace", "Iran", "IRN", "country", "adjectival")),
    ],
)
def test_a_definite_phrase_takes_up_the_last_fitting_place(
    gazetteer: Gazetteer, text: str, expected: tuple[str, ...]
) -> None:
    """What "the city" is stands before it."""
    entities = {name: "GPE" for name in ("Kirkuk", "Yemen") if name in text} | (
        {"Syrian": "NORP"} if "Syrian" in text else {}
    )
    doc = plain(text, entities)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    assert found(doc, gazetteer)[-1] == expected


@pytest.mark.parametrize(
    ("text", "name", "country", "north"),
    [
        ("He was held in Georgia . Troops marched on Tbilisi in Georgia .", "Georgia", "GEO", 42),
        ("A fire in Georgia . Police in Atlanta and Dallas , Texas helped .", "Georgia", "USA", 33),
        ("A fire in Paris . Firemen from Lamar County and Dallas , Texas came .", "Paris", "USA", 34),
        ("A fire in Paris . France mourned .", "Paris", "FRA", 49),
    ],
)
def test_the_report_chooses_between_places_of_one_name(
    gazetteer: Gazetteer, text: str, name: str, country: str, north: int
) -> None:
    """What else is named decides."""
    names = ("Georgia", "Tbilisi", "Atlanta", "Dallas", "Texas", "Paris", "Lamar County", "France")
    mentions = find_places(plain(text, {word: "GPE" for word in names if word in text}), gazetteer)
    place = next(mention.place for mention in mentions if mention.span.text == name)
    assert (place.country, round(place.lat or 0)) == (country, north)


def test_a_name_that_fits_two_towns_keeps_both(gazetteer: Gazetteer) -> None:
    """The choice stays open for whoever uses the place."""
    (mention,) = find_places(plain("A fire in Springfield .", {"Springfield": "GPE"}), gazetteer)
    assert [place.admin1 for place in (mention.place, *mention.candidates)] == ["MO", "MA"]


def test_every_mention_stands_in_the_text(gazetteer: Gazetteer) -> None:
    """Offsets are characters of the report."""
    doc = plain("BAGHDAD — Rockets hit Ain al-Asad in Anbar province , west of Ramadi , and the Iraqi capital .")
    mentions = find_places(doc, gazetteer)
    assert [doc.text[m.span.start : m.span.end] for m in mentions] == [m.span.text for m in mentions] != []


def test_an_empty_report_has_no_places(gazetteer: Gazetteer) -> None:
    """Nothing from nothing."""
    assert find_places(plain(""), gazetteer) == ()
