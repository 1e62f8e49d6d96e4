"""The whole way from text to record, and that one bad report does not stop the others."""

import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

import casus
from casus.config import Settings
from casus.errors import CasusError, InputError, ModelError, RecordError
from casus.pipeline import Coder, gather_batches, publication_date
from casus.records import Report

TEXT = "Rebels shelled an army base near Goma on Monday, killing at least 12 soldiers, the defence ministry said."

SENTENCES = (
    TEXT,
    "Police arrested 40 men in Lyon.",
    "“We will not negotiate,” the president told reporters on Tuesday, after rebels had rejected the offer.",
    "Thousands protested in Dakar against the arrest of the opposition leader, who was accused of corruption.",
    "TALKS FAIL",
    "He said the army would withdraw from the border if Sudan freed the two hostages.",
    "The group, which the ministry calls a terrorist organisation, denied that it had killed the mayor.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    """Return a coder that all tests share."""
    return Coder(Settings())


def make(name: str, text: str = TEXT, published: str | None = "2031-05-07") -> Report:
    """Return an uncoded report."""
    return Report(id=name, text=text, published=published)


def test_a_report_is_coded(coder: Coder) -> None:
    """Who, what, when, where, how many and who says so, all pointing into the text."""
    coded = coder.code_report(make("r"))
    event = next(event for event in coded.events if event.trigger.text == "shelled")
    assert (event.type, event.mode) == ("ASSAULT", "heavy-weapons")
    assert [party.text for party in event.actors] == ["Rebels"]
    assert event.when
    assert event.when.start == "2031-05-05"
    assert [incident.events for incident in coded.incidents if event.id in incident.events]
    assert Report.from_json(coded.to_json()) == coded


def test_coding_again_gives_the_same(coder: Coder) -> None:
    """What a coded report already holds does not count."""
    coded = coder.code_report(make("r"))
    assert coder.code_report(coded) == coded


def test_many_give_what_one_gives(coder: Coder) -> None:
    """In the order they came, read together or alone."""
    reports = [make(str(number), f"{TEXT} Police arrested {number} men in Lyon.") for number in range(20, 25)]
    assert list(coder.code_reports(reports)) == [coder.code_report(report) for report in reports]


def test_company_changes_no_byte(coder: Coder) -> None:
    """Of the JSON: short and long reports together, in any order and in batches of any size, are as each alone."""
    rng = random.Random(7)
    reports = [make(str(n), " ".join(rng.choices(SENTENCES, k=rng.randint(1, 12)))) for n in range(24)]
    alone = {report.id: coder.code_report(report).to_json() for report in reports}
    for words in (1, 60, 4096):
        coder.settings = replace(coder.settings, batch_words=words)
        together = coder.code_reports(rng.sample(reports, len(reports)))
        assert {report.id: report.to_json() for report in together} == alone


def test_a_bad_report_does_not_stop_the_rest(coder: Coder) -> None:
    """It is told, with the reason, and left out."""
    problems: list[tuple[str, str]] = []
    reports = [make("a"), make("b", published="soon"), make("c")]
    coded = coder.code_reports(reports, on_error=lambda report, error: problems.append((report.id, str(error))))
    assert [report.id for report in coded] == ["a", "c"]
    assert [name for name, _ in problems] == ["b"]
    assert problems[0][1].startswith("field Report.published: found 'soon', allowed an ISO date")


class Fussy:
    """A reader that fails on some texts, as a foreign pipeline might."""

    def __init__(self, coder: Coder) -> None:
        self.reader = coder.reader

    def __call__(self, text: str) -> Doc:
        """Read a text, or fail."""
        if "boom" in text:
            raise ValueError("no")
        return self.reader(text)

    def pipe(self, texts: Iterable[str], batch_size: int) -> Iterator[Doc]:
        """Read texts until one fails."""
        return map(self, texts)


def test_a_failing_reader_costs_one_report(coder: Coder) -> None:
    """The batch is read again, report by report, and the error names stage and report."""
    fussy, problems = Coder(Settings()), []
    vars(fussy)["reader"] = Fussy(coder)
    reports = [make("a"), make("b", "boom"), make("c")]
    coded = [report.id for report in fussy.code_reports(reports, on_error=lambda *problem: problems.append(problem))]
    assert coded == ["a", "c"]
    assert [(report.id, str(error)) for report, error in problems] == [("b", "report b: stage read: ValueError: no")]


def test_every_stage_is_timed(coder: Coder) -> None:
    """Loading and stages apart, in seconds."""
    coder.code_report(make("r"))
    assert set(coder.timings) >= {
        "load reader",
        "load base",
        "load gazetteer",
        "load lexicon",
        "read",
        "resolve",
        "code",
        "link",
    }
    assert all(0 <= seconds < 600 for seconds in coder.timings.values())


def test_an_unknown_reader_stops_the_run() -> None:
    """That is nothing a report could be blamed for."""
    with pytest.raises(ModelError, match="no_such_pipeline"):
        list(Coder(Settings(reader="no_such_pipeline")).code_reports([make("r")]))


@given(st.lists(st.integers(0, 30)), st.integers(1, 40))
def test_batches_keep_order_and_size(lengths: list[int], words: int) -> None:
    """All reports, in order; only the last report of a batch may reach or pass the size."""
    reports = [make(str(number), "word " * length) for number, length in enumerate(lengths)]
    batches = list(gather_batches(reports, words))
    assert [report for batch in batches for report in batch] == reports
    sizes = [[len(report.text.split()) for report in batch] for batch in batches]
    assert all(sum(size[:-1]) < words for size in sizes)
    assert all(sum(size) >= words for size in sizes[:-1])


def test_a_batch_is_given_as_soon_as_it_is_full() -> None:
    """No more is read from the source than the batch needs."""
    taken: list[str] = []

    def source() -> Iterator[Report]:
        for name in "abc":
            taken.append(name)
            yield make(name)

    next(gather_batches(source(), 1))
    assert taken == ["a"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, None),
        ("2031-05-07", date(2031, 5, 7)),
        ("2031-05-07T10:00:00+00:00", datetime(2031, 5, 7, 10, tzinfo=UTC)),
    ],
)
def test_publication_dates(told: str | None, expected: date | None) -> None:
    """A date or a datetime, as told."""
    assert publication_date(make("r", published=told)) == expected


def test_a_date_that_is_none_is_refused() -> None:
    """It is not guessed."""
    with pytest.raises(RecordError):
        publication_date(make("r", published="2031-05-07T10:00 or so"))


def test_code_makes_a_report_of_its_arguments() -> None:
    """Title, blank line, text; the id comes from the url."""
    coded = casus.code(TEXT, title="Shells", published=date(2031, 5, 7), url="https://example.org/1", publisher="Wire")
    assert (coded.title, coded.published, coded.publisher) == ("Shells", "2031-05-07", "Wire")
    assert coded.text == f"Shells\n\n{TEXT}"
    assert coded.id == casus.code("Nothing happened.", url="https://example.org/1").id
    assert "shelled" in {event.trigger.text for event in coded.events}


@pytest.mark.parametrize(
    ("text", "published", "field"),
    [("", None, "text"), (TEXT, "soon", "published"), ("Die Regierung sagte am Montag, dass " * 9, None, "language")],
)
def test_code_refuses_what_is_no_report(text: str, published: str | None, field: str) -> None:
    """The error is one of ours and names the field."""
    with pytest.raises(InputError) as caught:
        casus.code(text, published=published)
    assert caught.value.field == field
    assert isinstance(caught.value, CasusError)


def test_importing_casus_loads_nothing_heavy() -> None:
    """The names are there, what they need comes when they are used."""
    code = "import casus, sys; print({'spacy', 'numpy', 'onnxruntime', 'pydantic'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_every_public_name_is_there() -> None:
    """None is promised in vain, and an unknown one is an AttributeError."""
    assert [name for name in casus.__all__ if not hasattr(casus, name)] == []
    assert set(casus.__all__) <= set(dir(casus))
    with pytest.raises(AttributeError, match="no attribute 'cod'"):
        _ = casus.cod  # type: ignore[attr-defined]
