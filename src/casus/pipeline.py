"""The stages in order, the table of contents of the system; how each works is told in its room.

    report ──▶ read ──▶ resolve ──▶ code ──▶ link ──▶ report with events, incidents and links

Models and tables are loaded once, before the first report. What goes wrong with one report is told and does not stop
the rest.
"""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property
from time import perf_counter

from spacy.language import Language
from spacy.tokens import Doc

from casus.coding.coder import code_events
from casus.coding.lexicon import Lexicon, load_lexicon
from casus.config import Settings, read_settings
from casus.errors import CasusError, RecordError
from casus.ingest.reports import DATES, Spot, Terms, make_report
from casus.link import link_report
from casus.logistic import load_models
from casus.read.plain import plain
from casus.read.reader import load_reader
from casus.records import Facts, Report
from casus.resolve.actors import find_parties
from casus.resolve.base import KnowledgeBase, load_base
from casus.resolve.gazetteer import Gazetteer, open_gazetteer
from casus.resolve.places import find_places
from casus.resolve.quantities import find_quantities
from casus.resolve.times import find_times

Progress = Callable[[str, float], None]
OnError = Callable[[Report, CasusError], None]

CLEAR = 4
"""How many times more people the likeliest place of a name must have than its namesakes in other countries."""

TOGETHER = 32
"""Reports handed to the reader in one go, within `batch_words`; a report reads the same in any company."""

log = logging.getLogger(__name__)


def log_error(report: Report, error: CasusError) -> None:
    """Write what went wrong with a report to the log."""
    log.error("%s: %s", report.id, error)


class Coder:
    """Codes reports with models and tables that are loaded once, when the first report comes.

    Args:
        settings: What reads, with which lexicons and how much at a time; by default the user's own settings.
        on_progress: Told what is being compiled the first time on a machine, and the share that is done, 0 to 1.

    Attributes:
        timings: Seconds spent so far, by what they were spent on.
    """

    def __init__(self, settings: Settings | None = None, *, on_progress: Progress | None = None) -> None:
        self.settings = settings or read_settings()
        self.timings: Counter[str] = Counter()
        self._on_progress = on_progress

    @cached_property
    def reader(self) -> Language:
        """What turns text into a Doc with sentences, tags, tree and entities: any spaCy pipeline."""
        reader = load_reader(self.settings.reader, threads=self.settings.threads)
        reader.max_length = max(reader.max_length, self.settings.max_bytes)
        return reader

    @cached_property
    def base(self) -> KnowledgeBase:
        """Who is known, with country and sectors."""
        return load_base(self.settings.bases)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Which places a name may mean."""
        return open_gazetteer(self.settings.cache, self._on_progress)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Which words mean which events."""
        return load_lexicon(self.settings.lexicons)

    def load(self) -> None:
        """Load all that is not loaded yet.

        Raises:
            CasusError: A model, table or lexicon is missing or broken.
        """
        load_models("casus.coding"), load_models("casus.link")
        for part in ("reader", "base", "gazetteer", "lexicon"):
            if part not in vars(self):
                with self._timed(f"load {part}"), _uncollected():
                    getattr(self, part)

    def code_report(self, report: Report) -> Report:
        """Return the report with its events, incidents and links.

        Raises:
            CasusError: It cannot be coded.
        """
        self.load()
        return self._code_doc(self._read_one(report), report)

    def code_reports(self, reports: Iterable[Report], *, on_error: OnError = log_error) -> Iterator[Report]:
        """Yield the reports coded, in their order; each comes out as `code_report` gives it.

        Args:
            reports: Any number; no more than one batch is kept.
            on_error: Told of each report that cannot be coded; such a report is left out.

        Raises:
            CasusError: A model, table or lexicon is missing or broken.
        """
        for batch in gather_batches(reports, self.settings.batch_words):
            self.load()
            for report, doc in self._read_batch(batch, on_error):
                try:
                    coded = self._code_doc(doc, report)
                except CasusError as error:
                    on_error(report, error)
                else:
                    yield coded

    def _read_batch(self, batch: list[Report], on_error: OnError) -> Iterator[tuple[Report, Doc]]:
        """Yield the reports read; if the batch fails they are read one by one, to lose only the cause."""
        try:
            with self._timed("read"), _explained("read", f"{len(batch)} reports"):
                docs = self.reader.pipe([report.text for report in batch], batch_size=TOGETHER)
                yield from list(zip(batch, docs, strict=True))
                return
        except CasusError as error:
            log.debug("batch read again report by report: %s", error)
        for report in batch:
            try:
                doc = self._read_one(report)
            except CasusError as error:
                on_error(report, error)
            else:
                yield report, doc

    def _read_one(self, report: Report) -> Doc:
        with self._timed("read"), _explained("read", f"report {report.id}"):
            return self.reader(report.text)

    def _code_doc(self, doc: Doc, report: Report) -> Report:
        unlinked = self.code_unlinked(doc, report)
        with self._timed("link"), _explained("link", f"report {report.id}"):
            return link_report(unlinked)

    def code_unlinked(self, doc: Doc, report: Report) -> Report:
        """The report with events but without incidents and links, from its read Doc.

        Raises:
            CasusError: It cannot be coded.
        """
        name = f"report {report.id}"
        with self._timed("resolve"), _explained("resolve", name):
            doc = plain(doc)
            facts = self.find_facts(doc, report)
        with self._timed("code"), _explained("code", name):
            events = code_events(doc, facts, self.lexicon)
        return replace(report, events=events, incidents=(), links=())

    def find_facts(self, doc: Doc, report: Report) -> Facts:
        """Who, when, where and how many, found in a read report."""
        times = find_times(doc, publication_date(report))
        places = find_places(doc, self.gazetteer)
        parties = find_parties(doc, self.base, report.published, places=places, locate=self._locate)
        return Facts(parties, times, places, find_quantities(doc))

    def _locate(self, name: str) -> str | None:
        """The country of the place that a name most likely means, None where two are about equal."""
        entries = self.gazetteer.lookup(name)
        rivals = [e.population for e in entries if e.country != entries[0].country]
        return entries[0].country if entries and entries[0].population > CLEAR * max(rivals, default=0) else None

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        finally:
            self.timings[name] += perf_counter() - begun  # type: ignore[assignment]  # seconds, counted in fractions


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection while tables are built: they are kept, and looking through them doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.enable()


@contextmanager
def _explained(stage: str, what: str) -> Iterator[None]:
    """Turn any failure of a stage into an error of ours that names the stage, so that the rest can go on."""
    try:
        yield
    except CasusError:
        raise
    except Exception as error:
        log.debug("stage %s failed on %s", stage, what, exc_info=error)
        raise CasusError(f"{what}: stage {stage}: {type(error).__name__}: {error}") from error


def gather_batches(reports: Iterable[Report], words: int) -> Iterator[list[Report]]:
    """Yield the reports in batches of about that many words; a longer report is a batch of its own."""
    batch: list[Report] = []
    count = 0
    for report in reports:
        batch.append(report)
        count += len(report.text.split())
        if count >= words:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def publication_date(report: Report) -> date | datetime | None:
    """Return when a report was published: a date, or a datetime with its zone.

    Raises:
        RecordError: It is no ISO date.
    """
    if report.published is None:
        return None
    try:
        kind = datetime if "T" in report.published else date
        return kind.fromisoformat(report.published)
    except ValueError as error:
        raise RecordError("Report.published", report.published, DATES) from error


def code(  # noqa: PLR0913  the fields of a report
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    reader: str | None = None,
) -> Report:
    """Return what a news report says: its events, the incidents they tell of, and which answers which.

    Args:
        text: The report; all offsets of the result point into `title`, blank line, `text`, or into `text` alone where
            no title is given or the text begins with it.
        published: ISO date, or datetime with zone, by which "on Monday" is understood; without it dates stay open.
        title: Its headline.
        url: Its address; the report's id is made from it.
        publisher: Who published it.
        reader: `casus` for our own reader, else the name of a spaCy pipeline.

    Raises:
        CasusError: The text is empty or not English, the date is none, or the reader does not exist.
    """
    whole = text if title is None or text.startswith(title) else f"{title}\n\n{text}"
    day = published.isoformat() if isinstance(published, date) else published
    fields = {"text": whole, "published": day, "title": title, "url": url, "publisher": publisher}
    coder = _default_coder(reader)
    terms = Terms(max_bytes=coder.settings.max_bytes, languages=coder.settings.languages)
    return coder.code_report(make_report(fields, Spot("<text>"), terms))


@cache
def _default_coder(reader: str | None) -> Coder:
    settings = read_settings()
    return Coder(replace(settings, reader=reader) if reader else settings)
