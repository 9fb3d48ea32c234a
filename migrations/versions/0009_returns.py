"""Returns and exchanges: what comes back, what it is worth, and everything that happened to it."""

from alembic import op

revision = "0009_returns"
down_revision = "0008_server"

UP = """
create sequence return_numbers;

create table returns (
    id              bigint generated always as identity primary key,
    number          text not null unique,
    request_key     text not null unique,
    kind            text not null check (kind in ('return', 'exchange')),
    status          text not null,
    order_number    text not null references orders (number),
    customer_id     bigint references customers (id),
    conversation_id text,
    language        text not null,
    reason          text not null,
    condition       text[] not null default '{}',
    note            text not null default '',
    way             text not null,
    days            integer[] not null,
    sending         text not null check (sending in ('label', 'pickup', 'none')),
    currency        text not null,
    goods           bigint not null check (goods >= 0),
    shipping        bigint not null default 0 check (shipping >= 0),
    fee             bigint not null default 0 check (fee >= 0),
    refund          bigint not null default 0 check (refund >= 0),
    due             bigint not null default 0 check (due >= 0),
    points          integer not null default 0 check (points >= 0),
    replacement     text references orders (number),
    person          boolean not null default false,
    photos          text[] not null default '{}',
    carrier         text not null default '',
    tracking_no     text not null default '',
    pickup_no       text not null default '',
    pickup_on       date,
    trouble         text,
    attempts        integer not null default 0,
    due_at          timestamptz,
    asked_at        timestamptz not null,
    received_at     timestamptz,
    settled_at      timestamptz,
    -- money goes back or is still to be paid, never both
    check (refund = 0 or due = 0)
);
create index returns_by_order on returns (order_number, id);
create index returns_by_customer on returns (customer_id, id) where customer_id is not null;
create index returns_due on returns (due_at) where due_at is not null;

create table return_lines (
    return_id   bigint not null references returns (id),
    line        integer not null,
    sku         text not null,
    product     text not null,
    title       text not null,
    options     json not null default '{}',
    quantity    integer not null check (quantity > 0),
    share       bigint not null check (share >= 0),
    points      integer not null default 0 check (points >= 0),
    new_sku     text,
    new_options json not null default '{}',
    new_price   bigint,
    received    integer check (received between 0 and quantity),
    sellable    integer check (sellable between 0 and received),
    primary key (return_id, line)
);

create table return_events (
    id        bigint generated always as identity primary key,
    return_id bigint not null references returns (id),
    at        timestamptz not null,
    kind      text not null,
    by        text not null,
    details   jsonb not null default '{}'
);
create index return_events_by_return on return_events (return_id, id);
create function return_events_stay() returns trigger language plpgsql as
$$ begin raise exception 'return events are only ever added'; end $$;
create trigger return_events_stay before update or delete on return_events
    for each row execute function return_events_stay();

-- no unit of an order comes back twice, whatever the code above does
create function return_lines_fit() returns trigger language plpgsql as $$
declare
    ordered integer;
    asked   integer;
    of_order text := (select order_number from returns where id = new.return_id);
begin
    perform 1 from orders where number = of_order for update;
    select l.quantity into ordered from order_lines l join orders o on o.id = l.order_id
        where o.number = of_order and l.line = new.line;
    select coalesce(sum(coalesce(l.received, l.quantity)), 0) into asked
        from return_lines l join returns r on r.id = l.return_id
        where r.order_number = of_order and l.line = new.line and r.status not in ('refused', 'cancelled');
    if ordered is null or asked > ordered then
        raise exception 'more comes back than was ordered' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create constraint trigger return_lines_fit after insert or update of quantity on return_lines
    for each row execute function return_lines_fit();
"""

DOWN = """
drop table return_events, return_lines, returns;
drop function return_events_stay, return_lines_fit;
drop sequence return_numbers;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
