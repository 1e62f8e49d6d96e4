"""A file of rules is read strictly: every mistake with file, line, field, what was found and what is allowed."""

from pathlib import Path

import pytest

from casus.errors import CasusError, ConfigError
from casus.watch.rules_file import read_rules
from casus.watch.rules_lines import find_line

GOOD = """\
[[channel]]
name = "desk"
kind = "terminal"

[[channel]]
name = "hook"
kind = "webhook"
url = "https://desk.example.org/casus"
secret_env = "HOOK_SECRET"

[[rule]]
name = "strikes"
level = "warning"
between = ["USA", "IRN"]
type = "ASSAULT"
cooldown = "2h"
toll = { killed = 3 }
near = { lat = 33.3, lon = 44.4, km = 200 }

[[rule.raise]]
level = "alert"
toll = { killed = 10 }

[[rule]]
name = "surge"
type = ["PROTEST", "ASSAULT"]
channels = ["desk"]
change = { weeks = 4, factor = 2.5 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file of rules without a mistake."""
    path = tmp_path / "watch.toml"
    path.write_text(GOOD, "utf-8")
    return path


def test_rules_and_channels_are_read(file: Path) -> None:
    """With their defaults."""
    book = read_rules(file)
    first, second = book.rules
    assert list(book.channels) == ["desk", "hook"]
    assert (first.level, first.cooldown, first.channels, first.when.type) == (
        "warning", 7200, ("desk", "hook"), ("ASSAULT",),
    )  # fmt: skip
    assert (first.steps[0].level, dict(first.steps[0].when.toll)) == ("alert", {"killed": 10})
    assert (second.level, second.channels, second.when.change.factor) == ("notice", ("desk",), 2.5)


def test_a_file_without_channels_has_the_terminal(file: Path) -> None:
    """So that a rule alone is enough."""
    file.write_text('[[rule]]\nname = "strikes"\ntype = "ASSAULT"\n')
    assert [(name, channel.KIND) for name, channel in read_rules(file).channels.items()] == [("terminal", "terminal")]


MISTAKES = [
    (
        'kind = "terminal"',
        'kind = "pigeon"',
        3,
        "kind: found 'pigeon', allowed atom cap command email terminal webhook",
    ),
    ('kind = "terminal"\n', "", 1, "kind: found 'nothing', allowed atom"),
    ("https://desk", "ftp://desk", 8, "url: found 'ftp://desk.example.org/casus', allowed an address"),
    ('secret_env = "HOOK_SECRET"\n', "", 5, "secret_env: found 'nothing', allowed a value"),
    ("secret_env =", "colour = 'red'\nsecret_env =", 9, "colour: found 'colour', allowed the fields name url"),
    ('"warning"', '"loud"', 13, "level: found 'loud', allowed 'notice', 'warning' or 'alert'"),
    ('["USA", "IRN"]', '["USA"]', 14, "between: found .*, allowed two parties"),
    ('["USA", "IRN"]', '["USA", "IRN/ARMY"]', 14, "between: found .*, allowed AGR BUS"),
    ('type = "ASSAULT"', 'type = "HUG"', 15, "type: found 'HUG', allowed ACCUSE AGREE"),
    ('type = "ASSAULT"', 'typ = "HUG"', 15, "typ: found 'typ', allowed the fields name level"),
    ('"2h"', '"soon"', 16, "cooldown: found 'soon', allowed a number with s, m, h, d or w"),
    ("killed = 3", "kiled = 3", 17, "toll: found .*kiled.*, allowed whole numbers above 0 by kind"),
    ("killed = 3", "killed = 0", 17, "toll: found .*, allowed whole numbers above 0"),
    ("lat = 33.3", "lat = 133.3", 18, "near.lat: found 133.3, allowed less than or equal to 90"),
    ("lat = 33.3, ", "", 18, "near.lat: found 'nothing', allowed a value"),
    ("km = 200", "miles = 20", 18, "near.*allowed"),
    ('level = "alert"', 'level = "notice"', 21, "raise.level: found 'notice', allowed a level above the rule's own"),
    ("toll = { killed = 10 }\n", "", 20, "raise: found 'no condition', allowed one or more of party"),
    ('"surge"', '"strikes"', 25, "name: found 'strikes', allowed a name that no other one has"),
    ('"surge"', '"a surge"', 25, "name: found 'a surge', allowed a name of letters"),
    ('["desk"]', '["mast"]', 27, "channels: found .*, allowed a list of channels among desk, hook"),
    ("weeks = 4", "weeks = 0", 28, "change.weeks: found 0, allowed greater than or equal to 1"),
    ("change =", "rung = 'threat'\nchange =", 28, "rung: found 'rung', allowed beside change only actor"),
    ('kind = "terminal"', 'kind = "terminal"\nbrief = "yes"', 4, "brief: found 'yes', allowed a valid boolean"),
]


@pytest.mark.parametrize(("good", "bad", "line", "told"), MISTAKES, ids=[f"{m[2]}-{m[1][:12]}" for m in MISTAKES])
def test_a_mistake_is_told_with_its_line(file: Path, good: str, bad: str, line: int, told: str) -> None:
    """In one line that an editor can jump to."""
    assert good in GOOD
    file.write_text(GOOD.replace(good, bad, 1), "utf-8")
    with pytest.raises(CasusError, match=rf"watch\.toml:{line}: field {told}") as caught:
        read_rules(file)
    assert "\n" not in str(caught.value)


def test_steps_of_a_change_say_only_the_change(file: Path) -> None:
    """What is counted is said by the rule."""
    more = '\n[[rule.raise]]\nlevel = "alert"\nchange = { factor = 4 }\ntype = "ASSAULT"\n'
    file.write_text(GOOD + more, "utf-8")
    with pytest.raises(CasusError, match=r"toml:33: field raise.type: found 'type', allowed beside level only change"):
        read_rules(file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"toml:1: field rule: found 'none', allowed one \[\[rule\]\] or more"),
        ("[rule]\nname = 'x'\n", r"toml:1: field rule: found 'rule', allowed tables that begin with"),
        ("[[role]]\nname = 'x'\n", r"toml:1: field role: found 'role', allowed tables that begin with"),
        ("[[rule]]\nname = x\n", r"toml: Invalid value \(at line 2, column 8\)"),
    ],
)
def test_what_is_no_file_of_rules_is_refused(file: Path, text: str, told: str) -> None:
    """Nothing, other tables, no TOML."""
    file.write_text(text)
    with pytest.raises(CasusError, match=told):
        read_rules(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        read_rules(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ("[[rule]]\n[rule.near]\nlat = 1\n[[rule]]\n[rule.near]\nlat = 2\n", ("rule", 1, "near", "lat"), 6),
        ("[[rule]]\nnear.lat = 1\nnear.lon = 2\n", ("rule", 0, "near", "lon"), 3),
        ("[[rule]]\n'name' = 1\n", ("rule", 0, "name"), 2),
        ("[[rule]]\n[[rule.raise]]\n[[rule.raise]]\nlevel = 1\n", ("rule", 0, "raise", 1, "level"), 4),
        ("[[rule]]\n[[rule.raise]]\n[[rule]]\n[[rule.raise]]\nlevel = 1\n", ("rule", 1, "raise", 0, "level"), 5),
    ],
)
def test_lines_are_found_in_every_way_to_write_toml(text: str, where: tuple[str | int, ...], expected: int) -> None:
    """Tables, arrays of tables, dotted and quoted keys."""
    assert find_line(text, where) == expected
