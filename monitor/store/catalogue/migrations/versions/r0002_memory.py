"""The memory: what no file of the store tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the memory."""
    _deliveries()
    op.create_table(
        "acknowledgements",
        sa.Column("finding", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("page", "file", "kind", "subject", "at", "note")),
    )
    op.create_table(
        "failures",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("page", "since")),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("told_at", "over_at")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reader", "channel", "made_at")),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("answered_at", "answer")),
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "due_at"])
    op.create_table(
        "told",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("finding", "reader")),
        sa.Column("delivery", sa.Text, sa.ForeignKey("deliveries.id"), nullable=False),
    )
    op.create_index("told_by_delivery", "told", ["delivery"])
