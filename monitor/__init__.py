"""monitor: what changed on a web page, named for what it means.

    model     the nouns: snapshot, reading, change, comparison
    capture   where bytes come from → Snapshot
    store     Snapshots on disk: a file each, and a ledger that vouches for them
    read      Snapshot → Reading: what a capture says
    compare   Reading × Reading → Comparison: what changed, and why it is called so
    report    Comparison → text, HTML, mail, JSON …
    deliver   a report, or what else is to go out → its place
    config    config.yaml → Config
    watch     the use cases: only these join the steps
    schedule  pages with their schedules → checks at the right moments
    cli       the commands

The public API is `read` and `compare`; both are pure.
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["compare", "read"]

from monitor.compare import compare
from monitor.read import read
