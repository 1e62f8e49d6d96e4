"""What is watched, the alerts that came of it and who was told; changes of incidents are found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and the index."""
    op.create_index("ix_incident_versions_valid_from", "incident_versions", ["valid_from"])
    _create_watches()
    _create_alerts()
    _create_deliveries()


def _create_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Text()),
        sa.Column("cleared_by", sa.Text()),
        sa.PrimaryKeyConstraint("rule", name="pk_watches"),
    )


def _create_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text()),
        sa.Column("version", sa.Integer()),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("false_alarm", sa.Boolean(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_alerts"),
        sa.UniqueConstraint("id", name="uq_alerts_id"),
    )
    of_rule = (["rule", "number"], ["rule", "state", "level"], ["rule", "subject"], ["rule", "waiting"])
    for columns in (["day"], ["incident"], *of_rule):
        op.create_index(f"ix_alerts_{'_'.join(columns)}", "alerts", columns)


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_deliveries_alert"),
        sa.UniqueConstraint("alert", "nth", "channel", name="uq_deliveries_alert_nth_channel"),
    )
    for columns in (["state", "due"], ["channel", "number"]):
        op.create_index(f"ix_deliveries_{'_'.join(columns)}", "deliveries", columns)
