"""Coupons given to one person, and what members of staff gave in a conversation on their own word."""

from alembic import op

revision = "0030_personal_coupons"
down_revision = "0029_silence"

UP = """
create table personal_coupons (
    code text primary key,
    shopper text not null,
    amount bigint not null check (amount > 0),
    currency text not null,
    ends date not null,
    cause text not null unique,
    given_at timestamptz not null,
    order_number text,
    withdrawn_at timestamptz,
    check (order_number is null or withdrawn_at is null)
);
create index personal_coupons_shopper on personal_coupons (shopper);
comment on column personal_coupons.order_number is 'the order that used it up; null while it can be used';

create table desk_given (
    call text primary key,
    staff_id text not null,
    conversation_id text not null,
    amount bigint not null check (amount >= 0)
);
create index desk_given_conversation on desk_given (conversation_id, staff_id);
comment on table desk_given is 'worth that somebody gave away without another''s yes, in minor units';
"""

DOWN = "drop table desk_given, personal_coupons;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
