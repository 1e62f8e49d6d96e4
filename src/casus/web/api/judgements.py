"""What people decided: all of it, and new decisions, which are appended and never erased."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import select
from starlette.responses import Response

from casus.store.house import Store
from casus.store.judging import read_judgement
from casus.store.schema import judgements
from casus.stored import Judgement
from casus.web.api.incidents import find_version
from casus.web.api.paths import Number
from casus.web.api.queries import JudgementQuery, Word, check_text
from casus.web.api.routes import ROOT, answer_page, start_after, told
from casus.web.api.schemas import page_of, schema_of
from casus.web.deps import StoreDep
from casus.web.etags import answer_json, has_same, make_etag
from casus.web.gate import get_caller, sign
from casus.web.problems import INVALID, ProblemError, looking_up

router = APIRouter(prefix=ROOT, tags=["judgements"])
LARGEST = 2**53
"""Beyond it a whole number is not the same in every program that reads JSON."""
DEEPEST = 20


def check_value(value: Any, depth: int = 0) -> Any:
    """Return a JSON value that any store can keep.

    Raises:
        ValueError: It has a NUL, half a character, a number that is none or too large, or lists within lists for ever.
    """
    if depth > DEEPEST:
        raise ValueError("it is too deep")
    if isinstance(value, str):
        value.encode()
        check_text(value)
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= LARGEST):
        raise ValueError("numbers must be finite and exact")
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        check_value(item, depth + 1)
    return value


class NewJudgement(BaseModel):
    """A decision about an event or an incident, as of `casus judge`."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["confirm", "reject", "correct", "merge", "split", "undo"]
    target: Word = Field(min_length=1, description="Event or incident; for undo the number of a judgement.")
    slot: Word | None = Field(None, description="To correct: type, mode, actors, recipients, when, where, …")
    value: Annotated[Any, AfterValidator(check_value)] = Field(
        None, description="To correct: JSON as in the record, or in words: PROTEST; the police [FRA/COP]; null empties."
    )
    others: list[Word] = Field(
        default_factory=list, max_length=500, description="To merge: incidents. To split: events that leave."
    )
    by: Word | None = Field(None, description="Who says so, where no token says it.")
    note: Word | None = Field(None, description="Why.")


@router.get("/judgements", **told("list_judgements", page_of(Judgement)))
def list_judgements(request: Request, store: StoreDep, query: Annotated[JudgementQuery, Query()]) -> Response:
    """List judgements, newest first; of one event or incident with what took them back."""
    after = start_after(request, query)
    asked = select(judgements).order_by(judgements.c.id.desc()).limit(query.limit + 1)
    if query.target is not None:
        about = [judgement.id for judgement in store.judgements(query.target)]
        asked = asked.where(judgements.c.id.in_(about))
    if after is not None:
        asked = asked.where(judgements.c.id < int(after))
    with store.reading() as connection:
        found = [Judgement.from_json(dict(row)) for row in connection.execute(asked).mappings()]
    return answer_page(request, found, query.limit, lambda judgement: str(judgement.id))


@router.get("/judgements/{number}", **told("get_judgement", schema_of(Judgement)))
def get_judgement(request: Request, store: StoreDep, number: Number) -> Response:
    """Return a judgement."""
    with store.reading() as connection:
        return answer_json(request, read_judgement(connection, number).to_json())


@router.post("/judgements", **told("post_judgement", schema_of(Judgement), scope="review", says={201: "Kept."}))
def post_judgement(request: Request, store: StoreDep, judgement: Annotated[NewJudgement, Body()]) -> Response:
    """Decide about an event or an incident; an If-Match with the tag of the incident guards against newer versions."""
    by = sign(get_caller(request), judgement.by)
    with store.transaction():
        _check_target(store, judgement, request.headers.get("if-match"))
        made = _decide(store, judgement, by)
    return answer_json(request, made.to_json(), headers={"location": f"{ROOT}/judgements/{made.id}"}, status=201)


def _check_target(store: Store, judgement: NewJudgement, if_match: str | None) -> None:
    """Hold that what is judged is there, and has not changed since the caller saw it.

    Raises:
        ProblemError: It is not, or has.
    """
    if judgement.kind == "undo":
        if not judgement.target.isdecimal() or int(judgement.target[:19]) >= 2**63:
            raise ProblemError(INVALID, "to undo takes the number of a judgement as target")
        return
    home = store.homes_of([judgement.target]).get(judgement.target, judgement.target)
    with looking_up():
        current = find_version(store, home)
    if if_match is not None and not has_same(if_match, make_etag(*current)):
        raise ProblemError(412, f"incident {current[0]} has changed: it is at version {current[1]}")


def _decide(store: Store, judgement: NewJudgement, by: str) -> Judgement:
    target, note = judgement.target, judgement.note
    if judgement.kind == "correct":
        if judgement.slot is None:
            raise ProblemError(INVALID, "to correct takes a slot")
        return store.correct(target, judgement.slot, judgement.value, by=by, note=note)
    if judgement.kind == "merge":
        return store.merge(target, judgement.others, by=by, note=note)
    if judgement.kind == "split":
        return store.split(target, judgement.others, by=by, note=note)
    if judgement.kind == "undo":
        return store.undo(int(target), by=by, note=note)
    return (store.confirm if judgement.kind == "confirm" else store.reject)(target, by=by, note=note)
