"""Quantities: bounds and vagueness, what is counted, what is none."""

import pytest

from casus.resolve.quantities import find_quantities, read_spans
from tests.resolve.builders import plain, tree

Row = tuple[str, int | None, int | None]


def read(text: str) -> list[Row]:
    """The counts of a text without a tree."""
    return [(m.quantity.kind, m.quantity.min, m.quantity.max) for m in find_quantities(plain(text))]


BOUNDS = [
    ("At least a dozen people were killed.", 12, None),
    ("Up to 30 people were killed.", None, 30),
    ("As many as 40 people were killed.", None, 40),
    ("Nearly 100 people were killed.", None, 100),
    ("More than 200 people were killed.", 200, None),
    ("Between 10 and 15 people were killed.", 10, 15),
    ("Around 3,500 people were killed.", 3500, 3500),
    ("Some 200 people were killed.", 200, 200),
    ("Several hundred people were killed.", 200, 900),
    ("Several people were killed.", 3, 9),
    ("A few people were killed.", 2, 5),
    ("Dozens of people were killed.", 24, 99),
    ("Scores of people were killed.", 40, 99),
    ("Hundreds of people were killed.", 200, 999),
    ("Thousands of people were killed.", 2000, 9999),
    ("Tens of thousands of people were killed.", 20000, 99999),
    ("Hundreds of thousands of people were killed.", 200000, 999999),
    ("Many people were killed.", 1, None),
    ("Others were killed.", 1, None),
    ("1.5 million people were killed.", 1500000, 1500000),
    ("Half a million people were killed.", 500000, 500000),
    ("A couple of people were killed.", 2, 2),
    ("Twenty-four people were killed.", 24, 24),
    ("Two hundred and fifty people were killed.", 250, 250),
    ("100-thousand people were killed.", 100000, 100000),
    ("Another 12 were killed.", 12, 12),
    ("12 or more people were killed.", 12, None),
    ("Hundreds, perhaps thousands of people were killed.", 200, 9999),
    ("Dozens if not hundreds of people were killed.", 24, 999),
    ("Several tens of thousands of people were killed.", 20000, 90000),
    ("Half a dozen people were killed.", 6, 6),
    ("A half-dozen people were killed.", 6, 6),
    ("An estimated 300 people were killed.", 300, 300),
    ("No more than 12 people were killed.", None, 12),
    ("All three were killed.", 3, 3),
    ("Another was killed.", 1, 1),
    ("Another guard was killed.", 1, 1),
    ("A family of five was killed.", 5, 5),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS)
def test_an_amount_has_its_bounds(text: str, low: int | None, high: int | None) -> None:
    """The number rules of the record."""
    assert read(text) == [("killed", low, high)]


KINDS = [
    ("The blast killed three people and wounded five.", [("killed", 3, 3), ("injured", 5, 5)]),
    ("3 killed, 12 hurt in blast", [("killed", 3, 3), ("injured", 12, 12)]),
    ("The attack left 12 dead.", [("killed", 12, 12)]),
    ("The raid ended with 20 people injured.", [("injured", 20, 20)]),
    ("Sixty people lost their lives.", [("killed", 60, 60)]),
    ("The flood claimed 60 lives.", [("killed", 60, 60)]),
    ("The death toll rose to 41.", [("killed", 41, 41)]),
    ("There was a death toll of 41.", [("killed", 41, 41)]),
    ("The deaths of 15 miners were mourned.", [("killed", 15, 15)]),
    ("There were no casualties.", [("killed", 0, 0), ("injured", 0, 0)]),
    ("About 20 people were killed or wounded.", [("killed", 1, None), ("injured", 1, None)]),
    ("The bomber struck, killing himself and four others.", [("killed", 5, 5)]),
    ("Gunmen killed two soldiers and a civilian.", [("killed", 3, 3)]),
    ("Two soldiers and three civilians were killed.", [("killed", 5, 5)]),
    ("Guards killed 483 marchers and 47 policemen.", [("killed", 483, 483), ("killed", 47, 47)]),
    ("A policeman was killed.", [("killed", 1, 1)]),
    ("Police shot dead four men and shot three others.", [("killed", 4, 4), ("injured", 3, 3)]),
    ("12 gunmen killed three people.", [("killed", 3, 3)]),
    ("One of them hanged a poster.", []),
    ("Two prisoners were hanged.", [("killed", 2, 2)]),
    ("Rebels kidnapped six aid workers.", [("abducted", 6, 6)]),
    ("Three sailors were taken hostage.", [("abducted", 3, 3)]),
    ("Police arrested five suspects.", [("arrested", 5, 5)]),
    ("Nine people are still missing.", [("missing", 9, 9)]),
    ("Some 2,000 people were forced from their homes.", [("displaced", 2000, 2000)]),
    ("A crowd of 5,000 gathered.", [("participants", 5000, 5000)]),
    ("Hundreds of nurses marched.", [("participants", 200, 999)]),
    ("Two hundred women staged a protest.", [("participants", 200, 200)]),
    ("London will send 3,500 troops.", [("troops", 3500, 3500)]),
    ("London sends 3,500 more troops.", [("troops", 3500, 3500)]),
    ("The militia fired 200 rockets.", [("munitions", 200, 200)]),
    ("They launched a missile.", [("munitions", 1, 1)]),
    ("The navy deployed two warships.", [("vehicles", 2, 2)]),
    ("Donors pledged $1.5 million.", [("money", 1500000, 1500000)]),
    ("Donors pledged at least €43.3 million.", [("money", 43300000, None)]),
    ("Donors pledged 200,000 euros.", [("money", 200000, 200000)]),
    ("Donors pledged billions of dollars.", [("money", 2000000000, 9999999999)]),
    ("At least 27 soldiers, including six officers, were killed.", [("killed", 27, None)]),
    ("The toll stood at 131, but the governor put it at more than 150.", [("killed", 131, 131), ("killed", 150, None)]),
    ("The shelling left dozens of others wounded.", [("injured", 24, 99)]),
    ("Rebels burned at least 100 fuel trucks.", [("vehicles", 100, None)]),
    ("The militia captured two soldiers.", [("abducted", 2, 2)]),
    ("The camp handed over six hostages.", [("abducted", 6, 6)]),
    ("An improvised explosive device was detonated.", [("munitions", 1, 1)]),
    ("The rally was visited by 5,000 people.", [("participants", 5000, 5000)]),
    ("No one was killed.", [("killed", 0, 0)]),
    ("He had no memory of the night she was shot.", []),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_the_governing_word_gives_the_kind(text: str, expected: list[Row]) -> None:
    """Verbs, participles, nouns and set phrases, by the words alone."""
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Support fell by 12 percent.",
        "A 23-year-old man spoke.",
        "The man, 45, spoke for three hours.",
        "In 2014 the party won 52 seats.",
        "On December 28 they won 3-0.",
        "The town lies 40 kilometers away.",
        "They met at 10:30 for the third time.",
        "The bill passed by 52 votes to 40.",
        "The group released a statement.",
        "Boeing 737 flights resumed.",
    ],
)
def test_what_is_no_count_gives_none(text: str) -> None:
    """Measures, ages, dates, scores, votes and names."""
    assert read(text) == []


def test_approximate_amounts_say_so() -> None:
    """Vague and rounded numbers are approximate, plain and bounded ones are not."""
    found = find_quantities(
        plain("About 20 men, dozens of women and exactly 12 boys were killed. At least 5 men died.")
    )
    assert [m.quantity.approximate for m in find_quantities(plain("About 20 men were killed."))] == [True]
    assert [m.quantity.approximate for m in find_quantities(plain("At least 5 men died."))] == [False]
    assert found


def test_text_and_noun_are_as_written() -> None:
    """`text` is the whole phrase, `of` who was counted, `head` the noun."""
    doc = plain("Up to 30 armed rebels were killed.")
    (mention,) = find_quantities(doc)
    assert (mention.quantity.text, mention.quantity.of, doc[mention.head].text) == (
        "Up to 30 armed rebels",
        "armed rebels",
        "rebels",
    )
    assert doc.text[mention.quantity.start : mention.quantity.end] == mention.quantity.text


def test_every_count_names_its_rule() -> None:
    """The rule tells kind and side."""
    (mention,) = find_quantities(plain("Gunmen killed two soldiers and a civilian."))
    assert mention.rule == "killed-left+sum"


def test_the_tree_finds_a_single_victim() -> None:
    """A singular object of a kill verb counts one, however far away."""
    doc = tree(
        ("Rockets", "NOUN", 1, "nsubj"), ("killed", "VERB", 1, "ROOT"), ("the", "DET", 4, "det"),
        ("general", "ADJ", 4, "amod"), ("secretary", "NOUN", 1, "obj"), (".", "PUNCT", 1, "punct"),
    )  # fmt: skip
    (mention,) = find_quantities(doc)
    assert (mention.quantity.kind, mention.quantity.min, mention.quantity.max, mention.head) == ("killed", 1, 1, 4)


def test_the_tree_finds_a_pronoun() -> None:
    """ "He died" counts one."""
    doc = tree(
        ("He", "PRON", 1, "nsubj"), ("died", "VERB", 1, "ROOT"), (".", "PUNCT", 1, "punct"), lemmas={"died": "die"}
    )
    (mention,) = find_quantities(doc)
    assert (mention.quantity.kind, mention.quantity.text, mention.rule) == ("killed", "He", "killed-single")


def test_the_tree_reaches_where_the_words_do_not() -> None:
    """The subject of a far passive is counted by the tree."""
    doc = tree(
        ("Six", "NUM", 1, "nummod"), ("men", "NOUN", 11, "nsubj:pass"), ("whom", "PRON", 4, "obj"),
        ("villagers", "NOUN", 4, "nsubj"), ("know", "VERB", 1, "acl:relcl"), ("well", "ADV", 4, "advmod"),
        ("from", "ADP", 8, "case"), ("the", "DET", 8, "det"), ("market", "NOUN", 4, "obl"),
        ("square", "NOUN", 8, "flat"), ("were", "AUX", 11, "aux:pass"), ("arrested", "VERB", 11, "ROOT"),
    )  # fmt: skip
    (mention,) = find_quantities(doc)
    assert (mention.quantity.kind, mention.quantity.min, mention.rule) == ("arrested", 6, "arrested-tree")


def counts(*rows: tuple[str, str, int, str], lemmas: dict[str, str] | None = None) -> list[Row]:
    """The counts of a parsed sentence."""
    found = find_quantities(tree(*rows, lemmas=lemmas))
    return [(m.quantity.kind, m.quantity.min, m.quantity.max) for m in found]


def test_one_victim_may_have_two_fates() -> None:
    """Who was kidnapped and then killed counts for both."""
    assert counts(
        ("Gunmen", "NOUN", 1, "nsubj"), ("executed", "VERB", 1, "ROOT"), ("the", "DET", 3, "det"),
        ("envoy", "NOUN", 1, "obj"), ("who", "PRON", 6, "nsubj:pass"), ("was", "AUX", 6, "aux:pass"),
        ("kidnapped", "VERB", 3, "acl:relcl"), (".", "PUNCT", 1, "punct"), lemmas={"Gunmen": "gunman"},
    ) == [("killed", 1, 1), ("abducted", 1, 1)]  # fmt: skip


def test_victims_joined_by_and_are_added() -> None:
    """ "The mayor and at least two guards" are three or more."""
    assert counts(
        ("Rockets", "NOUN", 1, "nsubj"), ("killed", "VERB", 1, "ROOT"), ("the", "DET", 3, "det"),
        ("mayor", "NOUN", 1, "obj"), ("and", "CCONJ", 8, "cc"), ("at", "ADP", 6, "case"),
        ("least", "ADJ", 7, "nmod"), ("two", "NUM", 8, "nummod"), ("guards", "NOUN", 3, "conj"),
        (".", "PUNCT", 1, "punct"), lemmas={"guards": "guard"},
    ) == [("killed", 3, None)]  # fmt: skip


def test_house_arrest_counts_whom_it_holds() -> None:
    """A verb of putting with a noun of custody arrests its object."""
    assert counts(
        ("They", "PRON", 1, "nsubj"), ("placed", "VERB", 1, "ROOT"), ("the", "DET", 3, "det"),
        ("senator", "NOUN", 1, "obj"), ("under", "ADP", 6, "case"), ("house", "NOUN", 6, "compound"),
        ("arrest", "NOUN", 1, "obl"), (".", "PUNCT", 1, "punct"),
    ) == [("arrested", 1, 1)]  # fmt: skip


def test_counted_attackers_take_part() -> None:
    """The subject of an attack is a number of participants, with or without "a group of"."""
    assert counts(
        ("A", "DET", 1, "det"), ("group", "NOUN", 5, "nsubj"), ("of", "ADP", 4, "case"), ("ten", "NUM", 4, "nummod"),
        ("fighters", "NOUN", 1, "nmod"), ("stormed", "VERB", 5, "ROOT"), ("the", "DET", 7, "det"),
        ("base", "NOUN", 5, "obj"), (".", "PUNCT", 5, "punct"), lemmas={"fighters": "fighter"},
    ) == [("participants", 10, 10)]  # fmt: skip


def test_whom_police_take_is_arrested() -> None:
    """Police who take somebody arrest him; anybody else does not."""
    rest = (("took", "VERB", 1, "ROOT"), ("him", "PRON", 1, "obj"), (".", "PUNCT", 1, "punct"))
    assert counts(("Police", "NOUN", 1, "nsubj"), *rest) == [("arrested", 1, 1)]
    assert counts(("Friends", "NOUN", 1, "nsubj"), *rest) == []


def test_a_victim_told_by_an_apposition_is_the_one_named() -> None:
    """The relative clause of "Odo, a monk who was murdered" tells of Odo."""
    doc = tree(
        ("Odo", "PROPN", 0, "ROOT"), (",", "PUNCT", 3, "punct"), ("a", "DET", 3, "det"), ("monk", "NOUN", 0, "appos"),
        ("who", "PRON", 6, "nsubj:pass"), ("was", "AUX", 6, "aux:pass"), ("murdered", "VERB", 3, "acl:relcl"),
    )  # fmt: skip
    (mention,) = find_quantities(doc)
    assert (mention.quantity.kind, mention.quantity.text) == ("killed", "Odo")


def test_a_headline_needs_no_auxiliary() -> None:
    """ "Activist Gunned Down in Lima" has a victim; the same words before a full stop have a subject."""
    rows = (
        ("Activist", "NOUN", 1, "nsubj"), ("Gunned", "VERB", 1, "ROOT"), ("Down", "ADP", 1, "compound:prt"),
        ("in", "ADP", 4, "case"), ("Lima", "PROPN", 1, "obl"),
    )  # fmt: skip
    assert counts(*rows) == [("killed", 1, 1)]
    assert counts(*rows, (".", "PUNCT", 1, "punct")) == []


def test_who_is_shot_here_and_dead_there_was_killed() -> None:
    """The report's own later word on a named victim counts."""
    assert counts(
        ("Police", "NOUN", 1, "nsubj"), ("shot", "VERB", 1, "ROOT"), ("Odo", "PROPN", 1, "obj"),
        (".", "PUNCT", 1, "punct"), ("Odo", "PROPN", 5, "nsubj"), ("died", "VERB", 5, "ROOT"),
        (".", "PUNCT", 5, "punct"),
    ) == [("killed", 1, 1), ("killed", 1, 1)]  # fmt: skip


GIVEN = [
    ("The army freed the judge.", "the judge", 1, 1),
    ("The army freed two of its soldiers.", "two of its soldiers", 2, 2),
    ("Three sailors sang. The sailors were shot.", "The sailors", 3, 3),
    ("Up to 30 rebels were seen.", "30 rebels", None, 30),
]


@pytest.mark.parametrize(("text", "span", "low", "high"), GIVEN)
def test_a_marked_span_always_has_a_number(text: str, span: str, low: int | None, high: int | None) -> None:
    """What `find_quantities` leaves out for want of a kind is read where it is marked."""
    doc = plain(text)
    words = [token.text for token in doc]
    for token in doc:
        token.pos_ = "NOUN" if token.text in {"judge", "soldiers", "sailors", "rebels"} else "X"
        token.lemma_ = token.text.lower().removesuffix("s")
        token.dep_, token.head = ("det", doc[token.i + 1]) if token.lower_ == "the" else ("dep", token)
    start = text.index(span)
    ((mention,),) = read_spans(doc, [(start, start + len(span))])
    assert words
    assert (mention.quantity.min, mention.quantity.max, mention.quantity.text) == (low, high, span)


def test_a_span_without_words_has_no_count() -> None:
    """An empty span answers with nothing."""
    assert read_spans(plain("Nobody came."), [(0, 0)]) == ((),)


def test_things_are_not_killed() -> None:
    """Killing a bill has no victim."""
    doc = tree(
        ("Senators", "NOUN", 1, "nsubj"),
        ("killed", "VERB", 1, "ROOT"),
        ("the", "DET", 3, "det"),
        ("bill", "NOUN", 1, "obj"),
    )
    assert find_quantities(doc) == ()
