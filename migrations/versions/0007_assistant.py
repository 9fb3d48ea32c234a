"""Conversations and their facts; what a person said is stored apart, so that it can be erased."""

from alembic import op

revision = "0007_assistant"
down_revision = "0006_payments"

UP = """
create table conversations (
    id          text primary key,
    token_hash  text not null,
    channel     text not null,
    language    text not null,
    customer_id bigint,
    served_by   text not null default 'assistant',
    last_seq    integer not null default 0,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
create index conversations_by_customer on conversations (customer_id, created_at) where customer_id is not null;
create index conversations_waiting on conversations (updated_at) where served_by <> 'assistant';

create table facts (
    conversation_id text not null references conversations (id),
    seq             integer not null,
    kind            text not null,
    body            jsonb not null,
    at              timestamptz not null,
    primary key (conversation_id, seq)
);
create unique index facts_heard_once on facts (conversation_id, (body ->> 'message')) where kind = 'message_heard';
create unique index facts_answered_once on facts (conversation_id, (body ->> 'message')) where kind = 'reply_given';
create unique index facts_finished_once on facts ((body ->> 'call')) where kind = 'tool_finished';
create unique index facts_noticed_once on facts (conversation_id, (body ->> 'cause')) where kind = 'notice_given';

create table personal_texts (
    conversation_id text not null,
    seq             integer not null,
    body            jsonb not null,
    primary key (conversation_id, seq),
    foreign key (conversation_id, seq) references facts (conversation_id, seq)
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table personal_texts, facts, conversations")
