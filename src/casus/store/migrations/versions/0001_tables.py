"""The tables of reports, events, incidents with versions, links, judgements and runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_incidents()
    _create_judgements()
    _create_runs()
    _create_states()
    _create_incident_versions()
    _create_issues()
    _create_judged_events()
    _create_links()
    _create_past_reports()
    _create_reports()
    _create_events()
    _create_sketches()
    _create_parties()
    _create_sketch_bands()
    _create_tellings()
    _create_telling_keys()


def _create_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("into", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day_from", sa.Text(), nullable=False),
        sa.Column("day_to", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("place_key", sa.Text()),
        sa.Column("geonameid", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_country_day_from", "incidents", ["country", "day_from"])
    op.create_index("ix_incidents_live_day_from_id", "incidents", ["live", "day_from", "id"])
    op.create_index("ix_incidents_place_key", "incidents", ["place_key"])
    op.create_index("ix_incidents_status_day_from", "incidents", ["status", "day_from"])
    op.create_index("ix_incidents_type_day_from", "incidents", ["type", "day_from"])


def _create_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text()),
        sa.Column("value", sa.JSON()),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    op.create_index("ix_judgements_target", "judgements", ["target"])


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text()),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )


def _create_states() -> None:
    op.create_table(
        "states",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_states"),
    )


def _create_incident_versions() -> None:
    op.create_table(
        "incident_versions",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("into", sa.Text()),
        sa.Column("run", NUMBER),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_incident_versions_incident"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_incident_versions_run"),
        sa.PrimaryKeyConstraint("incident", "version", name="pk_incident_versions"),
    )


def _create_issues() -> None:
    op.create_table(
        "issues",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("run", NUMBER),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_issues_run"),
        sa.PrimaryKeyConstraint("number", name="pk_issues"),
    )
    op.create_index("ix_issues_run", "issues", ["run"])


def _create_judged_events() -> None:
    op.create_table(
        "judged_events",
        sa.Column("judgement", NUMBER, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text()),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgements.id"], name="fk_judged_events_judgement"),
        sa.PrimaryKeyConstraint("judgement", "side", "nth", name="pk_judged_events"),
    )
    op.create_index("ix_judged_events_event", "judged_events", ["event"])
    op.create_index("ix_judged_events_report", "judged_events", ["report"])


def _create_links() -> None:
    op.create_table(
        "links",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("explicit", sa.Boolean(), nullable=False),
        sa.Column("cue", sa.JSON()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("report", sa.Text()),
        sa.Column("run", NUMBER),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_links_run"),
        sa.PrimaryKeyConstraint("number", name="pk_links"),
        sa.UniqueConstraint("source", "target", "kind", name="uq_links_source_target_kind"),
    )
    op.create_index("ix_links_report", "links", ["report"])
    op.create_index("ix_links_target", "links", ["target"])


def _create_past_reports() -> None:
    op.create_table(
        "past_reports",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=False),
        sa.Column("run", NUMBER),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_past_reports_run"),
        sa.PrimaryKeyConstraint("number", name="pk_past_reports"),
    )
    op.create_index("ix_past_reports_report", "past_reports", ["report"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("fetched", sa.Text()),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("coding", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("run", NUMBER),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("incidents", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_reports_run"),
        sa.PrimaryKeyConstraint("number", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_index("ix_reports_coder", "reports", ["coder"])
    op.create_index("ix_reports_day", "reports", ["day"])
    op.create_index("ix_reports_origin", "reports", ["origin"])
    op.create_index("ix_reports_url", "reports", ["url"])


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("cameo", sa.Text()),
        sa.Column("quad", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("day_from", sa.Text(), nullable=False),
        sa.Column("day_to", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("place_key", sa.Text()),
        sa.Column("geonameid", sa.Integer()),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("judged", sa.Text()),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_events_incident"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_events_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        sa.UniqueConstraint("id", name="uq_events_id"),
    )
    op.create_index("ix_events_country_day_from", "events", ["country", "day_from"])
    op.create_index("ix_events_day_from_number", "events", ["day_from", "number"])
    op.create_index("ix_events_geonameid", "events", ["geonameid"])
    op.create_index("ix_events_incident", "events", ["incident"])
    op.create_index("ix_events_mode_day_from", "events", ["mode", "day_from"])
    op.create_index("ix_events_place_key", "events", ["place_key"])
    op.create_index("ix_events_report", "events", ["report"])
    op.create_index("ix_events_type_day_from", "events", ["type", "day_from"])


def _create_sketches() -> None:
    op.create_table(
        "sketches",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_sketches_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name="pk_sketches"),
    )


def _create_parties() -> None:
    op.create_table(
        "parties",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("text_key", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text()),
        sa.Column("party", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("sectors", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], name="fk_parties_event", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_parties"),
    )
    op.create_index("ix_parties_country_role_event", "parties", ["country", "role", "event"])
    op.create_index("ix_parties_event", "parties", ["event"])
    op.create_index("ix_parties_name_key", "parties", ["name_key"])
    op.create_index("ix_parties_party", "parties", ["party"])
    op.create_index("ix_parties_text_key", "parties", ["text_key"])


def _create_sketch_bands() -> None:
    op.create_table(
        "sketch_bands",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["sketches.report"], name="fk_sketch_bands_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "band", name="pk_sketch_bands"),
    )
    op.create_index("ix_sketch_bands_band", "sketch_bands", ["band"])


def _create_tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name="fk_tellings_event", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_tellings_report", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_tellings"),
        sa.UniqueConstraint("id", name="uq_tellings_id"),
    )
    op.create_index("ix_tellings_event", "tellings", ["event"])
    op.create_index("ix_tellings_report", "tellings", ["report"])


def _create_telling_keys() -> None:
    op.create_table(
        "telling_keys",
        sa.Column("telling", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["telling"], ["tellings.number"], name="fk_telling_keys_telling", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("telling", "key", name="pk_telling_keys"),
    )
    op.create_index("ix_telling_keys_key", "telling_keys", ["key"])
