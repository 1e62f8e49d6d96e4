"""Who fills a slot: over active, passive, control, relative clauses, coordination, possessives, compounds, light verbs.

The sentences are read by our own reader; each is one that any parser gets right.
"""

import pytest
from spacy.language import Language

from casus.coding.slots import fill_slot, is_passive, with_conjuncts

SLOTS = [
    ("Rebels attacked the village.", "attacked", "subj", "Rebels"),
    ("Rebels attacked the village.", "attacked", "obj", "village"),
    ("The village was attacked by rebels.", "attacked", "subj", "rebels"),
    ("The village was attacked by rebels.", "attacked", "obj", "village"),
    ("The village was attacked.", "attacked", "subj", ""),
    ("The army wants to attack the village.", "attack", "subj", "army"),
    ("The president ordered the army to attack the village.", "attack", "subj", "army"),
    ("Soldiers were ordered to attack the village.", "attack", "subj", "Soldiers"),
    ("The rebels who attacked the village fled.", "attacked", "subj", "rebels"),
    ("The village that rebels attacked was empty.", "attacked", "obj", "village"),
    ("The village attacked by rebels was empty.", "attacked", "obj", "village"),
    ("The village attacked by rebels was empty.", "attacked", "subj", "rebels"),
    ("Rebels entered the town and attacked the base.", "attacked", "subj", "Rebels"),
    ("Rebels shot and killed a priest.", "shot", "obj", "priest"),
    ("Rebels shot and killed a priest.", "killed", "subj", "Rebels"),
    ("The men were arrested and deported.", "deported", "obj", "men"),
    ("Rebels and soldiers attacked the village.", "attacked", "subj", "Rebels soldiers"),
    ("Police arrested a teacher, a priest and two students.", "arrested", "obj", "teacher priest students"),
    ("Iran's attack killed two soldiers.", "attack", "poss", "Iran"),
    ("Their attack killed two soldiers.", "attack", "poss", "Their"),
    ("The police raid lasted an hour.", "raid", "compound", "police"),
    ("An Israeli strike hit the port.", "strike", "compound", "Israeli"),
    ("Israel launched an attack on the port.", "attack", "light", "Israel"),
    ("Israel launched an attack on the port.", "attack", "on", "port"),
    ("An attack was launched by Israel.", "attack", "light", "Israel"),
    ("Protesters clashed with police.", "clashed", "with", "police"),
    ("France gave Kenya a loan.", "gave", "iobj", "Kenya"),
    ("The minister said Iran attacked the ship.", "said", "xsubj", "Iran"),
    ("Troops withdrew from the city.", "withdrew", "from", "city"),
    ("Its decision to attack the village shocked the region.", "attack", "subj", "Its"),
    ("Rebels attacked the village, killing two people.", "killing", "subj", "Rebels"),
    ("The killing of a priest by rebels shocked Goma.", "killing", "of", "priest"),
]


@pytest.mark.parametrize(("text", "word", "slot", "expected"), SLOTS)
def test_slots(reader: Language, text: str, word: str, slot: str, expected: str) -> None:
    """Heads of the phrases, with what is coordinated to them."""
    token = next(token for token in reader(text) if token.text == word)
    assert " ".join(t.text for t in with_conjuncts(fill_slot(token, slot))) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels attacked the village.", "attacked", False),
        ("The village was attacked.", "attacked", True),
        ("The village attacked by rebels was empty.", "attacked", True),
        ("Rebels have attacked the village.", "attacked", False),
    ],
)
def test_passives(reader: Language, text: str, word: str, expected: bool) -> None:
    """Told by auxiliary, agent or bare participle."""
    assert is_passive(next(token for token in reader(text) if token.text == word)) == expected


def test_an_empty_slot_is_empty(reader: Language) -> None:
    """A preposition that is not there fills nothing."""
    assert fill_slot(reader("Rebels attacked.")[1], "with") == []
