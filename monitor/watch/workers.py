"""Processes that judge pages: a page that trips or hangs the reader costs itself, and its process is made anew."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import TimeoutError as LateError
from datetime import datetime
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from monitor.model.judgement import Judgement, Place
from monitor.model.page import Page

LONGEST_JUDGING = 120.0  # seconds for all captures of a page behind its mark; one of 20 MB takes some 20
MOST_TASKS = 2_000  # pages, then a process is replaced: whatever its libraries keep is given back
MOST_REMEMBERED = 16  # pages, whose lines a process remembers: those of one site share their menus
_QUIET = "ignore:resource_tracker:UserWarning"
_JUDGED = itertools.count()


class Workers:
    """So many processes for one store. Used within `with`; leaving it waits for none of them."""

    def __init__(self, place: Place, count: int) -> None:
        self._place = place
        # Forked from a process of its own: forked from this one, which has threads, they might hang on locks of these.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["monitor.watch.warm"])
        _quiet_the_tracker()
        self._pool = ProcessPool(max_workers=count, max_tasks=MOST_TASKS, context=context)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    async def judge(self, page: Page, faults: Mapping[str, str] | None = None) -> Judgement:
        """What the page's captures behind its mark mean; a process that died or hung is a fault."""
        future = self._pool.schedule(_judge, args=[self._place, page, faults], timeout=LONGEST_JUDGING)
        try:
            return await asyncio.wrap_future(future)
        except LateError:
            what = f"reading it took longer than {LONGEST_JUDGING:.0f} seconds and was ended"
        except ProcessExpired as error:
            what = f"the process that read it died (exit status {error.exitcode})"
        except Exception as error:  # noqa: BLE001  a page that trips the reader must not cost the others
            what = f"it cannot be read ({type(error).__name__}: a fault of this program)"
        return Judgement(fault=what, is_given_up=True)

    async def show_all(self, pages: Sequence[Page], now: datetime, due: Mapping[str, datetime]) -> str | None:
        """Write the index page of the reports; its path, None where it could not be written."""
        future = self._pool.schedule(
            _show_all, args=[self._place, tuple(pages), now, dict(due)], timeout=LONGEST_JUDGING
        )
        try:
            path: str | None = await asyncio.wrap_future(future)
        except (OSError, ProcessExpired, LateError):
            return None
        return path


def _quiet_the_tracker() -> None:
    """Have what tidies up behind this process, should it be killed, do so without a word: cron mails each.

    The tracker of multiprocessing is a process that outlives this one, and is told of filters as an interpreter is.
    """
    if _QUIET not in sys.warnoptions:
        sys.warnoptions.append(_QUIET)


def _show_all(place: Place, pages: Sequence[Page], now: datetime, due: Mapping[str, datetime]) -> str | None:
    from monitor.watch.judge_page import show_all  # noqa: PLC0415  as said below

    return show_all(place, pages, now, due)


def _judge(place: Place, page: Page, faults: Mapping[str, str] | None) -> Judgement:
    """What the worker does; its libraries are no burden of the process that hands the pages out."""
    from monitor.watch.forget import forget  # noqa: PLC0415  as said above
    from monitor.watch.judge_page import judge  # noqa: PLC0415  as said above

    if next(_JUDGED) % MOST_REMEMBERED == 0:
        forget()
    return judge(place, page, faults)
