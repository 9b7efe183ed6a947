"""a plan has a history of its own: ended, closed, quiet for a while, another goal"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATE = sa.Enum("open", "ended", "closed", name="planstate", native_enum=False, length=40)
WHAT = sa.Enum(
    "not going ahead",
    "closed",
    "reopened",
    "paused",
    "resumed",
    "goal asked",
    "goal agreed",
    "goal kept",
    "seller changed",
    name="planwhat",
    native_enum=False,
    length=40,
)
SIDE = sa.Enum("seller", "buyer", name="side", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "planact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", WHAT, nullable=False),
        sa.Column("side", SIDE, nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("browser", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_planact_workspace_id_workspace"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_planact_plan_id_plan"),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name="fk_planact_seller_id_seller"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_planact_participant_id_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_planact"),
        sa.UniqueConstraint("plan_id", "number", name="uq_planact_plan_id_number"),
    )
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("state", STATE, nullable=False, server_default="open"))
        plan.add_column(sa.Column("quiet_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.drop_column("quiet_until")
        plan.drop_column("state")
    op.drop_table("planact")
