"""What language models used outside of conversations, and which ones were chosen in the console."""

from alembic import op

revision = "0022_models"
down_revision = "0021_one_answer_queue"

UP = """
create table model_uses (
    id            bigint generated always as identity primary key,
    at            timestamptz not null,
    staff_id      text,
    model         text not null,
    job           text not null,
    outcome       text not null,
    input_tokens  bigint not null,
    output_tokens bigint not null,
    cost          bigint
);
create index model_uses_at on model_uses (at);
create view all_model_uses as
    select at, body ->> 'model' as model, conversation_id, (body ->> 'cost')::bigint as cost,
           coalesce((body ->> 'input_tokens')::bigint, 0) + coalesce((body ->> 'output_tokens')::bigint, 0) as tokens
    from facts where kind = 'model_asked'
    union all select at, model, null, cost, input_tokens + output_tokens from model_uses;
create table model_choice (
    single   boolean primary key default true check (single),
    choice   jsonb not null,
    key      bytea,
    staff_id text,
    at       timestamptz not null
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop view all_model_uses; drop table model_uses; drop table model_choice")
