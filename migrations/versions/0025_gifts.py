"""Orders that go to somebody else as a gift."""

from alembic import op

revision = "0025_gifts"
down_revision = "0024_heartbeats"


def upgrade() -> None:
    op.execute("alter table checkouts add column gift jsonb; alter table orders add column gift jsonb")


def downgrade() -> None:
    op.execute("alter table orders drop column gift; alter table checkouts drop column gift")
