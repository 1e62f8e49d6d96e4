"""Settings come from defaults, file and environment in that order, and unknown ones are refused."""

import os
from pathlib import Path

import pytest

from casus.config import Settings, read_settings
from casus.errors import ConfigError


def test_later_wins(tmp_path: Path) -> None:
    """The environment stands before the file, the file before the defaults."""
    file = tmp_path / "casus.toml"
    file.write_text('threads = 2\nreader = "en_core_web_sm"\nlexicons = ["own"]\n')
    read = read_settings(file, {"CASUS_THREADS": "3", "CASUS_LANGUAGES": os.pathsep.join(["en", "de"]), "HOME": "/"})
    assert read == Settings(threads=3, reader="en_core_web_sm", lexicons=(Path("own"),), languages=("en", "de"))


@pytest.mark.parametrize("text", ["colour = 1", "threads = 0", 'threads = "many"', "threads = ", "[reader]"])
def test_impossible_files_are_refused(tmp_path: Path, text: str) -> None:
    """An unknown setting, a wrong value and broken TOML are all errors."""
    file = tmp_path / "casus.toml"
    file.write_text(text)
    with pytest.raises(ConfigError):
        read_settings(file, {})


def test_an_unknown_variable_is_refused() -> None:
    """The error lists the settings there are."""
    with pytest.raises(ConfigError, match=r"colour.*reader lexicons bases cache threads"):
        read_settings(environ={"CASUS_COLOUR": "red"})


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that was asked for must be there."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        read_settings(tmp_path / "nowhere.toml", {})
