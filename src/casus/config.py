"""The settings of a run, as one frozen object that is passed along; it holds no global state and reads no report.

Later wins: the defaults, the file `casus.toml`, the environment (`CASUS_READER`, `CASUS_THREADS`, …; lists are
separated as in PATH).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar

import platformdirs
from pydantic import ConfigDict, TypeAdapter, ValidationError

from casus.errors import ConfigError

PREFIX = "CASUS_"
FILE_NAME = "casus.toml"


def _cache_folder() -> Path:
    return platformdirs.user_cache_path("casus", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run may be told.

    Attributes:
        reader: `casus` for our own reader, else the name of a spaCy pipeline.
        lexicons: Folders whose lexicon files are read after the shipped ones.
        bases: Folders with tables of who is who, read before the shipped ones, which they override.
        cache: Folder for what is compiled once, such as the gazetteer.
        threads: Threads one process may use; more processes are faster than more threads.
        batch_words: Words read in one go.
        max_bytes: Size above which a source is refused, in bytes.
        languages: Languages that are read, ISO 639-1; others are refused.

    >>> Settings().max_bytes
    1000000
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    reader: str = "casus"
    lexicons: tuple[Path, ...] = ()
    bases: tuple[Path, ...] = ()
    cache: Path = field(default_factory=_cache_folder)
    threads: int = 1
    batch_words: int = 4096
    max_bytes: int = 1_000_000
    languages: tuple[str, ...] = ("en",)

    def __post_init__(self) -> None:
        for name in ("threads", "batch_words", "max_bytes"):
            if getattr(self, name) < 1:
                raise ConfigError(f"setting {name}: found {getattr(self, name)}, allowed 1 or more")


def read_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the file and the environment.

    Args:
        path: The file; by default `casus.toml` in the user's configuration folder, if it is there.
        environ: The environment; by default the process's own.

    Raises:
        ConfigError: The file cannot be read, or a setting is unknown or impossible.
    """
    shared = platformdirs.user_config_path("casus", appauthor=False) / FILE_NAME
    file = path or (shared if shared.is_file() else None)
    values = _from_file(file) if file else {}
    return _checked(values | _from_environment(os.environ if environ is None else environ))


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values = {name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    lists = {name: values[name].split(os.pathsep) for name in ("lexicons", "bases", "languages") if values.get(name)}
    return values | lists


def _checked(values: Mapping[str, Any]) -> Settings:
    try:
        return TypeAdapter(Settings).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        known = " ".join(item.name for item in fields(Settings))
        message = f"setting {first['loc'][0]}: found {first['input']!r}: {first['msg']}; the settings are {known}"
        raise ConfigError(message) from error
