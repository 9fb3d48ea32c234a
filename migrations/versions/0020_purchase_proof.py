"""Guests prove the e-mail or phone of a large order before it is placed."""

from alembic import op

revision = "0020_purchase_proof"
down_revision = "0019_staff_read"

UP = """
alter table checkouts add column proved text;
alter table verification_codes add column purpose text not null default 'owner' check (purpose in ('owner', 'purchase'));
"""

DOWN = """
alter table verification_codes drop column purpose;
alter table checkouts drop column proved;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
