"""When a shopper was told that nothing is heard of their parcel."""

from alembic import op

revision = "0029_silence"
down_revision = "0028_leaving"

UP = "alter table shipments add column silence_told_at timestamptz;"

DOWN = "alter table shipments drop column silence_told_at;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
