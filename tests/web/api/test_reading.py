"""What is read over HTTP is what the store knows, page by page, and with the filters of `casus events`."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from casus import Filters, Store
from casus.chains import build_chain
from casus.cli.reception import reckon
from casus.cli.stores import FILTERS
from casus.watch.dyads import choose_window, dyad_figures, weekly
from casus.watch.ledger import read_alerts, read_board, read_deliveries
from casus.watch.outlook import outlook
from casus.web.api.queries import FilterQuery
from tests.web.api.calls import ALERT
from tests.web.api.coded import RULES
from tests.web.api.conftest import Serve

ROOT = "/api/v1"


def dump(records: Any) -> Any:
    """Return records as JSON."""
    return [record.to_json() for record in records]


def walk(client: httpx.Client, path: str) -> tuple[list[Any], int]:
    """Return all items of a list, and in how many pages they came."""
    items, pages, address = [], 0, path
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        pages += 1
        address = answer.json()["next"]
        assert answer.links.get("next", {}).get("url") == address
    return items, pages


def test_everything_is_what_the_store_knows(known: Store, api: httpx.Client) -> None:
    """In the form in which the command line prints it as JSON."""
    expected: dict[str, Any] = {
        "/events": dump(known.events()),
        "/events?oldest=true": dump(known.events(oldest=True)),
        "/incidents": dump(known.incidents()),
        "/incidents/goma:i1/history": dump(known.history("goma:i1")),
        "/incidents/goma:i1/events": dump(known.events_of(["goma:i1"])["goma:i1"]),
        "/incidents/goma:i1/links": dump(known.links_of(["goma:i1"])),
        "/reports/goma/events": dump(known.events_in("goma")),
        "/reports/goma/past": dump(known.past("goma")),
        "/search?q=shelling": dump(known.search("shelling")),
        "/dyad?one=the army&other=COD/REB": dump(known.dyad("the army", "COD/REB")),
        "/dyad/weeks?one=the army&other=COD/REB": dump(weekly(known, "the army", "COD/REB", choose_window(known))),
        "/alerts": dump(read_alerts(known)),
        f"/alerts/{ALERT}/deliveries": dump(read_deliveries(known, alert=ALERT)),
        "/board": dump(read_board(known)),
        "/runs": dump(reversed(known.runs())),
        "/runs/1/issues": list(known.issues(1)),
    }
    found = {path: api.get(f"{ROOT}{path}").json()["items"] for path in expected}
    assert found == expected
    assert [path for path in found if not found[path]] == ["/reports/goma/past"]


def test_single_things_are_what_the_store_knows(known: Store, api: httpx.Client) -> None:
    """By their ids."""
    expected: dict[str, Any] = {
        "/events/twin:e1": known.event("twin:e1").to_json(),
        "/incidents/goma:i1": known.incident("goma:i1").to_json(),
        "/incidents/goma:i2/chain?depth=1": build_chain("goma:i2", known, depth=1).to_json(),
        "/incidents/goma:i1/figures": {kind: told.to_json() for kind, told in reckon(known, "goma:i1").items()},
        "/reports/twin": known.report("twin").to_json(),
        "/reports/bare/provenance": known.provenance("bare").to_json(),
        "/dyad/figures?one=the army&other=COD/REB&since=2031": dyad_figures(
            known, "the army", "COD/REB", choose_window(known, "2031")
        ).to_json(),
        "/dyad/outlook?one=the army&other=COD/REB&days=3": outlook(known, "the army", "COD/REB", days=3).to_json(),
        f"/alerts/{ALERT}": read_alerts(known)[0].to_json(),
        "/runs/1": known.runs()[0].to_json(),
    }
    found = {path: api.get(f"{ROOT}{path}").json() for path in expected}
    assert found == expected
    assert found["/incidents/goma:i1/figures"]["killed"]["low"] == 12


def test_an_incident_leads_to_the_one_it_went_into(api: httpx.Client) -> None:
    """And says which that is."""
    answer = api.get(f"{ROOT}/incidents/twin:i1")
    assert (answer.json()["incident"]["id"], answer.headers["content-location"]) == (
        "goma:i1",
        f"{ROOT}/incidents/goma:i1",
    )


def test_reports_are_listed_by_their_day(api: httpx.Client) -> None:
    """Without their texts; those of one day by when they came, the last first."""
    items, pages = walk(api, f"{ROOT}/reports?limit=2")
    assert ([item["id"] for item in items], pages) == (["bare", "twin", "goma"], 2)
    assert "text" not in items[0]
    assert [item["id"] for item in walk(api, f"{ROOT}/reports?publisher=Other Wire")[0]] == ["twin"]
    assert [item["id"] for item in walk(api, f"{ROOT}/reports?until=2031-05-06")[0]] == ["goma"]
    assert [item["id"] for item in walk(api, f"{ROOT}/reports?since=2031-05-07&limit=1")[0]] == ["bare", "twin"]


@pytest.mark.parametrize("path", ["events", "incidents", "dyad?one=the army&other=COD/REB", "events?oldest=true"])
def test_pages_make_up_the_list(path: str, api: httpx.Client) -> None:
    """Each item once, in order, whatever the size of the page."""
    mark = "&" if "?" in path else "?"
    whole, _ = walk(api, f"{ROOT}/{path}")
    parts, pages = walk(api, f"{ROOT}/{path}{mark}limit=1")
    assert (parts, pages) == (whole, len(whole))
    assert len(whole) > 1


def test_the_filters_are_those_of_the_command_line() -> None:
    """And of the library, all three."""
    assert set(FilterQuery.model_fields) == set(FILTERS) == set(Filters.__slots__)


CASES: dict[str, Any] = {
    "party": "COD/REB", "actor": "the army", "recipient": "COD", "source": "police", "sector": "REB",
    "type": "ASSAULT", "mode": "heavy-weapons", "country": "COD", "place": ["Goma", "216281"], "since": "2031-05-06",
    "until": "2031-05-05", "modality": ["hypothetical", "negated"], "status": "announced", "judged": "none",
    "publisher": "Other Wire", "report": "twin", "incident": "goma:i2", "text": "shelling -navy", "least": 0.6,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_filter_does_what_it_says(name: str, known: Store, api: httpx.Client) -> None:
    """For events and incidents alike."""
    value: Any = tuple(CASES[name]) if isinstance(CASES[name], list) else CASES[name]
    filters = Filters(**{name: value})
    events, incidents = known.events(filters), known.incidents(filters)
    params = {name: CASES[name]}
    assert api.get(f"{ROOT}/events", params=params).json()["items"] == dump(events) != []
    assert api.get(f"{ROOT}/incidents", params=params).json()["items"] == dump(incidents) != []


@pytest.mark.parametrize("number", ["9" * 9, "9" * 10, "9" * 30, "9" * 500])
def test_no_number_is_too_large_to_be_no_place(number: str, api: httpx.Client) -> None:
    """Of any place."""
    assert api.get(f"{ROOT}/events", params={"place": number}).json()["items"] == []


def test_every_filter_is_tried() -> None:
    """By the table above."""
    assert set(CASES) == set(FILTERS)


def test_the_board_has_the_rules_of_the_server(tmp_path: Path, store_url: str, serve: Serve) -> None:
    """In their order, also those that never looked; without a file of rules all that did."""
    rules = tmp_path / "watch.toml"
    rules.write_text(f'[[rule]]\nname = "protests"\ntype = "PROTEST"\n{RULES}')
    found = serve(store_url, rules=rules).get(f"{ROOT}/board").json()["items"]
    assert [(row["rule"], row["level"]) for row in found] == [("protests", "quiet"), ("shelling", "quiet")]
    assert serve(store_url).get(f"{ROOT}/board").json()["items"] == []


def test_sources_tell_who_copies(api: httpx.Client) -> None:
    """The other paper printed what the first had."""
    found = {item["name"]: (item["reports"], item["copies"]) for item in api.get(f"{ROOT}/sources").json()["items"]}
    assert found == {"Example Wire": (2, 0), "Other Wire": (1, 1)}


@pytest.mark.parametrize("id_", ["a/b", "a/b/events", "ü ö", "x?y=1&z", "%2F", "%00", "'; DROP TABLE events; --"])
def test_ids_may_be_anything(id_: str, lite: httpx.Client) -> None:
    """Percent-encoded in the address."""
    answer = lite.post(f"{ROOT}/reports", json={"id": id_, "text": "Rebels shelled Goma."})
    assert answer.status_code == 201, answer.text
    assert lite.get(answer.headers["location"]).json() == answer.json()["report"]
    assert lite.get(answer.headers["location"] + "/events").json()["items"] == []
    assert answer.json()["report"]["id"] == id_


@pytest.mark.parametrize("id_", [".", "..", "a\nb", "\0"])
def test_what_cannot_stand_in_an_address_is_no_id(id_: str, lite: httpx.Client) -> None:
    """And is refused."""
    assert lite.post(f"{ROOT}/reports", json={"id": id_, "text": "Rebels shelled Goma."}).status_code == 422
