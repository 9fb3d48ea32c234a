"""What shoppers do elsewhere and agree to tell us, and in which direction goods came back that did not fit."""

from alembic import op

revision = "0015_signals"
down_revision = "0014_learning"
branch_labels = None
depends_on = None

UP = """
alter table shopper_events drop constraint shopper_events_kind_check;
alter table shopper_events add constraint shopper_events_kind_check
    check (kind in ('view', 'search', 'purchase', 'like', 'follow', 'save'));
create index shopper_events_by_age on shopper_events (at);

create table fit_reports (
    cause      text not null,
    product_id bigint not null references products on delete cascade,
    fit        text not null check (fit in ('small', 'large')),
    at         timestamptz not null,
    primary key (cause, product_id)
);
create index fit_reports_of_product on fit_reports (product_id);
"""

DOWN = """
drop table fit_reports;
drop index shopper_events_by_age;
delete from shopper_events where kind in ('like', 'follow', 'save');
alter table shopper_events drop constraint shopper_events_kind_check;
alter table shopper_events add constraint shopper_events_kind_check check (kind in ('view', 'search', 'purchase'));
"""


def upgrade() -> None:
    """Widen what is noted of shoppers; a table of returns that did not fit."""
    op.execute(UP)


def downgrade() -> None:
    """Forget both."""
    op.execute(DOWN)
