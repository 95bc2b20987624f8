"""The gaps of many pages → times in which nobody looked at some of them, each told once and not page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.model.comparison import Unseen
from monitor.model.digest import CommonGap, DigestPage

# So much of the longest lies in all of them: pages that are captured a few hours apart lose a night together.
_ABOUT = 2 / 3


def common_gaps(told: Sequence[DigestPage], others: Iterable[DigestPage]) -> tuple[CommonGap, ...]:
    """The gaps of all pages, in order of time; but for those that a page which is `told` has alone, and tells itself.

    So are those in which attempts failed so often that the page tells it.
    """
    gaps = [_Gap(gap, page) for page in (*told, *others) for gap in page.bare_gaps]
    ids = {page.id for page in told}
    return tuple(_told(some) for some in _together(gaps) if len(some) > 1 or some[0].page.id not in ids)


class _Gap(NamedTuple):
    """A gap, and whose it is."""

    gap: Unseen
    page: DigestPage


class _Together:
    """Gaps of about the same time: the time that lies in all of them, and how long the longest is."""

    def __init__(self, first: _Gap) -> None:
        self.since, self.until = first.gap.since, first.gap.until
        self.longest = self.until - self.since
        self.gaps = [first]

    def takes(self, other: _Gap) -> bool:
        """Whether the other one is of that time too; then it is among them."""
        since, until = max(self.since, other.gap.since), min(self.until, other.gap.until)
        longest = max(self.longest, other.gap.until - other.gap.since)
        if until - since < _ABOUT * longest:
            return False
        self.since, self.until, self.longest = since, until, longest
        self.gaps.append(other)
        return True


def _together(gaps: Iterable[_Gap]) -> Iterator[list[_Gap]]:
    """Those of about the same time, by when they begin."""
    found: list[_Together] = []
    for each in sorted(gaps, key=lambda one: (one.gap.since, one.gap.until)):
        if not any(some.takes(each) for some in found):
            found.append(_Together(each))
    yield from (some.gaps for some in found)


def _told(some: Sequence[_Gap]) -> CommonGap:
    gaps = [each.gap for each in some]
    return CommonGap(
        since=max(gap.since for gap in gaps),
        until=min(gap.until for gap in gaps),
        pages=tuple(each.page.id for each in some),
        names=tuple(each.page.name for each in some),
        missed=sum(missed.slots for gap in gaps for missed in gap.missed),
        attempts=sum(failure.attempts for gap in gaps for failure in gap.failures),
        passed_over=sum(gap.passed_over for gap in gaps),
        is_outage=any(gap.is_outage for gap in gaps),
    )
