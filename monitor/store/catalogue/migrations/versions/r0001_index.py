"""The index: what the store's files say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the index."""
    op.create_table(
        "ledger_read",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    _captures()
    _readings()
    _comparisons()


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("page", "at", "file", "kind", "payload", "sha256")),
        sa.Column("pruned", sa.Integer),
        *(sa.Column(name, sa.Text) for name in ("body", "url", "media_type")),
    )
    op.create_index("captures_by_page", "captures", ["page", "at"])
    op.create_index("captures_by_file", "captures", ["file"])
    op.create_index("captures_by_body", "captures", ["body"])


def _readings() -> None:
    keys = ("body", "url", "media_type", "rules", "reader", "first_day")
    op.create_table(
        "readings",
        *(sa.Column(name, sa.Text, primary_key=True) for name in keys),
        sa.Column("last_day", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _comparisons() -> None:
    op.create_table(
        "comparisons",
        sa.Column("after", sa.Integer, sa.ForeignKey("captures.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("before", sa.Integer, sa.ForeignKey("captures.seq", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("comparer", "rules", "history", "verdict")),
        sa.Column("elapsed_days", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("counts", "summary")),
    )
    op.create_index("comparisons_by_before", "comparisons", ["before"])
    op.create_table(
        "findings",
        sa.Column("after", sa.Integer, sa.ForeignKey("comparisons.after", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "kind", "significance", "subject", "reason")),
    )
    op.create_index("findings_by_id", "findings", ["id"])
