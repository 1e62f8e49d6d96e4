"""Addresses of pages in one spelling, so that the same page has the same id; asks nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casus.errors import FetchError
from casus.ingest.reports import make_id

if TYPE_CHECKING:
    import httpx

# Parameters by which feeds and newsletters count readers; they change nothing of the page.
COUNTERS = re.compile(
    r"utm_\w+|at_(medium|campaign\w*|custom\d|format|link_\w+|ptr_\w+|bbc_team)|ns_(campaign|mchannel|source|linkname)|"
    r"fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|cmpid|ocid|smid|traffic_source|xtor|wt_mc"
)
SCHEMES = ("http", "https")
WEB = "http://… or https://…"


def parse_address(address: str) -> httpx.URL:
    """Return a web address, parsed.

    Raises:
        FetchError: It is none, or carries a password.
    """
    import httpx  # takes long, and files need none of it

    try:
        url = httpx.URL(address.strip())
        port = urlsplit(address.strip()).port
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(address, "address", str(error), WEB) from error
    if url.scheme not in SCHEMES or not url.host or port == 0:
        raise FetchError(address, "address", f"{url.scheme}://{url.host}", WEB)
    if url.userinfo:
        raise FetchError(str(url.copy_with(userinfo=b"")), "address", "a name and password", "an address without them")
    return url.copy_with(fragment=None)


def clean_address(address: str) -> str:
    """Return an address without fragment and readers' counters.

    >>> clean_address("HTTPS://Example.org:443/a?utm_source=rss&id=7#top")
    'https://example.org/a?id=7'

    Raises:
        FetchError: It is no web address.
    """
    url = parse_address(address)
    told = url.query.decode("ascii").split("&")
    kept = [part for part in told if not COUNTERS.fullmatch(part.partition("=")[0].lower())]
    return str(url.copy_with(query="&".join(kept).encode() or None))


def address_id(address: str) -> str:
    """Return the id of the report that stands at a clean address."""
    return make_id(address)
