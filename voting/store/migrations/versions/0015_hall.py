"""The hall: how a round is held, with which cards, key and paper."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("method", sa.String(16), nullable=False, server_default="electronic"))
    op.add_column("round", sa.Column("trial", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("plenary", sa.String(32)))
    op.add_column("round", sa.Column("deck", sa.String(32)))
    op.add_column("round", sa.Column("ceremony", sa.String(32)))
    op.add_column("round", sa.Column("threshold", sa.Integer()))
    op.add_column("round", sa.Column("paper", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("round", sa.Column("boxed", sa.Integer()))
    op.execute("update round set boxed = returned")
