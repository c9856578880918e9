"""How Alembic runs our migrations: over the open connection, all in its one transaction."""

from alembic import context

from connectors.journal.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
