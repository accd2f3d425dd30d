"""Let hours say that one comes by appointment on some days."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TIMES = "(opens_at IS NOT NULL AND closes_at IS NOT NULL)"


def upgrade() -> None:
    """Bring the tables to this version."""
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_schedule_open_has_hours"), "check")
        batch_op.add_column(
            sa.Column(
                "by_appointment",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
            )
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_schedule_open_has_hours"),
            f"closed OR by_appointment OR {_TIMES}",
        )


def downgrade() -> None:
    """Bring the tables back to the version before; such days are not known then."""
    op.execute(
        "DELETE FROM schedule"
        " WHERE NOT closed AND (opens_at IS NULL OR closes_at IS NULL)"
    )
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_schedule_open_has_hours"), "check")
        batch_op.drop_column("by_appointment")
        batch_op.create_check_constraint(
            batch_op.f("ck_schedule_open_has_hours"), f"closed OR {_TIMES}"
        )
