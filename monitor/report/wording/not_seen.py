"""Digest → which pages nobody saw for a time, and when and why, in sentences for its opening, its pages and its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.model.comparison import Unseen
from monitor.model.digest import CommonGap, Digest, DigestPage, Doubted
from monitor.model.english import listed
from monitor.model.failure import Failure
from monitor.model.overview import State
from monitor.report.columns import cut
from monitor.report.neutral import neutral
from monitor.report.wording import dates
from monitor.report.wording.blind import reason, tries
from monitor.report.wording.wall import Wall, wall_of

UNSEEN = "not seen for a time"
DOUBTED = "suspect captures, and good ones again"
LONGEST_NAME = 60
_MOST_NAMED = 3  # pages, in a sentence
_MOST_GAPS = 5  # told at the end


def in_brief(digest: Digest) -> str:
    """Three pages were not seen for a time: … One page had suspect captures, and good ones again: …"""
    unseen, doubted = names_unseen(digest), names_doubted(digest)
    said = []
    if unseen:
        pages = dates.counted(len(unseen), "page")
        said.append(f"{pages} {dates.was(len(unseen))} not seen for a time: {_some(unseen)}")
    if doubted:
        said.append(f"{dates.counted(len(doubted), 'page')} had {DOUBTED}: {_some(doubted)}")
    return " ".join(map(dates.closed, said))


def names_unseen(digest: Digest) -> list[str]:
    """Of the pages that were not seen for longer than is usual for them, but for those that cannot be captured yet."""
    names = {}
    for page in digest.pages:
        if page.failures or any(gap.is_outage for gap in page.gaps):
            names[page.id] = page.name
    for gap in digest.gaps:
        names |= zip(gap.pages, gap.names, strict=True) if gap.is_outage else ()
    failing = {page.id for page in digest.pages if page.state is State.FAILING}
    return [name for id_, name in names.items() if id_ not in failing]


def names_doubted(digest: Digest) -> list[str]:
    """Of the pages of which there is nothing else to tell."""
    return [page.name for page in digest.pages if page.state is State.EXPECTED and not (page.failures or page.gaps)]


def _some(names: Sequence[str]) -> str:
    """Kingsley, Ashby and nine more"""
    most = _MOST_NAMED if len(names) > _MOST_NAMED + 1 else len(names)
    told = [cut(neutral(name), LONGEST_NAME) for name in names[:most]]
    return listed([*told, *([f"{dates.number(len(names) - most)} more"] if len(names) > most else [])])


def of_page(page: DigestPage, digest: Digest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences on when the page was not seen, and why: what lasts, and what is over.

    What began and ended in one and the same gap is told with it, and a gap that others have too by `gaps`.
    """
    here = wall_of(digest)
    lasting = [_failing(each, here) for each in page.failures if each.over_at is None]
    lasting += [_doubted(each, here) for each in page.doubts if each.lasts]
    over = [_gap(page, gap, digest) for gap in page.gaps if not _is_told_elsewhere(page, gap, digest)]
    over += [_failed(each, here) for each in page.failures if each.over_at and not _is_within(each.since, page.gaps)]
    over += [_doubted(each, here) for each in page.doubts if not each.lasts and not _is_within(each.since, page.gaps)]
    return tuple(map(dates.closed, lasting)), tuple(map(dates.closed, over))


def _is_within(at: datetime, gaps: Sequence[Unseen]) -> bool:
    return any(gap.since <= at < gap.until for gap in gaps)


def _is_told_elsewhere(page: DigestPage, gap: Unseen, digest: Digest) -> bool:
    """Whether a failure that lasts tells the gap, or the digest for all pages that have it."""
    failures = page.failures_in(gap)
    if failures:
        return any(each.over_at is None for each in failures)
    return any(page.id in each.pages and gap.since <= each.since and each.until <= gap.until for each in digest.gaps)


def _failing(failure: Failure, here: Wall) -> str:
    return f"{_not(failure)} since {here.moment(failure.since)}: {_tried(failure)}"


def _failed(failure: Failure, here: Wall) -> str:
    return f"{_not(failure)} {here.between(failure.since, failure.over_at or failure.last_at)}: {_tried(failure)}"


def _tried(failure: Failure) -> str:
    last = "" if failure.attempts == 1 else ", the last one"
    return f"{tries(failure)}{last} for this: {reason(failure.reason)}"


def _not(failure: Failure) -> str:
    return "no good capture" if failure.has_captures else "not captured"


def _gap(page: DigestPage, gap: Unseen, digest: Digest) -> str:
    """Nobody saw it between 09:00 and 20:00 on 27 November: five attempts failed …; three captures … were missed."""
    doubts = [each for each in page.doubts if not each.lasts and gap.since <= each.since < gap.until]
    why = [_tried(each) for each in page.failures_in(gap)]
    why += [_missed(slots)] if (slots := sum(each.slots for each in gap.missed)) else []
    why += [_doubted(each, wall_of(digest)) for each in doubts]
    why += [_passed_over(gap.passed_over)] if gap.passed_over and not doubts else []
    why += ["what changed then did so somewhere in it"] if page.upshots else []
    return f"nobody saw it {_time(gap, digest)}{': ' if why else ''}{'; '.join(why)}"


def _time(gap: Unseen | CommonGap, digest: Digest) -> str:
    """Between its two captures; since the first where the second is yet to come."""
    here = wall_of(digest)
    return here.between(gap.since, gap.until) if gap.until < digest.until else f"since {here.moment(gap.since)}"


def _missed(slots: int) -> str:
    return f"{dates.counted(slots, 'capture')} that {dates.was(slots)} due {dates.was(slots)} missed"


def _passed_over(captures: int) -> str:
    return f"{dates.counted(captures, 'capture')} of that time may be no honest one"


def gaps(digest: Digest) -> Iterator[str]:
    """Nobody looked at 12 pages between 27 November, 07:00, and 28 November, 07:00 (24 captures … were missed)."""
    for gap in digest.gaps[:_MOST_GAPS]:
        why = [f"{dates.counted(gap.attempts, 'attempt')} failed"] if gap.attempts else []
        why += [_missed(gap.missed)] if gap.missed else []
        why += [_passed_over(gap.passed_over)] if gap.passed_over else []
        count = len(gap.pages)
        pages = _some(gap.names) if count <= _MOST_NAMED else dates.counted(count, "page")
        because = f" ({', '.join(why)})" if why else ""
        did = "saw" if gap.attempts else "looked at"
        yield dates.closed(f"nobody {did} {pages} {_time(gap, digest)}{because}")
    if left := digest.gaps[_MOST_GAPS:]:
        others = len({id_ for gap in left for id_ in gap.pages})
        yield f"Nor at {dates.counted(others, 'page')} at other times: --format json has all of them."


def _doubted(doubted: Doubted, here: Wall) -> str:
    captures = dates.counted(doubted.captures, "capture")
    them = "it" if doubted.captures == 1 else "the last"
    after = "none has come since" if doubted.lasts else "good ones followed"
    time = here.from_to(doubted.since, doubted.until)
    return f"{captures} {time} may be no honest one; of {them}: {reason(doubted.reason)}; {after}"
