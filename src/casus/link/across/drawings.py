"""Chains as text: a tree and a table to read, JSON, Mermaid and Graphviz to draw. Looks nothing up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from casus.chains import Chain
from casus.flowcharts import ANSWERS, draw_flowchart, label_incident, link_words, side_words, type_words
from casus.records import Incident
from casus.words import plain

COLUMNS = ("step", "incident", "what", "who", "to whom", "where", "when", "toll", "status", "answers")
WIDEST = 40  # characters of a column of the table


def draw_tree(chain: Chain) -> str:
    """The incident, what it answered and what answered it, each below the other."""
    lines = [label_incident(chain.incidents[chain.root])]
    shown = {chain.root}
    branches = [b for way in (-1, 1) for b in _branches(chain, chain.root, way)]
    for number, (word, id_, way) in enumerate(branches):
        lines += _draw_branch(chain, (word, id_, way), shown, last=number == len(branches) - 1)
    return "\n".join(lines + ([f"… cut at {len(chain.steps)} incidents"] if chain.cut else [])) + "\n"


def _draw_branch(chain: Chain, branch: tuple[str, str, int], shown: set[str], *, last: bool) -> Iterator[str]:
    word, id_, way = branch
    head, rest = ("└─ ", "   ") if last else ("├─ ", "│  ")
    again = id_ in shown
    yield f"{head}{word} {label_incident(chain.incidents[id_])}{' (see above)' if again else ''}"
    if again:
        return
    shown.add(id_)
    below = list(_branches(chain, id_, way))
    for number, inner in enumerate(below):
        yield from (rest + line for line in _draw_branch(chain, inner, shown, last=number == len(below) - 1))


def _branches(chain: Chain, id_: str, way: int) -> Iterator[tuple[str, str, int]]:
    """The words for a link and the incident at its other end, one way."""
    for link in chain.links:
        near, far = (link.source, link.target) if way < 0 else (link.target, link.source)
        if near == id_:
            cue = f" (“{plain(link.cue.text)}”)" if link.cue else ""
            yield f"{ANSWERS[link.kind][0 if way < 0 else 1]}{cue}", far, way


def draw_table(chain: Chain) -> str:
    """One line an incident, from the furthest cause to the furthest answer; ids say what answers what."""
    rows = [COLUMNS, *(_row(chain, incident) for incident in chain.ordered())]
    widths = [min(WIDEST, max(len(row[k]) for row in rows)) for k in range(len(COLUMNS))]
    lines = ("  ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def _row(chain: Chain, incident: Incident) -> tuple[str, ...]:
    answered = [link.target for link in chain.links if link.source == incident.id]
    toll = ", ".join(f"{t.best if t.best is not None else t.low or t.high} {kind}" for kind, t in incident.toll.items())
    return (
        f"{chain.steps[incident.id]:+d}" if chain.steps[incident.id] else "0",
        incident.id,
        type_words(incident),
        side_words(incident.actors),
        side_words(incident.recipients),
        plain((incident.where.name or incident.where.text) if incident.where else ""),
        incident.when.start if incident.when else "",
        toll,
        incident.status,
        " ".join(dict.fromkeys(answered)),
    )


def _fit(text: str, width: int) -> str:
    return (text if len(text) <= width else text[: width - 1] + "…").ljust(width)


def draw_json(chain: Chain) -> str:
    """One JSON object, with the keys of the records."""
    return json.dumps(chain.to_json(), ensure_ascii=False) + "\n"


def draw_mermaid(chain: Chain) -> str:
    """A Mermaid flowchart from causes to answers."""
    return draw_flowchart(chain.ordered(), chain.links, root=chain.root)


def draw_graphviz(chain: Chain) -> str:
    """A Graphviz digraph from causes to answers."""
    nodes = [
        f"  {_quote(i.id)} [label={_quote(label_incident(i))}{', penwidth=2' if i.id == chain.root else ''}];"
        for i in chain.ordered()
    ]
    edges = [f"  {_quote(k.target)} -> {_quote(k.source)} [label={_quote(link_words(k))}];" for k in chain.links]
    return "\n".join(["digraph chain {", "  rankdir=LR;", "  node [shape=box];", *nodes, *edges, "}"]) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


DRAWINGS: Mapping[str, Callable[[Chain], str]] = {
    "tree": draw_tree,
    "table": draw_table,
    "json": draw_json,
    "mermaid": draw_mermaid,
    "dot": draw_graphviz,
}
