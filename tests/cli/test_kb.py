"""`casus kb` from the outside."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus.cli import app
from casus.resolve.base import NAME_COLUMNS, load_base

ACTORS = "JANE_ROE_\n+J._ROE\n\t[FRAGOV 010203-050607]\n\t[FRAELI]\nLES_GARDIENS_ [FRAREB]\n"


def run(*arguments: str | Path) -> Result:
    """Return what `casus kb` with these arguments gives."""
    return CliRunner().invoke(app, ["kb", *map(str, arguments)])


def write(file: Path, text: str) -> Path:
    """Write a file and return it."""
    file.write_text(text, "utf-8")
    return file


def test_the_shipped_tables_have_no_fault() -> None:
    """And nothing is printed."""
    assert (run("check").exit_code, run("check").stdout) == (0, "")


def test_faults_are_told(tmp_path: Path) -> None:
    """One line each; the status is 1."""
    write(tmp_path / "agents.tsv", "noun\tplural\tsectors\tcountry\texample\tsource\ntroll\t\tTRL\t\ttrolls\tx\n")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith("agents.tsv:2: field sectors: found 'TRL', allowed AGR BUS")


def test_show_tells_all_of_a_name() -> None:
    """In any case, by alias or code too."""
    result = run("show", "FRA")
    first, *rest = result.stdout.splitlines()
    assert (result.exit_code, first) == (0, "France (FRA)")
    assert "    capital: Paris" in rest
    assert any(line.startswith("    countries.tsv: line ") for line in rest)


def test_show_offers_what_is_near() -> None:
    """The status is 1."""
    result = run("show", "Francs")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no entry for 'Francs'; near it: " in result.stderr
    assert "France" in result.stderr


def test_an_imported_dictionary_is_usable(tmp_path: Path) -> None:
    """It has no fault, can be shown, and the knowledge base reads it."""
    out = tmp_path / "own"
    result = run("import", "petrarch", write(tmp_path / "actors.txt", ACTORS), "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"{out / 'organisations.tsv'}: 3 rows imported, 3 in all\n")
    assert run("check", out).exit_code == 0
    assert "2001-02-03..2005-06-07" in run("show", "j. roe", "--tables", out).stdout
    assert ("Les", "Gardiens") in load_base((out,)).names


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    """Rows that are there stay."""
    out, file = tmp_path / "own", write(tmp_path / "actors.txt", ACTORS)
    run("import", "petrarch", file, "--out", out)
    before = (out / "organisations.tsv").read_text("utf-8")
    run("import", "petrarch", file, "--out", out)
    assert (out / "organisations.tsv").read_text("utf-8") == before
    csv = write(tmp_path / "more.csv", "name,country,sectors\nLe Cercle,FRA,SOC\n")
    assert run("import", "csv", csv, "--out", out).stdout.endswith("1 rows imported, 4 in all\n")
    assert run("check", out).exit_code == 0


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    """The status is 1, the rest is written."""
    file = write(tmp_path / "actors.txt", ACTORS + "THE_CLUB_ [FRAKID]\nNOBODY_ [QQQ]\n")
    result = run("import", "petrarch", file, "--out", tmp_path)
    assert result.exit_code == 1
    assert "actors.txt:7: field code: found 'QQQ'" in result.stderr
    assert "parts of codes that PLOVER has not: KID (1)" in result.stderr
    assert (tmp_path / "organisations.tsv").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "nowhere"), "does not exist"),
        (("show",), "Missing argument"),
        (("import", "petrarch", "nowhere", "--out", "x"), "does not exist"),
        (("import", "csv", "{file}"), "Missing option"),
        (("import", "csv", "{file}", "--out", "{folder}"), "found no column name or noun"),
        (("import", "csv", "{file}", "--out", "{folder}", "--table", "friends"), "found 'friends', allowed groups"),
        (("import", "wikidata", "{file}"), "No such command"),
    ],
)
def test_wrong_usage_is_two(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """With one line that says what is wrong."""
    file = write(tmp_path / "list.csv", "title\nA\n")
    result = run(*(argument.format(file=file, folder=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_code_knows_whom_an_own_table_names(tmp_path: Path) -> None:
    """A person of the user's own has country and sector in the record."""
    row = ["per-tessa-quill", "Tessa Quill", "", "minister", "NZL", "GOV", "", "", "Tessa Quill spoke", "our desk"]
    (tmp_path / "persons-own.tsv").write_text("\t".join(NAME_COLUMNS) + "\n" + "\t".join(row) + "\n", "utf-8")
    command = [
        sys.executable,
        "-m",
        "casus",
        "code",
        "-",
        "--format",
        "json",
        "--published",
        "2031-05-07",
        "--kb",
        str(tmp_path),
    ]
    run = subprocess.run(
        command, input="Tessa Quill condemned the attack on Goma.", capture_output=True, text=True, check=True
    )
    (condemned, *_) = json.loads(run.stdout)["events"]
    assert [(p["name"], p["country"], p["sectors"]) for p in condemned["actors"]] == [("Tessa Quill", "NZL", ["GOV"])]
