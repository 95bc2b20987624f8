"""Digest → its headings and sentences: its title and subject, what matters in three lines, what was not delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from monitor.model.change import Significance
from monitor.model.digest import Digest, DigestPage, Upshot
from monitor.model.overview import State
from monitor.report.columns import cut
from monitor.report.neutral import neutral
from monitor.report.wording import dates, not_seen
from monitor.report.wording.blind import reason
from monitor.report.wording.upshots import in_brief
from monitor.report.wording.wall import Wall, wall_of

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
_LONGEST_SUBJECT = 160  # mail programmes show 40 to 90 letters of it
_LONGEST_TAGS = 120
_MOST_UNDELIVERED = 10
_LONGEST_ANSWER = 200
UNDELIVERED = "Not delivered"
_MOST_LINES = 3  # of the opening
_LONGEST_DAY = timedelta(hours=25)  # that on which the clocks go back
_JOINERS = "\u200c\u200d"  # invisible too, but Persian and many scripts of India are not spelt right without them


def title(digest: Digest) -> str:
    """Digest of 28 November 2026: ports, councils; of 20 to 28 November 2026. Of a page that fails that it does."""
    if digest.is_alert:
        return subject(digest)
    tags = f": {cut(', '.join(map(neutral, digest.tags)), _LONGEST_TAGS)}" if digest.tags else ""
    return f"Digest of {_days(digest)}{tags}"


def _days(digest: Digest) -> str:
    """The days it tells of; one that is told every morning is that day's, though it begins on the one before."""
    here, last = wall_of(digest), last_moment(digest)
    if digest.until - digest.since <= _LONGEST_DAY:
        return here.whole_day(last)
    return dates.from_to(here.local(digest.since).date(), here.local(last).date())


def when(digest: Digest) -> str:
    """From 27 November, 07:00, to 28 November, 07:00 · times in Europe/Berlin, but where UTC is written · for press"""
    reader = [f"for {neutral(digest.reader)}"] if digest.reader else []
    but = (
        ", but where UTC is written" if digest.zone != "UTC" and any("UTC" in each for each in _reasons(digest)) else ""
    )
    return " · ".join([_period(digest), f"times in {neutral(digest.zone)}{but}", *reader])


def _reasons(digest: Digest) -> Iterator[str]:
    """All that are told: they were found in another zone than the reader's."""
    for page in digest.pages:
        yield from (each.reason for told in (page.upshots, page.failures, page.doubts) for each in told)


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
    """A line of the opening, and a sign for what it is about.

    "!" what needs a look, "+" what is new, "?" what was not seen for a time, "=" the rest.
    """

    sign: str
    text: str


def opening(digest: Digest) -> tuple[Line, ...]:
    """What matters, in at most three lines: what needs a look, what is new, what was not seen, and the rest."""
    if digest.is_alert:
        return tuple(_at_once(page) for page in digest.pages)
    grave, news = Line("!", _needs_a_look(digest)), Line("+", _has_news(digest))
    unseen, rest = Line("?", not_seen.in_brief(digest)), Line("=", _rest(digest))
    lines = [line for line in (grave, news, unseen, rest) if line.text]
    if len(lines) > _MOST_LINES:
        lines[-2:] = [Line("?", f"{unseen.text} {rest.text}")]
    return tuple(lines)


def _at_once(page: DigestPage) -> Line:
    if page.state is State.FAILING:
        return Line("!", "Nobody sees now what changes on this page.")
    return Line("=", "The page is seen again; what came and went on it meanwhile is not known.")


def _needs_a_look(digest: Digest) -> str:
    """Two pages need a look: one item withdrawn. One message was not delivered."""
    lost = len(digest.undelivered)
    told = f"{dates.counted(lost, 'message')} {dates.was(lost)} not delivered" if lost else ""
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
    """Five pages have news: seven items published. On pages that need a look there is news too: one retitled."""
    pages = [page for page in digest.pages if page.state is State.NEWS]
    grave = [page for page in digest.pages if page.state is not State.NEWS]
    beside = [each for page in grave for each in page.upshots if each.significance is not Significance.ALERT]
    if not pages:
        return dates.closed(f"beside that: {in_brief(beside)}") if beside else ""
    news = in_brief([each for page in pages for each in page.upshots])
    said = dates.closed(f"{dates.counted(len(pages), 'page')} {_have(len(pages))} news: {news}")
    if not beside:
        return said
    where = "the page that needs" if sum(page.state in _GRAVE for page in grave) == 1 else "pages that need"
    return f"{said} {dates.closed(f'on {where} a look there is news too: {in_brief(beside)}')}"


def _rest(digest: Digest) -> str:
    said = []
    checked = f", last checked {wall_of(digest).moment(digest.checked_at)}" if digest.checked_at else ""
    if _is_none_captured(digest):
        said.append(_none_captured(digest, checked))
    elif digest.expected:
        said.append(f"{_as_expected(digest)}{checked}")
        if digest.uncaptured:
            uncaptured = f"{dates.number(digest.uncaptured)} of them {dates.was(digest.uncaptured)}"
            said.append(f"{uncaptured} not captured in this time")
    if digest.waiting:
        said.append(f"{dates.counted(digest.waiting, 'page')} {_have(digest.waiting)} not been captured yet")
    return " ".join(map(dates.closed, said))


def _as_expected(digest: Digest) -> str:
    """All quiet: 98 pages are as expected; nothing is new on two pages beside what was told in an earlier message."""
    known, count = digest.known, digest.expected - digest.known
    quiet = "all quiet: " if _is_all_quiet(digest) else ""
    said = [f"{quiet}{dates.counted(count, 'page')} {_is(count)} as expected"] if count else []
    if known:
        said.append(f"nothing is new on {dates.counted(known, 'page')} beside what was told in an earlier message")
    return "; ".join(said)


def _is_all_quiet(digest: Digest) -> bool:
    """Whether somebody looked, at all times, and there is nothing to tell."""
    return digest.is_quiet and not digest.gaps and not digest.known and not _is_none_captured(digest)


def _is_none_captured(digest: Digest) -> bool:
    """Whether nobody looked at the pages of which there is nothing to tell."""
    return 0 < digest.expected == digest.uncaptured


def _none_captured(digest: Digest, checked: str = "") -> str:
    """None of the three pages was captured in this time; three other pages were not, beside those that are told."""
    count = digest.uncaptured
    if digest.watched > count + digest.waiting:
        return f"{dates.counted(count, 'other page')} {dates.was(count)} not captured in this time"
    none = "the page was not" if count == 1 else f"none of the {dates.number(count)} pages was"
    return f"{none} captured in this time{checked}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def subject(digest: Digest) -> str:
    """Of one page its name and what changed; else how many pages need a look and have news, and the day."""
    alone = digest.pages[0] if len(digest.pages) == 1 and not digest.left_out else None
    unseen = not_seen.names_unseen(digest)
    if alone and set(unseen) <= {alone.name}:
        is_back = digest.is_alert and alone.state is State.EXPECTED
        brief = "can be captured again" if is_back else page_in_brief(alone)
        said = f"{cut(neutral(alone.name), not_seen.LONGEST_NAME)}: {brief}"
    elif not digest.pages and len(unseen) == 1:
        said = f"{cut(neutral(unseen[0]), not_seen.LONGEST_NAME)}: {not_seen.UNSEEN}"
    else:
        said = f"{wall_of(digest).day(last_moment(digest))}: {_counts(digest)}"
    seen = "".join(each for each in neutral(said) if each.isprintable() or each in _JOINERS)
    return cut(" ".join(seen.split()), _LONGEST_SUBJECT)


def _counts(digest: Digest) -> str:
    """Four pages need a look, one with news, three unseen; the first of them names the pages."""
    grave = sum(page.state in _GRAVE for page in digest.pages)
    news = sum(page.state is State.NEWS for page in digest.pages)
    counts = [
        (grave, "needs a look" if grave == 1 else "need a look"),
        (news, "with news"),
        (len(not_seen.names_unseen(digest)), "unseen" if grave or news else not_seen.UNSEEN),
        (len(not_seen.names_doubted(digest)), f"with {not_seen.DOUBTED}"),
    ]
    said: list[str] = []
    for count, words in counts:
        if count:
            said.append(f"{dates.number(count) if said else dates.counted(count, 'page')} {words}")
    if lost := len(digest.undelivered):
        said.append(f"{dates.counted(lost, 'message')} not delivered")
    return ", ".join(said) or _nothing(digest)


def _nothing(digest: Digest) -> str:
    pages = dates.counted(digest.watched, "page")
    if _is_none_captured(digest):
        return _none_captured(digest)
    return f"all quiet on {pages}" if _is_all_quiet(digest) else f"nothing found on {pages}"


def page_in_brief(page: DigestPage) -> str:
    """One item withdrawn and two published; that it cannot be captured; that it was not seen for a time."""
    said = [_BLIND_PAGE[page.state]] if page.state in _BLIND_PAGE else []
    said += [in_brief(page.upshots)] if page.upshots else []
    return ", ".join(said or [not_seen.UNSEEN if page.failures or page.gaps else not_seen.DOUBTED])


_BLIND_PAGE = {State.FAILING: "cannot be captured", State.SUSPECT: "a suspect capture"}


def span(upshots: Sequence[Upshot], here: Wall) -> str:
    """When all of them happened, where that is between the same two captures; else nothing."""
    spans = {(turn.since, turn.at) for upshot in upshots for turn in upshot.turns}
    return here.between(*next(iter(spans))) if len(spans) == 1 else ""


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
    if left := len(digest.undelivered[_MOST_UNDELIVERED:]):
        yield f"And {left:,} more: monitor outbox lists all."


def left_on_page(page: DigestPage) -> str:
    """40 more findings: two items published … `monitor history …` shows all."""
    if not page.left_out:
        return ""
    short = f": {'; '.join(neutral(each).rstrip('.') for each in page.short)}" if page.short else ""
    return f"{dates.capital(dates.counted(page.left_out, 'more finding'))}{short}"
