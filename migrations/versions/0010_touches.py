"""messages that went out are logged"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "touch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column(
            "occasion",
            sa.Enum(
                "keeping our promise",
                "asking about theirs",
                "a talk both agreed",
                "a day they named",
                "answering them",
                "something they said",
                name="occasion",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way", sa.Enum("copied", "mailed", name="way", native_enum=False, length=40), nullable=False
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=7500), nullable=False),
        sa.Column("brings", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("is_permitted", sa.Boolean(), nullable=False),
        sa.Column(
            "specificity",
            sa.Enum("pass", "fail", "ask", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("has_value", sa.Boolean(), nullable=True),
        sa.Column("is_reminder", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_touch_deal_id_deal")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_touch_person_id_person")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_touch_point_id_point")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_touch_seller_id_seller")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_touch_step_id_step")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_touch_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
    )
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touch_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index("ix_touch_person_at", ["person_id", "at"], unique=False)
        batch_op.create_index("ix_touch_seller_at", ["seller_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_index("ix_touch_seller_at")
        batch_op.drop_index("ix_touch_person_at")
        batch_op.drop_index(batch_op.f("ix_touch_deal_id"))

    op.drop_table("touch")
