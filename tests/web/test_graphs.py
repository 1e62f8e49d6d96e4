"""A chain as a tree and as a drawing."""

from itertools import pairwise

from casus.chains import Chain
from casus.records import Incident, Link, Party, Span, When
from casus.web.graphs import grow_tree, lay_out


def incident(id_: str, day: str) -> Incident:
    """Return an incident of a day."""
    who = (Party(0, 4, "someone with a name that is far too long for a box", country="COD"),)
    return Incident(id=id_, events=(f"{id_}:e",), type="ASSAULT", actors=who, when=When(day, day, "day"))


def chain(*links: tuple[str, str], **steps: int) -> Chain:
    """Return a chain around `a` of these answers, given as (answer, what it answers)."""
    found = {id_: incident(id_, f"2031-05-{10 + step:02}") for id_, step in steps.items()}
    told = tuple(Link(one, other, "responds_to", cue=Span(0, 2, "in answer to all that")) for one, other in links)
    return Chain(root="a", steps=steps, incidents=found, links=told)


CIRCLE = chain(("b", "a"), ("c", "b"), ("a", "c"), ("a", "z"), a=0, b=1, c=2, z=-1)


def test_the_tree_goes_both_ways() -> None:
    """What it answered and what answered it; a circle ends where it closes."""
    (cause, *_) = grow_tree(CIRCLE, -1)[::-1]
    assert (cause.incident.id, cause.words, cause.below) == ("z", "answers", ())
    (answer,) = grow_tree(CIRCLE, 1)
    assert (answer.incident.id, answer.below[0].incident.id) == ("b", "c")
    closing = answer.below[0].below[0]
    assert (closing.incident.id, closing.again, closing.below) == ("a", True, ())


def test_boxes_stand_in_columns_and_do_not_touch() -> None:
    """By step from left to right, one below the other within a step."""
    graph = lay_out(chain(("b", "a"), ("c", "a"), ("d", "a"), a=0, b=1, c=1, d=1))
    places = {box.incident.id: (box.x, box.y) for box in graph.boxes}
    width, height = graph.box
    assert places["a"][0] + width < places["b"][0] == places["c"][0] == places["d"][0]
    rows = sorted(places[id_][1] for id_ in "bcd")
    assert all(low + height < high for low, high in pairwise(rows))


def test_all_is_within_the_drawing() -> None:
    """Boxes, and curves that go back around them."""
    graph = lay_out(CIRCLE)
    assert all(box.x >= 0 and box.x + graph.box[0] <= graph.width for box in graph.boxes)
    assert all(box.y >= 0 and box.y + graph.box[1] <= graph.height for box in graph.boxes)
    numbers = [int(n) for curve in graph.curves for n in curve.path.translate(str.maketrans("MC", "  ")).split()[::2]]
    assert max(numbers) <= graph.width


def test_words_of_a_box_are_short() -> None:
    """What is too long is cut, with a sign that it was."""
    graph = lay_out(CIRCLE)
    assert {box.lines[0] for box in graph.boxes} == {"someone with a name that…"}
    assert {curve.words for curve in graph.curves} == {"in answer to al…"}
