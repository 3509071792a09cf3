"""保存期限: notices and receptions are found by their day, notices also by what they are about."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_notice_congress_at"), "notice", ["congress", "at"], unique=False)
    op.create_index(op.f("ix_notice_congress_about"), "notice", ["congress", "about"], unique=False)
    op.create_index(op.f("ix_reception_congress_day"), "reception", ["congress", "day"], unique=False)
