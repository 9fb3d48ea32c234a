"""Payments, what the gateways told of them, and money given back."""

from alembic import op

revision = "0006_payments"
down_revision = "0005_orders"

UP = """
create table payments (
    id           bigint generated always as identity primary key,
    reference    text not null unique,
    request_key  text not null unique,
    order_number text not null references orders (number),
    gateway      text not null,
    method       text,
    currency     text not null,
    amount       bigint not null check (amount > 0),
    received     bigint not null default 0 check (received >= 0),
    refunded     bigint not null default 0 check (refunded between 0 and received),
    state        text not null,
    reason       text,
    vendor_ref   text,
    url          text,
    language     text not null,
    opened_at    timestamptz not null,
    settled_at   timestamptz,
    unique (gateway, vendor_ref)
);
create index payments_by_order on payments (order_number, id);
-- one page to pay on at a time, and one payment that counts: whatever the code above does
create unique index payments_one_live on payments (order_number)
    where state in ('requested', 'open', 'needs_step_up');
create unique index payments_one_paid on payments (order_number)
    where state in ('paid', 'partly_refunded');

create table payment_events (
    gateway     text not null,
    event       text not null,
    report      jsonb not null,
    received_at timestamptz not null,
    worked_at   timestamptz,
    outcome     text,
    primary key (gateway, event)
);
create index payment_events_waiting on payment_events (received_at) where worked_at is null;

create table refunds (
    id           bigint generated always as identity primary key,
    reference    text not null unique,
    payment_id   bigint not null references payments (id),
    amount       bigint not null check (amount > 0),
    cause        text not null,
    state        text not null check (state in ('requested', 'done', 'refused')),
    trouble      text,
    attempts     integer not null default 0,
    due_at       timestamptz not null,
    requested_at timestamptz not null,
    done_at      timestamptz
);
create index refunds_by_payment on refunds (payment_id);
create index refunds_waiting on refunds (id) where state = 'requested';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table refunds, payment_events, payments")
