"""Who is asking: tries to show it, and one-time codes, of which only an id is kept."""

from alembic import op

revision = "0011_verification"
down_revision = "0010_country"

UP = r"""
create table verification_tries (
    id      bigint generated always as identity primary key,
    subject text not null,
    at      timestamptz not null,
    passed  boolean not null
);
create index verification_tries_by_subject on verification_tries (subject, at);

create table verification_codes (
    id              text primary key,
    conversation_id text not null,
    recipient       text not null,
    customer_id     bigint references customers (id),
    orders          text[] not null default '{}',
    made_at         timestamptz not null,
    tries           integer not null default 0,
    used_at         timestamptz
);
create index verification_codes_by_conversation on verification_codes (conversation_id, made_at);
create index verification_codes_by_recipient on verification_codes (recipient, made_at);

create index orders_by_said_number on orders (upper(ltrim(number, '#')));
create index orders_by_phone on orders (right(regexp_replace(phone, '\D', '', 'g'), 8)) where phone <> '';
create index customers_by_phone on customers (right(regexp_replace(phone, '\D', '', 'g'), 8)) where phone <> '';
"""

DOWN = """
drop index customers_by_phone, orders_by_phone, orders_by_said_number;
drop table verification_codes, verification_tries;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
