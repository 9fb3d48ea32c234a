"""Orders, their parcels, the checkout that leads to them, and what is told about them."""

from alembic import op

revision = "0005_orders"
down_revision = "0004_carts"

UP = """
create sequence order_numbers;

create table orders (
    id              bigint generated always as identity primary key,
    number          text not null unique,
    status          text not null,
    source          text not null default 'shop',
    customer_id     bigint references customers (id),
    shopper_key     text,
    conversation_id text,
    language        text not null,
    name            text not null default '',
    email           text not null default '',
    phone           text not null default '',
    address         jsonb,
    method          text,
    currency        text not null,
    subtotal        bigint not null check (subtotal >= 0),
    discount        bigint not null default 0 check (discount >= 0),
    shipping        bigint not null default 0 check (shipping >= 0),
    total           bigint not null check (total >= 0),
    refunded        bigint not null default 0 check (refunded between 0 and total),
    points_spent    integer not null default 0 check (points_spent >= 0),
    points_earned   integer not null default 0 check (points_earned >= 0),
    coupons         text[] not null default '{}',
    agreed          json,
    expected_from   date,
    expected_to     date,
    paid_with       text,
    why_cancelled   text,
    placed_at       timestamptz not null,
    pay_until       timestamptz,
    held_until      timestamptz,
    paid_at         timestamptz,
    fingerprint     text
);
create index orders_by_customer on orders (customer_id, placed_at desc) where customer_id is not null;
create index orders_by_conversation on orders (conversation_id, placed_at desc) where conversation_id is not null;
create index orders_by_email on orders (lower(email)) where email <> '';
create index orders_unpaid on orders (pay_until) where status = 'pending_payment';

create table order_lines (
    order_id   bigint not null references orders (id),
    line       integer not null,
    product    text not null,
    sku        text not null,
    title      text not null,
    options    json not null default '{}', -- not jsonb: options keep the order of their product
    image      text not null default '',
    quantity   integer not null check (quantity > 0),
    unit_price bigint not null check (unit_price >= 0),
    total      bigint not null check (total >= 0),
    primary key (order_id, line)
);

create table order_events (
    id       bigint generated always as identity primary key,
    order_id bigint not null references orders (id),
    at       timestamptz not null,
    kind     text not null,
    by       text not null,
    details  jsonb not null default '{}'
);
create index order_events_by_order on order_events (order_id, id);
create function order_events_stay() returns trigger language plpgsql as
$$ begin raise exception 'order events are only ever added'; end $$;
create trigger order_events_stay before update or delete on order_events
    for each row execute function order_events_stay();

create table order_tokens (
    token_hash text primary key,
    order_id   bigint not null references orders (id),
    made_at    timestamptz not null
);

create table shipments (
    id          bigint generated always as identity primary key,
    order_id    bigint not null references orders (id),
    carrier     text not null,
    tracking_no text not null,
    status      text not null,
    eta         date,
    unique (order_id, carrier, tracking_no)
);

create table shipment_events (
    shipment_id bigint not null references shipments (id),
    at          timestamptz not null,
    status      text not null,
    place       text not null default '',
    text        text not null default '',
    primary key (shipment_id, at, status, place)
);

create table checkouts (
    shopper_key  text primary key,
    name         text not null default '',
    email        text not null default '',
    phone        text not null default '',
    address      jsonb,
    address_text text not null default '',
    address_lacks text[] not null default '{}',
    method       text,
    order_number text references orders (number),
    updated_at   timestamptz not null
);

create table announcements (
    id      bigint generated always as identity primary key,
    kind    text not null,
    subject text not null,
    body    jsonb not null default '{}',
    at      timestamptz not null,
    told_at timestamptz
);
create index announcements_untold on announcements (id) where told_at is null;

create table deliveries (
    announcement_id bigint not null references announcements (id),
    medium          text not null check (medium in ('conversation', 'email', 'sms')),
    recipient       text not null,
    state           text not null check (state in ('waiting', 'delivered', 'given_up')),
    attempts        integer not null default 0,
    due_at          timestamptz not null,
    trouble         text,
    carrier_ref     text,
    updated_at      timestamptz not null,
    primary key (announcement_id, medium)
);
create index deliveries_waiting on deliveries (due_at) where state = 'waiting';
create index deliveries_given_up on deliveries (updated_at) where state = 'given_up';
"""

DOWN = """
drop table deliveries, announcements, checkouts, shipment_events, shipments, order_tokens, order_events, order_lines,
    orders;
drop function order_events_stay;
drop sequence order_numbers;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
