"""Incidents across reports: joined, merged, split, kept apart, and every version kept."""

from dataclasses import replace

import pytest

from casus.link.across import MemoryArchive, clusters, link_across
from casus.link.across.judged import Fit
from casus.link.across.tellings import Telling
from casus.stored import Constraint
from tests.link.across.builders import attack, day, report, take, tellings, told


def homes(archive: MemoryArchive, *events: str) -> list[str]:
    """Return the incidents that events are in."""
    return [archive.homes_of([event])[event] for event in events]


def test_two_reports_of_one_attack_are_one_incident() -> None:
    """The older id stays, the other is retired into it, and the reasons are told."""
    archive = MemoryArchive()
    (change,) = take(archive, attack("a1"), attack("b1"))
    assert (change.incident, change.kind, change.report) == ("a1:i1", "joined", "b1")
    assert homes(archive, "a1:e1", "b1:e1") == ["a1:i1", "a1:i1"]
    assert archive.versions["b1:i1"][-1].into == "a1:i1"
    assert {"same type", "topic shared"} <= {why.name for why in change.why}
    assert all(why.meaning for why in change.why)


@pytest.mark.parametrize(
    "other",
    [
        attack("b1", "Norbridge"),
        attack("b1", published="2031-05-30"),
        attack("b1", when=day("2031-03-01")),
        report(
            "b1", "Talks on fish opened in Oslo.", told("e1", "Talks on fish opened in Oslo.", "Talks", type="CONSULT")
        ),
    ],
)
def test_other_happenings_stay_apart(other: object) -> None:
    """Another town, another month, another day named, another kind of act."""
    archive = MemoryArchive()
    assert take(archive, attack("a1"), other) == []  # type: ignore[arg-type]  # reports


def test_linking_again_changes_nothing() -> None:
    """Neither homes nor versions."""
    archive = MemoryArchive()
    take(archive, attack("a1"), attack("b1"))
    before = {id_: len(versions) for id_, versions in archive.versions.items()}
    assert [link_across(r, archive) for r in (attack("a1"), attack("b1"))] == [(), ()]
    assert {id_: len(versions) for id_, versions in archive.versions.items()} == before


def test_judgements_overrule() -> None:
    """What people keep apart stays apart, what they put together comes together."""
    archive = MemoryArchive()
    archive.judgements.append(Constraint("apart", ("a1:e1",), ("b1:e1",)))
    assert take(archive, attack("a1"), attack("b1")) == []
    archive = MemoryArchive()
    archive.judgements.append(Constraint("together", ("a1:e1",), ("b1:e1",)))
    (change,) = take(archive, attack("a1"), attack("b1", "Norbridge"))
    assert (change.kind, change.score) == ("joined", 1.0)


def scored(monkeypatch: pytest.MonkeyPatch, **chances: float) -> None:
    """Let pairs of reports have these chances, named like `a1_b1`, all others none."""
    known = {frozenset(name.split("_")): chance for name, chance in chances.items()}

    def score(a: Telling, b: Telling) -> float:
        return known.get(frozenset((a.report, b.report)), 0.0)

    monkeypatch.setattr(clusters, "score_pair", score)


def test_a_bridge_merges_two_incidents(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the two fit each other, once the new one is there."""
    scored(monkeypatch, a1_b1=0.55, a1_c1=0.95, b1_c1=0.9)
    archive = MemoryArchive()
    changes = take(archive, attack("a1"), attack("b1"), attack("c1"))
    assert [(c.kind, c.others) for c in changes] == [("joined", ()), ("merged", ("b1:i1",))]
    assert homes(archive, "a1:e1", "b1:e1", "c1:e1") == ["a1:i1"] * 3
    assert [v.reason for v in archive.versions["a1:i1"]] == ["created", "updated", "merged"]


def test_an_incident_falls_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a new report shows that it was two; the oldest telling's part keeps the id, the other gets its first's."""
    scored(monkeypatch, a1_b1=0.9, a1_c1=0.9, b1_c1=0.5, a1_d1=0.9, b1_d1=0.2, c1_d1=1.0)
    archive = MemoryArchive()
    *_, split, rest = take(
        archive, *(attack(f"{name}1", published=f"2031-05-0{n}") for n, name in enumerate("abcd", 1))
    )
    assert [(c.kind, c.incident, c.others) for c in (split, rest)] == [
        ("split", "c1:i1", ("a1:i1",)),
        ("split", "a1:i1", ("c1:i1",)),
    ]
    assert homes(archive, "a1:e1", "b1:e1", "c1:e1", "d1:e1") == ["a1:i1", "a1:i1", "c1:i1", "c1:i1"]


def test_incidents_of_one_report_are_not_joined() -> None:
    """The report itself tells them apart."""
    archive = MemoryArchive()
    one = attack("a1")
    twin = replace(one.events[0], id="e2", incident="i2")
    both = replace(
        one, events=(*one.events, twin), incidents=(*one.incidents, replace(one.incidents[0], id="i2", events=("e2",)))
    )
    assert take(archive, both) == []
    assert len(set(homes(archive, "a1:e1", "a1:e2"))) == 2


def test_the_order_of_reports_does_not_matter() -> None:
    """The same happenings come out, whichever report came first."""
    reports = [attack("a1"), attack("b1"), attack("c1", "Norbridge"), attack("d1", published="2031-05-03")]
    groups = []
    for order in (reports, reports[::-1]):
        archive = MemoryArchive()
        take(archive, *order)
        events = {f"{r.id}:e1" for r in order}
        groups.append({frozenset(e for e in events if homes(archive, e) == homes(archive, x)) for x in events})
    assert groups[0] == groups[1]


def test_a_vetoed_pair_vetoes_the_group() -> None:
    """However well the others fit."""
    a, b, c = tellings(attack("a1"), attack("b1"), attack("c1"))
    fit = Fit(lambda *_: 0.99, [Constraint("apart", ("a1:e1",), ("c1:e1",))])
    assert (fit.mean([a, b], [c]), fit.mean([b], [c])) == (0.0, 0.99)


def test_cost_stays_flat() -> None:
    """The keys asked for a report are those of its own days, and no more homes are read than the limit."""
    archive = MemoryArchive()
    asked: list[int] = []
    read = archive.tellings_in

    def count(ids: list[str]) -> object:
        asked.append(len(ids))
        return read(ids)

    archive.tellings_in = count  # type: ignore[method-assign, assignment]  # counted
    take(archive, *(attack(f"x{n}", "Norbridge", published="2031-05-02") for n in range(30)))
    take(archive, attack("y1", "Norbridge", published="2031-09-02"))
    assert max(asked) <= clusters.CANDIDATES + 1
    assert asked[-1] == 1
