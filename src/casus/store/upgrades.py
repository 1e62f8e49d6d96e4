"""Brings the tables of a database up to date, or says why that cannot be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from casus.errors import StoreError
from casus.store.databases import Database
from casus.store.schema import HEAD

FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database, *, to: str = "head") -> None:
    """Create the tables of an empty database, or change those of an older one, in one transaction.

    Raises:
        StoreError: The database was written by a newer Casus.
    """
    with database.reading() as connection:
        if read_revision(connection) == HEAD:
            return
    with database.writing() as connection:
        found = read_revision(connection)  # again: another process may have been faster
        if found == HEAD:
            return
        if found is not None and found not in _revisions():
            told = f"found revision {found} of the tables, allowed up to {HEAD}"
            raise StoreError(f"{database.url}: {told}; it was written by a newer Casus: upgrade this one")
        _run_steps(connection, to)


def read_revision(connection: Connection) -> str | None:
    """Return the revision of the tables, None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _revisions() -> set[str]:
    return {path.stem.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py")}


def _run_steps(connection: Connection, to: str) -> None:
    # Imported here: a store that is up to date opens without it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
