"""Make the table of claims."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "claim",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=True),
        sa.Column(
            "contact_says",
            sa.Enum(
                "yes",
                "no",
                name="contactanswer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("contact_said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "agreed",
                "refused",
                name="claimstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("first_by", sa.String(length=64), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_network"), ["network"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_claim_state"), ["state"], unique=False)

    # ### end Alembic commands ###


def downgrade() -> None:
    """Bring the tables back to the version before."""
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_state"))
        batch_op.drop_index(batch_op.f("ix_claim_organization_id"))
        batch_op.drop_index(batch_op.f("ix_claim_network"))

    op.drop_table("claim")
    # ### end Alembic commands ###
