"""Digest → its headings and sentences: what matters in three lines, when a page was not seen, what is routine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from monitor.model.change import ChangeKind as Kind, Significance
from monitor.model.comparison import Unseen
from monitor.model.digest import Digest, DigestPage, Doubted, Upshot
from monitor.model.failure import Failure
from monitor.model.overview import State
from monitor.report.columns import cut
from monitor.report.neutral import neutral
from monitor.report.wording import dates
from monitor.report.wording.blind import reason
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.upshots import in_brief
from monitor.report.wording.wall import Wall, wall

TITLES = {
    State.FAILING: "Not seen",
    State.SUSPECT: "Suspect captures",
    State.ALERT: "Alerts",
    State.NEWS: "News",
    State.EXPECTED: "Seen again",
    State.WAITING: "Not captured yet",
}
_GRAVE = (State.FAILING, State.SUSPECT, State.ALERT)
_BLIND = {State.FAILING: "cannot be captured", State.SUSPECT: "with a suspect capture"}
_LONGEST_NAME = 60
_LONGEST_SUBJECT = 160  # mail programmes show 40 to 90 letters of it
_KINDS = {kind.value: kind for kind in Kind}
_LONGEST_TAGS = 120
_MOST_ROUTINE = 5
_MOST_UNDELIVERED = 10
_LONGEST_ANSWER = 200
UNDELIVERED = "Not delivered"
_JOINERS = "\u200c\u200d"  # invisible too, but Persian and many scripts of India are not spelt right without them


def wall_of(digest: Digest) -> Wall:
    """The reader's clock, at the period's end."""
    return wall(digest.zone, digest.until)


def title(digest: Digest) -> str:
    """Digest of 28 November 2026: ports, councils; of a page that fails that it does."""
    if digest.is_alert:
        return subject(digest)
    tags = f": {cut(', '.join(map(neutral, digest.tags)), _LONGEST_TAGS)}" if digest.tags else ""
    return f"Digest of {wall_of(digest).whole_day(last_moment(digest))}{tags}"


def when(digest: Digest) -> str:
    """From 27 November, 07:00, to 28 November, 07:00 · times in Europe/Berlin · for press"""
    reader = [f"for {neutral(digest.reader)}"] if digest.reader else []
    return " · ".join([_period(digest), f"times in {neutral(digest.zone)}", *reader])


def last_moment(digest: Digest) -> datetime:
    """The period's last moment: at midnight a day has ended and none begun."""
    return digest.until - timedelta(microseconds=1)


def _period(digest: Digest) -> str:
    """From 27 November, 07:00, to 28 November, 07:00; of whole days from 27 to 28 November, or that day."""
    here = wall_of(digest)
    if any(here.local(at).time() != time.min for at in (digest.since, digest.until)):
        return here.from_to(digest.since, digest.until)
    first, last = here.day(digest.since), here.day(last_moment(digest))
    return f"on {last}" if first == last else f"from {first} to {last}"


class Line(NamedTuple):
    """A line of the opening, and a sign for what it is about: "!" what needs a look, "+" what is new, "=" the rest."""

    sign: str
    text: str


def opening(digest: Digest) -> tuple[Line, ...]:
    """What matters, in at most three lines: what needs a look, what is new, and that all else is as it should be."""
    if digest.is_alert:
        return tuple(_at_once(page) for page in digest.pages)
    lines = (Line("!", _needs_a_look(digest)), Line("+", _has_news(digest)), Line("=", _rest(digest)))
    return tuple(line for line in lines if line.text)


def _at_once(page: DigestPage) -> Line:
    if page.state is State.FAILING:
        return Line("!", "Nobody sees now what changes on this page.")
    return Line("=", "The page is seen again; what came and went on it meanwhile is not known.")


def _needs_a_look(digest: Digest) -> str:
    """Two pages need a look: one item withdrawn. One message was not delivered."""
    lost = len(digest.undelivered)
    told = f"{dates.counted(lost, 'message')} {_was(lost)} not delivered" if lost else ""
    return " ".join(filter(None, (_need_a_look(digest), dates.closed(told) if told else "")))


def _need_a_look(digest: Digest) -> str:
    pages = [page for page in digest.pages if page.state in _GRAVE]
    further = bool(digest.left_out and digest.left_out.alerts)
    if not pages:
        return ""
    said = [f"{dates.number(count)} {words}" for words, count in _blind(pages)]
    alerts = [each for page in pages for each in page.upshots if each.significance is Significance.ALERT]
    told = [*said, *([in_brief(alerts)] if alerts else [])]
    number = f"{dates.counted(len(pages), 'page')}{' and more' if further else ''}"
    return dates.closed(f"{number} {'needs' if len(pages) == 1 and not further else 'need'} a look: {', '.join(told)}")


def _blind(pages: Sequence[DigestPage]) -> Iterator[tuple[str, int]]:
    counts = Counter(page.state for page in pages)
    yield from ((words, counts[state]) for state, words in _BLIND.items() if counts[state])


def _has_news(digest: Digest) -> str:
    """Five pages have news: seven items published and one retitled; with what is new on pages that need a look."""
    pages = [page for page in digest.pages if page.state is State.NEWS]
    news = [each for page in digest.pages for each in page.upshots if each.significance is not Significance.ALERT]
    if not pages:
        return dates.closed(f"beside that: {in_brief(news)}") if news else ""
    return dates.closed(f"{dates.counted(len(pages), 'page')} {_have(len(pages))} news: {in_brief(news)}")


def _rest(digest: Digest) -> str:
    said = []
    checked = f", last checked {wall_of(digest).moment(digest.checked_at)}" if digest.checked_at else ""
    if digest.is_quiet:
        pages = dates.counted(digest.expected, "page")
        said.append(f"all quiet: {pages} {'is' if digest.expected == 1 else 'are'} as expected{checked}")
    elif digest.expected:
        pages = dates.counted(digest.expected, "page")
        said.append(f"{pages} {'is' if digest.expected == 1 else 'are'} as expected{checked}")
    if digest.unseen:
        them = "it" if digest.expected == 1 else f"{dates.number(digest.unseen)} of them"
        said.append(f"{them} {'was' if digest.unseen == 1 else 'were'} not captured in this time")
    if digest.waiting:
        said.append(f"{dates.counted(digest.waiting, 'page')} {_have(digest.waiting)} not been captured yet")
    return " ".join(map(dates.closed, said))


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def subject(digest: Digest) -> str:
    """Of one page its name and what changed; else how many pages need a look and have news, and the day."""
    if len(digest.pages) == 1 and not digest.left_out:
        page = digest.pages[0]
        is_back = digest.is_alert and page.state is State.EXPECTED
        brief = "can be captured again" if is_back else page_in_brief(page)
        said = f"{cut(neutral(page.name), _LONGEST_NAME)}: {brief}"
    else:
        said = f"{wall_of(digest).day(last_moment(digest))}: {_counts(digest)}"
    seen = "".join(each for each in neutral(said) if each.isprintable() or each in _JOINERS)
    return cut(" ".join(seen.split()), _LONGEST_SUBJECT)


def _counts(digest: Digest) -> str:
    grave = sum(page.state in _GRAVE for page in digest.pages)
    news = sum(page.state is State.NEWS for page in digest.pages)
    if not grave and not news:
        return f"all quiet on {dates.counted(digest.watched, 'page')}"
    said = [f"{dates.counted(grave, 'page')} {'needs' if grave == 1 else 'need'} a look"] if grave else []
    said += [f"{dates.number(news) if grave else dates.counted(news, 'page')} with news"] if news else []
    return ", ".join(said)


def page_in_brief(page: DigestPage) -> str:
    """One item withdrawn and two published; that it cannot be captured; that it was not seen for a time."""
    said = [_BLIND_PAGE[page.state]] if page.state in _BLIND_PAGE else []
    said += [in_brief(page.upshots)] if page.upshots else []
    if not said:
        said = ["not seen for a time" if page.failures or page.gaps else "suspect captures, and good ones again"]
    return ", ".join(said)


_BLIND_PAGE = {State.FAILING: "cannot be captured", State.SUSPECT: "a suspect capture"}


def unseen(page: DigestPage, here: Wall) -> Iterator[str]:
    """Sentences on when the page was not seen, and why."""
    yield from (dates.closed(_failure(each, here)) for each in page.failures)
    told = {(each.since, each.until) for each in page.gaps}
    yield from (dates.closed(_gap(each, here)) for each in page.gaps)
    yield from (dates.closed(_doubted(each, here)) for each in page.doubts if (each.since, each.until) not in told)


def _failure(failure: Failure, here: Wall) -> str:
    last = "" if failure.attempts == 1 else ", the last one"
    why = f"{dates.counted(failure.attempts, 'attempt')} failed{last} for this: {reason(failure.reason)}"
    if failure.over_at:
        return f"not captured {here.between(failure.since, failure.over_at)}: {why}"
    return f"not captured since {here.moment(failure.since)}: {why}"


def _gap(gap: Unseen, here: Wall) -> str:
    why = []
    if gap.missed:
        slots = sum(each.slots for each in gap.missed)
        why.append(f"{dates.counted(slots, 'capture')} that {'was' if slots == 1 else 'were'} due {_was(slots)} missed")
    if gap.passed_over:
        why.append(f"{dates.counted(gap.passed_over, 'capture')} of that time may be no honest one")
    because = f" ({', '.join(why)})" if why else ""
    return f"nobody saw it {here.between(gap.since, gap.until)}{because}: what changed then did so somewhere in it"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _doubted(doubted: Doubted, here: Wall) -> str:
    captures = dates.counted(doubted.captures, "capture")
    them = "it" if doubted.captures == 1 else "the last"
    after = "none has come since" if doubted.lasts else "good ones followed"
    time = here.from_to(doubted.since, doubted.until)
    return f"{captures} {time} may be no honest one; of {them}: {reason(doubted.reason)}; {after}"


def span(upshots: Sequence[Upshot], here: Wall) -> str:
    """When all of them happened, where that is between the same two captures; else nothing."""
    spans = {(turn.since, turn.at) for upshot in upshots for turn in upshot.turns}
    return here.between(*next(iter(spans))) if len(spans) == 1 else ""


def routine(digest: Digest) -> str:
    """As expected: 240 counters moved on, 12 items went off the end of the list …"""
    told = [_routine(kind, count) for kind, count in digest.routine[:_MOST_ROUTINE]]
    more = sum(count for _, count in digest.routine[_MOST_ROUTINE:])
    told += [f"{more:,} other changes that time makes"] if more else []
    return dates.closed(f"as expected: {dates.listed(told)}") if told else ""


def _routine(kind: str, count: int) -> str:
    if kind not in _KINDS:
        return f"{count:,} of {neutral(kind)}"
    words = WORDS[_KINDS[kind]]
    if count > 1 or "{" not in words.one:
        return words.many.format_map(_Slots(n=f"{count:,}")) if count > 1 else words.one
    return f"one {words.label}"


class _Slots(dict[str, str]):
    """Slots of a sentence of which only the number is known."""

    def __missing__(self, key: str) -> str:
        return ""


def set_aside(digest: Digest) -> Iterator[str]:
    """What is not told, and why, each with where it is found."""
    if left := digest.left_out:
        found = [f"{left.alerts:,} alert{'' if left.alerts == 1 else 's'}"] if left.alerts else []
        found += [f"{left.news:,} news"] if left.news else []
        names = (
            f" ({', '.join(map(neutral, left.ids))}{' …' if len(left.ids) < left.pages else ''})" if left.ids else ""
        )
        yield (
            f"For {dates.counted(left.pages, 'more page')}{names} with {' and '.join(found) or 'something to tell'} "
            f"there was no room: {neutral(left.command)}"
        )
    if digest.dealt_with:
        yield f"{dates.capital(dates.counted(digest.dealt_with, 'finding'))} {_was(digest.dealt_with)} dealt with."
    if digest.muted:
        yield f"{dates.capital(dates.counted(digest.muted, 'finding'))} {_was(digest.muted)} muted by your rules."
    if digest.lighter:
        yield f"{dates.capital(dates.counted(digest.lighter, 'finding'))} {_was(digest.lighter)} lighter than you want."


def undelivered(digest: Digest) -> Iterator[str]:
    """To desk by mail <…>, of 4 July, 07:30: one item withdrawn. Given up after 12 tries; the last answer: …"""
    here = wall_of(digest)
    for each in digest.undelivered[:_MOST_UNDELIVERED]:
        to = f" <{neutral(each.address)}>" if each.address else ""
        tries = f"{dates.number(each.attempts)} {'try' if each.attempts == 1 else 'tries'}"
        yield (
            f"To {neutral(each.reader)} by {neutral(each.channel)}{to}, of {here.moment(each.made_at)}: "
            f"{dates.closed(neutral(each.subject))} Given up {here.moment(each.given_up_at)} after {tries}; the last "
            f"answer: {reason(cut(each.answer, _LONGEST_ANSWER))}. {each.command} sends it again."
        )
    if left := len(digest.undelivered) - _MOST_UNDELIVERED:
        yield from [f"And {left:,} more: monitor outbox lists all."] if left > 0 else []


def left_on_page(page: DigestPage) -> str:
    """40 more findings: two items published … `monitor history …` shows all."""
    if not page.left_out:
        return ""
    short = f": {'; '.join(neutral(each).rstrip('.') for each in page.short)}" if page.short else ""
    return f"{dates.capital(dates.counted(page.left_out, 'more finding'))}{short}"
