"""Reports: which there are, what each says, where it came from, how it read before; and new ones to be coded."""

from __future__ import annotations

from typing import Annotated, Any, Self

from fastapi import APIRouter, Body, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import to_json
from sqlalchemy import select, tuple_
from starlette.responses import Response

from casus.errors import StoreError
from casus.records import Report
from casus.store.house import Store
from casus.store.schema import reports
from casus.stored import Provenance, StoredEvent
from casus.web.api.heads import ReportHead, Taken
from casus.web.api.paths import Id, quote_id
from casus.web.api.queries import ReportQuery, Word, check_text
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.desks import Desk
from casus.web.etags import answer_json, answer_tagged, make_etag
from casus.web.gate import get_caller

router = APIRouter(prefix=ROOT, tags=["reports"])
POSTED = {201: "Coded and kept.", 200: "Known already, or in the place of an older version."}
HEAD = tuple(
    reports.c[name] for name in ("id", "url", "publisher", "title", "published", "day", "language", "origin", "added")
)


def check_id(id_: str) -> str:
    """Return an id that can stand in an address.

    Raises:
        ValueError: It cannot.
    """
    if id_ in {".", ".."} or not id_.isprintable():
        raise ValueError("an id must be printable, and neither . nor ..")
    return id_


class NewReport(BaseModel):
    """A report to be coded; its text is `text` as a whole, or `title`, a blank line and `body`."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[Word, AfterValidator(check_id)] | None = Field(
        None, description="By which it is known again; else made of its address, or of its text."
    )
    url: Annotated[str, Field(max_length=4000), AfterValidator(check_text)] | None = None
    publisher: Word | None = None
    published: Word | None = Field(None, description="ISO date, or a datetime with its zone.")
    title: Annotated[str, Field(max_length=2000), AfterValidator(check_text)] | None = None
    text: Annotated[str, AfterValidator(check_text)] | None = None
    body: Annotated[str, AfterValidator(check_text)] | None = None

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        if (self.text is None) == (self.body is None):
            raise ValueError("either text or body is needed, and not both")
        return self


@router.get("/reports", **told("list_reports", page_of(ReportHead)))
def list_reports(request: Request, store: StoreDep, query: Annotated[ReportQuery, Query()]) -> Response:
    """List reports without their texts, those published last first."""
    found = _read_heads(store, query, start_after(request, query))
    return answer_page(request, found, query.limit, lambda head: head.id)


def _read_heads(store: Store, query: ReportQuery, after: str | None) -> list[ReportHead]:
    asked = select(*HEAD).order_by(reports.c.day.desc(), reports.c.number.desc()).limit(query.limit + 1)
    if query.publisher:
        asked = asked.where(reports.c.publisher.in_(query.publisher))
    if query.since:
        asked = asked.where(reports.c.day >= query.since)
    if query.until:
        asked = asked.where(reports.c.day <= query.until)
    with store.reading() as connection:
        if after is not None:
            last = connection.execute(
                select(reports.c.day, reports.c.number).where(reports.c.id == after)
            ).one_or_none()
            if last is None:
                raise StoreError(f"found no report {after!r} in the store, allowed the last one of the page before")
            asked = asked.where(tuple_(reports.c.day, reports.c.number) < tuple_(*last))
        return [ReportHead.from_json(dict(row)) for row in connection.execute(asked).mappings()]


@router.post("/reports", **told("post_report", schema_of(Taken), scope="ingest", says=POSTED))
async def post_report(request: Request, report: Annotated[NewReport, Body()]) -> Response:
    """Code a report and keep it, linked to what is known; 200 where it was known already, by its id and its text.

    The same report may be posted again at any time. One of a known id and another text takes the place of the older
    one, which is kept beside it.
    """
    desk: Desk = request.app.state.desk
    fields: dict[str, Any] = report.model_dump(exclude_none=True)
    coded, outcome = await desk.take({**fields, "by": get_caller(request).name})
    headers = {"location": f"{ROOT}/reports/{quote_id(coded.id)}"}
    return answer_json(
        request, Taken(outcome, coded).to_json(), headers=headers, status=201 if outcome == "added" else 200
    )


@router.get("/reports/{id}/events", **told("list_report_events", page_of(StoredEvent)))
def list_report_events(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List the events of a report in the order of its text, as people judged them."""
    _find_digests(store, id)
    return answer_page(request, store.events_in(id), 0)


@router.get("/reports/{id}/provenance", **told("get_provenance", schema_of(Provenance)))
def get_provenance(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """Return where a report came from, and which run of which version coded it."""
    return answer_json(request, store.provenance(id).to_json())


@router.get("/reports/{id}/past", **told("list_past", page_of(Report)))
def list_past(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """List a report as it was before each of its updates, oldest first."""
    _find_digests(store, id)
    return answer_page(request, store.past(id), 0)


@router.get("/reports/{id}", **told("get_report", schema_of(Report)))
def get_report(request: Request, store: StoreDep, id: Id) -> Response:  # noqa: A002
    """Return a report as it was coded, before anybody judged its events."""
    etag = make_etag(id, *_find_digests(store, id))
    return answer_tagged(request, etag, lambda: to_json(store.report(id).to_json()))


def _find_digests(store: Store, id_: str) -> tuple[str, str]:
    """Return digests of what a report says and of its coding, which change with them.

    Raises:
        StoreError: It is not in the store.
    """
    query = select(reports.c.content, reports.c.coding).where(reports.c.id == id_)
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"found no report {id_!r} in the store")
    return row.content, row.coding
