"""登录记录: by what a browser came in, which browser it is, and what was typed wrong before."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("login", sa.Column("way", sa.String(length=8), server_default="", nullable=False))
    op.add_column("login", sa.Column("browser", sa.String(length=64), nullable=True))
    op.add_column("login", sa.Column("wrong", sa.Integer(), server_default="0", nullable=False))
    op.add_column("login", sa.Column("wrong_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "invitation",
        sa.Column("keeps_second", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
