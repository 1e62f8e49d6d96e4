"""`casus code` from the outside: what it prints, what it says, and its exit status."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casus import __version__
from casus.cli import app
from casus.records import Report

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
BODY = "Police arrested 40 protesters in Lyon on Monday. In response, unions called for a general strike in France."
GOOD = json.dumps({"id": "good", "published": "2031-05-07", "title": "Arrests in Lyon", "body": BODY})
BAD = json.dumps({"id": "bad", "published": "soon", "body": BODY})


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    """Return what `casus code` with these arguments gives."""
    return CliRunner().invoke(app, ["code", *map(str, arguments)], input=stdin)


def run_apart(arguments: Sequence[str | Path], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `casus code` as a process of its own."""
    command = [sys.executable, "-m", "casus", "code", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a file with a good report, a bad one and a good one."""
    file = tmp_path / "reports.jsonl"
    file.write_text(f"{GOOD}\n{BAD}\n{GOOD.replace('good', 'second')}\n")
    return file


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["code"], "Missing argument"),
        (["code", "x.txt", "--format", "xml"], "'xml' is not one of 'table', 'json', 'csv'"),
        (["code", "x.txt", "--published", "soon"], "found 'soon', allowed an ISO date"),
        (["code", "x.txt", "--max-bytes", "0"], "Invalid value for '--max-bytes'"),
        (["code", "x.txt", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["code", "x.txt", "--jobs", "many"], "Invalid value for '--jobs'"),
        (["code", "x.txt", "--format", "json", "--explain"], "goes with --format table"),
        (["code", "x.txt", "--out", "/nowhere/out.json"], "/nowhere/out.json: No such file or directory"),
        (["code", "x.txt", "--colour"], "No such option"),
        (["cod", "x.txt"], "No such command"),
    ],
)
def test_wrong_usage_is_two(arguments: list[str], words: str) -> None:
    """The message says what is wrong; nothing is read."""
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())


def test_a_wrong_setting_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown variable of the environment is named."""
    monkeypatch.setenv("CASUS_COLOUR", "red")
    result = run("x.txt")
    assert result.exit_code == 2
    assert "setting colour: found 'red'" in result.stderr


def test_an_unknown_reader_is_wrong_usage(reports: Path) -> None:
    """One line says that there is no such reader."""
    result = run(reports, "--reader", "no_such_pipeline")
    assert result.exit_code == 2
    assert "reader 'no_such_pipeline'" in result.stderr.splitlines()[-1]


def test_version() -> None:
    """The version stands alone on its line."""
    assert CliRunner().invoke(app, ["--version"]).stdout == f"casus {__version__}\n"


def test_only_bad_input_is_one_and_prints_nothing(tmp_path: Path) -> None:
    """One line each on standard error; nothing is loaded for it."""
    (tmp_path / "bad.jsonl").write_text(f"{BAD}\noops\n")
    result = run(tmp_path, tmp_path / "gone.txt", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"casus: {tmp_path}/bad.jsonl:1: field published: found 'soon', allowed an ISO date (2020-01-03) or a datetime "
        "with its zone (2020-01-03T14:05:00Z)",
        f"casus: {tmp_path}/bad.jsonl:2: field column 1: found 'oops', allowed JSON (Expecting value)",
        f"casus: {tmp_path}/gone.txt:1: field file: found 'No such file or directory', allowed a file or folder that "
        "exists and may be read",
    ]


def test_json_has_a_report_a_line_in_order(reports: Path) -> None:
    """What can be coded is coded, what cannot is skipped, and the status says so."""
    result = run(reports, "--format", "json")
    coded = [Report.from_json(json.loads(line)) for line in result.stdout.splitlines()]
    assert [report.id for report in coded] == ["good", "second"]
    assert {event.type for event in coded[0].events} >= {"COERCE"}
    assert result.exit_code == 1
    assert "reports.jsonl:2: field published" in result.stderr


def test_spans_point_into_the_text(reports: Path) -> None:
    """Every trigger is found where it says."""
    result = run(reports, "--format", "json")
    report = Report.from_json(json.loads(result.stdout.splitlines()[0]))
    assert report.text == f"Arrests in Lyon\n\n{BODY}"
    triggers = [event.trigger for event in report.events]
    assert [span.text for span in triggers] == [report.text[span.start : span.end] for span in triggers]


def test_csv_has_an_event_a_row(reports: Path) -> None:
    """Under one header, as many rows as the JSON has events."""
    rows = list(csv.DictReader(run(reports, "--format", "csv").stdout.splitlines()))
    lines = run(reports, "--format", "json").stdout.splitlines()
    events = [event["id"] for line in lines for event in json.loads(line)["events"]]
    assert [row["event"] for row in rows] == events


def test_table_shows_events_and_chain(reports: Path) -> None:
    """Title, date, a header, the events, the chain; no colours and no more than 120 characters when piped."""
    result = run(reports)
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Arrests in Lyon", "2031-05-07"]
    assert "Chain" in lines
    assert "\x1b" not in result.stdout
    assert max(map(len, lines)) <= 120


def test_explain_names_entry_and_words(reports: Path) -> None:
    """Under the table stands for each event what gave it."""
    out = run(reports, "--explain").stdout
    assert "“arrested” COERCE: arrest" in out
    assert "entry        COERCE:verb:arrest" in out
    assert "actors       “Police”" in out


def test_standard_input_and_options(tmp_path: Path) -> None:
    """Text comes in through `-`, with a date and a title of its own."""
    result = run("-", "--published", "2031-05-07", "--title", "Arrests", "--format", "json", stdin=BODY)
    report = json.loads(result.stdout)
    assert (report["title"], report["published"], report["text"]) == ("Arrests", "2031-05-07", f"Arrests\n\n{BODY}")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_missing_date_is_told_once(tmp_path: Path) -> None:
    """However many reports have none."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}\n\n{BODY}")
    result = run(tmp_path, "--format", "json")
    (line,) = result.stderr.splitlines()
    assert line.startswith("casus: 'a.txt' has no date, so that days such as “on Monday” stay open; --published")
    assert all(event["when"] is None for row in result.stdout.splitlines() for event in json.loads(row)["events"])
    assert result.exit_code == 0


def test_out_and_issues_go_to_files(tmp_path: Path, reports: Path) -> None:
    """The result is written anew, the issues are appended; standard output stays empty."""
    out, issues = tmp_path / "out.csv", tmp_path / "issues.jsonl"
    for _ in range(2):
        assert run(reports, "--format", "csv", "--out", out, "--issues", issues).stdout == ""
    assert out.read_text().startswith("report,published,title")
    assert [row["report"] for row in csv.DictReader(out.read_text().splitlines())][:1] == ["good"]
    problems = [json.loads(line) for line in issues.read_text().splitlines()]
    assert problems[0] == problems[1]
    assert {key: problems[0][key] for key in ("kind", "line", "field", "found")} == {
        "kind": "InputError",
        "line": 2,
        "field": "published",
        "found": "soon",
    }


def test_timings_are_told(reports: Path) -> None:
    """Every stage with its seconds."""
    stages = [line.split()[1] for line in run(reports, "--timings").stderr.splitlines() if line.endswith(" s")]
    assert set(stages) >= {"import", "load", "read", "resolve", "code", "link", "together"}


def test_the_examples_are_all_coded() -> None:
    """Eight reports, each with a date, events, incidents and at least one answer in some of them."""
    result = run(EXAMPLES, "--format", "json")
    coded = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr, len(coded)) == (0, "", 8)
    assert [
        report["title"] for report in coded if not (report["published"] and report["events"] and report["incidents"])
    ] == []
    assert any(link["kind"] == "responds_to" for report in coded for link in report["links"])


def test_processes_give_the_same_in_the_same_order(reports: Path) -> None:
    """Two jobs print what one prints."""
    one, two = (run_apart([EXAMPLES, reports, "--format", "json", "--jobs", jobs]) for jobs in ("1", "2"))
    assert (two.stdout, two.returncode) == (one.stdout, one.returncode)
    assert two.stdout.count("\n") == 10


def test_a_closed_pipe_is_quiet() -> None:
    """`casus code … | head -1` says nothing about it."""
    command = f"{sys.executable} -m casus code {EXAMPLES} --format json | head -c 10"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True, timeout=120)
    assert (result.stdout, result.stderr) == ('{"id": "b9', "")


def test_ctrl_c_keeps_what_is_done() -> None:
    """The reports done so far are written whole, the status is 130, one line says so."""
    command = [sys.executable, "-m", "casus", "code", "-", "--format", "json"]
    environ = os.environ | {"CASUS_BATCH_WORDS": "1"}
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True, env=environ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{GOOD}\n")
        process.stdin.flush()
        first = process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        rest, errors = process.stdout.read(), process.stderr.read()
    assert json.loads(first)["id"] == "good"
    assert (rest, process.returncode) == ("", 130)
    assert errors == "casus: interrupted; 1 reports are written\n"


def test_help_loads_nothing_heavy() -> None:
    """Help comes at once because neither spaCy nor the network's runtime is imported for it."""
    script = "import sys, casus.cli; sys.exit(any(m in sys.modules for m in ('spacy', 'onnxruntime', 'trafilatura')))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
