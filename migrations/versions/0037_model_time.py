"""How long language models took outside of conversations counts as well."""

from alembic import op

revision = "0037_model_time"
down_revision = "0035_insights"

_VIEW = """
create or replace view all_model_uses as
    select at, body ->> 'model' as model, conversation_id, (body ->> 'cost')::bigint as cost,
           coalesce((body ->> 'input_tokens')::bigint, 0) + coalesce((body ->> 'output_tokens')::bigint, 0) as tokens{asked}
    from facts where kind = 'model_asked'
    union all select at, model, null, cost, input_tokens + output_tokens{used} from model_uses;
"""


def upgrade() -> None:
    op.execute("alter table model_uses add column milliseconds bigint not null default 0")
    asked = ",\n           coalesce((body ->> 'milliseconds')::bigint, 0) as milliseconds"
    op.execute(_VIEW.format(asked=asked, used=", milliseconds"))


def downgrade() -> None:
    op.execute("drop view all_model_uses")
    op.execute(_VIEW.format(asked="", used=""))
    op.execute("alter table model_uses drop column milliseconds")
