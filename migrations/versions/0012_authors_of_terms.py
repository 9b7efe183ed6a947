"""authors of terms"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "author",
                sa.Enum("seller", "buyer", name="side", native_enum=False, length=40),
                server_default="seller",
                nullable=False,
            )
        )
        batch_op.drop_index(batch_op.f("ix_terms_seller"))
        batch_op.create_index("ix_terms_seller_author", ["seller_id", "author", "id"], unique=False)
    op.execute(
        "UPDATE terms SET author = 'buyer' WHERE EXISTS (SELECT 1 FROM act WHERE act.step_id = terms.step_id"
        " AND act.version = terms.version AND act.what = 'proposed' AND act.side = 'buyer')"
    )


def downgrade() -> None:
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.drop_index("ix_terms_seller_author")
        batch_op.create_index(batch_op.f("ix_terms_seller"), ["seller_id", "id"], unique=False)
        batch_op.drop_column("author")
