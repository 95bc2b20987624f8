"""A snapshot → what the way it came says against it: an error's status, a body that broke off. Its words are not asked.

The same bytes may come with another status, so these doubts belong to the capture and not to what it says.
"""

from __future__ import annotations

from monitor.model.doubts import Sign
from monitor.model.reading import Reading, Suspicion
from monitor.model.snapshot import Snapshot

UNAUTHORIZED = 401
LEAST_ERROR = 400
STATUS_NOTE = "http-status"  # of what a browser showed, which has no exchanges
FAULT_NOTE = "fault"
# Notes stay in a store in the words they were put in with. Others are of the way alone, and leave the page whole: a
# header that says gzip of what is none, a digest that is not the one beside it.
_LOSSES = ("breaks off", "damaged", "larger than", "was cut", "a part of the page")
# What a reader may have seen of them; HTTP/2 sends the number alone. https://www.rfc-editor.org/rfc/rfc9110#section-15
_PHRASES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 410: "Gone",
    429: "Too Many Requests", 451: "Unavailable For Legal Reasons", 500: "Internal Server Error",
    502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip


def with_served(reading: Reading, doubts: tuple[Suspicion, ...]) -> Reading:
    """The reading with the doubts that its capture brings along, which come first."""
    return reading._replace(suspicions=(*doubts, *reading.suspicions)) if doubts else reading


def of_nothing(snapshot: Snapshot) -> Reading:
    """The reading of a capture that is empty: it says nothing, and that is doubted."""
    doubt = Suspicion(sign="empty", reason=f"{'The server sent an' if snapshot.exchanges else 'It is an'} empty page.")
    return Reading(
        source=snapshot.source,
        sha256=snapshot.sha256,
        size=len(snapshot.body),
        media_type=(snapshot.media_type or "").partition(";")[0].strip().lower(),
        captured_at=snapshot.captured_at,
        suspicions=(doubt,),
    )


def served_doubts(snapshot: Snapshot) -> tuple[Suspicion, ...]:
    """The doubts that status and transfer of a capture raise; none for a file."""
    if not snapshot.exchanges and not snapshot.notes:
        return ()
    status = _status(snapshot)
    sign: Sign = "sign-in" if status == UNAUTHORIZED else "status"
    doubts = [Suspicion(sign=sign, reason=f"The server answered {_said(status)}.")] if status >= LEAST_ERROR else []
    faults = [value for name, value in snapshot.notes if name == FAULT_NOTE and any(map(value.__contains__, _LOSSES))]
    return (*doubts, *(Suspicion(sign="truncated", reason=f"It did not come whole: {fault}.") for fault in faults))


def _status(snapshot: Snapshot) -> int:
    if snapshot.exchanges:
        return snapshot.exchanges[-1].status
    noted = next((value for name, value in snapshot.notes if name == STATUS_NOTE), "")
    return int(noted) if noted.isascii() and noted.isdigit() else 0


def _said(status: int) -> str:
    return f"{status} {_PHRASES[status]}" if status in _PHRASES else str(status)
