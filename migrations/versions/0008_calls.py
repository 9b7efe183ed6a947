"""a call has an Action Plan of its own, and a debrief"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "depth",
            sa.Enum("full", "quick", "elevator", name="depth", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("depth_reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        sa.Column("assumed_on", sa.Date(), nullable=True),
        sa.Column("could_lose", sa.Boolean(), nullable=True),
        sa.Column("same_on", sa.Date(), nullable=True),
        sa.Column("gut_before", sa.Integer(), nullable=True),
        sa.Column("gut_after", sa.Integer(), nullable=True),
        sa.Column("happened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("learned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_call_deal_id_deal")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_call_seller_id_seller")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_call_step_id_step")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_call_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("ref", name=op.f("uq_call_ref")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index("ix_call_seller_learned", ["seller_id", "learned_at"], unique=False)

    op.create_table(
        "flagseen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_flagseen_call_id_call")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_flagseen_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flagseen")),
        sa.UniqueConstraint("call_id", "key", name=op.f("uq_flagseen_call_id_key")),
    )
    with op.batch_alter_table("flagseen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flagseen_call_id"), ["call_id"], unique=False)

    op.create_table(
        "inmeeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_inmeeting_call_id_call")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inmeeting_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_inmeeting_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inmeeting")),
        sa.UniqueConstraint("call_id", "person_id", name=op.f("uq_inmeeting_call_id_person_id")),
    )
    with op.batch_alter_table("inmeeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inmeeting_call_id"), ["call_id"], unique=False)

    op.create_table(
        "planaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("in_call", sa.Boolean(), nullable=False),
        sa.Column("secures", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "standing",
            sa.Enum("candidate", "chosen", "turned down", name="standing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("logical", sa.Boolean(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=True),
        sa.Column("doable", sa.Boolean(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("again_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=True),
        sa.Column("brought", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["again_id"], ["planaction.id"], name=op.f("fk_planaction_again_id_planaction")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_planaction_call_id_call")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_planaction_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planaction")),
    )
    with op.batch_alter_table("planaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planaction_call_id"), ["call_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_review_call_id_call")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_review_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("call_id", "question", name=op.f("uq_review_call_id_question")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_call_id"), ["call_id"], unique=False)

    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["planaction.id"], name=op.f("fk_trace_action_id_planaction")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_trace_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace")),
    )
    with op.batch_alter_table("trace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trace_action_id"), ["action_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("trace", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trace_action_id"))

    op.drop_table("trace")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_call_id"))

    op.drop_table("review")
    with op.batch_alter_table("planaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planaction_call_id"))

    op.drop_table("planaction")
    with op.batch_alter_table("inmeeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inmeeting_call_id"))

    op.drop_table("inmeeting")
    with op.batch_alter_table("flagseen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flagseen_call_id"))

    op.drop_table("flagseen")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index("ix_call_seller_learned")
        batch_op.drop_index(batch_op.f("ix_call_deal_id"))

    op.drop_table("call")
