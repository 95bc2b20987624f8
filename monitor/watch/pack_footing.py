"""How a page stands ↔ the text that the catalogue keeps of it."""

from __future__ import annotations

import json

from monitor.compare.footing import Footing, Waiting


def packed(footing: Footing) -> str:
    """The text."""
    return json.dumps(footing, separators=(",", ":"))


def unpacked(text: str | None) -> Footing | None:
    """None where nothing was kept, or something else."""
    try:
        good, waiting = json.loads(text or "")
        return Footing(good, tuple(Waiting(*each) for each in waiting))
    except (ValueError, TypeError, RecursionError):
        return None
