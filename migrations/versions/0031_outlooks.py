"""How likely an order is to come late, when its shopper was told, and between which days it is likely to come."""

from alembic import op

revision = "0031_outlooks"
down_revision = "0030_personal_coupons"

UP = """
alter table orders add column likely_from date, add column likely_to date;
create table order_outlooks (
    order_number text primary key references orders (number),
    share        double precision not null check (share between 0 and 1),
    promised     date not null,
    likely_from  date not null,
    likely_to    date not null,
    why          text[] not null default '{}',
    evidence     integer not null,
    looked_at    timestamptz not null,
    told_at      timestamptz,
    points       integer not null default 0
);
create index order_outlooks_by_share on order_outlooks (share desc);
"""

DOWN = """
drop table order_outlooks;
alter table orders drop column likely_from, drop column likely_to;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
