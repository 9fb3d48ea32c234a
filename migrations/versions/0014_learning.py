"""What is learned from conversations: what was read, what staff taught, and which understanding is published.

Whatever repeats a shopper's words hangs on `personal_texts`, so that erasing the words takes it along.
"""

from alembic import op

revision = "0014_learning"
down_revision = "0013_models"

UP = """
create index conversations_written on conversations (updated_at);

create table read_messages (
    conversation_id text not null,
    seq             integer not null,
    turn            integer not null,
    at              timestamptz not null,
    language        text not null,
    intents         jsonb not null,
    confidence      real not null,
    asked           text not null default '',
    signals         text[] not null default '{}',
    gap             bigint,
    joined          integer[] not null default '{}',
    primary key (conversation_id, seq),
    foreign key (conversation_id, seq) references personal_texts (conversation_id, seq) on delete cascade
);
create index read_messages_at on read_messages (at);
create index read_messages_to_look_at on read_messages (at) where signals <> '{}';

create table learning_progress (
    conversation_id text primary key references conversations (id) on delete cascade,
    seq             integer not null,
    at              timestamptz not null
);
create index learning_progress_at on learning_progress (at);

create table own_intents (
    name        text primary key check (name ~ '^[a-z][a-z0-9_]{2,39}$'),
    description text not null,
    created_by  text not null,
    created_at  timestamptz not null
);

create table lessons (
    id              bigint generated always as identity primary key,
    conversation_id text,
    seq             integer,
    language        text not null,
    text            text not null,
    intents         text[] not null,
    entities        jsonb not null default '[]',
    verdict         text not null check (verdict in ('teach', 'right', 'ignore')),
    state           text not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
    author          text not null,
    created_at      timestamptz not null,
    decided_by      text,
    decided_at      timestamptz,
    foreign key (conversation_id, seq) references personal_texts (conversation_id, seq) on delete cascade,
    check ((conversation_id is null) = (seq is null)),
    check (verdict = 'teach' or intents = '{}')
);
create unique index lessons_once on lessons (conversation_id, seq) where state in ('proposed', 'approved');
create index lessons_state on lessons (state, created_at);

create table suggested_answers (
    id          bigint generated always as identity primary key,
    question    text not null,
    answer      text not null,
    language    text not null,
    title       text not null,
    article     text,
    changes     boolean not null,
    gaps        bigint[] not null default '{}',
    state       text not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
    author      text not null,
    created_at  timestamptz not null,
    decided_by  text,
    decided_at  timestamptz,
    before      jsonb,
    check (not changes or article is not null)
);
create index suggested_answers_state on suggested_answers (state, created_at);

create table answered_messages (
    answer_id       bigint not null references suggested_answers (id) on delete cascade,
    conversation_id text not null,
    seq             integer not null,
    primary key (answer_id, conversation_id, seq),
    foreign key (conversation_id, seq) references personal_texts (conversation_id, seq) on delete cascade
);
create index answered_messages_of on answered_messages (conversation_id, seq);

create table reading_samples (
    conversation_id text not null,
    seq             integer not null,
    day             date not null,
    language        text not null,
    intents         text[] not null,
    agreed          boolean,
    right_intents   text[] not null default '{}',
    judged_by       text,
    judged_at       timestamptz,
    primary key (conversation_id, seq),
    foreign key (conversation_id, seq) references facts (conversation_id, seq),
    check ((agreed is null) = (judged_at is null))
);
create index reading_samples_day on reading_samples (day);

create table agreement_notices (
    id          bigint generated always as identity primary key,
    day         date not null,
    language    text not null,
    agreed      integer not null,
    judged      integer not null,
    agreed_before integer not null,
    judged_before integer not null,
    at          timestamptz not null,
    seen_by     text,
    seen_at     timestamptz,
    unique (day, language)
);

create table enquiries (
    id          bigint generated always as identity primary key,
    fingerprint text not null unique,
    source      text not null,
    row         integer not null,
    text        text not null,
    answer      text not null default '',
    language    text not null,
    tag         text not null default '',
    imported_at timestamptz not null
);

create table enquiry_groups (
    id          bigint generated always as identity primary key,
    key         text not null unique,
    title       text not null,
    language    text not null,
    members     bigint[] not null,
    examples    bigint[] not null,
    tag         text not null default '',
    reading     text,
    share       real not null,
    unanswered  integer not null,
    state       text not null default 'open' check (state in ('open', 'taken', 'dismissed')),
    decided_by  text,
    decided_at  timestamptz,
    made_at     timestamptz not null
);

create table understandings (
    version     integer generated always as identity primary key,
    made_at     timestamptz not null,
    card        jsonb not null,
    figures     jsonb not null,
    weights     bytea not null
);
-- the last line says which one reads; no version: the one that comes with the release
create table published_understandings (
    id          bigint generated always as identity primary key,
    version     integer references understandings (version),
    by          text not null,
    at          timestamptz not null
);

create function announce_understanding() returns trigger language plpgsql as $$
begin
    perform pg_notify('understanding_changed', '');
    return null;
end $$;
create trigger understanding_changed after insert on published_understandings
    for each statement execute function announce_understanding();

-- a question on the list of gaps is a shopper's own words, too: those of whoever asked first
alter table gaps add column words_of text;
update gaps set words_of = conversation_id;
alter table gaps alter column words_of set not null;
create index gaps_words_of on gaps (words_of);
create function forget_gaps() returns trigger language plpgsql as $$
begin
    delete from gaps using (select distinct conversation_id from erased) gone
        where gaps.words_of = gone.conversation_id;
    return null;
end $$;
create trigger personal_texts_erased after delete on personal_texts
    referencing old table as erased for each statement execute function forget_gaps();
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(
        "drop trigger personal_texts_erased on personal_texts; drop function forget_gaps();"
        "alter table gaps drop column words_of;"
        "drop table published_understandings, understandings, enquiry_groups, enquiries, agreement_notices,"
        " reading_samples, answered_messages, suggested_answers, lessons, own_intents, learning_progress, read_messages;"
        "drop function announce_understanding(); drop index conversations_written"
    )
