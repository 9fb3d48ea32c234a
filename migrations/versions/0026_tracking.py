"""When a carrier is next asked where a parcel is."""

from alembic import op

revision = "0026_tracking"
down_revision = "0025_gifts"

UP = """
alter table shipments add column ask_at timestamptz, add column attempts integer not null default 0,
    add column trouble text;
create index shipments_to_ask on shipments (ask_at) where ask_at is not null;
update shipments s set ask_at = o.placed_at from orders o where o.id = s.order_id
    and s.status not in ('delivered', 'returned') and o.status in ('partly_shipped', 'shipped');
"""

DOWN = """
drop index shipments_to_ask;
alter table shipments drop column ask_at, drop column attempts, drop column trouble;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
