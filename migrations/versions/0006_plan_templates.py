"""the skeleton of a plan can be kept and begun with"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KIND = sa.Enum("do", "talk", name="kind", native_enum=False, length=40)
SIDE = sa.Enum("seller", "buyer", name="side", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "plantemplate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_plantemplate_workspace_id_workspace"
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name="fk_plantemplate_seller_id_seller"),
        sa.PrimaryKeyConstraint("id", name="pk_plantemplate"),
    )
    op.create_index("ix_plantemplate_workspace_id", "plantemplate", ["workspace_id"])
    op.create_table(
        "templatestep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("owner", SIDE, nullable=False),
        sa.Column("placed_days", sa.Integer(), nullable=True),
        sa.Column("is_for_everyone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_templatestep_workspace_id_workspace"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["plantemplate.id"], name="fk_templatestep_template_id_plantemplate"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_templatestep"),
    )
    op.create_index("ix_templatestep_template_id", "templatestep", ["template_id"])


def downgrade() -> None:
    op.drop_index("ix_templatestep_template_id", "templatestep")
    op.drop_table("templatestep")
    op.drop_index("ix_plantemplate_workspace_id", "plantemplate")
    op.drop_table("plantemplate")
