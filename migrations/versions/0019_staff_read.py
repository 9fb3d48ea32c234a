"""How far the one who has a conversation has read it, so that the shopper sees it."""

from alembic import op

revision = "0019_staff_read"
down_revision = "0018_amendments"


def upgrade() -> None:
    op.execute("alter table desk_marks add column staff_read integer not null default 0")


def downgrade() -> None:
    op.execute("alter table desk_marks drop column staff_read")
