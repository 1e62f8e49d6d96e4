"""The sources of an intake: what a TOML file lists, or one file or address given by name; fetches and opens none.

[[source]]
name = "example-world"
kind = "feed"                     # left out: found out from what comes
url = "https://example.org/world.xml"
every = "15m"
publisher = "Example Wire"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from casus.errors import ConfigError, FetchError
from casus.ingest.addresses import parse_address
from casus.ingest.reports import DATES, FIELDS, parse_published

Kind = Literal["csv", "current-events", "feed", "json", "page", "text", "warc"]

DAY = "{day}"
PATTERNS = {"language": "ISO 639-1 in small letters (en)", "country": "ISO 3166-1 alpha-3 in capitals (GBR)"}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
EVERY = re.compile(r"(\d+)\s*([smhd])")
SHORTEST = 60.0  # seconds
MOST_DAYS = 31
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def parse_every(told: object) -> float:
    """Return how often a source is visited, in seconds.

    >>> parse_every("15m"), parse_every("1d")
    (900.0, 86400.0)

    Raises:
        ValueError: It is no time, or too short a one.
    """
    found = EVERY.fullmatch(told.strip()) if isinstance(told, str) else None
    seconds = float(found[1]) * UNITS[found[2]] if found else 0.0
    if seconds < SHORTEST:
        raise ValueError("a number with s, m, h or d, one minute or more (15m)")
    return seconds


def _parse_url(told: object) -> str:
    if not isinstance(told, str) or not ADDRESS.match(told):
        raise ValueError("an address that begins with http:// or https://")
    try:
        parse_address(told.replace(DAY, "2030_May_6"))
    except FetchError as error:
        raise ValueError(error.allowed) from error
    return told


def _parse_columns(told: object) -> object:
    if isinstance(told, dict) and (unknown := sorted(set(told) - set(FIELDS))):
        raise ValueError(f"columns for the fields {' '.join(FIELDS)}, not {unknown[0]!r}")
    return told


def _parse_day(told: object) -> object:
    day = parse_published(str(told))
    if day is None:
        raise ValueError(DATES)
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where reports come from.

    Attributes:
        name: How it is called in messages and in the store.
        kind: What it is; None: found out from what comes.
        url: Its address; `{day}` in the address of a portal stands for the day (2030_May_6).
        path: The file or folder, where it has no address.
        every: Seconds between two visits.
        publisher: Publisher of the reports that name none.
        language: Its language, ISO 639-1; kept with the reports.
        country: The country it reports from, ISO 3166-1 alpha-3; kept with the reports.
        published: ISO date of the reports that carry none.
        follow: Of a feed, take the pages its entries lead to; else what the feed itself tells.
        days: Of an address with `{day}`, how many days back it is visited, today included.
        columns: Of a table, which column holds which field of a report.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Kind | None = None
    url: Annotated[str, BeforeValidator(_parse_url)] | None = None
    path: Path | None = None
    every: Annotated[float, BeforeValidator(parse_every)] = 900.0
    publisher: str | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    published: Annotated[str, BeforeValidator(_parse_day)] | None = None
    follow: Annotated[bool, Field(strict=True)] = True
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True)] = 1
    columns: Annotated[Mapping[str, str], BeforeValidator(_parse_columns)] = field(default_factory=dict, hash=False)

    def origin(self) -> dict[str, Any]:
        """Return what is kept with every report of it."""
        told = {"source": self.name, "kind": self.kind, "language": self.language, "country": self.country}
        return {name: value for name, value in told.items() if value}


def name_source(text: str, **given: Any) -> Source:
    """Return the source that an address, a file or a folder is; `-` is standard input.

    >>> name_source("https://example.org/feed").url, name_source("reports/").path
    ('https://example.org/feed', PosixPath('reports'))
    """
    return Source(name=text, url=text, **given) if ADDRESS.match(text) else Source(name=text, path=Path(text), **given)


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources that a TOML file lists, in its order; paths in it are relative to the file.

    Raises:
        ConfigError: The file cannot be read, or an entry breaks the rules.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    entries = told.get("source")
    if set(told) != {"source"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise ConfigError(f"{path}: found {' '.join(told) or 'nothing'}, allowed entries that begin with [[source]]")
    sources = tuple(_read_entry(entry, number, path) for number, entry in enumerate(entries, 1))
    names = [source.name for source in sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"{path}: source {twice!r}: field name: found twice, allowed a name of its own")
    return sources


def _read_entry(entry: Mapping[str, Any], number: int, path: Path) -> Source:
    label = f"{path}: source {entry['name']!r}" if "name" in entry else f"{path}: source {number}"
    try:
        source: Source = TypeAdapter(Source).validate_python(entry)
    except ValidationError as error:
        raise ConfigError(f"{label}: {_explain(error.errors()[0])}") from error
    if problem := _find_conflict(source):
        raise ConfigError(f"{label}: {problem}")
    if source.path is None:
        return source
    return Source(**{**_values(source), "path": path.parent / source.path})


def _values(source: Source) -> dict[str, Any]:
    return {item.name: getattr(source, item.name) for item in fields(source)}


def _explain(problem: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in problem["loc"] if not str(part).startswith("function-"))
    if problem["type"] == "unexpected_keyword_argument":
        return f"field {place}: found {problem['input']!r}, allowed the fields {_names()}"
    if problem["type"] == "missing":
        return f"field {place}: found nothing, allowed a value"
    if problem["type"] == "string_pattern_mismatch":
        return f"field {place}: found {problem['input']!r}, allowed {PATTERNS[place]}"
    message = problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return f"field {place}: found {problem['input']!r}, allowed {message}"


def _names() -> str:
    return " ".join(item.name for item in fields(Source))


def _find_conflict(source: Source) -> str | None:
    """Return what does not go together, None where all does."""
    if (source.url is None) == (source.path is None):
        found = "neither" if source.url is None else "both"
        return f"field url: found {found} of url and path, allowed one of them"
    if source.kind == "feed" and source.url is None:
        return "field kind: found 'feed' with path, allowed feed with url"
    if source.columns and source.kind not in {None, "csv"}:
        return f"field columns: found with kind {source.kind!r}, allowed with 'csv'"
    if source.days > 1 and DAY not in (source.url or ""):
        return f"field days: found {source.days}, allowed with {DAY} in the url"
    return None


def choose_sources(sources: Collection[Source], names: Collection[str]) -> tuple[Source, ...]:
    """Return the sources of those names.

    Raises:
        ConfigError: There is none of a name.
    """
    by_name = {source.name: source for source in sources}
    if unknown := next((name for name in names if name not in by_name), None):
        raise ConfigError(f"source: found {unknown!r}, allowed {', '.join(by_name)}")
    return tuple(by_name[name] for name in names)
