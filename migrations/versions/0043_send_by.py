"""By when the goods of a return are to be handed over, where the shop names a day."""

from alembic import op

revision = "0043_send_by"
down_revision = "0042_walks_of_customers"


def upgrade() -> None:
    op.execute("alter table returns add column send_by date")


def downgrade() -> None:
    op.execute("alter table returns drop column send_by")
