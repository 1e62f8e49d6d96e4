"""Events know whether their report dates them; indexes for what the pages count: plans by day, publishers, verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A time that the text gives, and not only the report's own date. The same in casus.store.rows.event_columns.
SQLITE = "json_extract(record, '$.when.start') IS NOT NULL AND json_extract(record, '$.when.basis') IS NULL"
POSTGRESQL = "record->'when'->>'start' IS NOT NULL AND record->'when'->>'basis' IS NULL"


def upgrade() -> None:
    """Add the column, fill it, and make the indexes."""
    op.add_column("events", sa.Column("dated", sa.Boolean(), nullable=False, server_default=sa.false()))
    dated = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    op.execute(f"UPDATE events SET dated = ({dated})")
    op.create_index("ix_events_modality_dated_day_from", "events", ["modality", "dated", "day_from"])
    op.create_index("ix_reports_day_publisher_origin_id", "reports", ["day", "publisher", "origin", "id"])
    judged = sa.text("judged IS NOT NULL")
    op.create_index("ix_events_judged", "events", ["judged"], sqlite_where=judged, postgresql_where=judged)
