"""The app as a whole: what every answer has."""

import gzip

import httpx
import pytest


def test_every_answer_has_the_headers_of_security(server: str) -> None:
    """Also one to a wrong address."""
    for path in ("/api/v1/openapi.json", "/nowhere"):
        headers = httpx.get(server + path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; ")
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "packed"), [("/static/casus.css", True), ("/", True), ("/api/v1/openapi.json", False)]
)
def test_what_a_browser_shows_is_packed(path: str, packed: bool, server: str) -> None:
    """For slow networks; and is the same unpacked."""
    plain = httpx.get(server + path, headers={"accept-encoding": "identity"})
    with httpx.stream("GET", server + path, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert (answer.headers.get("content-encoding") == "gzip") == packed
    assert (gzip.decompress(raw) if packed else raw) == plain.content
    assert (len(raw) < len(plain.content) / 2) == packed
