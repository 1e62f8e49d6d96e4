"""Who may do what: every route of the app, by its scope; tokens, and what browsers are made to ask by other sites."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from casus import Store
from casus.errors import FieldError, StoreError
from casus.web import pages
from casus.web.app import make_app
from casus.web.settings import WebSettings
from casus.web.tokens import PREFIX, SCOPES, create_token, find_token, read_tokens, revoke_token
from tests.web.api.calls import CALLS, OTHERS, Call
from tests.web.api.conftest import Serve
from tests.web.servers import serving

EVERY = {**CALLS, **OTHERS}
EVENT = CALLS["get_event"].path


def find_routes(routes: Iterable[Any]) -> Iterator[Any]:
    """Yield all routes, those of routers within too."""
    for route in routes:
        within = getattr(route, "original_router", None)
        if within is None:
            yield route
        else:
            yield from find_routes(within.routes)


def is_page(route: APIRoute) -> bool:
    """Tell whether a route is one of a page."""
    return route.endpoint.__module__.startswith("casus.web.pages.")


@pytest.fixture
def app(store_url: str) -> Iterator[FastAPI]:
    """Give the app over the small store, which serves nothing."""
    made = make_app(store_url)
    yield made
    made.state.store.close()


def test_every_route_is_in_the_table(app: FastAPI) -> None:
    """With its method; so a new route without an entry fails. Pages have a rule of their own, below."""
    own = [route for route in find_routes(app.router.routes) if isinstance(route, APIRoute) and not is_page(route)]
    found = {route.operation_id or route.name: route.methods for route in own}
    assert found == {name: {call.method} for name, call in EVERY.items()}


def test_nothing_else_is_served(app: FastAPI) -> None:
    """But static files."""
    others = [route.path for route in find_routes(app.router.routes) if not isinstance(route, APIRoute)]
    assert others == ["/static"]


def ask_with(client: httpx.Client, call: Call, secret: str | None) -> int:
    """Return the status of a call with a token."""
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    body = {**call.body, "by": None} if call.body and "by" in call.body else call.body
    return client.request(call.method, call.path, json=body, headers=headers).status_code


def test_each_route_takes_its_scope_and_no_other(either_url: str, serve: Serve) -> None:
    """Without a token 401, with another scope 403, with its own neither; the health is told to all."""
    with_store, client = Store(either_url), serve(either_url, tokens=True)
    secrets: dict[str, str] = {scope: create_token(with_store, scope, [scope])[1] for scope in SCOPES}
    with_store.close()
    for name, call in EVERY.items():
        found = {scope: ask_with(client, call, secrets.get(scope)) for scope in (*SCOPES, "none")}
        allowed = {call.scope} if call.scope else set(found)
        assert {scope for scope, status in found.items() if status in (200, 201)} == allowed, (name, found)
        refused = {"none": 401} | dict.fromkeys(SCOPES, 403)
        assert all(found[scope] == refused[scope] for scope in found if scope not in allowed), (name, found)


@dataclass(frozen=True, slots=True)
class Strict:
    """A server that asks for tokens, and one of each scope."""

    client: httpx.Client
    secrets: Mapping[str, str]

    def status(self, method: str, path: str, scope: str | None = None) -> int:
        """Return how it answers with the token of a scope."""
        headers = {"authorization": f"Bearer {self.secrets[scope]}"} if scope else {}
        return self.client.request(method, path, headers=headers).status_code


@pytest.fixture(scope="module")
def strict(filled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strict]:
    """Give a server that asks for tokens."""
    file = tmp_path_factory.mktemp("strict") / "casus.db"
    file.write_bytes(filled_file.read_bytes())
    store = Store(file)
    secrets: dict[str, str] = {scope: create_token(store, scope, [scope])[1] for scope in SCOPES}
    store.close()
    with (
        serving(make_app(str(file), settings=WebSettings(tokens=True))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield Strict(client, secrets)


def page_paths() -> list[tuple[str, str]]:
    """Return method and address of every page, with its own name in the place of what varies."""
    routes = find_routes(route for router in pages.ROUTERS for route in router.routes)
    told = [(method, route.path_format) for route in routes for method in route.methods]
    return sorted((method, path.replace("{", "").replace("}", "")) for method, path in told)


@pytest.mark.parametrize(("method", "path"), page_paths())
def test_pages_are_not_for_strangers(method: str, path: str, strict: Strict) -> None:
    """To look at them takes `read`, to change something by them `review`."""
    need = "read" if method == "GET" else "review"
    assert strict.status(method, path) == 401
    refused = {scope for scope in SCOPES if strict.status(method, path, scope) in (401, 403)}
    assert refused == set(SCOPES) - {need}


@pytest.mark.parametrize("path", ["/healthy", "/health/x", "/static", "//static/casus.css", "/%2e%2e/static/x"])
def test_only_what_is_static_is_shown_to_everybody(path: str, strict: Strict) -> None:
    """And not what looks like it; within it nothing leads out."""
    assert strict.client.get(path).status_code == 401
    assert strict.client.get("/static/%2e%2e/app.py").status_code == 404
    assert strict.client.get("/static/casus.css").status_code == 200


def test_browsers_are_asked_for_a_password(strict: Strict) -> None:
    """Which is the token; programs are asked for the token itself."""
    asked = strict.client.get("/nowhere", headers={"accept": "text/html"})
    assert (asked.status_code, asked.headers["www-authenticate"][:5]) == (401, "Basic")
    assert strict.client.get(EVENT).headers["www-authenticate"] == 'Bearer realm="casus"'
    assert strict.client.get(EVENT, auth=("anybody", strict.secrets["read"])).status_code == 200
    assert strict.client.get(EVENT, auth=(strict.secrets["read"], "")).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic x", "Basic /////w==", "Digest y", "Bearer é"])
def test_what_is_no_token_opens_nothing(header: str, strict: Strict) -> None:
    """Whatever it is."""
    assert strict.client.get(EVENT, headers={b"authorization": header.encode()}).status_code == 401


def test_a_token_counts_until_it_is_revoked_or_over(store_url: str, serve: Serve) -> None:
    """From one request to the next."""
    store, client = Store(store_url), serve(store_url, tokens=True)
    token, secret = create_token(store, "ann", ["read"], days=1)
    _, over = create_token(store, "ben", ["read"], days=-1)
    headers = {"authorization": f"Bearer {secret}"}
    assert client.get(EVENT, headers=headers).status_code == 200
    assert client.get(EVENT, headers={"authorization": f"Bearer {over}"}).status_code == 401
    revoke_token(store, token.number)
    assert client.get(EVENT, headers=headers).status_code == 401
    with pytest.raises(StoreError, match="revoked already"):
        revoke_token(store, token.number)
    store.close()


def test_the_store_does_not_keep_tokens(store_url: str) -> None:
    """Only what is known of them, and a digest by which they are found."""
    store = Store(store_url)
    token, secret = create_token(store, " ann ", ["review", "read", "review"])
    store.close()
    kept = b"".join(file.read_bytes() for file in Path(store_url).parent.glob("casus.db*"))
    assert b"ann" in kept
    assert secret.encode() not in kept
    assert secret.removeprefix(PREFIX).encode() not in kept
    assert read_tokens(store) == (token,)
    assert (token.name, token.scopes, find_token(store, secret)) == ("ann", ("review", "read"), token)
    store.close()


@pytest.mark.parametrize(("name", "scopes"), [("ann", ["write"]), ("ann", []), ("", ["read"]), ("x" * 101, ["read"])])
def test_wrong_tokens_are_not_made(name: str, scopes: list[str], store_url: str) -> None:
    """The error says what is allowed."""
    store = Store(store_url)
    with pytest.raises(FieldError, match="allowed"):
        create_token(store, name, scopes)
    assert read_tokens(store) == ()
    store.close()


def test_judgements_bear_the_name_of_the_token(store_url: str, serve: Serve) -> None:
    """And nobody judges in another's name."""
    store = Store(store_url)
    secret = create_token(store, "ann", ["review"])[1]
    client = serve(store_url, tokens=True, headers={"authorization": f"Bearer {secret}"})
    told = {"kind": "confirm", "target": "goma:e1"}
    assert client.post("/api/v1/judgements", json=told).json()["by"] == "ann"
    assert client.post("/api/v1/judgements", json={**told, "by": "ben"}).status_code == 422
    assert [judgement.by for judgement in store.judgements()] == ["ann"]
    store.close()


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({}, "localhost:8080", 200),
        ({}, "evil.example", 421),
        ({"names": ("Desk.example",)}, "desk.example:80", 200),
        ({"tokens": True}, "evil.example", 401),
    ],
)
def test_an_open_server_is_only_asked_by_its_name(
    settings: dict[str, Any], host: str, status: int, store_url: str, serve: Serve
) -> None:
    """So that a page of another site, whose name suddenly leads to this machine, reads nothing."""
    assert serve(store_url, **settings).get(EVENT, headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"origin": "http://{host}"}, 201),
        ({"sec-fetch-site": "same-origin", "origin": "http://{host}"}, 201),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://{host}"}, 403),
    ],
)
def test_other_sites_change_nothing(headers: dict[str, str], status: int, lite: httpx.Client) -> None:
    """A browser says from where a request comes."""
    told = {name: value.format(host=lite.base_url.netloc.decode()) for name, value in headers.items()}
    answer = lite.post("/api/v1/judgements", json={"kind": "confirm", "target": "goma:e1"}, headers=told)
    assert answer.status_code == status
