"""Carts: what lies in the basket, coupon codes on it, saved and awaited things, what offers were used up."""

from alembic import op

revision = "0004_carts"
down_revision = "0003_knowledge"
branch_labels = None
depends_on = None

UP = """
CREATE TABLE carts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shopper text NOT NULL UNIQUE,
    points bigint NOT NULL DEFAULT 0 CHECK (points >= -1),
    changed timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN carts.points IS 'points wanted; -1 means all that can be used';

CREATE TABLE cart_lines (
    cart_id bigint NOT NULL REFERENCES carts ON DELETE CASCADE,
    sku text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price bigint NOT NULL,
    title text NOT NULL DEFAULT '',
    added timestamptz NOT NULL,
    place bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (cart_id, sku)
);

CREATE TABLE cart_coupons (
    cart_id bigint NOT NULL REFERENCES carts ON DELETE CASCADE,
    code text NOT NULL,
    added timestamptz NOT NULL,
    PRIMARY KEY (cart_id, code)
);

CREATE TABLE redemptions (
    order_number text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('coupon', 'bundle')),
    code text NOT NULL,
    units integer NOT NULL CHECK (units > 0),
    shopper text NOT NULL,
    redeemed timestamptz NOT NULL,
    PRIMARY KEY (order_number, kind, code)
);
CREATE INDEX redemptions_code ON redemptions (kind, code);
CREATE INDEX redemptions_shopper ON redemptions (shopper);

CREATE TABLE wishes (
    shopper text NOT NULL,
    product text NOT NULL,
    sku text NOT NULL DEFAULT '',
    saved timestamptz NOT NULL,
    PRIMARY KEY (shopper, product, sku)
);

CREATE TABLE restock_wishes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shopper text NOT NULL,
    sku text NOT NULL,
    contact text NOT NULL,
    language text NOT NULL,
    noted timestamptz NOT NULL,
    until timestamptz NOT NULL,
    told timestamptz
);
CREATE UNIQUE INDEX restock_wishes_standing ON restock_wishes (shopper, sku) WHERE told IS NULL;
CREATE INDEX restock_wishes_sku ON restock_wishes (sku) WHERE told IS NULL;
"""

DOWN = "DROP TABLE restock_wishes, wishes, redemptions, cart_coupons, cart_lines, carts;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
