"""满意度测评: a session is one of the congress, or a meeting of its standing committee (常委会会议)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Every session entered so far was one of the congress.
    body = sa.Column("body", sa.String(length=16), nullable=False, server_default="congress")
    op.add_column("session", body)
