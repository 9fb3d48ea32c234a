"""What language models may use up of an allowance is set aside before they are asked, so that no two turns use the same."""

from alembic import op

revision = "0044_model_reservations"
down_revision = "0043_send_by"

UP = """
create table model_reservations (
    work            text primary key,
    conversation_id text,
    lapses          timestamptz not null,
    tokens          bigint not null,
    cost            bigint not null,
    milliseconds    bigint not null,
    steps           bigint not null
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table model_reservations")
