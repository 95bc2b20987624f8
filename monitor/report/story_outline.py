"""Story → the outline of its report: what is told, in which order, under which head. Same for every format.

What was alert, then what was news, by what happened to each thing, the gravest kinds first and in order of time; then
counters, the items that came and went, how often what changed, and what could not be seen. Things to which one and the
same happened in one step are told together. Every text in an outline is neutral; each format cuts it to its own room.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.snapshot import Capture
from monitor.model.story import CounterStory, Event, ItemStory, PartStory, Story
from monitor.report.detail import Detail, details, headline, is_labelled, is_plain, is_whole_text
from monitor.report.neutral import neutral
from monitor.report.outline import Entry
from monitor.report.story_rows import (
    Counted,
    Row,
    Share,
    Subject,
    counters,
    dealt_with,
    is_ordinary,
    of_item,
    rows,
    shares,
    standing,
    unseen,
)
from monitor.report.wording import dates, spells, stories
from monitor.report.wording.kinds import TOUCHED, WORDS
from monitor.report.wording.stories import Thread, gravest_of, rank, threads_of
from monitor.report.wording.story_paragraph import opening

_FEWEST_SHARED = 10  # captures: of fewer how often a kind was told says nothing that the rest does not
_TITLES = {Significance.ALERT: "ALERT", Significance.NOTABLE: "NEWS"}


class Line(NamedTuple):
    """Something that happened: its name, when, why it is called so, what was touched, between which captures."""

    sign: str
    label: str
    when: str
    remark: str
    details: tuple[Detail, ...]
    before: Capture
    after: Capture


class Group(NamedTuple):
    """Things to which the same happened.

    `order` is the rank of their gravest kind, and when it first happened. `label` is there where they are told by what
    they are, without lines; `life` where all were there in the same time.
    """

    sign: str
    subjects: tuple[Subject, ...]
    lines: tuple[Line, ...]
    order: tuple[int, int]
    label: str = ""
    life: str = ""


class Chapter(NamedTuple):
    title: str
    groups: tuple[Group, ...]


class Outline(NamedTuple):
    """A story's report before it has a form.

    `rows` are the items that came or went, `standing` says how many did neither; `dealt_with` are notes on findings,
    `unseen` gaps and captures that tell nothing, all in sentences.
    """

    name: str
    page: str
    when: str
    opening: str
    chapters: tuple[Chapter, ...]
    counters: tuple[Counted, ...]
    rows: tuple[Row, ...]
    standing: str
    shares: tuple[Share, ...]
    dealt_with: tuple[str, ...]
    unseen: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def head(self) -> str:
        """The page's name, its id, and what was captured."""
        return " · ".join(dict.fromkeys((self.name, self.page, self.when)))


def outline(story: Story) -> Outline:
    """What a report on this story tells."""
    return Outline(
        name=stories.page_name(story),
        page=neutral(story.page.id),
        when=stories.when(story),
        opening=opening(story),
        chapters=tuple(chapter for chapter in _chapters(story) if chapter.groups),
        counters=tuple(counters(story)),
        rows=tuple(rows(story)),
        standing=dates.capital(standing(story)),
        shares=tuple(shares(story)) if len(story.moments) >= _FEWEST_SHARED else (),
        dealt_with=tuple(dealt_with(story)),
        unseen=tuple(unseen(story)),
        limits=tuple(map(neutral, story.limits)),
    )


def command(before: Capture, after: Capture) -> str:
    """What compares two captures of the store."""
    return f"monitor compare {before.reference} {after.reference}"


def link_to(capture: Capture, base: str | None) -> str | None:
    """Where the capture's file lies, seen from the report; None without a base."""
    return None if base is None else f"{base}{capture.file}"


# -- what was alert or news


def _chapters(story: Story) -> Iterator[Chapter]:
    for significance, title in _TITLES.items():
        threads = [thread for thread in threads_of(story, significance) if not is_ordinary(thread)]
        groups = sorted(_groups(threads, story), key=lambda group: group.order)
        yield Chapter(title, tuple(groups))


def _groups(threads: Iterable[Thread], story: Story) -> Iterator[Group]:
    found: dict[Hashable, list[Thread]] = {}
    for number, thread in enumerate(threads):
        way = _way(thread)
        found.setdefault(number if way is None else way, []).append(thread)
    for alike in found.values():
        yield _figures(alike, story) if _is_figure(alike[0]) else _group(alike, story)


def _way(thread: Thread) -> Hashable:
    """What happened to it, where that is told in the same words of others; None where it has words of its own."""
    if _is_figure(thread):
        return "figure"
    events = [event for event in thread.events if not stories.is_ordinary(event)]
    if not isinstance(thread, ItemStory) or not all(_is_told_alike(event.change) for event in events):
        return None
    return tuple((event.change.kind, event.before, event.after, _remark(event.change)) for event in events)


def _is_figure(thread: Thread) -> bool:
    return isinstance(thread, PartStory) and thread.noun == "figure"


def _is_told_alike(change: Change) -> bool:
    return change.group is not None or change.before is None or change.after is None


def _group(threads: Sequence[Thread], story: Story) -> Group:
    """One thing with all that happened to it, or several with what happened to all of them."""
    first = threads[0]
    told = [event for event in first.events if _is_told(event, is_alone=len(threads) == 1)]
    subjects = [_subject(thread, story) for thread in threads]
    lives = {subject.life for subject in subjects}
    shared = lives.pop() if len(subjects) > len(lives) == 1 else ""
    return Group(
        sign=WORDS[gravest_of(first).change.kind].sign,
        subjects=tuple(subject._replace(life="") if shared else subject for subject in subjects),
        life=shared,
        lines=tuple(_line(event, story, is_mass=len(threads) > 1) for event in told),
        order=_order(first),
    )


def _order(thread: Thread) -> tuple[int, int]:
    gravest = gravest_of(thread)
    return rank(gravest.change.kind), gravest.after


def _is_told(event: Event, *, is_alone: bool) -> bool:
    """Of one item its coming and going too; that it stood elsewhere in its list is no part of its story."""
    if is_alone and event.change.kind in (*stories.ARRIVALS, Kind.ITEM_AGED_OFF):
        return True
    return not stories.is_ordinary(event)


def _subject(thread: Thread, story: Story) -> Subject:
    if isinstance(thread, ItemStory):
        return of_item(thread, story)
    name = dates.capital(stories.name_of(thread, story))
    return Subject(name, stories.counted(thread, story) if isinstance(thread, CounterStory) else "")


def _line(event: Event, story: Story, *, is_mass: bool) -> Line:
    words = WORDS[event.change.kind]
    return Line(
        sign=words.sign,
        label=f"{words.label} alike" if is_mass and event.change.group else words.label,
        when=spells.between(story, event.before, event.after),
        remark=_remark(event.change),
        details=() if is_mass else tuple(_details(event.change)),
        before=story.moments[event.before].capture,
        after=story.moments[event.after].capture,
    )


def _remark(change: Change) -> str:
    """The reason without what the marks say; of a text the marks say all."""
    if change.kind.value.startswith("text."):
        return ""
    left = [clause for clause in change.reason.split("; ") if clause not in change.shown]
    return neutral("; ".join(left)).strip().rstrip(".")


def _details(change: Change) -> Iterator[Detail]:
    """What was touched, word by word; of a text or a labelled value that came or went, that text."""
    entry = Entry(title=neutral(change.subject), reason="", change=change)
    spans = headline(entry)
    is_one_sided = is_labelled(change) and (change.before is None or change.after is None)
    if spans and (is_whole_text(entry) or is_one_sided or not is_plain(spans)):
        yield Detail("", spans)
    yield from details(entry)


def _figures(threads: Sequence[Thread], story: Story) -> Group:
    """Labelled numbers are told by their first and last values: how they went between is no event."""
    return Group(
        sign=TOUCHED,
        subjects=tuple(_figure(thread, story) for thread in threads),
        lines=(),
        order=min(map(_order, threads)),
        label=dates.counted(len(threads), "figure"),
    )


def _figure(thread: Thread, story: Story) -> Subject:
    first, last = thread.events[0].change, thread.events[-1].change
    was, now = (neutral(side.text) if side else "none" for side in (first.before, last.after))
    times = f"changed in {len(thread.events):,} of {story.comparisons:,} comparisons"
    return Subject(stories.name_of(thread, story), f"{was} → {now}, {times}")
