"""A page's captures and how long they are to be kept → those that may be taken out. Decides, and takes none out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.model.entry import Entry, Kind
from monitor.model.page import Keep
from monitor.model.snapshot import Capture
from monitor.store.folder import Store


def doomed(store: Store, page: str, keep: Keep, now: datetime) -> list[Entry]:
    """The entries of what is older than it is to be kept, the oldest first.

    The first and the last capture of a page stay, and what a capture that stays refers to for its body.
    Raises StoreError where a capture that stays is not as it was written.
    """
    captures = store.captures(page)
    entries = {each.file: store.entry(each) for each in captures}
    kept = set(_kept(captures, entries, keep, now))
    kept.update(_referred_to(store, (entries[file] for file in kept)))
    return [entries[each.file] for each in captures if each.file not in kept]


def _kept(captures: Sequence[Capture], entries: dict[str, Entry], keep: Keep, now: datetime) -> Iterable[str]:
    oldest = now - timedelta(days=keep.days)
    payload = None
    for number, each in enumerate(captures):
        is_end = number in (0, len(captures) - 1)
        is_change = keep.then == "changes" and entries[each.file].payload != payload
        payload = entries[each.file].payload
        if is_end or is_change or each.at >= oldest:
            yield each.file


def _referred_to(store: Store, entries: Iterable[Entry]) -> list[str]:
    """The files that hold the pages of the revisits among the entries."""
    originals = [store.held(each.file)[0].original for each in entries if each.kind is Kind.REVISIT]
    return [each for each in originals if each]
