"""Chains: what an incident answered and what answered it, in every form."""

import json
from dataclasses import replace

import pytest

from casus.chains import Chain, build_chain
from casus.errors import StoreError
from casus.link.across import MemoryArchive
from casus.link.across.drawings import DRAWINGS, draw_graphviz, draw_mermaid, draw_table, draw_tree
from casus.records import Incident, Link, Report, Span, When
from tests.link.across.builders import party


def archive(*links: tuple[str, str], **fields: str) -> MemoryArchive:
    """Return an archive of one report with incidents i1 to i5 and links between them."""
    incidents = tuple(
        Incident(id=f"i{n}", events=(f"e{n}",), type="ASSAULT", when=When(f"2031-05-0{n}", f"2031-05-0{n}", "day"),
                 actors=(party(fields.get(f"i{n}", f"Side {n}")),))
        for n in range(1, 6)
    )  # fmt: skip
    cue = Span(0, 14, "in response to")
    made = MemoryArchive()
    made.add(
        Report(
            id="r",
            text="x",
            incidents=incidents,
            links=tuple(Link(a, b, "responds_to", True, cue, 0.9) for a, b in links),
        )
    )
    return made


def chain(*links: tuple[str, str], root: str = "r:i3", depth: int = 5, **fields: str) -> Chain:
    """Return the chain of an incident."""
    return build_chain(root, archive(*links, **fields), depth=depth)


LINE = (("i2", "i1"), ("i3", "i2"), ("i4", "i3"), ("i5", "i4"))


def test_both_ways() -> None:
    """Causes below zero, answers above."""
    assert chain(*LINE).steps == {"r:i3": 0, "r:i2": -1, "r:i4": 1, "r:i1": -2, "r:i5": 2}


@pytest.mark.parametrize(("depth", "expected"), [(0, 1), (1, 3), (9, 5)])
def test_depth(depth: int, expected: int) -> None:
    """Links away, each way."""
    assert len(chain(*LINE, depth=depth).incidents) == expected


def test_circles_end() -> None:
    """Blow and counter-blow without end are drawn once."""
    told = chain(("i2", "i1"), ("i3", "i2"), ("i1", "i3"))
    assert set(told.incidents) == {"r:i1", "r:i2", "r:i3"}
    assert "(see above)" in draw_tree(told)
    assert all(draw(told) for draw in DRAWINGS.values())


def test_the_nearest_are_kept() -> None:
    """Where there are too many, and it is said."""
    told = build_chain("r:i3", archive(*LINE), most=3)
    assert (set(told.incidents), told.cut) == ({"r:i2", "r:i3", "r:i4"}, True)
    assert "cut at 3" in draw_tree(told)


def test_mere_order_is_no_chain() -> None:
    """What only follows in time is left out."""
    made = archive()
    both = tuple(Incident(id=f"i{n}", events=(f"e{n}",), type="AID") for n in (1, 2))
    report = Report(id="s", text="x", incidents=both, links=(Link("i2", "i1", "follows"),))
    made.add(report)
    assert len(build_chain("s:i2", made).incidents) == 1


def test_an_unknown_incident() -> None:
    """Is an error that names it."""
    with pytest.raises(StoreError, match="r:i9"):
        build_chain("r:i9", archive())


def test_links_follow_a_merge() -> None:
    """And a retired id leads to where it went."""
    made = archive(("i3", "i2"))
    one, two = (made.versions[f"r:i{n}"][-1].incident for n in (1, 2))
    made.put_incident(replace(one, events=(*one.events, *two.events)), reason="merged", detail={})
    assert build_chain("r:i2", made).root == "r:i1"
    assert build_chain("r:i3", made).steps == {"r:i3": 0, "r:i1": -1}


def test_tree() -> None:
    """The incident first, then both ways."""
    assert draw_tree(chain(("i2", "i1"), ("i3", "i2"), ("i4", "i3"))) == (
        "ASSAULT · Side 3 · 2031-05-03 [r:i3]\n"
        "├─ answers (“in response to”) ASSAULT · Side 2 · 2031-05-02 [r:i2]\n"
        "│  └─ answers (“in response to”) ASSAULT · Side 1 · 2031-05-01 [r:i1]\n"
        "└─ answered by (“in response to”) ASSAULT · Side 4 · 2031-05-04 [r:i4]\n"
    )


def test_table() -> None:
    """From the furthest cause on."""
    head, *rows = draw_table(chain(*LINE)).splitlines()
    assert head.split()[:2] == ["step", "incident"]
    assert [row.split()[0] for row in rows] == ["-2", "-1", "0", "+1", "+2"]


def test_json_survives() -> None:
    """The object reads back as the chain."""
    told = chain(*LINE)
    assert Chain.from_json(json.loads(DRAWINGS["json"](told))) == told


def test_mermaid_escapes() -> None:
    """Quotation marks, brackets and hashes in names break no label."""
    drawn = draw_mermaid(chain(("i3", "i2"), i3='The "#1" <b>'))
    assert 'n2["ASSAULT · The #quot;#35;1#quot; #lt;b#gt; · 2031-05-03 [r:i3]"]' in drawn
    assert 'n1 -->|"in response to"| n2' in drawn


def test_graphviz_escapes() -> None:
    """So do quotation marks and backslashes."""
    drawn = draw_graphviz(chain(("i3", "i2"), i3='A "b" \\'))
    assert '"r:i3" [label="ASSAULT · A \\"b\\" \\\\ · 2031-05-03 [r:i3]", penwidth=2];' in drawn
    assert '"r:i2" -> "r:i3" [label="in response to"];' in drawn
