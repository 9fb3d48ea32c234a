"""Who is likely to leave: the scores of the last reckoning, what merchants expect, treatments with their hold-out."""

from alembic import op

revision = "0035_insights"
down_revision = "0031_outlooks"

UP = """
create table churn_runs (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    horizon integer,
    scored  integer not null default 0,
    trouble jsonb,
    report  jsonb,
    check ((trouble is null) = (report is not null))
);

create table churn_scores (
    customer_id bigint primary key references customers (id),
    probability double precision not null check (probability between 0 and 1),
    segment     text,
    at_stake    bigint not null check (at_stake >= 0),
    basket      bigint not null check (basket >= 0),
    reasons     jsonb not null
);
create index churn_scores_segment on churn_scores (segment, at_stake desc) where segment is not null;

create table churn_assumptions (
    segment text primary key,
    low     double precision not null,
    high    double precision not null,
    set_by  text not null,
    set_at  timestamptz not null,
    check (low <= high)
);

create table treatments (
    id             text primary key,
    segment        text not null,
    action         text not null,
    share_held_out double precision not null check (share_held_out > 0 and share_held_out < 1),
    cost           bigint not null check (cost >= 0),
    margin         double precision not null check (margin > 0 and margin <= 1),
    currency       text not null,
    started_by     text not null,
    started_at     timestamptz not null,
    ends_at        timestamptz not null,
    stopped_at     timestamptz
);
create index treatments_newest on treatments (started_at desc);

create table treated (
    treatment_id text not null references treatments (id),
    customer_id  bigint not null references customers (id),
    held_out     boolean not null,
    primary key (treatment_id, customer_id)
);
create index treated_customer on treated (customer_id);
comment on column treated.held_out is 'left out by chance, so that what the treatment does can be told';
"""

DOWN = "drop table treated, treatments, churn_assumptions, churn_scores, churn_runs;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
