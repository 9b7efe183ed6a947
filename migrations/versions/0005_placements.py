"""a draft's day may hang on the goal or on another step"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("placed_days", sa.Integer(), nullable=True))
        draft.add_column(sa.Column("placed_after", sa.Integer(), nullable=True))
        draft.add_column(sa.Column("placed_version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("draft") as draft:
        draft.drop_column("placed_version")
        draft.drop_column("placed_after")
        draft.drop_column("placed_days")
