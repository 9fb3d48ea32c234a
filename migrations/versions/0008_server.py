"""What the doors keep: files that shoppers send along with a message."""

from alembic import op

revision = "0008_server"
down_revision = "0007_assistant"

UP = """
create table attachments (
    id              text primary key,
    conversation_id text not null references conversations (id),
    media_type      text not null,
    size            integer not null,
    sha256          text not null,
    received_at     timestamptz not null
);
create index attachments_of on attachments (conversation_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table attachments")
