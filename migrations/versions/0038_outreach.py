"""What was written to whom after a delivery, and what was offered with an order."""

from alembic import op

revision = "0038_outreach"
down_revision = "0037_model_time"

UP = """
create table follow_ups (
    id           bigint generated always as identity primary key,
    kind         text not null check (kind in ('care_tips')),
    order_number text not null references orders (number),
    shopper_key  text not null,
    medium       text check (medium in ('conversation', 'email', 'sms')),
    why_not      text not null default '',
    at           timestamptz not null,
    unique (kind, order_number)
);
create index follow_ups_by_shopper on follow_ups (shopper_key, at);
create index shipment_events_delivered on shipment_events (at) where status = 'delivered';
create index orders_under_way on orders (expected_to)
    where status in ('paid', 'preparing', 'partly_shipped', 'shipped');

create table offers (
    id              text primary key,
    order_number    text not null references orders (number),
    shopper_key     text not null,
    conversation_id text not null,
    bought_sku      text not null,
    product         text not null,
    sku             text not null,
    reason          text not null,
    price           bigint not null check (price >= 0),
    shown_at        timestamptz not null,
    answer          text check (answer in ('taken', 'refused')),
    answered_at     timestamptz,
    unique (order_number)
);
create index offers_by_shopper on offers (shopper_key, shown_at desc);
create index offers_by_conversation on offers (conversation_id);
create index offers_by_day on offers (shown_at);
"""

DOWN = """
drop table offers, follow_ups;
drop index shipment_events_delivered, orders_under_way;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
