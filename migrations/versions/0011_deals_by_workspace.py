"""deals by workspace"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_workspace_id"))
        batch_op.create_index("ix_deal_workspace_touched", ["workspace_id", "touched_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index("ix_deal_workspace_touched")
        batch_op.create_index(batch_op.f("ix_deal_workspace_id"), ["workspace_id"], unique=False)
