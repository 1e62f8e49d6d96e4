"""Events of an older store know afterwards whether their report dates them, as new ones do."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from casus import Store
from casus.store.databases import Database
from casus.store.upgrades import upgrade
from tests.store.conftest import KINDS, _create
from tests.store.test_upgrades import OLD

RECORDS = {
    "r:e1": '{"when": {"start": "2031-05-05", "end": "2031-05-05", "precision": "day", "basis": null}}',
    "r:e2": '{"when": {"start": "2031-05-05", "end": "2031-05-05", "precision": "day", "basis": "published"}}',
    "r:e3": '{"when": null}',
    "r:e4": "{}",
}
EVENT = (
    "INSERT INTO events (id, report, nth, incident, type, quad, score, modality, confidence, day_from, day_to,"
    " countries, record) VALUES (:id, 'r', 0, 'r:i1', 'ASSAULT', 'material-conflict', -9, 'future', 1, '', '', '',"
    " :record)"
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_older_store_learns_which_events_are_dated(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """By a time of their text, not by the day of the report."""
    url = str(tmp_path / "old.db")
    if kind == "postgresql":
        url = _create(request.getfixturevalue("server"), f"old_{uuid4().hex}")
    old = Database(url)
    upgrade(old, to="0005")
    with old.writing() as connection:
        for statement in OLD[:2]:
            connection.execute(text(statement.replace(", 1, 1, ", ", 1, true, ")))
        for id_, record in RECORDS.items():
            connection.execute(text(EVENT), {"id": id_, "record": record})
    old.close()
    store = Store(url)
    with store.reading() as connection:
        dated = connection.execute(text("SELECT id FROM events WHERE dated ORDER BY id")).scalars().all()
    store.close()
    assert dated == ["r:e1"]
