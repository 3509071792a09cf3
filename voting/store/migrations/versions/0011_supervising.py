"""Supervision of projects, changes, 办结 and 验收."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_supervision_group()
    create_group_member()
    create_group_project()
    create_supervisor()
    create_visit()
    create_visit_reply()
    create_supervision_order()
    create_order_answer()
    create_conference()
    create_commitment()
    create_project_change()
    create_completion()


def create_supervision_group() -> None:
    op.create_table(
        "supervision_group",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("leader", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "leader"], ["deputy.congress", "deputy.id"], name=op.f("fk_supervision_group_deputy")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_supervision_group_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_supervision_group")),
        sqlite_with_rowid=False,
    )


def create_group_member() -> None:
    op.create_table(
        "group_member",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_group_member_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "group"],
            ["supervision_group.congress", "supervision_group.id"],
            name=op.f("fk_group_member_supervision_group"),
        ),
        sa.PrimaryKeyConstraint("congress", "group", "deputy", name=op.f("pk_group_member")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_group_member_congress_deputy"), "group_member", ["congress", "deputy"], unique=False
    )


def create_group_project() -> None:
    op.create_table(
        "group_project",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "group"],
            ["supervision_group.congress", "supervision_group.id"],
            name=op.f("fk_group_project_supervision_group"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_group_project_project")
        ),
        sa.PrimaryKeyConstraint("congress", "group", "project", name=op.f("pk_group_project")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_group_project_congress_project"), "group_project", ["congress", "project"], unique=False
    )


def create_supervisor() -> None:
    op.create_table(
        "supervisor",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_supervisor_project")
        ),
        sa.PrimaryKeyConstraint("congress", "project", "place", name=op.f("pk_supervisor")),
        sqlite_with_rowid=False,
    )


def create_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_visit_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "group"],
            ["supervision_group.congress", "supervision_group.id"],
            name=op.f("fk_visit_supervision_group"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_visit_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_visit")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_visit_congress_project"), "visit", ["congress", "project"], unique=False)


def create_visit_reply() -> None:
    op.create_table(
        "visit_reply",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("visit", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_visit_reply_unit")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "visit"], ["visit.congress", "visit.id"], name=op.f("fk_visit_reply_visit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_visit_reply")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_visit_reply_congress_visit"), "visit_reply", ["congress", "visit"], unique=False)


def create_supervision_order() -> None:
    op.create_table(
        "supervision_order",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"],
            ["project.congress", "project.id"],
            name=op.f("fk_supervision_order_project"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_supervision_order_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_supervision_order")),
        sa.UniqueConstraint("congress", "number", name=op.f("uq_supervision_order_congress_number")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_supervision_order_congress_project"),
        "supervision_order",
        ["congress", "project"],
        unique=False,
    )
    op.create_index(
        op.f("ix_supervision_order_congress_state"), "supervision_order", ["congress", "state"], unique=False
    )


def create_order_answer() -> None:
    op.create_table(
        "order_answer",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("order", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "order"],
            ["supervision_order.congress", "supervision_order.id"],
            name=op.f("fk_order_answer_supervision_order"),
        ),
        sa.PrimaryKeyConstraint("congress", "order", "turn", name=op.f("pk_order_answer")),
        sqlite_with_rowid=False,
    )


def create_conference() -> None:
    op.create_table(
        "conference",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_conference_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_conference")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_conference_congress_project"), "conference", ["congress", "project"], unique=False
    )


def create_commitment() -> None:
    op.create_table(
        "commitment",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("conference", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "conference"],
            ["conference.congress", "conference.id"],
            name=op.f("fk_commitment_conference"),
        ),
        sa.PrimaryKeyConstraint("congress", "conference", "place", name=op.f("pk_commitment")),
        sqlite_with_rowid=False,
    )


def create_project_change() -> None:
    op.create_table(
        "project_change",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(length=16), nullable=True),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_session", sa.Text(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"],
            ["project.congress", "project.id"],
            name=op.f("fk_project_change_project"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_project_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_project_change_congress_project"), "project_change", ["congress", "project"], unique=False
    )
    op.create_index(
        op.f("ix_project_change_congress_state"), "project_change", ["congress", "state"], unique=False
    )


def create_completion() -> None:
    op.create_table(
        "completion",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acceptance", sa.String(length=32), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("approvers", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_completion_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_completion")),
        sa.UniqueConstraint("congress", "project", "turn", name=op.f("uq_completion_congress_project_turn")),
        sqlite_with_rowid=False,
    )
