"""Runs migrations on the connection that `jointly migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from app.folders import know_every_table

know_every_table()

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
