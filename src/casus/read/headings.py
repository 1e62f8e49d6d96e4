"""Mends the tree of headings: `Activist gunned down in Goma` tells what was done to the activist.

A heading leaves its auxiliaries out, and the reader often takes what is left for the active. Headings tell what
somebody does in the present, so that the past form of a verb for what is done to people is a passive where it has no
object.
Changes relations and forms of such sentences and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.read.lemmas import lemma_of
from casus.read.model import Reading

ENDS = frozenset('.!?…"”’)')
LONGEST = 18  # words of a heading
PAST = frozenset({"VBD", "VBN"})
OBJECTS = frozenset({"obj", "ccomp", "xcomp", "aux", "aux:pass", "nsubj:pass", "obl:agent", "cop"})
DONE_TO = frozenset((
    "abduct", "acquit", "ambush", "arrest", "assassinate", "ban", "bar", "behead", "blacklist", "burn", "bury",
    "capture", "charge", "convict", "crush", "decapitate", "deport", "depose", "destroy", "detain", "dismiss",
    "displace", "electrocute", "evacuate", "evict", "execute", "exile", "expel", "extradite", "fine", "free", "gun",
    "hang", "hospitalise", "hospitalize", "hurt", "impeach", "imprison", "indict", "injure", "intern", "jail", "kidnap",
    "kill", "lynch", "maim", "massacre", "murder", "oust", "outlaw", "overthrow", "poison", "rape", "release", "rescue",
    "sack", "sentence", "shoot", "slaughter", "slay", "stab", "strangle", "strand", "summon", "suspend", "topple",
    "torture", "trample", "trap", "wound",
))  # fmt: skip


def mend_heading(words: Sequence[str], reading: Reading) -> None:
    """Make passives of a heading's bare past forms, in place; any other sentence stays as it is."""
    if len(words) > LONGEST or words[-1][-1] in ENDS:
        return
    for verb, form in enumerate(reading.forms):
        if form in PAST and lemma_of(words[verb].lower(), "VERB") in DONE_TO:
            _mend(verb, reading)


def _mend(verb: int, reading: Reading) -> None:
    below = [k for k, head in enumerate(reading.heads) if head == verb and k != verb]
    subjects = [k for k in below if reading.relations[k] == "nsubj" and k < verb]
    if not subjects or not OBJECTS.isdisjoint(reading.relations[k] for k in below):
        return
    reading.forms[verb] = "VBN"
    for k in subjects:
        reading.relations[k] = "nsubj:pass"
