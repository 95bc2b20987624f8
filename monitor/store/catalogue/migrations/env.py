"""Run by Alembic: the steps wanted, on the connection that `migrate` handed in, within its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
