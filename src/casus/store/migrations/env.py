"""What Alembic runs: the steps, on the connection and in the transaction that it was given."""

from alembic import context

from casus.store.schema import metadata


def run_steps() -> None:
    """Run the steps that are due."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()


if hasattr(context, "config"):  # not where somebody imports this to read it
    run_steps()
