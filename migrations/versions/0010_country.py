"""Where a shopper's own setting says they are, so that the first delivery price is for there."""

from alembic import op

revision = "0010_country"
down_revision = "0009_returns"


def upgrade() -> None:
    op.execute("alter table conversations add column country text not null default ''")


def downgrade() -> None:
    op.execute("alter table conversations drop column country")
