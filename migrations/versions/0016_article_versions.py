"""What an article said before, and who wrote it."""

from alembic import op

revision = "0016_article_versions"
down_revision = "0015_signals"

UP = """
create table article_versions (
    id       bigint generated always as identity primary key,
    slug     text not null,
    language text not null,
    title    text not null,
    tags     text[] not null default '{}',
    body     text not null,
    staff_id text,
    at       timestamptz not null
);
create index article_versions_of on article_versions (slug, language, id desc);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table article_versions")
