"""How Alembic runs our migrations: over the open connection, all in its one transaction."""

from alembic import context

from connectors.journal.schema import metadata

# The connection is inside a transaction already: Alembic leaves it open, and our caller commits it.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
