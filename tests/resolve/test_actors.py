"""Country and sectors of noun phrases, on sentences as the reader gives them."""

import pytest

from casus.pipeline import Coder
from casus.records import PartyMention, Report
from casus.resolve.base import load_base
from casus.resolve.compose import compose
from casus.resolve.meanings import Names, is_past
from casus.resolve.phrases import is_partisan, is_several
from tests.resolve.builders import tree


@pytest.fixture(scope="module")
def coder() -> Coder:
    """Reader, base and gazetteer."""
    return Coder()


def party(coder: Coder, text: str, word: str, published: str | None = "2021-05-04") -> PartyMention | None:
    """The party headed by a word of a text."""
    doc = coder.reader(text)
    facts = coder.find_facts(doc, Report(id="r", text=text, published=published))
    return next((facts.parties[t.i] for t in doc if t.text == word and t.i in facts.parties), None)


def meaning(coder: Coder, text: str, word: str, published: str | None = "2021-05-04") -> tuple[str | None, str | None]:
    """Country and first sector of the party headed by a word."""
    found = party(coder, text, word, published)
    return (found.party.country, next(iter(found.party.sectors), None)) if found else (None, None)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Iraqi police arrested two men in Basra.", "police", ("IRQ", "COP")),
        ("Turkish-backed Syrian rebels took the town.", "rebels", ("SYR", "REB")),
        ("Hamas leaders met in Doha.", "leaders", ("PSE", "REB")),
        ("Boeing officials spoke to the press.", "officials", ("USA", "BUS")),
        ("Israeli airstrikes hit the port.", "Israeli", ("ISR", "MIL")),
        ("Israeli proposals were rejected.", "Israeli", ("ISR", "GOV")),
        ("The Kenyan Senate voted on Monday.", "Senate", ("KEN", "LEG")),
        ("Dozens of Sudanese soldiers fled.", "Dozens", ("SDN", "MIL")),
        ("Jewish settlers attacked the village.", "settlers", ("ISR", "CVL")),
        ("Several NATO member states objected.", "states", (None, "GOV")),
    ],
)
def test_phrases_are_put_together(coder: Coder, text: str, word: str, expected: tuple[str | None, str]) -> None:
    """Nationality, body, arms, number: whoever in the phrase speaks first."""
    assert meaning(coder, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Washington accused Iran of piracy.", "Washington", ("USA", "GOV")),
        ("Beirut rejected the offer of the United Nations.", "Beirut", ("LBN", "GOV")),
        ("Georgia signed a treaty with Turkey.", "Georgia", ("GEO", "GOV")),
        ("Turkey recalled its ambassador.", "Turkey", ("TUR", "GOV")),
        ("Jordan closed its border with Syria.", "Jordan", ("JOR", "GOV")),
        ("Chad sent troops to the north.", "Chad", ("TCD", "GOV")),
        ("Moscow condemned the raid.", "Moscow", ("RUS", "GOV")),
    ],
)
def test_places_that_act_are_governments(coder: Coder, text: str, word: str, expected: tuple[str, str]) -> None:
    """Metonyms: the government is meant."""
    assert meaning(coder, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Singer Paris Hilton visited the camp.", "Paris", "FRA"),
        ("Actor Chad Smith was arrested in Ohio.", "Chad", "TCD"),
        ("Turkish lawmaker Israel Ganz resigned.", "Israel", "ISR"),
        ("Vernon Jordan advised the White House.", "Jordan", "JOR"),
    ],
)
def test_people_are_not_the_places_they_are_called_after(coder: Coder, text: str, word: str, country: str) -> None:
    """A given name or surname says nothing of a country."""
    found = party(coder, text, word)
    assert found is None or found.party.country != country


@pytest.mark.parametrize(
    ("published", "sector"),
    [("2014-06-01", "GOV"), ("2020-06-01", "ELI")],
)
def test_offices_are_those_of_the_day(coder: Coder, published: str, sector: str) -> None:
    """Who has left office is of the elites."""
    assert meaning(coder, "Barack Obama spoke in Berlin.", "Barack", published) == ("USA", sector)


def test_a_title_in_the_text_goes_before_the_table(coder: Coder) -> None:
    """The text knows what somebody is when it is written."""
    assert meaning(coder, "Former president Barack Obama spoke in Berlin.", "president", "2014-06-01")[1] == "ELI"


def test_what_is_its_own_belongs_to_the_owner(coder: Coder) -> None:
    """A possessive pronoun gives the country of whom it stands for."""
    found = party(coder, "Norway said its embassy in Cairo was safe.", "embassy")
    assert found is not None
    assert found.party.country == "NOR"


def test_the_ground_is_told_from_the_words(coder: Coder) -> None:
    """People without a nationality take the report's country, and say so."""
    found = party(coder, "Protesters marched through Nairobi. Kenyan police fired tear gas.", "Protesters")
    assert found is not None
    assert (found.party.country, found.ground) == ("KEN", True)
    own = party(coder, "Kenyan protesters marched through Nairobi.", "protesters")
    assert own is not None
    assert (own.party.country, own.ground) == ("KEN", False)


def test_a_group_known_in_capitals_is_found_whatever_the_reader_makes_of_it() -> None:
    """`IS` looks like a verb."""
    doc = tree(("IS", "AUX", 1, "nsubj"), ("fled", "VERB", 1, "ROOT"))
    base = load_base()
    names, agents = base.find_all(doc)
    known = Names({m.start: m for m in names}, {m.start: m for m in agents}, "2016")
    assert compose(doc[0], known).sectors[:1] == ("REB",)


def test_whose_side_is_not_whose() -> None:
    """`pro - Iran` militias are not Iran's."""
    doc = tree(
        ("pro", "ADJ", 3, "amod"), ("-", "PUNCT", 3, "punct"), ("Iran", "PROPN", 3, "compound"),
        ("militias", "NOUN", 3, "ROOT"),
    )  # fmt: skip
    assert is_partisan(doc[2])
    assert not is_partisan(doc[0])


def test_offices_end() -> None:
    """By the last year of the row."""
    row = next(r for r in load_base().names["Angela", "Merkel"] if r.end)
    assert is_past(row, "2024")
    assert not is_past(row, "2012")


def test_several_states_are_a_plural() -> None:
    """One state is not several."""
    doc = tree(("states", "NOUN", 0, "ROOT"), lemmas={"states": "state"})
    doc[0].tag_ = "NNS"
    assert is_several(doc[0])
    doc[0].tag_ = "NN"
    assert not is_several(doc[0])


@pytest.mark.parametrize("form", ["Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "Lech Walesa"])
def test_names_are_found_without_their_accents(form: str) -> None:
    """As papers without the letters write them."""
    assert any(row.id.startswith("per-") for row in load_base().names[tuple(form.split())])


def test_a_single_word_loses_its_accents_only_as_a_name_of_a_person() -> None:
    """The newspaper Libération is no liberation."""
    assert ("Libération",) in load_base().names
    assert ("Liberation",) not in load_base().names
