"""What the outbox has to know of a delivery: to which address, why, how far the last try got; and who was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what was not known. Nothing was sent before, so there are no rows to fill in."""
    for name in ("address", "occasion", "subject"):
        op.add_column("deliveries", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("until", "begun_at", "handed_at", "told_at"):
        op.add_column("deliveries", sa.Column(name, sa.Text))
    op.create_table(
        "quiet",
        sa.Column("reader", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_index("deliveries_by_reader", "deliveries", ["reader", "occasion", "until"])
