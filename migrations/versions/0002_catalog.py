"""The catalog room: products, variants, stock, shelves, reviews, the shop's own file, what shoppers looked at."""

from alembic import op

revision = "0002_catalog"
down_revision = "0001_customers"
branch_labels = None
depends_on = None

TABLES = """
create table shops (
    id integer primary key default 1 check (id = 1),
    raw jsonb not null,
    updated_at timestamptz not null default now()
);

create sequence product_revisions;

create table products (
    id bigint generated always as identity primary key,
    handle text not null unique,
    status text not null check (status in ('active', 'draft', 'archived')),
    title jsonb not null,
    brand jsonb not null default '{}',
    category jsonb not null default '{}',
    description jsonb not null default '{}',
    tags text[] not null default '{}',
    attributes jsonb not null default '[]',
    options jsonb not null default '[]',
    size_chart jsonb,
    fit_note jsonb not null default '{}',
    images text[] not null default '{}',
    digest text not null,
    concepts text[] not null default '{}',
    words_version text not null default '',
    revision bigint not null default nextval('product_revisions'),
    rating_sum integer not null default 0,
    rating_count integer not null default 0,
    sold integer not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table variants (
    id bigint generated always as identity primary key,
    sku text not null unique,
    product_id bigint not null references products on delete cascade,
    position integer not null,
    options text[] not null default '{}',
    color text not null default '',
    size_system text not null default '',
    size_value text not null default '',
    price bigint not null check (price >= 0),
    compare_at bigint check (compare_at >= 0),
    stock integer not null check (stock >= 0),
    counted integer not null default 0,
    image text not null default '',
    barcode text not null default '',
    weight_g integer,
    digest text not null
);
create index variants_of_product on variants (product_id, position);

create table shelves (
    sku text not null references variants (sku) on delete cascade on update cascade,
    branch text not null,
    quantity integer not null check (quantity >= 0),
    place text not null default '',
    primary key (sku, branch)
);

create table stock_holds (
    holder text not null,
    sku text not null,
    quantity integer not null check (quantity > 0),
    until timestamptz not null,
    primary key (holder, sku)
);
create index stock_holds_until on stock_holds (until);
create index stock_holds_of_sku on stock_holds (sku);

create table reviews (
    id bigint generated always as identity primary key,
    product_id bigint not null references products on delete cascade,
    sku text not null default '',
    rating integer not null check (rating between 1 and 5),
    title text not null default '',
    body text not null default '',
    author text not null default '',
    created_at timestamptz not null,
    verified boolean not null default false,
    digest text not null unique
);
create index reviews_of_product on reviews (product_id, created_at desc);

create table shopper_events (
    id bigint generated always as identity primary key,
    shopper_key text not null,
    kind text not null check (kind in ('view', 'search', 'purchase')),
    product_id bigint references products on delete cascade,
    text text not null default '',
    categories text[] not null default '{}',
    at timestamptz not null
);
create index shopper_events_of_shopper on shopper_events (shopper_key, at desc);

create table purchases (
    order_ref text not null,
    product_id bigint not null references products on delete cascade,
    primary key (order_ref, product_id)
);

create table bought_together (
    product_id bigint not null references products on delete cascade,
    other_id bigint not null references products on delete cascade,
    orders integer not null,
    primary key (product_id, other_id)
);

create table product_vectors (
    product_id bigint primary key references products on delete cascade,
    embedder text not null,
    digest text not null,
    vectors bytea not null
);

create function tell_catalog_changed() returns trigger language plpgsql as $$
declare
    ids text;
    how_many integer;
begin
    if tg_table_name = 'products' then
        select string_agg(id::text, ','), count(*) into ids, how_many
        from (select id from changed limit 801) as few;
    else
        select string_agg(product_id::text, ','), count(*) into ids, how_many
        from (select distinct product_id from changed limit 801) as few;
    end if;
    if how_many > 0 then
        perform pg_notify('catalog_changed', case when how_many > 800 then '*' else ids end);
    end if;
    return null;
end $$;

create function tell_shop_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('shop_changed', '');
    return null;
end $$;

create trigger tell_inserted after insert on products
    referencing new table as changed for each statement execute function tell_catalog_changed();
create trigger tell_updated after update on products
    referencing new table as changed for each statement execute function tell_catalog_changed();
create trigger tell_inserted after insert on variants
    referencing new table as changed for each statement execute function tell_catalog_changed();
create trigger tell_updated after update on variants
    referencing new table as changed for each statement execute function tell_catalog_changed();
create trigger tell_deleted after delete on variants
    referencing old table as changed for each statement execute function tell_catalog_changed();
create trigger tell_shop after insert or update on shops
    for each statement execute function tell_shop_changed();
"""


def upgrade() -> None:
    op.execute(TABLES)


def downgrade() -> None:
    op.execute(
        """
        drop table product_vectors, bought_together, purchases, shopper_events, reviews, stock_holds, shelves,
            variants, products, shops;
        drop function tell_catalog_changed, tell_shop_changed;
        drop sequence product_revisions;
        """
    )
