"""Ways of paying on file that the shop's gateway charges, and the way an order was agreed to be paid by."""

from alembic import op

revision = "0027_agreed_ways"
down_revision = "0026_tracking"

UP = """
-- which gateway charges it, by the token it gave: nothing but this shop's key can use it
alter table stored_methods add column gateway text, add column token text,
    add check ((gateway is null) = (token is null));
create unique index stored_methods_once on stored_methods (customer_id, gateway, token) where token is not null;

-- the way on file and the amount the shopper said yes to; nothing else is ever charged
alter table orders add column pay_with text, add column pay_agreed bigint,
    add check ((pay_with is null) = (pay_agreed is null));

-- charged by a way on file (its reference); whose way may be kept that is chosen on the page
alter table payments add column on_file text, add column kept_for bigint;
"""

DOWN = """
alter table payments drop column kept_for, drop column on_file;
alter table orders drop column pay_agreed, drop column pay_with;
drop index stored_methods_once;
alter table stored_methods drop column token, drop column gateway;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
