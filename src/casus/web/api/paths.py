"""What may stand within an address of the API."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Path
from pydantic import AfterValidator


def _put_slashes(id_: str) -> str:
    return id_.replace("\0", "/")  # see casus.web.frames.read_path


Id = Annotated[
    str,
    Path(min_length=1, max_length=500, description="Id, its slashes percent-encoded."),
    AfterValidator(_put_slashes),
]
Number = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number.")]


def quote_id(id_: str) -> str:
    """Return an id as it stands in an address.

    >>> quote_id("goma:i1"), quote_id("a/b c")
    ('goma:i1', 'a%2Fb%20c')
    """
    return quote(id_, safe=":")
