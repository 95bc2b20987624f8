"""Where snapshots come from → Snapshot: opens what a person names, and never reads what it says."""

from __future__ import annotations

import sys

# Where click is installed, httpx loads a command line of its own, and rich and pygments for it: 60 ms and 4 MB of each
# command that captures. What stands as None among the modules is not there, and httpx does without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
