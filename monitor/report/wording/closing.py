"""Digest → what stands at its end: when nobody looked, what is routine, what is not told and where it is found."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model.digest import Digest
from monitor.model.english import listed, plural
from monitor.report.neutral import neutral
from monitor.report.wording import dates, not_seen
from monitor.report.wording.kinds import KINDS, WORDS

_MOST_ROUTINE = 5


def closing(digest: Digest) -> Iterator[str]:
    """Its sentences, each one by itself."""
    yield from not_seen.gaps(digest)
    yield from filter(None, (_routine(digest), *_set_aside(digest)))


def again(digest: Digest) -> str:
    """What its command makes, for a reader who was told some of it before."""
    return "The same again" if digest.is_all else "All of this time, with what was told before"


def _routine(digest: Digest) -> str:
    """As expected: 240 counters moved on, 12 items went off the end of the list …"""
    told = [_of_kind(kind, count) for kind, count in digest.routine[:_MOST_ROUTINE]]
    more = sum(count for _, count in digest.routine[_MOST_ROUTINE:])
    told += [f"{more:,} other changes that time makes"] if more else []
    return dates.closed(f"as expected: {listed(told)}") if told else ""


def _of_kind(kind: str, count: int) -> str:
    if kind not in KINDS:
        return f"{count:,} of {neutral(kind)}"
    words = WORDS[KINDS[kind]]
    if count > 1 or "{" not in words.one:
        return words.many.format_map(_Slots(n=f"{count:,}")) if count > 1 else words.one
    return f"one {words.label}"


class _Slots(dict[str, str]):
    """Slots of a sentence of which only the number is known."""

    def __missing__(self, key: str) -> str:
        return ""


def _set_aside(digest: Digest) -> Iterator[str]:
    """What is not told, and why, each with where it is found."""
    if left := digest.left_out:
        found = [f"{left.alerts:,} {plural('alert', left.alerts)}"] if left.alerts else []
        found += [f"{left.news:,} news"] if left.news else []
        names = (
            f" ({', '.join(map(neutral, left.ids))}{' …' if len(left.ids) < left.pages else ''})" if left.ids else ""
        )
        yield (
            f"For {dates.counted(left.pages, 'more page')}{names} with {' and '.join(found) or 'something to tell'} "
            f"there was no room: {neutral(left.command)}"
        )
    if digest.untried:
        captures = dates.counted(digest.untried, "capture")
        yield f"On {captures} there was no time to look for the words of your rules in more than names and reasons."
    for count, why in (
        (digest.told_before, "told in an earlier message, sent or waiting to be"),
        (digest.dealt_with, "dealt with"),
        (digest.muted, "muted by your rules"),
        (digest.lighter, "lighter than you want"),
    ):
        if count:
            yield dates.closed(f"{dates.counted(count, 'finding')} {dates.was(count)} {why}")
