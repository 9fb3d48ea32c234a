"""Whose walk with a guide it was, where that is proved, so that they can go on with it another day."""

from alembic import op

revision = "0042_walks_of_customers"
down_revision = "0041_consent_reminders"

UP = """
alter table guide_walks
    add column customer_id bigint references customers (id),
    add column mark text not null default '';
create index guide_walks_by_customer on guide_walks (customer_id, at desc) where customer_id is not null;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("alter table guide_walks drop column customer_id, drop column mark")
