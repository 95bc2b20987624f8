"""Since when a delivery is tried: what is sent again by hand has its five days from then on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add it. What was tried before was tried since it was made."""
    op.add_column("deliveries", sa.Column("tried_since", sa.Text))
    op.execute("UPDATE deliveries SET tried_since = made_at WHERE attempts > 0")
