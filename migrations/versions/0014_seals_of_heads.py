"""seals of heads"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "head_seal", sqlmodel.sql.sqltypes.AutoString(length=100), server_default="", nullable=False
            )
        )

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "head_seal", sqlmodel.sql.sqltypes.AutoString(length=100), server_default="", nullable=False
            )
        )

    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "head_seal", sqlmodel.sql.sqltypes.AutoString(length=100), server_default="", nullable=False
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("head_seal")

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("head_seal")

    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_column("head_seal")
