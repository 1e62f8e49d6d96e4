"""Progress is told on standard error, from the second report on, and not too often."""

import pytest

from casus.cli import progress
from casus.cli.issues import Issues, describe
from casus.cli.progress import CLEAR, Progress
from casus.errors import CasusError, InputError


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list whose last entry is the time."""
    times = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: times[-1])
    return times


def test_a_plain_line_every_few_seconds(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal."""
    issues = Issues()
    with Progress(issues) as shown:
        for moment in (6.0, 7.0, 12.0, 16.9, 17.0):
            clock.append(moment)
            shown.step()
            issues.count = 1
    assert capsys.readouterr().err.splitlines() == [
        "casus: 2 reports, 1 skipped, 7 s, 0.3 a second",
        "casus: 3 reports, 1 skipped, 12 s, 0.2 a second",
        "casus: 5 reports, 1 skipped, 17 s, 0.3 a second",
    ]


def test_a_line_that_renews_itself(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; it makes room for what else is said, and is gone in the end."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    issues = Issues()
    with Progress(issues) as shown:
        for moment in (1.0, 2.0):
            clock.append(moment)
            shown.step()
        issues.say("odd")
    assert capsys.readouterr().err == f"{CLEAR}casus: 2 reports, 2 s, 1.0 a second{CLEAR}casus: odd\n"


def test_quiet_says_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """Results that go to the terminal are progress enough."""
    with Progress(Issues(), quiet=True) as shown:
        for _ in range(3):
            clock.append(clock[-1] + 10)
            shown.step()
    assert (capsys.readouterr().err, shown.done) == ("", 3)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CasusError("odd"), {"kind": "CasusError", "message": "odd"}),
        (
            InputError("a.txt", 2, "byte 3", b"\xe9", "UTF-8"),
            {
                "kind": "InputError",
                "message": "a.txt:2: field byte 3: found b'\\xe9', allowed UTF-8",
                "file": "a.txt",
                "line": 2,
                "field": "byte 3",
                "found": "b'\\xe9'",
                "allowed": "UTF-8",
            },
        ),
    ],
)
def test_issues_as_json(error: CasusError, expected: dict[str, object]) -> None:
    """File, line, field, found and allowed apart, so that they can be counted."""
    assert describe(error) == expected


def test_issues_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Even if the message has several."""
    Issues().add(CasusError("one\ntwo"))
    assert capsys.readouterr().err == "casus: one two\n"
