"""Answers that did not change are not sent again; what changed meanwhile is not judged by mistake."""

import httpx
import pytest

from casus import Store
from casus.web.etags import has_same
from tests.web.api.calls import CALLS

INCIDENT, JUDGEMENTS = CALLS["get_incident"].path, "/api/v1/judgements"
WITH_TAGS = [name for name, call in CALLS.items() if call.method == "GET" and "judgement" not in name]


@pytest.mark.parametrize("name", WITH_TAGS)
def test_what_did_not_change_is_not_sent_again(name: str, api: httpx.Client) -> None:
    """But for a tag that is none of it."""
    first = CALLS[name].send(api)
    tag = first.headers["etag"]
    again = CALLS[name].send(api, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert CALLS[name].send(api, headers={"if-none-match": '"x"'}).content == first.content


def test_an_incident_has_a_new_tag_when_it_changes(store_url: str, lite: httpx.Client) -> None:
    """Whoever changes it."""
    tags = [lite.get(INCIDENT).headers["etag"]]
    store = Store(store_url)
    store.correct("goma:e1", "quantities", "at least 12 people [killed 5]", by="ann")
    tags.append(lite.get(INCIDENT).headers["etag"])
    store.merge("goma:i1", ["goma:i2"], by="ann")
    tags.append(lite.get(INCIDENT).headers["etag"])
    fresh = lite.get(INCIDENT, headers={"if-none-match": tags[1]})
    assert len(set(tags)) == 3
    assert fresh.json() == store.incident("goma:i1").to_json()
    assert lite.get(INCIDENT.replace("i1", "i2")).headers["etag"] == tags[2]
    store.close()


def test_a_report_has_a_new_tag_when_it_changes(lite: httpx.Client) -> None:
    """Its text or its coding; a judgement changes neither."""
    path = CALLS["get_report"].path
    tag = lite.get(path).headers["etag"]
    lite.post(JUDGEMENTS, json={"kind": "reject", "target": "goma:e1"})
    assert lite.get(path, headers={"if-none-match": tag}).status_code == 304
    lite.post("/api/v1/reports", json={"id": "goma", "text": "Rebels shelled Goma."})
    assert lite.get(path, headers={"if-none-match": tag}).status_code == 200


def test_nobody_judges_what_changed_meanwhile(lite: httpx.Client) -> None:
    """Who says what they saw."""
    tag = lite.get(INCIDENT).headers["etag"]
    told = {"kind": "reject", "target": "goma:e1"}
    assert lite.post(JUDGEMENTS, json=told, headers={"if-match": '"old"'}).status_code == 412
    assert lite.post(JUDGEMENTS, json=told, headers={"if-match": tag}).status_code == 201
    assert lite.post(JUDGEMENTS, json=told, headers={"if-match": tag}).status_code == 412
    assert len(lite.get(JUDGEMENTS).json()["items"]) == 1


def test_heads_are_as_of_what_is_got(api: httpx.Client) -> None:
    """Without a body."""
    got, head = api.get(INCIDENT), api.head(INCIDENT)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("etag", "content-length", "content-type")} == {
        name: got.headers[name] for name in ("etag", "content-length", "content-type")
    }


@pytest.mark.parametrize(
    ("header", "expected"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False), (None, False)],
)
def test_tags_are_compared_weakly(header: str | None, expected: bool) -> None:
    """As RFC 9110 asks for If-None-Match."""
    assert (has_same(header, '"a"'), has_same(header, 'W/"a"')) == (expected, expected)
