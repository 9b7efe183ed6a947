"""somebody else may answer, and others may read"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("act_number", sa.Integer(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_handover_workspace_id_workspace"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_handover_plan_id_plan"),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name="fk_handover_step_id_step"),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
        sa.UniqueConstraint("step_id", "act_number", name="uq_handover_step_id_act_number"),
    )
    op.create_index("ix_handover_plan_id", "handover", ["plan_id"])
    with op.batch_alter_table("act") as act:
        act.add_column(
            sa.Column(
                "colleague", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=""
            )
        )
    with op.batch_alter_table("participant") as participant:
        participant.add_column(sa.Column("copy_of_id", sa.Integer(), nullable=True))
        participant.create_foreign_key(
            "fk_participant_copy_of_id_participant", "participant", ["copy_of_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("participant") as participant:
        participant.drop_constraint("fk_participant_copy_of_id_participant", type_="foreignkey")
        participant.drop_column("copy_of_id")
    with op.batch_alter_table("act") as act:
        act.drop_column("colleague")
    op.drop_index("ix_handover_plan_id", "handover")
    op.drop_table("handover")
