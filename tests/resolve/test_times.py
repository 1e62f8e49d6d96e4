"""Times: what is found, where it lies in the calendar, and what stays open."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from casus.resolve.times import find_times, parse_time
from casus.resolve.times.rules import scan_times
from tests.resolve.builders import plain, tree

PUBLISHED = date(2020, 1, 3)  # a Friday

RESOLVED = [
    ("2019-12-28", "2019-12-28", "2019-12-28", "day"),
    ("Dec. 28, 2019", "2019-12-28", "2019-12-28", "day"),
    ("Saturday, Dec. 28, 2019", "2019-12-28", "2019-12-28", "day"),
    ("28 December", "2019-12-28", "2019-12-28", "day"),
    ("December 28", "2019-12-28", "2019-12-28", "day"),
    ("the 28th of December", "2019-12-28", "2019-12-28", "day"),
    ("13/7/2019", "2019-07-13", "2019-07-13", "day"),
    ("28.12.2019", "2019-12-28", "2019-12-28", "day"),
    ("December 2019", "2019-12-01", "2019-12-31", "month"),
    ("since March", "2019-03-01", "2020-01-03", "range"),
    ("by August 1", "2019-08-01", "2019-08-01", "day"),
    ("by the end of 2025", "2020-01-03", "2025-12-31", "range"),
    ("from 3 to 7 May", "2019-05-03", "2019-05-07", "range"),
    ("May 27-28", "2019-05-27", "2019-05-28", "range"),
    ("between June 2014 and April 2016", "2014-06-01", "2016-04-30", "range"),
    ("from June to July 2014", "2014-06-01", "2014-07-31", "range"),
    ("in 2014", "2014-01-01", "2014-12-31", "year"),
    ("2013-2019", "2013-01-01", "2019-12-31", "range"),
    ("early 2015", "2015-01-01", "2015-04-30", "range"),
    ("late 2008", "2008-10-01", "2008-12-31", "range"),
    ("mid-June", "2019-06-11", "2019-06-20", "range"),
    ("late July", "2019-07-21", "2019-07-31", "range"),
    ("in the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("the summer of 2015", "2015-06-01", "2015-08-31", "range"),
    ("last winter", "2018-12-01", "2019-02-28", "range"),
    ("the third quarter of 2014", "2014-07-01", "2014-09-30", "range"),
    ("the 20th century", "1900-01-01", "1999-12-31", "range"),
    ("today", "2020-01-03", "2020-01-03", "day"),
    ("yesterday", "2020-01-02", "2020-01-02", "day"),
    ("tomorrow", "2020-01-04", "2020-01-04", "day"),
    ("tonight", "2020-01-03", "2020-01-03", "day"),
    ("this morning", "2020-01-03", "2020-01-03", "day"),
    ("last night", "2020-01-02", "2020-01-02", "day"),
    ("overnight", "2020-01-02", "2020-01-03", "range"),
    ("Friday", "2020-01-03", "2020-01-03", "day"),
    ("late Tuesday", "2019-12-31", "2019-12-31", "day"),
    ("Saturday night", "2019-12-28", "2019-12-28", "day"),
    ("last Friday", "2019-12-27", "2019-12-27", "day"),
    ("next Monday", "2020-01-06", "2020-01-06", "day"),
    ("Wednesday of last week", "2019-12-25", "2019-12-25", "day"),
    ("last week", "2019-12-23", "2019-12-29", "week"),
    ("this week", "2019-12-30", "2020-01-05", "week"),
    ("next month", "2020-02-01", "2020-02-29", "month"),
    ("last year", "2019-01-01", "2019-12-31", "year"),
    ("last November", "2019-11-01", "2019-11-30", "month"),
    ("earlier this month", "2020-01-01", "2020-01-03", "range"),
    ("later this month", "2020-01-03", "2020-01-31", "range"),
    ("so far this year", "2020-01-01", "2020-01-03", "range"),
    ("the weekend", "2019-12-28", "2019-12-29", "range"),
    ("this weekend", "2020-01-04", "2020-01-05", "range"),
    ("the past three days", "2019-12-31", "2020-01-03", "range"),
    ("in the past 24 hours", "2020-01-02", "2020-01-03", "range"),
    ("in recent months", "2019-10-03", "2020-01-03", "range"),
    ("over the next five years", "2020-01-03", "2025-01-03", "range"),
    ("two days ago", "2020-01-01", "2020-01-01", "day"),
    ("two weeks ago", "2019-12-16", "2019-12-22", "week"),
    ("a year ago", "2019-01-01", "2019-12-31", "year"),
    ("less than a month ago", "2019-12-03", "2020-01-03", "range"),
    ("75 years ago this week", "1944-12-25", "1944-12-31", "week"),
    ("New Year's", "2019-12-31", "2020-01-01", "range"),
    ("Christmas Eve", "2019-12-24", "2019-12-24", "day"),
    ("two days before Christmas", "2019-12-23", "2019-12-23", "day"),
    ("last Thanksgiving", "2019-11-28", "2019-11-28", "day"),
    ("9/11", "2001-09-11", "2001-09-11", "day"),
    ("the Sept. 11 attacks", "2001-09-11", "2001-09-11", "day"),
    ("10:30 a.m. on Friday, Dec. 27", "2019-12-27", "2019-12-27", "day"),
    ("the week of March 6", "2019-03-04", "2019-03-10", "week"),
    ("Feb. 29, 2016", "2016-02-29", "2016-02-29", "day"),
    ("the eve of Christmas", "2019-12-24", "2019-12-24", "day"),
    ("mid-2007", "2007-05-01", "2007-08-31", "range"),
    ("the year two thousand", "2000-01-01", "2000-12-31", "year"),
    ("January", "2020-01-01", "2020-01-31", "month"),
    ("the full year", "2020-01-01", "2020-12-31", "year"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), RESOLVED)
def test_an_expression_has_its_days(text: str, start: str, end: str, precision: str) -> None:
    """One expression alone, against a Friday in January."""
    when = parse_time(text, PUBLISHED)
    assert when is not None
    assert (when.start, when.end, when.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Tuesday", "2020-01-07"),
        ("Friday", "2020-01-03"),
        ("January 19", "2020-01-19"),
        ("March", "2020-03-01"),
        ("the weekend", "2020-01-04"),
    ],
)
def test_a_future_tense_looks_ahead(text: str, start: str) -> None:
    """Where the tense is future a date without a year or a weekday lies ahead."""
    when = parse_time(text, PUBLISHED, "future")
    assert when is not None
    assert when.start == start


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The army struck two weeks before the vote.", "relative to an event"),
        ("They fled the day after the attack.", "relative to an event"),
        ("Revenue fell in fiscal 2019.", "fiscal calendar"),
        ("It was a truce during Ramadan.", "religious calendar"),
        ("He died more than a year ago.", "no earliest day told"),
        ("The shop opened on 5/7/2019.", "day and month in either order"),
    ],
)
def test_what_the_text_leaves_open_stays_open(text: str, reason: str) -> None:
    """A time without bounds is a mention with its reason."""
    (mention,) = find_times(plain(text), PUBLISHED)
    assert (mention.when, mention.reason) == (None, reason)


@pytest.mark.parametrize("text", ["December 28", "Friday", "last week", "overnight", "two days ago", "since March"])
def test_without_a_publication_date_only_full_dates_resolve(text: str) -> None:
    """Nothing is guessed from nowhere."""
    (mention,) = find_times(plain(text), None)
    assert mention.when is None
    assert mention.reason


@pytest.mark.parametrize("text", ["Dec. 28, 2019", "in 2014", "March 2011", "the 1990s"])
def test_full_dates_need_no_publication_date(text: str) -> None:
    """A written year is enough."""
    assert parse_time(text, None) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May may march on.",
        "They march on the palace and may fight.",
        "The Sun said so, wait a second.",
        "August Wilson wrote plays.",
        "About 2,000 troops and 1500 people left.",
        "Shops opened for Black Friday, and Bloody Sunday was remembered.",
        "He won on Super Tuesday.",
        "The 23-year-old fought for three days.",
        "The two-week siege cost $2014.",
    ],
)
def test_words_that_are_no_dates_do_not_fire(text: str) -> None:
    """Verbs, names, counts, ages and durations are no times."""
    assert find_times(plain(text), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Dec. 3 he left. The next day he died.", ["2019-12-03", "2019-12-04"]),
        ("On Dec. 3 he left. Two days later, he rose.", ["2019-12-03", "2019-12-05"]),
        ("She fled on Nov. 5, 2015. A day earlier, shots fell.", ["2015-11-05", "2015-11-04"]),
        ("In May 2012 he won. Later that year he fell.", ["2012-05-01", "2012-05-01"]),
        ("He spoke the previous day.", ["2020-01-02"]),
    ],
)
def test_a_time_counts_from_the_one_before_it(text: str, expected: list[str]) -> None:
    """The last time told of is the reference; without one it is the publication date."""
    found = find_times(plain(text), PUBLISHED)
    assert [mention.when.start for mention in found if mention.when] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The third quarter was bad. Sales fell from $3 million a year earlier.", "2018-07-01"),
        ("The third quarter was bad. Costs rose against the year-ago period.", "2018-07-01"),
        ("The third quarter was bad. The loss for the quarter grew.", "2019-07-01"),
        ("The third quarter was bad. The latest period held a charge.", "2019-07-01"),
        ("The third quarter was bad. In the 2017 quarter it had earned more.", "2017-07-01"),
        ("It lost money in the quarter ended Sept. 30.", "2019-07-01"),
        ("He was freed a year earlier.", "2019-01-01"),
    ],
)
def test_a_quarter_told_of_goes_on(text: str, expected: str) -> None:
    """A report about a quarter means that quarter, or its like of another year, until it names one anew."""
    starts = [mention.when.start for mention in find_times(plain(text), PUBLISHED) if mention.when]
    assert expected in starts


@pytest.mark.parametrize(("published", "start"), [(date(2020, 1, 6), "2020-01-04"), (date(2020, 1, 3), "2020-01-04")])
def test_this_weekend_is_the_one_just_over_early_in_the_week(published: date, start: str) -> None:
    """On a Monday the past tense looks back, on a Friday the weekend is at the door."""
    when = parse_time("this weekend", published)
    assert when is not None
    assert when.start == start


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Shells fell Wednesday night.", "2020-01-01TNI"),
        ("They met at 9:30 p.m. Wednesday.", "2020-01-01T21:30"),
        ("Talks began at 12 a.m. on Jan. 2.", "2020-01-02T00:00"),
        ("He ruled from 1985 to 1987.", "1985/1987"),
        ("Xerxes crossed in April 480 BC.", "BC0480-04"),
        ("The town grew in the 4th century BC.", "BC03"),
        ("He gave few speeches in recent years.", "PXY"),
        ("The current law is harsh.", "PRESENT_REF"),
        ("In the past, he gave way.", "PAST_REF"),
        ("He will rest in the near future.", "FUTURE_REF"),
        ("Several years ago he left.", "PAST_REF"),
        ("Profit for the year ended June 30 fell.", "P1Y"),
        ("Profit rose in the fiscal first quarter.", "2020-Q1"),
        ("They march every week.", "P1W"),
    ],
)
def test_the_timex_value_keeps_what_two_dates_cannot_say(text: str, value: str) -> None:
    """Parts of day, clocks, lengths, habits and vague words have their TIMEX3 value."""
    _, found = scan_times(text, PUBLISHED, lambda _start, _end: "past")
    assert value in [item.outcome.timex for item in found]


@pytest.mark.parametrize("text", ["They steamed past the fort.", "As soon as he came, they left."])
def test_past_and_soon_are_no_times_of_their_own(text: str) -> None:
    """A preposition and a conjunction name no time."""
    _, found = scan_times(text, PUBLISHED, lambda _start, _end: "past")
    assert found == []


def test_the_basis_tells_what_a_time_rests_on() -> None:
    """A written date rests on the text, a weekday on the publication date."""
    found = find_times(plain("The raid of Dec. 3, 2018 was reported on Tuesday."), PUBLISHED)
    assert [mention.when.basis for mention in found if mention.when] == ["text", "published"]


def test_the_words_tell_the_tense_where_there_is_no_tree() -> None:
    """Each weekday follows its own verb."""
    found = find_times(plain("He was shot Tuesday and mourners will march on Tuesday."), PUBLISHED)
    assert [mention.when.start for mention in found if mention.when] == ["2019-12-31", "2020-01-07"]


def test_the_tree_tells_the_tense() -> None:
    """The auxiliary of the governing verb decides, wherever it stands."""
    doc = tree(
        ("On", "ADP", 1, "case"), ("Tuesday", "PROPN", 4, "obl"), ("voters", "NOUN", 4, "nsubj"),
        ("will", "AUX", 4, "aux"),        ("choose", "VERB", 4, "ROOT"), (".", "PUNCT", 4, "punct"),
    )  # fmt: skip
    (mention,) = find_times(doc, PUBLISHED)
    assert mention.when is not None
    assert mention.when.start == "2020-01-07"


def test_a_date_with_a_time_of_publication_counts_by_its_day() -> None:
    """A datetime is as good as a date."""
    when = parse_time("yesterday", datetime(2020, 1, 3, 23, 59, tzinfo=UTC))
    assert when is not None
    assert when.start == "2020-01-02"


def test_a_history_dates_its_months_by_its_own_years() -> None:
    """Where a text is full of old years, a bare month belongs to the year told of."""
    years = " ".join(f"In {year} the war went on." for year in range(1939, 1945))
    text = f"{years} In May 1945 it ended. In June 1946 there was a vote. In September, the king left."
    when = find_times(plain(text), date(2009, 12, 19))[-1].when
    assert when is not None
    assert (when.start, when.end, when.basis) == ("1946-09-01", "1946-09-30", "text")


@pytest.mark.parametrize(
    "text", ["Shells fell late Tuesday and overnight, since March 5 and in the past two weeks, “New Year’s” included."]
)
def test_mentions_lie_in_text_order_without_overlap(text: str) -> None:
    """Offsets point into the text and never cross."""
    found = find_times(plain(text), PUBLISHED)
    assert [mention.span.text for mention in found] == [text[m.span.start : m.span.end] for m in found]
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
