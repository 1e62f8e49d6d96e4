"""Events know the status of their incident, so that they are found by it without looking at every incident."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FILL = "UPDATE events SET status = (SELECT status FROM incidents WHERE incidents.id = events.incident)"


def upgrade() -> None:
    """Add the column, fill it, and index it."""
    op.add_column("events", sa.Column("status", sa.Text(), nullable=False, server_default=""))
    op.execute(FILL)
    op.create_index("ix_events_status_day_from", "events", ["status", "day_from"])
