"""A page open in Chromium → its document as text, and a picture of it.

What a page's scripts do to the names of their world changes nothing here: the document is asked for from another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from monitor.errors import CaptureError

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

_QUIET = 5_000  # milliseconds for a page to stop loading after its load event; what streams or polls never does
_BANNER = 1_500  # milliseconds for what is to be clicked away to come; most of it comes with the page
_PICTURE = 20_000  # milliseconds
_TALLEST = 16_384  # pixels: what Chromium draws in one piece; below it a picture repeats itself
_DOCUMENT = """(() => {
    const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + "\\n" : "";
    const text = kind + (document.documentElement ? document.documentElement.outerHTML : "");
    return text.length > MOST ? null : text;
})()"""


async def settled(page: Page, wait_for: str | None, dismiss: Sequence[str], patience: float) -> None:
    """Wait until a page is all there and what covers it is clicked away.

    Raises CaptureError where what is waited for does not come within `patience` seconds.
    """
    from playwright.async_api import TimeoutError as TooLateError  # noqa: PLC0415  an extra; who comes here has it

    if wait_for:
        try:
            await page.wait_for_selector(f"css={wait_for}", state="attached", timeout=patience * 1000)
        except TooLateError as error:
            raise CaptureError(
                f"{page.url} shows nothing that matches {wait_for!r}, which is waited for",
                "mend `wait_for` where the page has changed, or give it more time",
                is_passing=True,
            ) from error
    with suppress(TooLateError):
        await page.wait_for_load_state("networkidle", timeout=_QUIET)
    for selector in dismiss:
        with suppress(TooLateError):
            await page.locator(f"css={selector}").first.click(timeout=_BANNER)


async def document(devtools: CDPSession, most_bytes: int) -> bytes:
    """The document as it stands now, serialised, in UTF-8. Raises CaptureError where it is larger than that."""
    frame = (await devtools.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    world = await devtools.send("Page.createIsolatedWorld", {"frameId": frame})
    answer = await devtools.send(
        "Runtime.evaluate",
        {
            "expression": _DOCUMENT.replace("MOST", str(most_bytes)),
            "contextId": world["executionContextId"],
            "returnByValue": True,
        },
    )
    text = answer["result"].get("value")
    body = text.encode("utf-8", "replace") if isinstance(text, str) else None
    if body is None or len(body) > most_bytes:
        raise CaptureError(
            f"the page has more than {most_bytes:,} bytes as a browser shows it", "allow it more: `most_bytes`"
        )
    return body


async def picture(page: Page, width: int) -> bytes | None:
    """The whole page as a PNG, down to the height that can be drawn; None where that cannot be done in some seconds."""
    from playwright.async_api import TimeoutError as TooLateError  # noqa: PLC0415  an extra; who comes here has it

    with suppress(TooLateError):
        return await page.screenshot(
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": _TALLEST},
            animations="disabled",
            timeout=_PICTURE,
        )
    return None
