"""what the seller says of doubtful words holds for the whole deal"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=5300), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taken_back_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_anchor_deal_id_deal")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_anchor_point_id_point")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_anchor_seller_id_seller")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_anchor_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
    )
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anchor_deal_id"), ["deal_id"], unique=False)

    # A tap that settled one draft settles every text with its words from now on.
    op.execute(
        "INSERT INTO anchor (workspace_id, deal_id, seller_id, words, point_id, created_at) "
        "SELECT draft.workspace_id, deal.id, deal.seller_id, draft.title, "
        "draft.point_id, draft.created_at FROM draft JOIN deal ON deal.plan_id = draft.plan_id "
        "WHERE draft.point_id IS NOT NULL ORDER BY draft.id"
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_draft_point_id_point"), type_="foreignkey")
        batch_op.drop_column("point_id")


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("point_id", sa.INTEGER(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_draft_point_id_point"), "point", ["point_id"], ["id"])

    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anchor_deal_id"))

    op.drop_table("anchor")
