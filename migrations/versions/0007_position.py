"""a deal has a position: who decides and how they see it, the gap, alternatives, strengths, red flags"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alternative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "a rival",
                "doing it in-house",
                "another use of the budget",
                "doing nothing",
                name="alternativekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_alternative_deal_id_deal")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_alternative_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alternative")),
    )
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alternative_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("flag", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("lifted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_dispute_deal_id_deal")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_dispute_seller_id_seller")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_dispute_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "objectivewas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("objective", sqlmodel.sql.sqltypes.AutoString(length=5000), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_objectivewas_deal_id_deal")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_objectivewas_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectivewas")),
    )
    with op.batch_alter_table("objectivewas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objectivewas_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "modeseen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "growth", "trouble", "even keel", "overconfident", name="mode", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("win", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("is_debrief", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_modeseen_deal_id_deal")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_modeseen_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_modeseen_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modeseen")),
    )
    with op.batch_alter_table("modeseen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_modeseen_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "roleplayed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "economic", "user", "technical", "coach", name="buyingrole", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("told_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_roleplayed_deal_id_deal")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roleplayed_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_roleplayed_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roleplayed")),
        sa.UniqueConstraint("person_id", "role", name=op.f("uq_roleplayed_person_id_role")),
    )
    with op.batch_alter_table("roleplayed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roleplayed_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "ownflag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "objective",
                "coverage",
                "modes",
                "wins",
                "competition",
                name="area",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("gone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_ownflag_deal_id_deal")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_ownflag_point_id_point")),
        sa.ForeignKeyConstraint(["seller_id"], ["seller.id"], name=op.f("fk_ownflag_seller_id_seller")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ownflag_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownflag")),
    )
    with op.batch_alter_table("ownflag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ownflag_deal_id"), ["deal_id"], unique=False)

    op.create_table(
        "strength",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "objective",
                "coverage",
                "modes",
                "wins",
                "competition",
                name="area",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("gone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_strength_deal_id_deal")),
        sa.ForeignKeyConstraint(["gap_id"], ["point.id"], name=op.f("fk_strength_gap_id_point")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_strength_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength")),
    )
    with op.batch_alter_table("strength", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strength_deal_id"), ["deal_id"], unique=False)

    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("bets", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("last_call_on", sa.Date(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mode",
                sa.Enum(
                    "growth",
                    "trouble",
                    "even keel",
                    "overconfident",
                    name="mode",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("mode_point_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "result", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=""
            )
        )
        batch_op.add_column(
            sa.Column("win", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("covered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("spoken_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_person_covered_by_id_seller"), "seller", ["covered_by_id"], ["id"]
        )

    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_gap", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("big_amount", sa.Numeric(precision=14, scale=2), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("big_amount")

    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_column("is_gap")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_covered_by_id_seller"), type_="foreignkey")
        batch_op.drop_column("confirmed_on")
        batch_op.drop_column("started_on")
        batch_op.drop_column("spoken_on")
        batch_op.drop_column("covered_by_id")
        batch_op.drop_column("win")
        batch_op.drop_column("result")
        batch_op.drop_column("mode_point_id")
        batch_op.drop_column("mode")

    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_column("last_call_on")
        batch_op.drop_column("bets")
        batch_op.drop_column("confirmed_on")

    with op.batch_alter_table("strength", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strength_deal_id"))

    op.drop_table("strength")
    with op.batch_alter_table("ownflag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ownflag_deal_id"))

    op.drop_table("ownflag")
    with op.batch_alter_table("roleplayed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roleplayed_deal_id"))

    op.drop_table("roleplayed")
    with op.batch_alter_table("modeseen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_modeseen_deal_id"))

    op.drop_table("modeseen")
    with op.batch_alter_table("objectivewas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objectivewas_deal_id"))

    op.drop_table("objectivewas")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_deal_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("alternative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alternative_deal_id"))

    op.drop_table("alternative")
