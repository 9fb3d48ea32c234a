"""Articles as they were written, and the questions nobody has written an answer to."""

from alembic import op

revision = "0003_knowledge"
down_revision = "0002_catalog"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE articles (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            slug        text NOT NULL,
            language    text NOT NULL,
            title       text NOT NULL,
            tags        text[] NOT NULL DEFAULT '{}',
            body        text NOT NULL,
            folder      text NOT NULL,
            file        text NOT NULL,
            fingerprint text NOT NULL,
            updated_at  timestamptz NOT NULL,
            UNIQUE (slug, language)
        );
        CREATE INDEX articles_folder ON articles (folder);

        CREATE TABLE gaps (
            id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            question        text NOT NULL,
            question_key    text NOT NULL,
            language        text NOT NULL,
            kind            text NOT NULL,
            product         text,
            conversation_id text NOT NULL,
            times           integer NOT NULL DEFAULT 1 CHECK (times > 0),
            state           text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered')),
            first_asked_at  timestamptz NOT NULL,
            last_asked_at   timestamptz NOT NULL,
            answered_at     timestamptz,
            CHECK ((state = 'answered') = (answered_at IS NOT NULL))
        );
        -- the same question waits once; asked again after it was answered, it waits anew
        CREATE UNIQUE INDEX gaps_waiting ON gaps (question_key, language, kind, coalesce(product, ''))
            WHERE state = 'open';
        CREATE INDEX gaps_state ON gaps (state, times DESC, last_asked_at DESC);

        CREATE FUNCTION announce_articles() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('articles_changed', '');
            RETURN NULL;
        END $$;
        CREATE TRIGGER articles_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON articles
            FOR EACH STATEMENT EXECUTE FUNCTION announce_articles();
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE gaps; DROP TABLE articles; DROP FUNCTION announce_articles()")
