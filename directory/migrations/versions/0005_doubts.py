"""Make the tables of doubts and reports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "doubt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organization_id", sa.String(), nullable=True),
        sa.Column("service_id", sa.String(), nullable=True),
        sa.Column("phone_id", sa.String(), nullable=True),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "silence",
                "bounce",
                "wrong_number",
                "no_answer",
                "closed",
                "refuses",
                name="doubtkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN organization_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN service_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN phone_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_doubt_one_subject"),
        ),
        sa.CheckConstraint(
            "(phone_id IS NULL) = (number IS NULL)",
            name=op.f("ck_doubt_number_of_phone"),
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_doubt_counted")),
        sa.CheckConstraint("since <= last", name=op.f("ck_doubt_in_order")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_doubt_organization_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
            name=op.f("fk_doubt_service_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
            name=op.f("fk_doubt_phone_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
        sa.UniqueConstraint(
            "organization_id", "kind", name=op.f("uq_doubt_organization_id_kind")
        ),
        sa.UniqueConstraint(
            "service_id", "kind", name=op.f("uq_doubt_service_id_kind")
        ),
        sa.UniqueConstraint("phone_id", "kind", name=op.f("uq_doubt_phone_id_kind")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "wrong_number",
                "no_answer",
                "closed",
                "refuses",
                name="reportkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reporter", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "settled_as",
            sa.Enum(
                "dismissed",
                "confirmed",
                "answered",
                name="settlement",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(number IS NOT NULL) = (kind IN ('wrong_number', 'no_answer'))",
            name=op.f("ck_report_number_of_kind"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_as IS NULL)",
            name=op.f("ck_report_settled_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["service.id"],
            name=op.f("fk_report_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_service_id"), ["service_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_report_reporter"), ["reporter"], unique=False
        )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_reporter"))
        batch_op.drop_index(batch_op.f("ix_report_service_id"))

    op.drop_table("report")
    op.drop_table("doubt")
