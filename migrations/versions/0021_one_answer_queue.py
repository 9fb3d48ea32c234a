"""What staff answer and what is suggested for the articles wait in one queue."""

from alembic import op

revision = "0021_one_answer_queue"
down_revision = "0020_purchase_proof"

UP = """
alter table suggested_answers add column conversation_id text references conversations (id),
    add column once text unique;
insert into suggested_answers (question, answer, language, title, changes, state, author, created_at, conversation_id, once)
    select question, answer, language, left(question, 120), false,
        case state when 'dropped' then 'rejected' else 'proposed' end, staff_id, at, conversation_id, id
    from desk_answers;
drop table desk_answers;
"""

DOWN = """
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
insert into desk_answers (id, conversation_id, question, answer, language, staff_id, at, state)
    select once, conversation_id, question, answer, language, author, created_at,
        case state when 'rejected' then 'dropped' when 'approved' then 'taken' else 'waiting' end
    from suggested_answers where once is not null;
delete from suggested_answers where once is not null and state = 'proposed';
alter table suggested_answers drop column once, drop column conversation_id;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
