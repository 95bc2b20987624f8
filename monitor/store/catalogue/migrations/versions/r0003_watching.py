"""What the watching remembers: how far each page was told of, which slots were begun, which were missed, new forms.

And in the index, what speaks against a capture by the way it came, and with what the next one is compared.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of the watching, which belong to the memory; note when it was told that a failure is over."""
    op.add_column("captures", sa.Column("doubts", sa.Text))
    op.add_column("comparisons", sa.Column("footing", sa.Text))
    op.create_table(
        "checked",
        sa.Column("page", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file", "at")),
    )
    op.create_table(
        "slots",
        sa.Column("page", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("slot", "begun_at")),
        sa.Column("done_at", sa.Text),
    )
    op.create_table(
        "missed",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("page", "first")),
        sa.Column("last", sa.Text, nullable=False),
        sa.Column("slots", sa.Integer, nullable=False),
        sa.Column("caught_up_at", sa.Text),
    )
    op.create_table(
        "accepted",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("page", "file")),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.add_column("failures", sa.Column("over_told_at", sa.Text))
