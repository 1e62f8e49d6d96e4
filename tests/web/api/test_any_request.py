"""Whatever is asked, nothing breaks: schemathesis makes requests of the OpenAPI document, good ones and bad ones.

It holds that no answer is an error of ours, that every status and media type is one that the document tells of, and
that answers follow their schemas. The requests are the same in every run.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.calls import ALERT, CALLS

CHECKS = [
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
EXAMPLES = 12
LONGEST = 60_000
"""Characters of a query; uvicorn itself turns longer ones away, before the app hears of them."""
REAL: dict[str, list[Any]] = {"id": ["goma", "twin", "goma:e1", "goma:i1", "twin:i2", ALERT], "number": [1, 2]}
"""What is in the store, so that not everything asked for is missing."""
BOUNDED = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """Keep connections open."""
    with requests.Session() as opened:
        yield opened


@pytest.fixture(scope="module")
def operations(api: httpx.Client) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Read the document as the server gives it: name → what schemathesis knows of a route."""
    schema = schemathesis.openapi.from_dict(api.get("/api/v1/openapi.json").json())
    found = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]  # the document is whole
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", CALLS)
def test_nothing_breaks(
    name: str, mode: GenerationMode, operations: Any, api: httpx.Client, session: requests.Session
) -> None:
    """Neither by what the document allows nor by what it does not."""
    asked = 0

    @BOUNDED
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        nonlocal asked
        case = data.draw(operations[name].as_strategy(generation_mode=mode))
        for parameter in set(case.path_parameters or {}) & set(REAL):
            if data.draw(st.booleans()):
                case.path_parameters[parameter] = data.draw(st.sampled_from(REAL[parameter]))
        assume(len(urlencode(case.query or {}, doseq=True)) < LONGEST)
        case.call_and_validate(base_url=str(api.base_url), session=session, checks=CHECKS)
        asked += 1

    ask()
    assert asked >= EXAMPLES / 2
