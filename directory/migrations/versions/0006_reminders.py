"""Make the tables of reminders and of addresses that are not written to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "confirmed",
                "corrected",
                "closed",
                "not_us",
                "stopped",
                "room",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_letter_id"), ["letter_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "doubtful_address",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column(
            "doubt",
            sa.Enum(
                "bounced",
                "not_theirs",
                name="addressdoubt",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubtful_address")),
        sa.UniqueConstraint(
            "organization_id",
            "address",
            name=op.f("uq_doubtful_address_organization_id_address"),
        ),
    )
    with op.batch_alter_table("doubtful_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_doubtful_address_organization_id"),
            ["organization_id"],
            unique=False,
        )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    with op.batch_alter_table("doubtful_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_doubtful_address_organization_id"))

    op.drop_table("doubtful_address")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_organization_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_letter_id"))

    op.drop_table("reminder")
