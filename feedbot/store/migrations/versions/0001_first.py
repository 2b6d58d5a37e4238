"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("url", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("moved_to", TEXT, nullable=True),
        sa.Column("sightings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.BigInteger(), nullable=True),
        sa.Column("listed", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_listing")),
    )
    op.create_table(
        "host",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("robots", sa.LargeBinary(), nullable=True),
        sa.Column("robots_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_listing_source"), "listing", ["source"], unique=False)
    op.create_table(
        "site",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("model", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_site")),
    )
    op.create_table(
        "sketch",
        sa.Column("h", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("h", "story", name=op.f("pk_sketch")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("urls", TEXT, server_default="", nullable=False),
        sa.Column("settings", TEXT, server_default="", nullable=False),
        sa.Column("host", TEXT, nullable=True),
        sa.Column("first_polled", sa.BigInteger(), nullable=True),
        sa.Column("last_polled", sa.BigInteger(), nullable=True),
        sa.Column("next_poll", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_why", TEXT, server_default="", nullable=False),
        sa.Column("planned", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_owner", TEXT, server_default="", nullable=False),
        sa.Column("lease_token", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("takeovers", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("pace", TEXT, server_default="", nullable=False),
        sa.Column("anomalies", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_next_poll"), "source", ["next_poll"], unique=False)
    op.create_index(op.f("ix_source_lease_until"), "source", ["lease_until"], unique=False)
    op.create_table(
        "alert",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("health", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("source", "at", name=op.f("pk_alert")),
    )
    op.create_table(
        "story",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tag", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("url_key", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("article", sa.LargeBinary(), nullable=True),
        sa.Column("first", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("title_hash", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("published_from", TEXT, nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("revisions", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cosmetic", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("why", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("tag", name=op.f("uq_story_tag")),
        sa.UniqueConstraint("updated", name=op.f("uq_story_updated")),
    )
    op.create_index(op.f("ix_story_content"), "story", ["content"], unique=False)
    op.create_index(op.f("ix_story_source"), "story", ["source"], unique=False)
    op.create_index(op.f("ix_story_url_key"), "story", ["url_key"], unique=False)
    op.create_index("ix_story_first_seen_source", "story", ["first_seen", "source"], unique=False)
    op.create_table(
        "topic",
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("rules", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic")),
    )
    op.create_table(
        "page",
        sa.Column("url_key", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("fetched", sa.BigInteger(), nullable=True),
        sa.Column("next_fetch", sa.BigInteger(), nullable=True),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=True),
        sa.Column("published_from", TEXT, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("beside", sa.LargeBinary(), nullable=True),
        sa.Column("verdict", TEXT, nullable=True),
        sa.Column("form", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("problem", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_page_story")),
        sa.PrimaryKeyConstraint("url_key", name=op.f("pk_page")),
    )
    op.create_index("ix_page_source_next_fetch", "page", ["source", "next_fetch"], unique=False)
    op.create_index(op.f("ix_page_story"), "page", ["story"], unique=False)
    op.create_index(
        "ix_page_first_seen_failed",
        "page",
        ["first_seen"],
        unique=False,
        sqlite_where=sa.text("failures > 0"),
        postgresql_where=sa.text("failures > 0"),
    )
    op.create_table(
        "also_listed",
        sa.Column("url_key", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("url_key", "source", name=op.f("pk_also_listed")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_also_listed_source"), "also_listed", ["source"], unique=False)
    op.create_table(
        "revision",
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("old_title", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("difference", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_revision_story")),
        sa.PrimaryKeyConstraint("story", "at", name=op.f("pk_revision")),
    )
    op.create_table(
        "story_topic",
        sa.Column("topic", TEXT, nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_story_topic_story")),
        sa.PrimaryKeyConstraint("topic", "updated", "story", name=op.f("pk_story_topic")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_topic_story"), "story_topic", ["story"], unique=False)
    op.create_table(
        "topic_version",
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic_version")),
    )
    op.create_table(
        "published",
        sa.Column("place", TEXT, nullable=False),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("place", "slug", name=op.f("pk_published")),
    )
    _create_search_index()


def _create_search_index() -> None:
    """See `store/search.py`."""
    if op.get_bind().dialect.name == "sqlite":
        # It separates at spaces alone: its words hold no sign of ASCII but letters and digits.
        op.execute(
            "CREATE VIRTUAL TABLE story_search USING fts5("
            "words, content='', columnsize=0, tokenize='ascii')"
        )
        return
    op.execute(
        "CREATE TABLE story_search ("
        "story bigint PRIMARY KEY REFERENCES story ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    # A search reads all that waits to be put into the index: 4 MB by default, which take 60 ms.
    op.execute(
        "CREATE INDEX ix_story_search_words ON story_search USING gin (words)"
        " WITH (gin_pending_list_limit = 512)"
    )
