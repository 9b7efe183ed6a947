"""Runs migrations on the connection that `jointly migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from app.folders import know_every_table

know_every_table()

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("tables", SQLModel.metadata),
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
