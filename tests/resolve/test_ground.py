"""Which country the report's ground gives, and what tells it."""

from collections import Counter

import pytest

from casus.logistic import load_models
from casus.records import Party, PartyMention
from casus.resolve.ground import Ground, find_winner, group_of, group_weights, own_signs, weigh
from casus.resolve.told import Before, number_sentences, tell_countries
from tests.resolve.builders import plain, tree


def mention(head: int, country: str | None = None, sectors: tuple[str, ...] = ()) -> PartyMention:
    """A party with nothing but what counts here."""
    return PartyMention(head, Party(0, 1, "x", None, None, country, sectors), "agent")


def report() -> Ground:
    """`Kenyan police shot protesters` with the police known."""
    doc = tree(
        ("Kenyan", "ADJ", 1, "amod"), ("police", "NOUN", 2, "nsubj"), ("shot", "VERB", 2, "ROOT"),
        ("protesters", "NOUN", 2, "obj"),
    )  # fmt: skip
    return Ground(doc, {1: mention(1, "KEN", ("COP",)), 3: mention(3, None, ("CVL",))}, ())


def test_the_only_country_is_taken() -> None:
    """And marked as the ground's."""
    settled = report().settle(mention(3, None, ("CVL",)))
    assert (settled.party.country, settled.ground) == ("KEN", True)


def test_a_country_of_its_own_stands() -> None:
    """The ground only fills."""
    own = mention(3, "UGA", ("CVL",))
    assert report().settle(own) is own


def test_without_any_country_it_stays_open() -> None:
    """Nothing to choose from."""
    doc = tree(("protesters", "NOUN", 1, "nsubj"), ("marched", "VERB", 1, "ROOT"))
    assert Ground(doc, {}, ()).settle(mention(0, None, ("CVL",))).party.country is None


def test_fast_score_is_that_of_the_signs_taught() -> None:
    """What is summed by parts in use is what the model was fitted on."""
    ground, own = report(), mention(3, None, ("CVL",))
    signs = ground.candidates(own)["KEN"]
    model = load_models("casus.resolve")["ground"]
    parts = weigh(group_weights("local"), {k: v for k, v in signs.items() if not k.startswith("local: ")})
    assert parts == pytest.approx(model.score(signs) - model.bias)


def test_groups_of_parties() -> None:
    """Organs of a state are judged apart from other people, and those from things."""
    assert [group_of(mention(0, None, s)) for s in (("MIL",), ("CVL",), ())] == ["state", "local", "open"]


def test_own_signs_name_the_phrase() -> None:
    """Sector and shape."""
    doc = tree(("the", "DET", 1, "det"), ("gunmen", "NOUN", 1, "ROOT"))
    doc[1].tag_ = "NNS"
    signs = own_signs(doc[1], mention(1, None, ("UAF",)))
    assert {k for k, v in signs.items() if v} == {"is UAF", "definite", "plural"}


def test_a_winner_leads_clearly() -> None:
    """About equal is no winner."""
    assert find_winner(Counter({"KEN": 6, "UGA": 4})) == "KEN"
    assert find_winner(Counter({"KEN": 5, "UGA": 5})) is None


def test_the_last_country_told_before() -> None:
    """Else the first after."""
    told = Before()
    told.add("rebel", 4, "TCD")
    told.add("rebel", 9, "SDN")
    assert [told.get("rebel", i) for i in (2, 5, 12)] == ["TCD", "TCD", "SDN"]
    assert told.get("soldier", 2) is None


def test_paragraphs_begin_after_a_blank_line() -> None:
    """And sentences are numbered through."""
    doc = plain("One fell. Two rose.\n\nThree stood.")
    told = tell_countries(doc, {}, ())
    assert sorted(set(told.paragraph)) == [0, 1]
    assert number_sentences(doc) == [n for n, s in enumerate(doc.sents) for _ in s]


def test_wide_lands_give_no_country() -> None:
    """`Western diplomats` are not Kenyan for being in Kenya."""
    doc = tree(
        ("Kenyan", "ADJ", 1, "amod"), ("police", "NOUN", 2, "nsubj"), ("met", "VERB", 2, "ROOT"),
        ("Western", "ADJ", 4, "amod"), ("diplomats", "NOUN", 2, "obj"),
    )  # fmt: skip
    west = mention(4, None, ("GOV",))
    assert Ground(doc, {1: mention(1, "KEN", ("COP",)), 4: west}, ()).settle(west) is west
