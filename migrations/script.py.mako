<%!
def without_banners(code):
    return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith("# ###")).strip()
%>\
"""${message}"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades or "pass" | without_banners}


def downgrade() -> None:
    ${downgrades or "pass" | without_banners}
