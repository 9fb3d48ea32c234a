"""The desk: staff and their sign-ins, the inbox as it is read, what staff keep beside a conversation, what they did."""

from alembic import op

revision = "0012_helpdesk"
down_revision = "0011_verification"

UP = """
create unique index facts_said_once on facts (conversation_id, (body ->> 'message'))
    where kind = 'staff_said' and body ? 'message';

create table staff (
    id            text primary key,
    email         text not null,
    name          text not null,
    role          text not null check (role in ('owner', 'manager', 'agent', 'editor')),
    password_hash text not null,
    totp_secret   text,
    totp_on       boolean not null default false,
    totp_step     bigint not null default 0,
    languages     text[] not null default '{}',
    skills        text[] not null default '{}',
    teams         text[] not null default '{}',
    capacity      integer not null default 6 check (capacity >= 0),
    refund_limit  bigint check (refund_limit >= 0),
    presence      text not null default 'offline' check (presence in ('online', 'away', 'offline')),
    seen_at       timestamptz,
    disabled_at   timestamptz,
    created_at    timestamptz not null
);
create unique index staff_by_email on staff (lower(email));

create table staff_sessions (
    token_hash text primary key,
    staff_id   text not null references staff (id),
    created_at timestamptz not null,
    used_at    timestamptz not null
);
create index staff_sessions_of on staff_sessions (staff_id);

create table staff_audit (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    staff_id        text,
    act             text not null,
    conversation_id text,
    details         jsonb not null default '{}'
);
create index staff_audit_of on staff_audit (staff_id, id);
create index staff_audit_about on staff_audit (conversation_id, id) where conversation_id is not null;
create function staff_audit_stays() returns trigger language plpgsql as
$$ begin raise exception 'the audit log is only ever added to'; end $$;
create trigger staff_audit_stays before update or delete on staff_audit
    for each row execute function staff_audit_stays();

create function priority_rank(priority text) returns integer language sql immutable as
$$ select case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end $$;

-- the inbox as it is read: derived from the facts up to `seq`, and made anew from them when it is lost
create table desk_threads (
    conversation_id text primary key references conversations (id),
    seq             integer not null,
    state           text not null,
    owner           text,
    last_owner      text,
    team            text not null default '',
    reason          text,
    channel         text not null,
    language        text not null,
    customer_id     bigint,
    priority        text not null default 'normal',
    handed_seq      integer,
    said_seq        integer,
    said_from       text,
    said_at         timestamptz,
    queued_at       timestamptz,
    served_at       timestamptz,
    waiting_since   timestamptz,
    snoozed_until   timestamptz,
    assigned_at     timestamptz,
    wanted          text,
    rating          integer,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index desk_threads_open on desk_threads (state, queued_at) where state <> 'closed';
create index desk_threads_owned on desk_threads (owner) where owner is not null;
create index desk_threads_latest on desk_threads (updated_at desc);
create index desk_threads_of on desk_threads (customer_id) where customer_id is not null;

-- what staff set by hand
create table desk_marks (
    conversation_id text primary key references conversations (id),
    labels          text[] not null default '{}',
    merged_into     text references conversations (id),
    delivered       integer not null default 0,
    read            integer not null default 0
);

create table desk_notes (
    id              text primary key,
    conversation_id text not null references conversations (id),
    staff_id        text not null references staff (id),
    text            text not null,
    mentions        text[] not null default '{}',
    at              timestamptz not null
);
create index desk_notes_of on desk_notes (conversation_id, at);

create table desk_viewers (
    conversation_id text not null references conversations (id),
    staff_id        text not null references staff (id),
    seen_at         timestamptz not null,
    typing_at       timestamptz,
    primary key (conversation_id, staff_id)
);

create table desk_replies (
    id         text primary key,
    shortcut   text not null,
    title      text not null,
    texts      jsonb not null,
    updated_at timestamptz not null
);
create unique index desk_replies_by_shortcut on desk_replies (lower(shortcut));

create table desk_approvals (
    id              text primary key,
    conversation_id text not null references conversations (id),
    tool            text not null,
    args            jsonb not null,
    amount          bigint,
    currency        text,
    asked_by        text not null references staff (id),
    asked_at        timestamptz not null,
    state           text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
    answered_by     text references staff (id),
    answered_at     timestamptz,
    why             text not null default '',
    result          jsonb
);
create index desk_approvals_waiting on desk_approvals (asked_at) where state = 'waiting';

create table desk_contacts (
    conversation_id text primary key references conversations (id),
    email           text not null default '',
    phone           text not null default '',
    purpose         text not null,
    wording         text not null,
    given_at        timestamptz not null,
    answered_seq    integer not null default 0
);

create table desk_answers (
    id              text primary key,
    conversation_id text not null references conversations (id),
    question        text not null,
    answer          text not null,
    language        text not null,
    article         text,
    staff_id        text not null,
    at              timestamptz not null,
    state           text not null default 'waiting' check (state in ('waiting', 'taken', 'dropped'))
);
create index desk_answers_waiting on desk_answers (at) where state = 'waiting';

-- what the console's live streams replay; ids are given under one lock, so none appears behind a later one
create table desk_events (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    kind            text not null,
    conversation_id text,
    ref             text not null default '',
    staff_id        text
);
create index desk_events_at on desk_events (at);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(
        "drop table desk_events, desk_answers, desk_contacts, desk_approvals, desk_replies, desk_viewers, desk_notes,"
        " desk_marks, desk_threads, staff_audit, staff_sessions, staff"
    )
    op.execute("drop function staff_audit_stays")
    op.execute("drop function priority_rank")
    op.execute("drop index facts_said_once")
