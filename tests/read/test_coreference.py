"""Coreference: who is the same as whom within a report, and what stays open."""

import pytest
import spacy

from casus.read.coreference import find_clusters
from casus.read.mentions import Mention
from casus.read.quotes import find_quotes
from casus.read.reader import load_reader

READER = load_reader()


def chains(text: str) -> list[list[str]]:
    """Return the chains of a text as words."""
    doc = READER(text)
    return [[doc[m.start : m.end].text for m in chain] for chain in find_clusters(doc, find_quotes(doc))]


def together(text: str, first: str, second: str) -> bool:
    """Tell whether some chain holds both phrases."""
    return any(first in chain and second in chain for chain in chains(text))


SAME = [
    ("President Petra Novak spoke on Monday. Novak then left.", "President Petra Novak", "Novak"),
    ("Omar Haddad was freed. Mr. Haddad went home to Tyre.", "Omar Haddad", "Mr. Haddad"),
    ("The African Development Bank met. Diplomats at the ADB left.", "The African Development Bank", "the ADB"),
    ("The Revolutionary Guard Corps said so. Men of the RGC fled.", "The Revolutionary Guard Corps", "the RGC"),
    ("The United States sent ships. Officials in the U.S. gave no number.", "The United States", "the U.S."),
    ("The UN Security Council met. The Security Council then rose.", "The UN Security Council", "The Security Council"),
    ("Gen. Omar Haddad was killed on Monday. The general had led the Third Army.", "Gen. Omar Haddad", "The general"),
    ("Hezbollah fired rockets on Monday. The group has not said why.", "Hezbollah", "The group"),
    ("Petra Novak came to the hall. She spoke for an hour.", "Petra Novak", "She"),
    ("Omar Haddad said that he would resign.", "Omar Haddad", "he"),
    ("Omar Haddad, the foreign minister, resigned.", "Omar Haddad", "the foreign minister"),
    ("Rebel troops entered the town. The troops then burned it.", "Rebel troops", "The troops"),
    ("Soldiers fired on the crowd before they withdrew from the square.", "Soldiers", "they"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "second"), SAME)
def test_these_are_the_same(text: str, first: str, second: str) -> None:
    """Names and short forms, pronouns, roles, groups."""
    assert together(text, first, second), chains(text)


APART = [
    ("Petra Novak met Omar Haddad. She then left the hall.", "Omar Haddad", "She"),
    ("Omar Haddad met Petra Novak. Mr. Novak was also there.", "Petra Novak", "Mr. Novak"),
    ("Petra Novak praised her.", "Petra Novak", "her"),
    ("The Bank of China was closed. China gave no reason.", "The Bank of China", "China"),
    ("An attack killed a soldier. Another soldier was wounded.", "a soldier", "Another soldier"),
    ("Troops left this week. More came last week.", "this week", "last week"),
    ("It was clear that the bridge had fallen.", "It", "the bridge"),
]


@pytest.mark.parametrize(("text", "first", "second"), APART)
def test_these_are_not_the_same(text: str, first: str, second: str) -> None:
    """Gender, title, the same clause, parts of names, new things."""
    assert not together(text, first, second), chains(text)


def test_i_is_the_speaker_even_if_named_later() -> None:
    """The cue comes after the words."""
    assert together('"I saw the bridge fall," said Omar Haddad.', "I", "Omar Haddad")


def test_we_of_a_group_is_the_group() -> None:
    """A ministry speaks of itself."""
    assert together('"We have closed the border," the ministry said.', "We", "the ministry")


def test_he_in_a_quotation_is_not_the_speaker() -> None:
    """Speakers say I."""
    text = 'Omar Haddad greeted Karim Aziz. "He saved my life," Haddad said.'
    assert not together(text, "He", "Omar Haddad")


def test_chains_are_in_text_order_and_point_into_it() -> None:
    """No mention stands in two chains, none alone."""
    doc = READER("Petra Novak met Omar Haddad. She told him that her army was ready. Haddad thanked Novak for it.")
    clusters = find_clusters(doc, find_quotes(doc))
    mentions = [m for chain in clusters for m in chain]
    assert len(mentions) == len(set(mentions))
    assert all(len(chain) > 1 and list(chain) == sorted(chain, key=lambda m: (m.start, -m.end)) for chain in clusters)
    assert all(0 <= m.start <= m.head < m.end <= len(doc) for m in mentions)


def test_the_extension_is_set_by_the_component() -> None:
    """`doc._.clusters` as a spaCy user finds it, quotes or not."""
    nlp = spacy.blank("en")
    nlp.add_pipe("casus_reader")
    nlp.add_pipe("casus_coreference")
    doc = nlp("Petra Novak came. She spoke.")
    assert doc._.clusters == find_clusters(doc, find_quotes(doc))
    assert all(isinstance(m, Mention) for chain in doc._.clusters for m in chain)


@pytest.mark.parametrize("text", ["", "  ", "It", "He he he.", "\n\n", "Himself.", "The the."])
def test_scraps_do_not_break_it(text: str) -> None:
    """Whatever the text, an answer."""
    doc = READER(text)
    assert isinstance(find_clusters(doc, find_quotes(doc)), tuple)
