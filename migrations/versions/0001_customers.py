"""Customers: who somebody is, where they live, what they agreed to, points and preferences."""

from alembic import op

revision = "0001_customers"
down_revision = None
branch_labels = None
depends_on = None

UP = """
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id text UNIQUE,
    email text,
    name text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    locale text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    spent_before bigint NOT NULL DEFAULT 0 CHECK (spent_before >= 0),
    spent_before_at timestamptz,
    created timestamptz NOT NULL
);
CREATE UNIQUE INDEX customers_email ON customers (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX customers_phone ON customers (phone) WHERE phone <> '';

CREATE TABLE consents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shopper text NOT NULL,
    purpose text NOT NULL,
    channel text NOT NULL,
    wording text NOT NULL,
    given timestamptz NOT NULL,
    withdrawn timestamptz
);
CREATE UNIQUE INDEX consents_standing ON consents (shopper, purpose, channel) WHERE withdrawn IS NULL;

CREATE TABLE addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    country text NOT NULL,
    postcode text NOT NULL,
    region text NOT NULL,
    city text NOT NULL,
    street text NOT NULL,
    detail text NOT NULL,
    recipient text NOT NULL,
    phone text NOT NULL,
    lines text NOT NULL,
    used timestamptz NOT NULL,
    UNIQUE (customer_id, country, postcode, region, city, street, detail, recipient)
);

CREATE TABLE point_grants (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    points bigint NOT NULL CHECK (points >= 0),
    used bigint NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND points),
    cause text NOT NULL UNIQUE,
    granted timestamptz NOT NULL,
    expires timestamptz
);
CREATE INDEX point_grants_customer ON point_grants (customer_id);

CREATE TABLE point_spends (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    points bigint NOT NULL CHECK (points > 0),
    cause text NOT NULL UNIQUE,
    spent timestamptz NOT NULL,
    given_back boolean NOT NULL DEFAULT false
);
CREATE INDEX point_spends_customer ON point_spends (customer_id);

CREATE TABLE point_uses (
    spend_id bigint NOT NULL REFERENCES point_spends ON DELETE CASCADE,
    grant_id bigint NOT NULL REFERENCES point_grants ON DELETE CASCADE,
    points bigint NOT NULL CHECK (points > 0),
    PRIMARY KEY (spend_id, grant_id)
);

CREATE TABLE spendings (
    cause text PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    amount bigint NOT NULL,
    bought timestamptz NOT NULL
);
CREATE INDEX spendings_customer ON spendings (customer_id);

CREATE TABLE preferences (
    shopper text NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    words text NOT NULL,
    noted timestamptz NOT NULL,
    PRIMARY KEY (shopper, kind, value)
);

CREATE TABLE personal_settings (
    shopper text PRIMARY KEY,
    personal boolean NOT NULL,
    changed timestamptz NOT NULL
);
"""

DOWN = """
DROP TABLE personal_settings, preferences, spendings, point_uses, point_spends, point_grants, addresses, consents,
           customers;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
