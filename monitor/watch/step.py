"""What is known of one capture of a page beside the one before it."""

from __future__ import annotations

from typing import NamedTuple

from monitor.compare import Followed
from monitor.model.comparison import Comparison
from monitor.model.reading import Suspicion
from monitor.model.snapshot import Capture
from monitor.store.catalogue.compared import Compared


class Step(NamedTuple):
    """A capture, and what changed since the newest good one before it that can be read.

    `before` and `compared` are None at a page's first, and where `fault` says why the capture cannot be read;
    `comparison` also where what was kept of it was enough; `followed` is the same with who is who in it. `is_good` is
    whether the capture is the page's own, and the next one is compared with it; `doubt` says why a page's first may be
    none, `is_blank` that the capture is as it came and holds nothing that could be read. `is_as_before`: it is doubted
    for what a bad one just before was doubted for.
    """

    capture: Capture
    before: Capture | None = None
    compared: Compared | None = None
    fault: str | None = None
    comparison: Comparison | None = None
    is_good: bool = False
    doubt: Suspicion | None = None
    followed: Followed | None = None
    is_blank: bool = False
    is_as_before: bool = False
