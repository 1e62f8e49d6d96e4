"""The review queue: one event after the other, confirmed, rejected, corrected, merged or split, all by keys.

Works without a script, too: every decision is a form of its own. A post from another site is turned away by the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from casus.errors import CasusError, FieldError
from casus.store.house import Store
from casus.store.judging import read_judgement
from casus.stored import Judgement
from casus.web.deps import StoreDep, render
from casus.web.gate import STRANGER, get_caller
from casus.web.judge import ACTIONS, Order, carry_out, read_number
from casus.web.queries import Search, read_search
from casus.web.queue import fill_sheet, find_place

router = APIRouter(include_in_schema=False)
COOKIE = "casus-reviewer"
"""Keeps in whose name is judged where no token says it."""
YEAR = 365 * 24 * 3600
MOST_FIELDS = 60
LONGEST_NAME = 80

Form = Mapping[str, str]


async def read_form(request: Request) -> Form:
    """Return the fields of a posted form, of several with one name the last.

    Raises:
        FieldError: It is no form, or has a NUL.
    """
    body = (await request.body()).decode("utf-8", "replace")
    if "\0" in body or "%00" in body:
        raise FieldError("form", "NUL", "text")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FieldError("form", str(error), f"up to {MOST_FIELDS} fields") from error
    return {name: values[-1] for name, values in fields.items()}


FormDep = Annotated[Form, Depends(read_form)]


@router.get("/review")
def review(request: Request, store: StoreDep) -> Response:
    """Show the event at hand and what may be done with it."""
    return _show(request, store, request.query_params.get("item") or None)


def _show(request: Request, store: Store, item: str | None, error: str | None = None) -> Response:
    search = read_search(request.query_params)
    place = find_place(store, search.filters(), item)
    done = request.query_params.get("done", "")
    return render(
        request,
        "review.html",
        status_code=422 if error else 200,
        search=search,
        place=place,
        sheet=fill_sheet(store, place.at) if place.at else None,
        done=_read_done(store, done),
        error=error,
        reviewer=get_caller(request).name,
        name=request.cookies.get(COOKIE, ""),
        here=here(search),
    )


def _read_done(store: Store, told: str) -> Judgement | None:
    """Return the judgement that was just made."""
    if not told:
        return None
    number = read_number(told)
    with store.reading() as connection:
        return read_judgement(connection, number)


def here(search: Search) -> str:
    """Return the queue's filters as the part of an address behind `?`."""
    return urlencode(search.chosen())


@router.post("/review")
def judge(request: Request, store: StoreDep, form: FormDep) -> Response:
    """Carry out what a form asks for, and go on to the next event."""
    order = _read_order(request, form)
    try:
        made = carry_out(store, order)
    except CasusError as error:
        return _show(request, store, order.item or None, str(error))
    following = form.get("next", "") if order.action in GOING_ON else order.item
    pairs = [("item", following)] if following else []
    address = urlencode([*read_search(request.query_params).chosen(), *pairs, ("done", made.id)])
    answer = RedirectResponse(f"/review?{address}", status_code=303)
    if get_caller(request).name is None:
        answer.set_cookie(COOKIE, order.by, max_age=YEAR, httponly=True, samesite="strict", path="/review")
    return answer


GOING_ON = frozenset({"confirm", "reject"})
"""After these the event is done with; the others leave it at hand, to see what became of it."""


def _read_order(request: Request, form: Form) -> Order:
    """Return what a form asks for.

    Raises:
        FieldError: There is no such action.
    """
    action = form.get("action", "")
    if action not in ACTIONS:
        raise FieldError("action", action, " ".join(ACTIONS))
    given = " ".join((form.get("by") or request.cookies.get(COOKIE) or STRANGER).split())[:LONGEST_NAME]
    names = ("item", "slot", "value", "other", "number")
    told = {name: form.get(name, "") for name in names}
    return Order(action=action, by=get_caller(request).name or given, note=form.get("note") or None, **told)
