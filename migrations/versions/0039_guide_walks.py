"""How far shoppers came with a guide, and whether it helped."""

from alembic import op

revision = "0039_guide_walks"
down_revision = "0038_outreach"

UP = """
create table guide_walks (
    walk            text primary key,
    conversation_id text not null,
    guide           text not null,
    language        text not null,
    product         text,
    path            integer[] not null check (cardinality(path) > 0),
    outcome         text not null
                    check (outcome in ('open', 'solved', 'failed', 'person', 'danger', 'left')),
    begun_at        timestamptz not null,
    at              timestamptz not null
);
create index guide_walks_begun on guide_walks (begun_at);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table guide_walks")
