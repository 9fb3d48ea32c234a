"""The minutes in which the shop was served, for the report of availability."""

from alembic import op

revision = "0024_heartbeats"
down_revision = "0023_uploads"


def upgrade() -> None:
    op.execute("create table heartbeats (minute timestamptz primary key)")


def downgrade() -> None:
    op.execute("drop table heartbeats")
