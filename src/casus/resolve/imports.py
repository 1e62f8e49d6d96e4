"""Rows of the knowledge base from other people's lists: PETRARCH dictionaries and CSV files; opens and writes no file.

A code of CAMEO becomes a country and PLOVER sectors as far as they have an equal; what has none is counted and left
out. Rows that break a rule of the tables are told with the line they came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from casus.errors import InputError
from casus.ontology import SECTORS
from casus.resolve.base import AGENT_COLUMNS, NAME_COLUMNS
from casus.resolve.petrarch import Code, Entry, is_agents, read_entries
from casus.resolve.tables import Known, check_row

Row = dict[str, str]

RENAMED = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD"}
"""Country codes of the dictionaries that ISO 3166-1 has since withdrawn."""

# CAMEO's role codes (manual 1.1b3, chapter 3) that PLOVER calls otherwise; the others are the same in both.
ROLES = {
    "HLH": "MED", "HRI": "SOC", "INS": "REB", "MED": "JRN", "NGM": "SOC", "SEP": "REB", "SET": "CVL", "STU": "EDU",
    "ATH": "REL", "BUD": "REL", "CHR": "REL", "CTH": "REL", "CPT": "REL", "DRZ": "REL", "HIN": "REL", "JEW": "REL",
    "MOS": "REL", "PRO": "REL", "SFI": "REL", "SHI": "REL", "SIK": "REL", "SUN": "REL",
}  # fmt: skip
SMALL = {"and", "de", "for", "in", "of", "on", "the"}
ACRONYMS = {"EU", "UK", "UN", "US", "USA"}
SHORT = 4
"""A single word of no more letters may be an acronym: it is kept in capitals, its other spelling is an alias."""


@dataclass(slots=True)
class Imported:
    """What came of a list.

    Attributes:
        rows: File name of a table → its rows by their first column.
        issues: What could not be taken over.
        left_out: Parts of codes without an equal in PLOVER, and how often.
    """

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    issues: list[InputError] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, table: str, row: Row, known: Known, place: tuple[str, int]) -> None:
        """Take a row over, or say why not."""
        faults = [InputError(*place, *fault) for fault in check_row(row, known)]
        rows = self.rows.setdefault(table, {})
        key = next(iter(row.values()))
        if not faults and key in rows:
            if {**rows[key], "source": ""} != {**row, "source": ""}:
                self.issues.append(InputError(*place, next(iter(row)), key, "each once; the first is kept"))
        elif faults:
            self.issues += faults
        else:
            rows[key] = row


def import_petrarch(lines: Iterable[str], file: str, known: Known) -> Imported:
    """Return the rows of an actor or agent dictionary.

    Args:
        lines: The dictionary.
        file: Its name, for sources and errors.
        known: The codes of countries.
    """
    told, done = list(lines), Imported()
    agents = is_agents(told)
    for entry in read_entries(told, file):
        if isinstance(entry, InputError):
            done.issues.append(entry)
            continue
        place = (file, entry.line)
        rows = _agent_rows(entry, file, known, done) if agents else _actor_rows(entry, file, known, done)
        for row in rows:
            done.add("agents.tsv" if agents else "organisations.tsv", row, known, place)
    return done


def _actor_rows(entry: Entry, file: str, known: Known, done: Imported) -> Iterator[Row]:
    numbers = count(1)
    for code in dict.fromkeys(entry.codes):
        country, sectors = split_code(code.code, known, done.left_out)
        if not country and not sectors:
            told = "a code with a country of ISO 3166-1 or a sector of PLOVER"
            done.issues.append(InputError(file, entry.line, "code", code.code, told))
            continue
        names = _new_names(entry, country, known) if not sectors else _names(entry)
        for name in names[:1]:
            cells = (_numbered(name, next(numbers)), name, "|".join(names[1:]), "actor", country, "|".join(sectors))
            yield dict(zip(NAME_COLUMNS, (*cells, *_last_cells(code, name, file, entry.line)), strict=True))
    if not entry.codes:
        done.issues.append(InputError(file, entry.line, "code", "", "a code in brackets"))


def _names(entry: Entry) -> list[str]:
    return list(dict.fromkeys(form for phrase in (entry.phrase, *entry.others) for form in spell_name(phrase)))


def _new_names(entry: Entry, country: str, known: Known) -> list[str]:
    """Return the names of an entry that stands for a country alone, without those that the base has for it."""
    return [name for name in _names(entry) if (name, country) not in known.names]


def _last_cells(code: Code, name: str, file: str, line: int) -> tuple[str, str, str, str]:
    return code.start, code.end, f"a statement by {name}", f"{file}, line {line}"


def _agent_rows(entry: Entry, file: str, known: Known, done: Imported) -> Iterator[Row]:
    noun, plural = entry.phrase.lower(), "|".join(other.lower() for other in entry.others)
    country, sectors = split_code(entry.codes[0].code, known, done.left_out)
    if not country and not sectors:
        told = "a code with a sector of PLOVER"
        done.issues.append(InputError(file, entry.line, "code", entry.codes[0].code, told))
        return
    cells = (noun, plural, "|".join(sectors), country, f"the {noun} was there", f"{file}, line {entry.line}")
    yield dict(zip(AGENT_COLUMNS, cells, strict=True))


def split_code(code: str, known: Known, left_out: Counter[str] | None = None) -> tuple[str, list[str]]:
    """Return the country and the sectors of a CAMEO actor code, its three letters each.

    >>> split_code("AFGGOVMIL", Known(frozenset({"AFG"})))
    ('AFG', ['GOV', 'MIL'])
    >>> split_code("IGOUNOWBK", Known(frozenset({"IGO", "UNO"})), left := Counter()), left
    (('UNO', []), Counter({'WBK': 1}))
    """
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    country = RENAMED.get(parts[0], parts[0])
    at = 1 if country in known.countries else 0
    if at and country == "IGO" and len(parts) > 1 and parts[1] in ("UNO", "EUR"):
        country, at = parts[1], 2
    sectors = [ROLES.get(part, part) for part in parts[at:]]
    if left_out is not None:
        left_out.update(part for part, sector in zip(parts[at:], sectors, strict=True) if sector not in SECTORS)
    return country if at else "", list(dict.fromkeys(sector for sector in sectors if sector in SECTORS))


def spell_name(phrase: str) -> tuple[str, ...]:
    """Return a name that a dictionary has in capitals as newspapers write it.

    >>> spell_name("SECRETARY GENERAL OF THE UN"), spell_name("KI-MOON"), spell_name("NATO")
    (('Secretary General of the UN',), ('Ki-Moon',), ('NATO', 'Nato'))
    """
    words = phrase.split()
    if not phrase.isupper() or "." in phrase:
        return (phrase,)
    if len(words) == 1 and len(phrase) <= SHORT:
        return phrase, phrase.capitalize()
    spelt = [_spell_word(word) for word in words]
    return (" ".join([spelt[0][:1].upper() + spelt[0][1:], *spelt[1:]]),)


def _spell_word(word: str) -> str:
    if word in ACRONYMS:
        return word
    return word.lower() if word.lower() in SMALL else "-".join(part.capitalize() for part in word.split("-"))


def import_csv(rows: Iterable[Mapping[str | None, str | None]], file: str, known: Known, *, table: str) -> Imported:
    """Return the rows of a CSV file with our columns, as many as it has.

    Args:
        rows: By the names in its header; a row has `name`, or `noun` for agents. Lists are separated by `|` or `;`.
        file: Its name, for sources and errors.
        known: The codes of countries.
        table: Name of the table that rows with names go into.
    """
    done = Imported()
    for line, cells in enumerate(rows, 2):
        columns = AGENT_COLUMNS if "noun" in cells else NAME_COLUMNS
        if unknown := [str(column) for column in cells if column not in columns]:
            done.issues.append(InputError(file, line, "column", ", ".join(unknown), " ".join(columns)))
            continue
        given = {column: _tidy(cells.get(column) or "") for column in columns}
        row = _filled_agent(given) if "noun" in cells else _filled_name(given)
        row["source"] = row["source"] or f"{file}, line {line}"
        done.add("agents.tsv" if "noun" in cells else f"{table}.tsv", row, known, (file, line))
    return done


def _tidy(cell: str) -> str:
    return "|".join(part.strip() for part in re.split(r"\s*[|;]\s*", " ".join(cell.split())))


def _filled_name(row: Row) -> Row:
    name = row["name"]
    filled = {"id": _numbered(name, 1), "kind": "actor", "example": f"a statement by {name}"}
    return {column: cell or filled.get(column, "") for column, cell in row.items()}


def _filled_agent(row: Row) -> Row:
    return {column: cell or {"example": f"the {row['noun']} was there"}.get(column, "") for column, cell in row.items()}


def _numbered(name: str, number: int) -> str:
    """Return an id made from a name: letters and digits of ASCII."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", ascii_name))
    return f"imp-{slug}" if number == 1 else f"imp-{slug}-{number}"
