"""`casus lexicon` from the outside, and `--lexicon` of `casus code`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app

ZAP = '{ verb = "zap", mode = "drone", cameo = "195", example = "<Rebels> *zapped* [the base]." }'
BAD = '{ verb = "zip", cameo = "190", example = "<Rebels> *spared* [the base]." }'


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    """Return what `casus` with these arguments gives."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def folder(path: Path, *rows: str) -> Path:
    """Write a lexicon of these rows and return its folder."""
    (path / "own.toml").write_text(f'type = "ASSAULT"\nentries = [{", ".join(rows)}]', "utf-8")
    return path


def test_show_tells_all_of_an_entry() -> None:
    """Key, type, mode, CAMEO code, frame, constraints, example, where it stands."""
    result = run("lexicon", "show", "open", "fire")
    assert result.exit_code == 0
    first, frame, *_ = result.stdout.splitlines()
    assert first == "open fire (verb)  ASSAULT: firearms  CAMEO 193"
    assert frame.startswith("    actor subj, to on|")
    assert "*fire*" in result.stdout
    assert "assault.toml: entry" in result.stdout


def test_show_needs_all_words_in_one_key() -> None:
    """Shorter keys come first."""
    heads = [line for line in run("lexicon", "show", "ambush").stdout.splitlines() if not line.startswith(" ")]
    assert [head.split(" (")[0] for head in heads][:2] == ["ambush", "ambush"]
    assert run("lexicon", "show", "ambush", "parliament").exit_code == 1


def test_show_says_what_is_not_there() -> None:
    """And that keys are lemmas."""
    result = run("lexicon", "show", "frobnicate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no entry for 'frobnicate'; keys are lemmas" in result.stderr


def test_show_knows_an_own_folder(tmp_path: Path) -> None:
    """Beside the shipped entries."""
    result = run("lexicon", "show", "zap", "--lexicon", folder(tmp_path, ZAP))
    assert result.stdout.splitlines()[0] == "zap (verb)  ASSAULT: drone  CAMEO 195"


def test_test_passes_over_shipped_misses() -> None:
    """They are told, but the status is 0."""
    result = run("lexicon", "test", "--type", "COOPERATE")
    assert result.exit_code == 0
    assert "0 of them your own" in result.stdout.splitlines()[-1]
    assert all(line.startswith("shipped: cooperate.toml: entry") for line in result.stdout.splitlines()[:-1])


def test_test_fails_on_an_own_miss(tmp_path: Path) -> None:
    """The entry and its sentence are told, good entries are not."""
    result = run("lexicon", "test", "--type", "ASSAULT", "--lexicon", folder(tmp_path, ZAP, BAD))
    own = [line for line in result.stdout.splitlines() if line.startswith("own: ")]
    assert result.exit_code == 1
    assert own == ["own: own.toml: entry 2: ASSAULT:verb:zip does not match its example: <Rebels> *spared* [the base]."]


@pytest.mark.parametrize("command", [("lexicon", "show", "zap"), ("lexicon", "test"), ("code", "-")])
def test_a_broken_folder_stops_the_run(tmp_path: Path, command: tuple[str, ...]) -> None:
    """One line says where and what; the status is 2."""
    result = run(*command, "--lexicon", folder(tmp_path, '{ verb = "zap" }'), stdin="Rebels attacked the village.")
    assert result.exit_code == 2
    assert "own.toml: entry 1 (zap): field cameo: found '', allowed a CAMEO code" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("lexicon", "test", "--type", "WAR"), ("lexicon", "show", "x", "-l", "/nowhere")]
)
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    """Unknown types and folders."""
    assert run(*arguments).exit_code == 2


def test_code_uses_an_own_folder(tmp_path: Path) -> None:
    """Its entry is named as what gave the event."""
    row = ZAP.replace("zap", "bombard").replace("zapped", "bombarded")
    result = run(
        "code", "-", "--format", "json", "--lexicon", folder(tmp_path, row), stdin="Rebels bombarded the base."
    )
    (event,) = json.loads(result.stdout)["events"]
    assert (event["mode"], event["evidence"]["source"]) == ("drone", "own.toml: entry 1")
