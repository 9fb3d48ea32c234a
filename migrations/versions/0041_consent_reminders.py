"""When somebody was last told that they agreed to advertising."""

from alembic import op

revision = "0041_consent_reminders"
down_revision = "0040_data_keys"


def upgrade() -> None:
    op.execute("alter table consents add column reminded timestamptz")


def downgrade() -> None:
    op.execute("alter table consents drop column reminded")
