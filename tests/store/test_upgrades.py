"""The tables come about step by step, an older store is brought up to date, and a newer one is refused."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from casus import Filters, Store
from casus.errors import StoreError
from casus.store.databases import Database
from casus.store.schema import HEAD, metadata
from casus.store.upgrades import FOLDER, read_revision, upgrade


def test_the_steps_lead_to_the_tables(store: Store) -> None:
    """What the migrations make is what schema.py says."""

    def is_ours(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not (name or "").startswith(("reports_words", "ix_reports_words")) and (kind, name) != (
            "column",
            "words",
        )

    with store.reading() as connection:
        options = {"include_object": is_ours, "target_metadata": metadata}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_the_newest_step_is_the_head() -> None:
    """There is one line of steps, and schema.py names its end."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_older_store_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its reports can be searched afterwards, and its events know the status of their incident."""
    old = Database(tmp_path / "old.db")
    upgrade(old, to="0001")
    with old.writing() as connection:
        for statement in OLD:
            connection.execute(text(statement))
    old.close()
    store = Store(tmp_path / "old.db")
    with store.reading() as connection:
        assert read_revision(connection) == HEAD
    assert [hit.report for hit in store.search("shelling")] == ["r"]
    assert store.count_events(Filters(status="denied")) == 1


OLD = (
    "INSERT INTO reports (id, day, text, origin, added, sha, content, coding, coder, source, incidents, links)"
    " VALUES ('r', '2031-05-06', 'Rebels shelled Goma.', 'r', '', '', '', '', '', '{}', '[]', '[]')",
    "INSERT INTO incidents (id, version, live, type, status, day_from, day_to)"
    " VALUES ('r:i1', 1, 1, 'ASSAULT', 'denied', '', '')",
    "INSERT INTO events (id, report, nth, incident, type, quad, score, modality, confidence, day_from, day_to,"
    " countries, record)"
    " VALUES ('r:e1', 'r', 0, 'r:i1', 'ASSAULT', 'material-conflict', -9, 'negated', 1, '', '', '', '{}')",
)
"""What stood in a store of the first step."""


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """In one line that says what to do."""
    file = tmp_path / "new.db"
    with Store(file).writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"new\.db: found revision 9999 .*newer Casus: upgrade this one"):
        Store(file)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://desk/casus", "found mysql"),
        ("/nowhere/at/all.db", "unable to open"),
        ("postgresql://me@127.0.0.1:1/casus", "casus"),
    ],
)
def test_what_cannot_be_opened_is_told_in_a_line(url: str, told: str) -> None:
    """With the address that was given."""
    with pytest.raises(StoreError, match=told) as caught:
        Store(url)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """And left as it is."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, this is not a database at all." * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store(file)
    assert file.read_text().startswith("Dear reader")
