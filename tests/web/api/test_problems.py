"""Whatever goes wrong is told as RFC 9457 says, with the id of the request, and never as an error of ours."""

import json
import logging
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import httpx
import pytest
from sqlalchemy import exc, text

from casus import Store
from casus.web.app import make_app
from tests.web.api.conftest import Serve
from tests.web.servers import serving

ROOT = "/api/v1"
BOTH = ["goma:e1", "twin:e1"]


def correct(slot: str, value: Any, target: str = "goma:e1") -> dict[str, Any]:
    """Return a correction."""
    return {"kind": "correct", "target": target, "slot": slot, "value": value}


CASES: list[tuple[str, str, Any, int, str]] = [
    ("GET", "/nowhere", None, 404, "there is nothing at /nowhere"),
    ("GET", f"{ROOT}/nowhere", None, 404, "there is nothing at /api/v1/nowhere"),
    ("GET", f"{ROOT}/events/", None, 404, "there is nothing"),
    ("GET", f"{ROOT}/events/x:e1", None, 404, "found no event 'x:e1'"),
    ("GET", f"{ROOT}/incidents/x", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/incidents/x/history", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/incidents/x/events", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/incidents/x/links", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/incidents/x/chain", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/incidents/x/figures", None, 404, "found no incident 'x'"),
    ("GET", f"{ROOT}/reports/x", None, 404, "found no report 'x'"),
    ("GET", f"{ROOT}/reports/x/events", None, 404, "found no report 'x'"),
    ("GET", f"{ROOT}/reports/x/past", None, 404, "found no report 'x'"),
    ("GET", f"{ROOT}/reports/x/provenance", None, 404, "found no report 'x'"),
    ("GET", f"{ROOT}/runs/7", None, 404, "found no run 7"),
    ("GET", f"{ROOT}/runs/7/issues", None, 404, "found no run 7"),
    ("GET", f"{ROOT}/runs/0", None, 422, "path.number: Input should be greater"),
    ("GET", f"{ROOT}/judgements/7", None, 404, "found no judgement 7"),
    ("GET", f"{ROOT}/runs/{2**63}", None, 422, "path.number"),
    ("GET", f"{ROOT}/events?limit=501", None, 422, "query.limit: Input should be less than or equal to 500"),
    ("GET", f"{ROOT}/events?colour=red", None, 422, "query.colour: Extra inputs are not permitted"),
    ("GET", f"{ROOT}/events?type=NONE", None, 422, "type: NONE is not allowed"),
    ("GET", f"{ROOT}/events?since=May", None, 422, "since: May is not allowed"),
    ("GET", f"{ROOT}/events?party=COD/NONE", None, 422, "NONE is not allowed"),
    ("GET", f"{ROOT}/events?text=-word", None, 422, "text: -word is not allowed"),
    ("GET", f"{ROOT}/events?place={'9' * 400}&least=nan", None, 422, "query.least"),
    ("GET", f"{ROOT}/events?cursor=x", None, 422, "cursor: x is not allowed"),
    ("GET", f"{ROOT}/events?cursor=WyJhIl0", None, 422, "cursor: WyJhIl0 is not allowed"),
    ("GET", f"{ROOT}/events?text=a%00", None, 400, "an address must not contain NUL"),
    ("GET", f"{ROOT}/search?q=-x", None, 422, "text: -x is not allowed"),
    ("GET", f"{ROOT}/alerts/x", None, 404, "'x'"),
    ("GET", f"{ROOT}/alerts/x/deliveries", None, 404, "'x'"),
    ("GET", f"{ROOT}/dyad/figures?one=USA&other=USA", None, 422, "side: USA is not allowed"),
    ("GET", f"{ROOT}/dyad/weeks?one=USA&other=IRN&since=May", None, 422, "since: May is not allowed"),
    ("GET", f"{ROOT}/dyad/weeks?one=USA&other=IRN&since=2032&until=2031", None, 422, "window: "),
    ("GET", f"{ROOT}/dyad/outlook?one=USA&other=,", None, 422, "side: , is not allowed"),
    ("GET", f"{ROOT}/dyad/outlook?one=USA&other=IRN&after=x", None, 422, "is not allowed"),
    ("POST", f"{ROOT}/alerts/x/decisions", {"kind": "clear"}, 404, "'x'"),
    ("GET", f"{ROOT}/search", None, 422, "query.q: Field required"),
    ("GET", f"{ROOT}/dyad?one=USA", None, 422, "query.other: Field required"),
    ("DELETE", f"{ROOT}/events", None, 405, "DELETE is not possible here"),
    ("PUT", f"{ROOT}/reports", {}, 405, "PUT is not possible here"),
    ("POST", f"{ROOT}/reports", {"id": "x"}, 422, "either text or body is needed"),
    ("POST", f"{ROOT}/reports", {"text": "a", "body": "b"}, 422, "either text or body is needed"),
    ("POST", f"{ROOT}/reports", {"text": " "}, 422, "text"),
    ("POST", f"{ROOT}/reports", {"text": "x" * 3000}, 413, "size: 3000 is not allowed"),
    ("POST", f"{ROOT}/reports", {"text": "x", "published": "Monday"}, 422, "published: Monday is not allowed"),
    ("POST", f"{ROOT}/reports", {"text": "a\0b"}, 422, "body.text"),
    ("POST", f"{ROOT}/reports", {"text": "a", "colour": "red"}, 422, "body.colour: Extra inputs"),
    ("POST", f"{ROOT}/reports", [], 422, "body: Input should be a valid dictionary"),
    ("POST", f"{ROOT}/judgements", {"kind": "praise", "target": "x"}, 422, "body.kind"),
    ("POST", f"{ROOT}/judgements", {"kind": "confirm", "target": "x"}, 404, "found no incident 'x'"),
    ("POST", f"{ROOT}/judgements", {"kind": "undo", "target": "7"}, 409, "found no judgement 7"),
    ("POST", f"{ROOT}/judgements", {"kind": "undo", "target": "x"}, 422, "to undo takes the number"),
    ("POST", f"{ROOT}/judgements", {"kind": "undo", "target": "9" * 400}, 422, "to undo takes the number"),
    ("POST", f"{ROOT}/judgements", {"kind": "correct", "target": "goma:e1"}, 422, "to correct takes a slot"),
    ("POST", f"{ROOT}/judgements", {"kind": "merge", "target": "goma:i1"}, 409, "two or more different incidents"),
    ("POST", f"{ROOT}/judgements", {"kind": "merge", "target": "goma:i1", "others": ["x"]}, 409, "found no event"),
    ("POST", f"{ROOT}/judgements", {"kind": "split", "target": "goma:i1", "others": BOTH}, 409, "not all"),
    ("POST", f"{ROOT}/judgements", correct("type", "AID", "goma:i1"), 409, "not of"),
    ("POST", f"{ROOT}/judgements", correct("x", 1), 422, "slot: x"),
    ("POST", f"{ROOT}/judgements", correct("type", "X"), 422, "X"),
    ("POST", f"{ROOT}/judgements", correct("when", {"a": 1}), 422, ""),
    ("POST", f"{ROOT}/judgements", correct("mode", "\0"), 422, "NUL"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1][:40]} {case[4][:20]}")
def test_what_is_wrong_is_told(case: tuple[str, str, Any, int, str], api: httpx.Client) -> None:
    """In one sentence, with every wrong value, where it happened and the id of the request."""
    method, path, body, status, told = case
    answer = api.request(method, path, json=body, headers={"x-request-id": "mine"})
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert told in problem["detail"] + json.dumps(problem.get("errors", []))
    assert (problem["type"], problem["status"], problem["request"]) == ("about:blank", status, "mine")
    assert problem["instance"] == path.partition("?")[0]
    assert (status == 405) == ("allow" in answer.headers)


def test_faults_name_what_is_allowed(api: httpx.Client) -> None:
    """As the errors of the command line do."""
    problem = api.get(f"{ROOT}/events?modality=maybe").json()
    allowed = "actual future hypothetical negated"
    assert problem["errors"] == [{"field": "modality", "found": "maybe", "allowed": allowed}]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b'{"text": "\xff"}', "application/json", 400),
        (b'{"text": "a"}', "text/plain", 422),
        (b'{"text": "\\ud800"}', "application/json", 422),
        (b'{"kind": "correct", "target": "goma:e1", "slot": "mode", "value": NaN}', "application/json", 422),
        (b'{"kind": "correct", "target": "goma:e1", "slot": "mode", "value": "\\ud800"}', "application/json", 422),
        (b'{"kind": "correct", "target": "goma:e1", "slot": "mode", "value": 1e999}', "application/json", 422),
        (b"[" * 50_000, "application/json", 400),
    ],
)
@pytest.mark.parametrize("path", ["reports", "judgements"])
def test_what_is_no_json_is_refused(path: str, body: bytes, kind: str, status: int, api: httpx.Client) -> None:
    """Whatever is wrong with it."""
    answer = api.post(f"{ROOT}/{path}", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_cursor_is_of_its_list(api: httpx.Client) -> None:
    """With its filters; the size of the page may change."""
    following = api.get(f"{ROOT}/events?limit=1&type=ASSAULT").json()["next"]
    assert api.get(following.replace("limit=1", "limit=2")).status_code == 200
    assert api.get(following.replace("ASSAULT", "AID")).status_code == 422
    assert api.get(following.replace("/events", "/incidents")).status_code == 422


def test_a_body_that_is_too_large_is_turned_away(lite: httpx.Client, store_url: str, serve: Serve) -> None:
    """Whether it says so or not."""
    client = serve(store_url, max_bytes=1000)
    large = json.dumps({"text": "x" * 70_000}).encode()
    answers = [client.post(f"{ROOT}/reports", content=large, headers={"content-type": "application/json"})]
    pieces = (large[start : start + 1000] for start in range(0, len(large), 1000))
    answers.append(client.post(f"{ROOT}/reports", content=pieces, headers={"content-type": "application/json"}))
    assert [answer.status_code for answer in answers] == [413, 413]
    assert {answer.json()["detail"] for answer in answers} == {"the body has more than 66000 bytes"}


def test_a_length_that_is_none_is_refused(lite: httpx.Client) -> None:
    """By the server itself."""
    connection = HTTPConnection(lite.base_url.host, lite.base_url.port or 0, timeout=30)
    connection.putrequest("POST", f"{ROOT}/reports")
    connection.putheader("content-length", "9" * 400)
    connection.endheaders()
    assert connection.getresponse().status in (400, 413)
    connection.close()


def test_who_comes_too_often_waits(store_url: str, serve: Serve) -> None:
    """As long as is said; other scopes are counted for themselves, and the health is not counted."""
    client = serve(store_url, rates={"read": "3/minute", "review": "1/minute"})
    answers = [client.get(f"{ROOT}/events") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "3 per 1 minute are allowed" in answers[-1].json()["detail"]
    told = {"kind": "confirm", "target": "goma:e1"}
    assert [client.post(f"{ROOT}/judgements", json=told).status_code for _ in range(2)] == [201, 429]
    assert client.get("/health").status_code == 200


def test_each_token_has_its_own_rate(store_url: str, serve: Serve) -> None:
    """And strangers, who try tokens, have one an address."""
    from casus.web.tokens import create_token

    store = Store(store_url)
    secrets = [create_token(store, name, ["read"])[1] for name in ("ann", "ben")]
    store.close()
    client = serve(store_url, tokens=True, rates={"read": "2/minute"})
    found = [
        [client.get(f"{ROOT}/events", headers={"authorization": f"Bearer {secret}"}).status_code for _ in range(3)]
        for secret in (*secrets, "casus_x")
    ]
    assert found == [[200, 200, 429], [200, 200, 429], [401, 401, 429]]


def test_a_store_that_is_gone_is_told_as_such(store_url: str, lite: httpx.Client) -> None:
    """As something that may pass, without its own words."""
    with Store(store_url).writing() as connection:
        connection.execute(text("ALTER TABLE events RENAME TO gone"))
    answer = lite.get(f"{ROOT}/events")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "gone" not in answer.text


@pytest.fixture
def broken(store_url: str) -> Iterator[httpx.Client]:
    """Serve an app that has a route with a fault of ours."""
    app = make_app(store_url)

    def divide() -> float:
        return 1 / 0

    def wait() -> float:
        raise exc.TimeoutError("no connection became free")

    app.add_api_route("/api/v1/broken", divide)
    app.add_api_route("/api/v1/slow", wait)
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


def test_a_fault_of_ours_is_told_in_the_log_alone(broken: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    """The answer says under which id."""
    with caplog.at_level(logging.ERROR):
        answer = broken.get("/api/v1/broken", headers={"x-request-id": "mine"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert (answer.json()["request"], answer.headers["x-request-id"]) == ("mine", "mine")
    assert "ZeroDivision" not in answer.text
    assert "ZeroDivisionError" in caplog.text
    assert broken.get("/health").status_code == 200


def test_a_database_that_is_too_busy_is_told_as_such(broken: httpx.Client) -> None:
    """It is no fault of ours."""
    assert broken.get("/api/v1/slow").status_code == 503


def test_a_browser_is_shown_a_page(lite: httpx.Client) -> None:
    """Where it asked for one; the API always speaks JSON."""
    headers = {"accept": "text/html,*/*"}
    page = lite.get("/nowhere<b>", headers=headers)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<b>" not in page.text
    assert lite.get(f"{ROOT}/nowhere", headers=headers).headers["content-type"] == "application/problem+json"


def test_a_server_without_a_coder_takes_no_reports(store_url: str, serve: Serve) -> None:
    """And says so."""
    answer = serve(store_url, take=None).post(f"{ROOT}/reports", json={"text": "Rebels shelled Goma."})
    assert (answer.status_code, answer.json()["detail"]) == (501, "this server takes no reports")
