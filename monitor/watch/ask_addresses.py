"""The addresses of items and documents that a judgement names → asked for together, within a time; why some failed.

Each answer is a capture like any other, of a page of its own. What such an address does costs no report.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from monitor.errors import MonitorError
from monitor.model.judgement import Judgement
from monitor.watch.followed import id_of

LONGEST = 60.0  # seconds for all together; what is told does not wait for longer
_LATE = f"it did not answer within {LONGEST:.0f} s"
Ask = Callable[[str, str], Awaitable[None]]  # of an address, and the id of the page that its answer is kept under


async def ask_addresses(page: str, judgement: Judgement, ask: Ask) -> dict[str, str]:
    """The addresses that gave no answer, and why not. `page` is the id of the page that names them."""
    wanted = [(url, id_of(page, "item", url)) for url in judgement.items]
    wanted += [(url, id_of(page, "file", url)) for url in judgement.documents]
    asking = [asyncio.create_task(_fault(ask, url, kept_as)) for url, kept_as in wanted]
    try:
        await asyncio.wait(asking, timeout=LONGEST)
    finally:
        for task in asking:
            task.cancel()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    faults = (_LATE if isinstance(each, BaseException) else each for each in answers)
    return {url: fault for (url, _), fault in zip(wanted, faults, strict=True) if fault}


async def _fault(ask: Ask, url: str, kept_as: str) -> str | None:
    """Why the address gave no answer; None where it gave one."""
    try:
        await ask(url, kept_as)
    except MonitorError as error:
        return error.what
    except Exception as error:  # noqa: BLE001  what an address does to this program must not cost the report
        return f"a fault of this program ({type(error).__name__})"
    return None
