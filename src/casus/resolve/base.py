"""The knowledge base: countries, organs, groups, parties, persons and agent nouns, searchable by longest name.

Reads `data/*.tsv`; decides nothing about a text (`casus.resolve.actors` does). Names match by their written case, and
in capitals where the text is in capitals; agent nouns match in any case.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from spacy.tokens import Doc

from casus.errors import KnowledgeBaseError

NAME_COLUMNS = ("id", "name", "aliases", "kind", "country", "sectors", "from", "to", "example", "source")
COUNTRY_COLUMNS = ("code", "name", "adjectives", "demonyms", "capital", "aliases", "seats", "source")
AGENT_COLUMNS = ("noun", "plural", "sectors", "country", "example", "source")
NAME_TABLES = ("groups", "organisations", "organs", "parties", "peoples")
PIECES = re.compile(r"\w+|[^\w\s]")
PREFIXES = ("al-", "Al-", "el-", "El-")  # `Mr. Bashir` is Omar al-Bashir
Index = Mapping[tuple[str, ...], tuple["Entity", ...]]
SHORT = 4
"""Letters of a name too short to be looked for in capitals, too."""
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "ə": "a"}
)
ARTICLES = ("the ", "The ")


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of the base; `kind` is the table's word, or country, adjective, demonym, capital, seat, agent."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text: tokens `start` to `end` (excluded) and the rows that it may mean, in table order."""

    start: int
    end: int
    entities: tuple[Entity, ...]


class KnowledgeBase:
    """Names and agent nouns with what they stand for.

    Args:
        names: written form → rows, matched by case.
        agents: lower-case form → rows, matched in any case.
        countries: alpha-3 → name.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[Entity]],
        agents: Mapping[str, Sequence[Entity]],
        countries: Mapping[str, str],
    ) -> None:
        self.countries = countries
        self.names = _index(names)
        self.agents = _index(agents)
        self.surnames = _surnames(names)
        self.heads = _reaches(self.names)
        self.agent_heads = _reaches(self.agents)

    def find_names(self, doc: Doc) -> list[NameMatch]:
        """Longest names in a text, left to right, not overlapping."""
        pieces, owners = split_doc(doc)
        return list(self._find(pieces, owners, self.names, self.heads))

    def find_agents(self, doc: Doc) -> list[NameMatch]:
        """Longest agent nouns in a text."""
        pieces, owners = split_doc(doc)
        return list(self._find([p.lower() for p in pieces], owners, self.agents, self.agent_heads))

    def find_all(self, doc: Doc) -> tuple[list[NameMatch], list[NameMatch]]:
        """Names and agent nouns of a text that is cut into pieces once."""
        pieces, owners = split_doc(doc)
        lower = [p.lower() for p in pieces]
        names = list(self._find(pieces, owners, self.names, self.heads))
        return names, list(self._find(lower, owners, self.agents, self.agent_heads))

    def _find(
        self, pieces: Sequence[str], owners: Sequence[int], table: Index, heads: Mapping[str, int]
    ) -> Iterator[NameMatch]:
        at, last = 0, len(pieces)
        while at < last:
            longest = heads.get(pieces[at], 0)
            end = _longest(pieces, at, min(last, at + longest), table) if longest else 0
            whole = (
                end and (end == last or owners[end] != owners[end - 1]) and (at == 0 or owners[at - 1] != owners[at])
            )
            if whole:
                yield NameMatch(owners[at], owners[end - 1] + 1, table[tuple(pieces[at:end])])
            at = end if whole else at + 1


def _longest(pieces: Sequence[str], start: int, end: int, table: Index) -> int:
    """Where the longest name of the table that starts here ends, 0 where none does."""
    while end > start:
        if tuple(pieces[start:end]) in table:
            return end
        end -= 1
    return 0


def _reaches(table: Index) -> dict[str, int]:
    """First piece of a name → pieces of the longest name that begins with it."""
    reaches: dict[str, int] = {}
    for key in table:
        reaches[key[0]] = max(reaches.get(key[0], 0), len(key))
    return reaches


def _surnames(names: Mapping[str, Sequence[Entity]]) -> dict[str, tuple[Entity, ...]]:
    """Last word of a person's own name → the persons of that name."""
    found: dict[str, dict[str, Entity]] = {}
    for rows in names.values():
        for row in rows:
            if row.id.startswith("per-") and " " in row.name:
                last = row.name.split()[-1]
                for form in {last, fold_accents(last), last[3:] if last[:3] in PREFIXES else last}:
                    found.setdefault(form, {})[row.id] = row
    return {name: tuple(rows.values()) for name, rows in found.items()}


def split_doc(doc: Doc) -> tuple[list[str], list[int]]:
    """Word and punctuation pieces of a Doc and the token each belongs to."""
    pieces: list[str] = []
    owners: list[int] = []
    for i, text in enumerate([t.text for t in doc]):
        if text.isalnum():
            pieces.append(text)
            owners.append(i)
        else:
            found = PIECES.findall(text.replace("’", "'"))
            pieces += found
            owners += [i] * len(found)
    return pieces, owners


def _index(table: Mapping[str, Sequence[Entity]]) -> dict[tuple[str, ...], tuple[Entity, ...]]:
    return {_pieces(form): tuple(rows) for form, rows in table.items() if form}


def _pieces(form: str) -> tuple[str, ...]:
    """Pieces of a name; most names are plain words, which need no pattern."""
    words = form.split(" ")
    return tuple(words) if all(map(str.isalnum, words)) else tuple(PIECES.findall(form))


@cache
def load_base(extra: tuple[Path, ...] = ()) -> KnowledgeBase:
    """The shipped tables and the user's folders, read once.

    Raises:
        KnowledgeBaseError: a table lacks columns; the message names file and line.
    """
    with as_file(files("casus.resolve").joinpath("data")) as shipped:
        folders = [*extra, shipped]  # of rows that fit equally well the first is taken
        countries = [row for f in folders for row in read_table(f / "countries.tsv", COUNTRY_COLUMNS)]
        agents = [row for f in folders for row in read_table(f / "agents.tsv", AGENT_COLUMNS)]
        named = [
            row
            for f in folders
            for path in sorted(f.glob("*.tsv"))
            if columns_of(path.stem) == NAME_COLUMNS
            for row in read_table(path, NAME_COLUMNS)
        ]
    names: dict[str, list[Entity]] = {}
    for form, entity in (*_country_forms(countries), *_named_forms(named)):
        names.setdefault(form, []).append(entity)
    return KnowledgeBase(names, _agent_forms(agents), {row["code"]: row["name"] for row in countries})


def columns_of(table: str) -> tuple[str, ...] | None:
    """Columns of a table by the name of its file without `.tsv`; None where the base reads no such table."""
    if table in NAME_TABLES or table.startswith("persons"):
        return NAME_COLUMNS
    return {"countries": COUNTRY_COLUMNS, "agents": AGENT_COLUMNS}.get(table)


def read_table(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table with a header; nothing where the file is not there."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if missing := [c for c in columns if row.get(c) is None]:
                raise KnowledgeBaseError(
                    f"{path}: field {missing[0]}: found nothing, allowed columns {', '.join(columns)}"
                )
            yield row


def _country_forms(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, Entity]]:
    """Countries act as governments; demonyms are people; capitals and seats may be metonyms."""
    for row in rows:
        code = row["code"]
        for column, kind, sectors in (
            ("name", "country", ("GOV",)),
            ("aliases", "country", ("GOV",)),
            ("seats", "seat", ("GOV",)),
            ("capital", "capital", ("GOV",)),
            ("adjectives", "adjective", ("GOV",)),
            ("demonyms", "demonym", ("CVL",)),
        ):
            for form in filter(None, row[column].split("|")):
                entity = Entity(f"cou-{code}", row["name"], kind, code, sectors, "", "")
                # "The Valley" is a capital, "the valley" is not
                yield from ((f, entity) for f in _written(form, keep_article=kind == "capital"))


def _named_forms(rows: Iterable[dict[str, str]]) -> Iterator[tuple[str, Entity]]:
    for row in rows:
        entity = Entity(
            row["id"], row["name"], row["kind"], row["country"] or None, _split(row["sectors"]), row["from"], row["to"]
        )
        person = entity.id.startswith("per-")
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield from ((f, entity) for f in _written(form, person=person))


def _written(form: str, *, keep_article: bool = False, person: bool = False) -> tuple[str, ...]:
    """A name without its article, as written, without accents and, if long enough not to clash, in capitals.

    Single words lose their accents only where they name a person: the newspaper Libération is no liberation.
    """
    plain = form.replace("’", "'")
    if plain[:4] in ARTICLES and not keep_article:
        plain = plain[4:]
    foldable = not plain.isascii() and (person or " " in plain)
    forms = (plain, fold_accents(plain)) if foldable else (plain,)
    upper = tuple(f.upper() for f in forms if len(f) > SHORT)
    return tuple(dict.fromkeys((*forms, *upper)))


def fold_accents(text: str) -> str:
    """A name as papers without the letters write it.

    >>> fold_accents("Lech Wałęsa")
    'Lech Walesa'
    """
    parts = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _agent_forms(rows: Iterable[dict[str, str]]) -> dict[str, list[Entity]]:
    forms: dict[str, list[Entity]] = {}
    for row in rows:
        entity = Entity(
            f"agt-{row['noun']}", row["noun"], "agent", row["country"] or None, _split(row["sectors"]), "", ""
        )
        for form in dict.fromkeys(filter(None, (row["noun"], *row["plural"].split("|")))):
            forms.setdefault(form.lower(), []).append(entity)
    return forms


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))
