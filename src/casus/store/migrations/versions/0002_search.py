"""Full-text search over reports: FTS5 on SQLite, kept by triggers; a generated tsvector with GIN on PostgreSQL."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE reports_words USING fts5("
    "text, content='reports', content_rowid='number', tokenize='porter unicode61')",
    "CREATE TRIGGER reports_words_insert AFTER INSERT ON reports BEGIN "
    "INSERT INTO reports_words(rowid, text) VALUES (new.number, new.text); END",
    "CREATE TRIGGER reports_words_delete AFTER DELETE ON reports BEGIN "
    "INSERT INTO reports_words(reports_words, rowid, text) VALUES ('delete', old.number, old.text); END",
    "CREATE TRIGGER reports_words_update AFTER UPDATE OF text ON reports BEGIN "
    "INSERT INTO reports_words(reports_words, rowid, text) VALUES ('delete', old.number, old.text); "
    "INSERT INTO reports_words(rowid, text) VALUES (new.number, new.text); END",
    "INSERT INTO reports_words(reports_words) VALUES ('rebuild')",
)
# A tsvector holds one megabyte: so many characters always fit.
POSTGRESQL = (
    "ALTER TABLE reports ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (to_tsvector('english', left(text, 250000))) STORED",
    "CREATE INDEX ix_reports_words ON reports USING gin (words)",
)


def upgrade() -> None:
    """Make reports searchable, those that are there too."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
