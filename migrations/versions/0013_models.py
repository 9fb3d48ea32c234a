"""What language models used is summed up for a day at every turn that asks one."""

from alembic import op

revision = "0013_models"
down_revision = "0012_helpdesk"


def upgrade() -> None:
    """Index what was asked of language models by its moment."""
    op.execute("create index facts_models_asked on facts (at) where kind = 'model_asked'")


def downgrade() -> None:
    """Take the index away."""
    op.execute("drop index facts_models_asked")
