"""Ways of paying that are on file for a customer, gift cards with their balance, and the money of orders paid so."""

from alembic import op

revision = "0017_wallet"
down_revision = "0016_article_versions"

UP = """
create table stored_methods (
    id          bigint generated always as identity primary key,
    reference   text not null unique,
    customer_id bigint not null references customers on delete cascade,
    kind        text not null check (kind in ('credit_card', 'paypal', 'gift_card')),
    brand       text not null default '',
    last_four   text not null default '',
    balance     bigint check (balance >= 0),
    -- a balance is what a gift card has, and nothing else
    check ((kind = 'gift_card') = (balance is not null))
);
create index stored_methods_of_customer on stored_methods (customer_id, id);

create table order_entries (
    id           bigint generated always as identity primary key,
    order_number text not null references orders (number),
    method       text not null,
    kind         text not null check (kind in ('payment', 'refund')),
    amount       bigint not null check (amount >= 0),
    cause        text not null,
    reference    text not null unique,
    at           timestamptz not null
);
create index order_entries_by_order on order_entries (order_number, id);
create function order_entries_stay() returns trigger language plpgsql as
$$ begin raise exception 'entries of money are only ever added'; end $$;
create trigger order_entries_stay before update or delete on order_entries
    for each row execute function order_entries_stay();

-- by which way on file the money of a return goes back, or the difference of an exchange is paid
alter table returns add column method text;

-- whether units are counted; of what is not, the stock says only that it can be had
alter table variants add column tracked boolean not null default true;
"""

DOWN = """
alter table variants drop column tracked;
alter table returns drop column method;
drop table order_entries, stored_methods;
drop function order_entries_stay;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
