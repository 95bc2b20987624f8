"""Captures and requests in the order of a WARC file → captures with the request that each of them answers."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.capture.found import Fault
from monitor.capture.warc_records import Record
from monitor.model.snapshot import Snapshot

_FARTHEST = 50  # requests; crawlers write a request beside its answer, with a few of other threads between at most


def with_requests(finds: Iterator[tuple[Record, Snapshot] | Record | Fault]) -> Iterator[Snapshot | Fault]:
    """Captures, each with the request that one of the two records names, before it or behind; faults as they stand.

    A capture waits for its request until another capture or a fault comes. Records that are no requests are left out.
    """
    requests: list[Record] = []
    waiting: tuple[Record, Snapshot] | None = None
    for find in finds:
        if isinstance(find, Record):
            if find.kind == "request":
                requests = [*requests[1 - _FARTHEST :], find]
        else:
            if waiting:
                yield _asked(waiting, requests)
            waiting = None if isinstance(find, Fault) else find
            if isinstance(find, Fault):
                yield find
    if waiting:
        yield _asked(waiting, requests)


def _asked(capture: tuple[Record, Snapshot], requests: list[Record]) -> Snapshot:
    record, snapshot = capture
    request = next((each for each in reversed(requests) if _belong(record, each)), None)
    if request is None or not snapshot.exchanges:
        return snapshot
    *earlier, last = snapshot.exchanges
    return snapshot._replace(exchanges=(*earlier, last._replace(request=request.block)))


def _belong(answer: Record, request: Record) -> bool:
    return request.id in answer.all_of("WARC-Concurrent-To") or answer.id in request.all_of("WARC-Concurrent-To")
