"""Changes of a paid order that wait for their own payment."""

from alembic import op

revision = "0018_amendments"
down_revision = "0017_wallet"

UP = """
create table amendments (
    id           bigint generated always as identity primary key,
    order_number text not null references orders (number),
    kind         text not null check (kind in ('address', 'option', 'payment')),
    details      jsonb not null,
    amount       bigint not null check (amount > 0),
    total        bigint not null,
    by           text not null,
    state        text not null check (state in ('waiting', 'done', 'dropped')),
    why          text,
    until        timestamptz not null,
    asked_at     timestamptz not null,
    over_at      timestamptz
);
create index amendments_by_order on amendments (order_number, id);
create unique index amendments_one_waiting on amendments (order_number) where state = 'waiting';
create index amendments_due on amendments (until) where state = 'waiting';

alter table payments add column amendment_id bigint references amendments (id);
-- an order is paid by one payment; each change of it may have brought one more
drop index payments_one_paid;
create unique index payments_one_paid on payments (order_number)
    where state in ('paid', 'partly_refunded') and amendment_id is null;
create unique index payments_one_per_amendment on payments (amendment_id)
    where state in ('paid', 'partly_refunded');
"""

DOWN = """
drop index payments_one_per_amendment;
drop index payments_one_paid;
alter table payments drop column amendment_id;
create unique index payments_one_paid on payments (order_number) where state in ('paid', 'partly_refunded');
drop table amendments;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
