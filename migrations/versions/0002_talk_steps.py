"""a step may be a talk: with a time, and perhaps a place"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KIND = sa.Enum("do", "talk", name="kind", native_enum=False, length=40)


def upgrade() -> None:
    with op.batch_alter_table("terms") as terms:
        terms.add_column(sa.Column("kind", KIND, nullable=False, server_default="do"))
        terms.add_column(sa.Column("due_at", sa.Time(), nullable=True))
        terms.add_column(
            sa.Column(
                "place", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=""
            )
        )
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("kind", KIND, nullable=False, server_default="do"))
        draft.add_column(sa.Column("due_at", sa.Time(), nullable=True))
        draft.add_column(
            sa.Column(
                "place", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=""
            )
        )


def downgrade() -> None:
    for name in ("draft", "terms"):
        with op.batch_alter_table(name) as table:
            table.drop_column("place")
            table.drop_column("due_at")
            table.drop_column("kind")
