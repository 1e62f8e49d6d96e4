"""Reports that are posted are coded by the real coder, kept once, linked to what is known; judgements count at once."""

import asyncio
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from casus import Store, code
from casus.cli.reception import Reception
from casus.config import read_settings
from casus.records import Report
from casus.stored import Added
from tests.web.api.calls import ALERT
from tests.web.api.conftest import Serve

REPORTS, JUDGEMENTS = "/api/v1/reports", "/api/v1/judgements"
BODY = "Rebels shelled Goma on Monday, killing at least 12 people, police said. The mayor condemned the attack."
POSTED = {"id": "kivu", "title": "Rebels shell Goma", "published": "2031-05-06", "body": BODY}


@pytest.fixture(scope="module")
def reception() -> Reception:
    """Load the coder once."""
    return Reception(read_settings())


@pytest.fixture
def coding(either_url: str, serve: Serve, reception: Reception) -> httpx.Client:
    """Serve a small store with a real coder."""
    fresh = Reception(read_settings())
    fresh._coder = reception._make_coder()
    return serve(either_url, take=fresh.take)


def test_a_posted_report_is_coded_kept_and_linked(either_url: str, coding: httpx.Client) -> None:
    """As the command line would have done."""
    answer = coding.post(REPORTS, json=POSTED)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "added")
    expected = code(BODY, title="Rebels shell Goma", published="2031-05-06")
    assert [event["type"] for event in answer.json()["report"]["events"]] == [event.type for event in expected.events]
    store = Store(either_url)
    assert store.report("kivu").to_json() == answer.json()["report"] == coding.get(answer.headers["location"]).json()
    provenance = store.provenance("kivu")
    assert provenance.run
    assert (provenance.run.command, provenance.run.counts) == ("serve", {"added": 1})
    assert provenance.origin == {"address": "POST /api/v1/reports", "by": None}
    assert store.homes_of(["kivu:e1"]) == {"kivu:e1": "goma:i1"}
    store.close()


def test_the_same_report_is_kept_once(either_url: str, coding: httpx.Client) -> None:
    """However often it is posted; another text of that id takes its place."""
    answers = [coding.post(REPORTS, json=POSTED) for _ in range(2)]
    changed = coding.post(REPORTS, json={**POSTED, "body": f"{BODY} Two later died."})
    outcomes = [(answer.status_code, answer.json()["outcome"]) for answer in (*answers, changed)]
    assert outcomes == [(201, "added"), (200, "known"), (200, "updated")]
    assert answers[0].json()["report"] == answers[1].json()["report"]
    assert [past["text"] for past in coding.get(f"{REPORTS}/kivu/past").json()["items"]] == [
        f"Rebels shell Goma\n\n{BODY}"
    ]
    assert coding.get(REPORTS).json()["items"][2]["id"] == "kivu"
    store = Store(either_url)
    assert store.runs()[-1].counts == {"added": 1, "updated": 1}
    store.close()


def test_a_report_without_id_has_one_of_its_address(coding: httpx.Client) -> None:
    """Or of its text."""
    told = {"url": "https://example.org/1", "text": "Police arrested three people in Lyon."}
    assert coding.post(REPORTS, json=told).json()["report"]["id"] == "18c17418f5ad82f0"


def test_what_cannot_be_coded_is_refused(either_url: str, coding: httpx.Client) -> None:
    """And nothing of it is kept."""
    french = (
        "Les rebelles ont bombardé la ville de Goma lundi, tuant au moins douze personnes, selon la police du pays. "
    )
    answer = coding.post(REPORTS, json={"id": "fr", "text": french * 3})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "language")
    store = Store(either_url)
    assert store.known(["fr"]) == {}
    store.close()


class Slow:
    """A coder that waits until it is told to go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()

    def take(self, _store: Store, fields: Mapping[str, Any]) -> tuple[Report, Added]:
        """Wait."""
        self.begun.release()
        assert self.go_on.wait(60)
        return Report(id=str(fields["id"]), text="x"), "known"


def test_a_long_queue_is_turned_away(store_url: str, serve: Serve) -> None:
    """With the time to come again; what waits is served in the end, and reading goes on meanwhile."""
    slow = Slow()
    client = serve(store_url, take=slow.take, waiting=2)

    async def post_all() -> list[int]:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=60) as many:

            async def post(number: int) -> int:
                return (await many.post(REPORTS, json={"id": str(number), "text": "x"})).status_code

            waiting = [asyncio.create_task(post(number)) for number in range(6)]
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            while len(done) < 4:
                done, _ = await asyncio.wait(waiting, timeout=0.1)
            assert (await many.get("/health")).status_code == 200
            slow.go_on.set()
            return sorted([await task for task in waiting])

    assert asyncio.run(post_all()) == [200, 200, 503, 503, 503, 503]
    again = client.post(REPORTS, json={"id": "7", "text": "x"})
    assert again.status_code == 200


def judge(client: httpx.Client, kind: str, target: str, **more: Any) -> dict[str, Any]:
    """Return the judgement that was made."""
    answer = client.post(JUDGEMENTS, json={"kind": kind, "target": target, "by": "ann", **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert client.get(answer.headers["location"]).json() == made
    return made


def test_judgements_count_at_once(either_url: str, serve: Serve) -> None:
    """All kinds, and what takes them back; in the order in which they came."""
    api = serve(either_url)
    judge(api, "confirm", "goma:i1", note="seen")
    judge(api, "correct", "goma:e1", slot="actors", value="Rebels [COD/REB]; the army [COD/MIL]")
    judge(api, "correct", "twin:e1", slot="mode", value=None)
    assert api.get("/api/v1/events/goma:e1").json()["event"]["actors"][1]["text"] == "the army"
    assert api.get("/api/v1/events/twin:e1").json()["judged"] == "corrected"
    judge(api, "reject", "twin:e2")
    assert [item["id"] for item in api.get("/api/v1/events?judged=rejected").json()["items"]] == ["twin:e2"]
    judge(api, "undo", "4")
    judge(api, "split", "goma:i1", others=["twin:e1"])
    assert api.get("/api/v1/incidents/goma:i1.2").json()["incident"]["events"] == ["twin:e1"]
    judge(api, "merge", "goma:i1", others=["goma:i1.2"])
    assert api.get("/api/v1/incidents/goma:i1.2").json()["incident"]["id"] == "goma:i1"
    found = api.get(f"{JUDGEMENTS}?limit=500").json()["items"]
    assert [item["kind"] for item in found] == ["merge", "split", "undo", "reject", "correct", "correct", "confirm"]
    about = api.get(f"{JUDGEMENTS}?target=twin:e2").json()["items"]
    assert [item["kind"] for item in about] == ["undo", "reject"]


def test_alerts_are_decided_on(watched_file: Path, tmp_path: Path, serve: Serve) -> None:
    """By who says so; what is closed stays closed."""
    file = tmp_path / "casus.db"
    file.write_bytes(watched_file.read_bytes())
    client, path = serve(str(file)), f"/api/v1/alerts/{ALERT}/decisions"
    assert client.post(path, json={"kind": "acknowledge", "by": "ann"}).json()["state"] == "acknowledged"
    ended = client.post(path, json={"kind": "false-alarm", "by": "ben", "note": "a drill"}).json()
    assert (ended["state"], ended["false_alarm"]) == ("cancelled", True)
    assert client.post(path, json={"kind": "clear"}).status_code == 422
    assert client.get(f"/api/v1/alerts/{ALERT}").json() == ended
    assert client.get("/api/v1/alerts?open=true").json()["items"] == []


def test_who_judges_need_not_say_so_at_home(lite: httpx.Client) -> None:
    """Where the server is open to its own machine alone."""
    assert lite.post(JUDGEMENTS, json={"kind": "confirm", "target": "goma:e1"}).json()["by"] == "somebody"
