"""Amounts of money: a number beside a currency sign or word, "$1.5 million" or "200,000 euros".

Gives whole units of the currency; the currency stays in the text of the quantity.
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.resolve.quantities.amounts import Amount
from casus.resolve.quantities.words import Lexicon

MIDDLE = 3


def find_currency(words: Sequence[str], amount: Amount, lexicon: Lexicon) -> tuple[int, int] | None:
    """The words of an amount of money with its currency, first and last (excluded); None where it has none."""
    sign = amount.core - 1
    if sign >= 0 and words[sign] in lexicon.sets["symbols"]:
        return min(sign, amount.first), amount.last + _unit(words, amount.last, lexicon)
    size = _unit(words, amount.last, lexicon)
    return (amount.first, amount.last + size) if size else None


def _unit(words: Sequence[str], index: int, lexicon: Lexicon) -> int:
    """How many words the currency takes here: "euros", "US dollars", "of dollars"."""
    size = int(words[index : index + 1] == ["of"])
    for _ in range(MIDDLE):
        word = words[index + size] if index + size < len(words) else ""
        if word in lexicon.sets["currencies"] or (size and word in lexicon.sets["ambiguous"]):
            return size + 1
        if word not in lexicon.sets["middle"]:
            return 0
        size += 1
    return 0
