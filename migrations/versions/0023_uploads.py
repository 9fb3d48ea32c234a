"""Files of the shop's other systems, sent in by HTTP."""

from alembic import op

revision = "0023_uploads"
down_revision = "0022_models"

UP = """
create table uploads (
    id      text primary key,
    kind    text not null,
    format  text not null,
    digest  text not null,
    body    bytea,
    state   text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
    done    integer not null default 0,
    report  jsonb,
    sent_at timestamptz not null,
    over_at timestamptz
);
create index uploads_waiting on uploads (sent_at) where state = 'waiting';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table uploads")
