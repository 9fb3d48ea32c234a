"""Which data keys something is sealed under, each with a proof that only the right key opens."""

from alembic import op

revision = "0040_data_keys"
down_revision = "0039_guide_walks"

UP = """
create table data_keys (
    name        text primary key,
    proof       text not null,
    made_at     timestamptz not null,
    complete_at timestamptz
);
comment on column data_keys.complete_at is 'since when everything is sealed under this key or a later one';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop table data_keys")
