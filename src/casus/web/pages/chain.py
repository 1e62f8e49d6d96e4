"""The page of a chain: what an incident answered and what answered it, as a tree and as a graph, with the cues."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.chains import build_chain
from casus.web.deps import StoreDep, render
from casus.web.graphs import grow_tree, lay_out

router = APIRouter(include_in_schema=False)
DEEPEST = 10
Depth = Annotated[int, Query(ge=1, le=DEEPEST)]


@router.get("/chain/{id_:path}")
def chain(
    request: Request, id_: str, store: StoreDep, depth: Annotated[int, Query(ge=1, le=DEEPEST)] = 5
) -> HTMLResponse:
    """Show the chain of an incident, `depth` links each way."""
    found = build_chain(id_, store, depth=depth)
    return render(
        request,
        "chain.html",
        chain=found,
        root=found.incidents[found.root],
        before=grow_tree(found, -1),
        after=grow_tree(found, 1),
        graph=lay_out(found),
        depth=depth,
        deeper=min(DEEPEST, depth * 2) if max(map(abs, found.steps.values())) == depth else None,
    )
