"""tries"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try")),
    )
    with op.batch_alter_table("try", schema=None) as batch_op:
        batch_op.create_index("ix_try_at", ["at"], unique=False)
        batch_op.create_index("ix_try_who_at", ["who", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("try", schema=None) as batch_op:
        batch_op.drop_index("ix_try_who_at")
        batch_op.drop_index("ix_try_at")

    op.drop_table("try")
