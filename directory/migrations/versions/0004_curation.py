"""Make the tables of proposals and of the history."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEVER = "the history is only ever written"

_SQLITE = (
    # A replacing insert would delete the old row without asking the trigger below.
    """
    CREATE TRIGGER event_once BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
    """
    CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
    """
    CREATE TRIGGER event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
    """
    CREATE TRIGGER event_detail_once BEFORE INSERT ON event_detail
    WHEN EXISTS (SELECT 1 FROM event_detail WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
    # A detail may lose values that must be held no longer, and nothing else.
    """
    CREATE TRIGGER event_detail_only_redacts BEFORE UPDATE ON event_detail
    WHEN NEW.seq <> OLD.seq OR NOT NEW.redacted OR NEW.salt <> ''
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
    """
    CREATE TRIGGER event_detail_no_delete BEFORE DELETE ON event_detail
    BEGIN SELECT RAISE(ABORT, '{never}'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION history_is_only_written() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{never}' USING ERRCODE = 'restrict_violation'; END $$
    """,
    """
    CREATE TRIGGER event_unchanged BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION history_is_only_written()
    """,
    """
    CREATE TRIGGER event_not_emptied BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_only_written()
    """,
    """
    CREATE TRIGGER event_detail_only_redacts BEFORE UPDATE ON event_detail
    FOR EACH ROW WHEN (NEW.seq <> OLD.seq OR NOT NEW.redacted OR NEW.salt <> '')
    EXECUTE FUNCTION history_is_only_written()
    """,
    """
    CREATE TRIGGER event_detail_kept BEFORE DELETE ON event_detail
    FOR EACH ROW EXECUTE FUNCTION history_is_only_written()
    """,
    """
    CREATE TRIGGER event_detail_not_emptied BEFORE TRUNCATE ON event_detail
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_only_written()
    """,
)


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "propose",
                "publish",
                "approve",
                "refuse",
                "withdraw",
                "object",
                "revert",
                "confirm",
                "room",
                "remind",
                "silence",
                "bounce",
                "report",
                "settle",
                "claim",
                "merge",
                "distinguish",
                "load",
                "view",
                "alert",
                "redact",
                "account",
                "restore",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_event_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_subject"), ["subject"], unique=False)

    op.create_table(
        "link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm",
                "object",
                "claim",
                "room",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_about"), ["about"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_link_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("patch", sa.String(), nullable=False),
        sa.Column(
            "risk",
            sa.Enum(
                "low",
                "review",
                "high",
                name="risk",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("authorization", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "published",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("once", name=op.f("uq_proposal_once")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_actor"), ["actor"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposal_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_subject"), ["subject"], unique=False
        )

    op.create_table(
        "redirect",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("to_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirect")),
    )
    with op.batch_alter_table("redirect", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redirect_to_id"), ["to_id"], unique=False)

    op.create_table(
        "event_detail",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("redacted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"], ["event.seq"], name=op.f("fk_event_detail_seq")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event_detail")),
    )
    # ### end Alembic commands ###
    _seal()


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("event_detail")
    with op.batch_alter_table("redirect", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redirect_to_id"))

    op.drop_table("redirect")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_subject"))
        batch_op.drop_index(batch_op.f("ix_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_proposal_organization_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_actor"))

    op.drop_table("proposal")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_organization_id"))
        batch_op.drop_index(batch_op.f("ix_link_about"))

    op.drop_table("link")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_action"))
        batch_op.drop_index(batch_op.f("ix_event_subject"))
        batch_op.drop_index(batch_op.f("ix_event_organization_id"))
        batch_op.drop_index(batch_op.f("ix_event_at"))
        batch_op.drop_index(batch_op.f("ix_event_actor"))

    op.drop_table("event")
    # ### end Alembic commands ###
    if not _on_sqlite():
        op.execute("DROP FUNCTION history_is_only_written()")


def _seal() -> None:
    """Let the database itself refuse to change what has happened."""
    for statement in _SQLITE if _on_sqlite() else _POSTGRESQL:
        op.execute(statement.replace("{never}", _NEVER))


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
