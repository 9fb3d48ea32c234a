"""Closed accounts: who asked to leave and when that is carried out; ways of paying taken off file."""

from alembic import op

revision = "0028_leaving"
down_revision = "0027_agreed_ways"

UP = """
create table account_closings (
    customer_id     bigint primary key references customers (id),
    asked_at        timestamptz not null,
    due_at          timestamptz not null,
    erased_at       timestamptz,
    conversation_id text
);
create index account_closings_due on account_closings (due_at) where erased_at is null;

-- what is off file is shown and charged no more; money of an order that came by it can still go back there
alter table stored_methods add column removed_at timestamptz;
"""


def upgrade() -> None:
    """Add the table and the column."""
    op.execute(UP)


def downgrade() -> None:
    """Forget both."""
    op.execute("drop table account_closings")
    op.execute("delete from stored_methods where removed_at is not null")
    op.execute("alter table stored_methods drop column removed_at")
