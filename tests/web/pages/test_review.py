"""The review queue over HTTP, as it works without scripts; tokens decide in their own name."""

from collections.abc import Iterator

import httpx
import pytest

from casus import Store
from casus.link.across import sum_up_events
from casus.web.app import make_app
from casus.web.settings import WebSettings
from casus.web.tokens import create_token
from tests.web.servers import serving

ITEM = "goma:e1"


def post(server: str, path: str = "/review", **fields: str) -> httpx.Response:
    """Post a form."""
    return httpx.post(server + path, data=fields, headers={"accept": "text/html"})


def test_a_decision_leads_on(server: str) -> None:
    """The answer leads to the next event and tells what was kept; filters of the queue stay."""
    answer = post(server, "/review?report=goma", action="confirm", item=ITEM, next="goma:e2", by="ann")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?report=goma&item=goma%3Ae2&done=1"
    assert "casus-reviewer=ann" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_the_name_is_kept(server: str, store_url: str) -> None:
    """By a cookie, so that it is typed once."""
    httpx.post(f"{server}/review", data={"action": "reject", "item": ITEM}, cookies={"casus-reviewer": "ben"})
    store = Store(store_url)
    assert [(one.by, one.kind) for one in store.judgements()] == [("ben", "reject")]
    store.close()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"action": "dance"}, "action: "),
        ({"action": "confirm", "item": "none:e1"}, "found no event"),
        ({"action": "correct", "item": ITEM, "slot": "type", "value": "FIGHT"}, "found &#39;FIGHT&#39;"),
        ({"action": "correct", "item": ITEM, "slot": "shape", "value": "round"}, "found &#39;shape&#39;"),
        ({"action": "merge", "item": ITEM, "other": "none:i1"}, "none:i1"),
        ({"action": "undo", "item": ITEM, "number": "77"}, "77"),
        ({"action": "undo", "item": ITEM, "number": "x"}, "number"),
        ({"action": "undo", "item": ITEM, "number": "9" * 40}, "number"),
        ({"action": "confirm", "item": "a\0b"}, "NUL"),
    ],
)
def test_what_cannot_be_done_is_told(server: str, store_url: str, fields: dict[str, str], told: str) -> None:
    """On a page, with the event still at hand where there is one; nothing is kept."""
    answer = post(server, **fields)
    assert 400 <= answer.status_code < 500
    assert told in answer.text
    store = Store(store_url)
    assert store.judgements() == ()
    store.close()


def test_split_merge_and_back(server: str, store_url: str) -> None:
    """Taking back a split is a merge, taking back a merge a split, and all of it stays on record."""
    store = Store(store_url)
    home = store.event("twin:e1").incident
    post(server, action="split", item="twin:e1")
    apart = store.event("twin:e1").incident
    post(server, action="undo", item="twin:e1", number="1")
    again = store.event("twin:e1").incident
    post(server, action="undo", item="twin:e1", number="2")
    assert (apart != home, again, store.event("twin:e1").incident != home) == (True, home, True)
    assert [one.kind for one in store.judgements()] == ["split", "merge", "split"]
    store.close()


@pytest.fixture
def guarded(store_url: str) -> Iterator[tuple[str, Store]]:
    """Serve a store that asks for tokens."""
    settings = WebSettings(tokens=True, sum_up=sum_up_events)
    store = Store(store_url, sum_up=sum_up_events)
    with serving(make_app(store_url, settings=settings)) as address:
        yield address, store
    store.close()


def test_a_token_decides_in_its_own_name(guarded: tuple[str, Store]) -> None:
    """A browser sends it as the password; another name is not taken."""
    address, store = guarded
    _, secret = create_token(store, "desk", ["read", "review"])
    fields = {"action": "confirm", "item": ITEM, "by": "ann"}
    answer = httpx.post(f"{address}/review", data=fields, auth=("anybody", secret))
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert [one.by for one in store.judgements()] == ["desk"]


def test_reading_is_not_judging(guarded: tuple[str, Store]) -> None:
    """A token that may read sees the queue and may not decide."""
    address, store = guarded
    _, secret = create_token(store, "guest", ["read"])
    assert httpx.get(f"{address}/review", auth=("", secret)).status_code == 200
    answer = httpx.post(f"{address}/review", data={"action": "confirm", "item": ITEM}, auth=("", secret))
    assert answer.status_code == 403
    assert httpx.get(f"{address}/review").status_code == 401
    assert store.judgements() == ()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.example"}])
def test_another_site_cannot_post(server: str, store_url: str, headers: dict[str, str]) -> None:
    """Whatever a browser tells of where a form comes from."""
    answer = httpx.post(f"{server}/review", data={"action": "reject", "item": ITEM}, headers=headers)
    assert answer.status_code == 403
    store = Store(store_url)
    assert store.judgements() == ()
    store.close()
