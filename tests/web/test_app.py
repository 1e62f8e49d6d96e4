"""The app as a whole: what every answer has."""

import httpx


def test_every_answer_has_the_headers_of_security(server: str) -> None:
    """Also one to a wrong address."""
    for path in ("/api/v1/openapi.json", "/nowhere"):
        headers = httpx.get(server + path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; ")
        assert headers["x-content-type-options"] == "nosniff"
