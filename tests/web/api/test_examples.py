"""Every route has an example in the OpenAPI document, and that is what it answers; `FIX=1` makes them anew."""

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from casus import Store
from casus.web.api import routes
from tests.web.api.calls import CALLS, Call
from tests.web.api.coded import GOMA, watch
from tests.web.api.conftest import Serve

FILE = Path(routes.__file__).parent / "examples.json"
MOMENT = re.compile(r"20[23]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def stilled(answer: httpx.Response) -> Any:
    """Return the JSON of an answer, with one moment in the place of those that change."""
    return json.loads(MOMENT.sub("2031-05-08T09:00:00Z", answer.text))


def make_examples(client: httpx.Client, url: str) -> dict[str, Any]:
    """Return name → body and answer of every call, made one after the other."""
    made: dict[str, Any] = {}
    for name, call in CALLS.items():
        made[name] = {"body": dict(call.body)} if call.body else {}
        made[name]["answer"] = stilled(call.send(client))
        if name == "post_report":
            twin = Call("POST", call.path, {**GOMA, "id": "twin", "published": "2031-05-07", "publisher": "Other Wire"})
            assert twin.send(client).status_code == 201
            store = Store(url)
            watch(store)
            store.close()
    return made


def test_examples_are_what_is_answered(tmp_path: Path, serve: Serve) -> None:
    """To the letter, but for the time of day."""
    url = str(tmp_path / "casus.db")
    made = make_examples(serve(url), url)
    if os.environ.get("FIX"):
        FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert made == json.loads(FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give the OpenAPI document."""
    from casus.web.app import make_app

    app = make_app(str(tmp_path_factory.mktemp("document") / "casus.db"))
    described: dict[str, Any] = app.openapi()
    app.state.store.close()
    return described


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return name → what the document tells of a route."""
    return {told["operationId"]: told for path in document["paths"].values() for told in path.values()}


def test_every_route_is_called_here(document: dict[str, Any]) -> None:
    """A new one without an example fails."""
    assert set(operations(document)) == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_examples_follow_their_schemas(name: str, document: dict[str, Any]) -> None:
    """Answers and bodies; so the schemas are those of the records."""
    told = operations(document)[name]
    media = next(answer["content"] for status, answer in told["responses"].items() if status in ("200", "201"))
    checks = [(media["application/json"]["schema"], media["application/json"]["example"])]
    if CALLS[name].body:
        schema = told["requestBody"]["content"]["application/json"]["schema"]
        checks.append((schema, json.loads(FILE.read_text("utf-8"))[name]["body"]))
    for schema, example in checks:
        whole = {**schema, "components": document["components"]}
        assert [error.message for error in jsonschema_rs.validator_for(whole).iter_errors(example)] == []


def test_the_schemas_would_find_a_fault(document: dict[str, Any]) -> None:
    """A wrong answer does not pass."""
    whole = {"$ref": "#/components/schemas/StoredEvent", "components": document["components"]}
    example = json.loads(FILE.read_text("utf-8"))["get_event"]["answer"]
    example["event"]["quad"] = "verbal-war"
    del example["event"]["trigger"]["text"]
    assert len(list(jsonschema_rs.validator_for(whole).iter_errors(example))) == 2
