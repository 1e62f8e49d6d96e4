"""Static files that are made, not kept: the script that draws charts."""

from __future__ import annotations

from fastapi import APIRouter, Response

from casus.web.scripts import vega_script, vega_tag

router = APIRouter(include_in_schema=False)
FOREVER = "public, max-age=31536000, immutable"


@router.get("/vega.js")
def vega() -> Response:
    """Give the script; its address has its version."""
    headers = {"Cache-Control": FOREVER, "ETag": f'"{vega_tag()}"'}
    return Response(vega_script(), media_type="text/javascript", headers=headers)
