"""What a worker needs → loaded once, before the workers are forked: they share its memory and begin at once.

A small page is read, compared and reported for it, so that whatever that loads and remembers is there.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from monitor.compare import compare
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.report import render
from monitor.watch import judge_page  # noqa: F401  all that a worker imports

# More than a page makes that live for long: searches for garbage took a seventh of reading, and found none, since only
# the trees of pages with rules have cycles.
_OBJECTS = 10_000
_PAGE = "<!doctype html><title>News</title><h1>News</h1><ul>{items}</ul><p>42 days since the harbour was opened.</p>"
_ITEM = "<li>{day} March 2024 <a href='/{day}'>The harbour is open on day {day}</a></li>"


def _warm_up() -> None:
    before, after = (read(_snapshot(days)) for days in (range(1, 6), range(2, 7)))
    render(compare(before, after), "html")
    gc.collect()
    gc.freeze()  # what is here stays: no search for garbage touches it, and so copies it
    gc.set_threshold(_OBJECTS)


def _snapshot(days: range) -> Snapshot:
    body = _PAGE.format(items="".join(_ITEM.format(day=day) for day in days)).encode()
    return Snapshot("page.html", body, datetime(2024, 3, days[-1], tzinfo=UTC), "text/html", "http://harbour.example/")


_warm_up()
