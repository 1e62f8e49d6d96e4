"""The tables of the store, for SQLite and PostgreSQL alike; how they came about is told in `migrations`.

Records are kept whole as JSON beside the columns that are asked for. Days are ISO days as text, `""` where unknown, so
that they sort and compare; lists within a column are codes between bars, `|IRN|USA|`.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

HEAD = "0006"
"""The newest revision in `migrations/versions`."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# A number of 64 bits that SQLite takes for its row id.
NUMBER = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("command", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("versions", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text, index=True),
    Column("publisher", Text),
    Column("title", Text),
    Column("published", Text),
    Column("day", Text, nullable=False, index=True),  # of publication, else of adding
    Column("text", Text, nullable=False),
    Column("language", Text),
    Column("origin", Text, nullable=False, index=True),
    Column("fetched", Text),
    Column("added", Text, nullable=False),
    Column("sha", Text, nullable=False),  # of the text alone
    Column("content", Text, nullable=False),  # digest of all but the coding
    Column("coding", Text, nullable=False),  # digest of events, incidents and links
    Column("coder", Text, nullable=False, index=True),  # digest of the versions that coded it
    Column("run", NUMBER, ForeignKey("runs.id")),
    Column("source", JSON, nullable=False),
    Column("incidents", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Index(None, "day", "publisher", "origin", "id"),  # all that is counted of a publisher
)

past_reports = Table(
    "past_reports",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("report", Text, nullable=False, index=True),
    Column("replaced", Text, nullable=False),
    Column("run", NUMBER, ForeignKey("runs.id")),
    Column("record", JSON, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("nth", Integer, nullable=False),
    Column("incident", Text, ForeignKey("incidents.id"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("quad", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("modality", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("day_from", Text, nullable=False),
    Column("day_to", Text, nullable=False),
    Column("country", Text),  # where it happened
    Column("place", Text),
    Column("place_key", Text, index=True),  # its name in one case
    Column("geonameid", Integer),
    Column("countries", Text, nullable=False),
    Column("judged", Text),
    Column("status", Text, nullable=False, server_default=""),  # of its incident
    Column("dated", Boolean, nullable=False, server_default=false()),  # by its text, not only by the report's own date
    Column("record", JSON, nullable=False),  # as coded
    Index(None, "status", "day_from"),
    Index(None, "type", "day_from"),
    Index(None, "day_from", "number"),
    Index(None, "country", "day_from"),
    Index(None, "geonameid"),
    Index(None, "mode", "day_from"),
    Index(None, "modality", "dated", "day_from"),
    Index(None, "judged", sqlite_where=text("judged IS NOT NULL"), postgresql_where=text("judged IS NOT NULL")),
)

parties = Table(
    "parties",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("event", NUMBER, ForeignKey("events.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", Text, nullable=False),  # actor, recipient, source
    Column("text", Text, nullable=False),
    Column("name", Text),
    Column("text_key", Text, nullable=False, index=True),  # in one case, for looking up
    Column("name_key", Text, index=True),
    Column("party", Text, index=True),  # its key in the knowledge base
    Column("country", Text),
    Column("sectors", Text, nullable=False),
    Index(None, "country", "role", "event"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("into", Text),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("day_from", Text, nullable=False),
    Column("day_to", Text, nullable=False),
    Column("country", Text),
    Column("place", Text),
    Column("place_key", Text, index=True),
    Column("geonameid", Integer),
    Index(None, "live", "day_from", "id"),
    Index(None, "type", "day_from"),
    Index(None, "status", "day_from"),
    Index(None, "country", "day_from"),
)

incident_versions = Table(
    "incident_versions",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
    Column("reason", Text, nullable=False),
    Column("into", Text),
    Column("run", NUMBER, ForeignKey("runs.id")),
    Column("detail", JSON, nullable=False),
    Column("record", JSON, nullable=False),
    Index(None, "valid_from"),
)

links = Table(
    "links",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("source", Text, nullable=False),  # an event that stands for its incident
    Column("target", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("explicit", Boolean, nullable=False),
    Column("cue", JSON),
    Column("confidence", Float, nullable=False),
    Column("report", Text, index=True),  # that says so
    Column("run", NUMBER, ForeignKey("runs.id")),
    UniqueConstraint("source", "target", "kind"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("slot", Text),
    Column("value", JSON),
    Column("others", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text),
)

judged_events = Table(
    "judged_events",
    metadata,
    Column("judgement", NUMBER, ForeignKey("judgements.id"), primary_key=True),
    Column("side", Text, primary_key=True),  # target or others
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("event", Text, index=True),  # where it is found now, NULL where no longer
    Column("report", Text, nullable=False, index=True),
    Column("sentence", Text, nullable=False),  # by its words an event is found again in a changed text
    Column("record", JSON, nullable=False),  # the event as it was judged
)

states = Table("states", metadata, Column("key", Text, primary_key=True), Column("value", JSON, nullable=False))

sketches = Table(
    "sketches",
    metadata,
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)

sketch_bands = Table(
    "sketch_bands",
    metadata,
    Column("report", Text, ForeignKey("sketches.report", ondelete="CASCADE"), primary_key=True),
    Column("band", Text, primary_key=True, index=True),
)

tellings = Table(
    "tellings",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", Text, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("record", JSON, nullable=False),
)

telling_keys = Table(
    "telling_keys",
    metadata,
    Column("telling", NUMBER, ForeignKey("tellings.number", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True, index=True),
)

issues = Table(
    "issues",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("run", NUMBER, ForeignKey("runs.id"), index=True),
    Column("at", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of the rule as it was when last looked at
    Column("level", Integer, nullable=False),  # highest told since it was cleared; 0 is quiet
    Column("seen", Text, nullable=False),  # the change of an incident up to which it has looked
    Column("told", Text, nullable=False),  # when somebody last heard of it, for the cool-down
    Column("cleared", Text),
    Column("cleared_by", Text),
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("subject", Text, nullable=False),  # the incident that it was opened for, or "change"
    Column("incident", Text, index=True),  # where that is now
    Column("version", Integer),  # of the incident, when last looked at
    Column("level", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("why", JSON, nullable=False),
    Column("facts", JSON, nullable=False),  # what a later version of the incident is compared with
    Column("day", Text, nullable=False),  # first day of what it tells of
    Column("opened", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("messages", Integer, nullable=False),  # how many were made of it so far
    Column("waiting", Boolean, nullable=False),  # for the end of the cool-down, to be told
    Column("false_alarm", Boolean, nullable=False),
    Column("history", JSON, nullable=False),
    Index(None, "day"),
    Index(None, "rule", "number"),
    Index(None, "rule", "state", "level"),
    Index(None, "rule", "subject"),
    Index(None, "rule", "waiting"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("alert", Text, ForeignKey("alerts.id"), nullable=False),
    Column("nth", Integer, nullable=False),  # message of the alert
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("sent", Text),
    Column("error", Text),
    Column("message", JSON, nullable=False),
    UniqueConstraint("alert", "nth", "channel"),
    Index(None, "state", "due"),
    Index(None, "channel", "number"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("name", Text, nullable=False),  # whose it is: judgements are signed with it
    Column("digest", Text, nullable=False, unique=True),  # SHA-256; the token itself is kept nowhere
    Column("scopes", Text, nullable=False),  # between bars, as all lists of codes
    Column("created", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
)
