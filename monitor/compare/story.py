"""All captures of a page with their readings → its story, as the comparison of each with the good one before tells it.

The story has no opinion of its own: every event in it is a change that a comparison told, and who is who from one
capture to the next is what that comparison found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from monitor.compare import Followed, Others, followed
from monitor.compare.against_history import doubts_of
from monitor.compare.following import Following
from monitor.compare.footing import Footing, Seen, as_accepted, own_doubts, stand
from monitor.compare.pauses import gaps_in, pace_of
from monitor.compare.reasons import history as said
from monitor.compare.remnant import is_broken
from monitor.compare.standstill import looked_back_to
from monitor.compare.wholeness import with_doubts
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import Verdict
from monitor.model.page import Page
from monitor.model.reading import Reading, Suspicion, When
from monitor.model.schedule import Schedule
from monitor.model.snapshot import Capture
from monitor.model.story import Gap, Moment, Story, Untold

MOST_LEARNT_FROM = 100  # earlier captures: as many as `monitor compare --history` reads


class _Kept(NamedTuple):
    """A good capture: its number and its reading."""

    at: int
    reading: Reading


def story(
    page: Page,
    captures: Iterable[tuple[Capture, Reading]],
    untold: Iterable[Untold] = (),
    accepted: Collection[str] = (),
) -> Story:
    """What became of `page` over these captures, which may come in any order; none is read twice.

    `untold` are those that cannot be read or were taken out: what lies around them was not seen. `accepted` are the
    files of captures that somebody took for the page's new form.

    Each good capture is compared with the good one before it, with up to MOST_LEARNT_FROM earlier ones as its history
    where there is a finding, or a counter that may have stood too long, as `monitor compare --history` does. Captures
    that may not be honest ones are left out of that, and told as such.
    """
    told = sorted(captures, key=lambda pair: (pair[0].at, pair[0].file))
    told = [(capture, reading._replace(captured_at=reading.captured_at or capture.at)) for capture, reading in told]
    judged = _Judged(told, accepted)
    kept = judged.good
    unread = tuple(sorted(untold, key=lambda each: (each.capture.at, each.capture.file)))
    teller = _Teller(page, judged.new_forms)
    for each in kept:
        teller.take(each)
    last = kept[-1].reading if kept else None
    return Story(
        page=page,
        moments=tuple(_moments(judged, teller.verdicts)),
        items=teller.things.items.stories(kept[-1].at) if kept else (),
        counters=teller.things.counters.stories(),
        parts=tuple(teller.things.parts.stories()),
        gaps=tuple(_gaps(told, kept, unread, page.schedule)),
        pace=pace_of([capture.at for capture, _ in told]),
        title=page.title or (last.title if last else None),
        language=last.language if last else None,
        limits=(*_rules_that_never_fit(kept), *teller.limits),
        untold=unread,
    )


def _moments(judged: _Judged, verdicts: Sequence[Verdict]) -> Iterator[Moment]:
    came_to = {each.at: verdict for each, verdict in zip(judged.good, (None, *verdicts), strict=False)}
    for at, ((capture, reading), doubts) in enumerate(zip(judged.told, judged.doubts, strict=True)):
        yield Moment(
            capture=capture,
            day=reading.snapshot_day,
            sha256=reading.sha256,
            size=reading.size,
            verdict=Verdict.SUSPECT if doubts else came_to[at],
            doubts=doubts,
        )


def _gaps(
    told: Sequence[tuple[Capture, Reading]],
    kept: Sequence[_Kept],
    untold: Sequence[Untold],
    schedule: Schedule | None,
) -> Iterator[Gap]:
    """Between good captures: one that may be no honest capture shows nothing of the page, nor does one untold."""
    for gap in gaps_in([told[each.at][0].at for each in kept], [each.capture.at for each in untold], schedule):
        yield gap._replace(before=kept[gap.before].at, after=kept[gap.after].at)


# -- which captures are those of the page


class _Judged:
    """Goes through the captures in order of time, and tells those that are the page from those that may be none.

    That the page's rules match nothing is a doubt where they match in other captures. A capture that breaks off may
    show it only beside the next good one.
    """

    def __init__(self, told: Sequence[tuple[Capture, Reading]], accepted: Collection[str]) -> None:
        self.doubts: list[tuple[str, ...]] = []
        self.new_forms: dict[int, str] = {}
        self.told, self._accepted = told, accepted
        self._places = {capture.file: at for at, (capture, _) in enumerate(told)}
        self._least = min((_unmatched(reading) for _, reading in told if not is_broken(reading)), default=0)
        self.good: list[_Kept] = []
        self._footing = Footing()
        for at in range(len(told)):
            self.doubts.append(())
            self._take(at)

    def _take(self, at: int) -> None:
        capture, reading = self.told[at]
        reading, doubts = self._beside_good(reading)
        seen = Seen(capture.file, capture.at, doubts, reading, capture.file in self._accepted)
        stood = stand(self._footing, seen, self._known)
        self._footing = stood.footing
        if stood.footing.good != capture.file:
            self.doubts[at] = tuple(each.reason for each in doubts)
            return
        if stood.new_form:
            self.new_forms[at] = stood.new_form
        self.good.append(_Kept(at, self.told[at][1]))

    def _beside_good(self, reading: Reading) -> tuple[Reading, tuple[Suspicion, ...]]:
        """The reading with all that is doubted of it, and what of that is a doubt; good ones that break off beside it
        are put aside."""
        while self.good:
            before, after = with_doubts(*as_accepted(self.good[-1].reading, reading))
            doubts = self._own(after, before)
            if doubts or not self._own(before, None):
                break
            last = self.good.pop()
            self.doubts[last.at] = tuple(each.reason for each in self._own(before, None))
        else:
            return reading, self._own(reading, None)
        history = [each.reading for each in self.good[-MOST_LEARNT_FROM - 1 :]]
        after = after._replace(suspicions=(*doubts_of(after, history), *after.suspicions))
        return after, self._own(after, before)

    def _own(self, reading: Reading, before: Reading | None) -> tuple[Suspicion, ...]:
        is_suspect = is_broken(reading) or _unmatched(reading) > self._least
        return own_doubts(reading, before) if is_suspect else ()

    def _known(self, file: str) -> tuple[datetime, Reading]:
        capture, reading = self.told[self._places[file]]
        return capture.at, reading


def _unmatched(reading: Reading) -> int:
    """How many of the page's rules match nothing in a capture that is whole as far as it shows."""
    return 0 if is_broken(reading) else len(reading.suspicions)


def _rules_that_never_fit(kept: Sequence[_Kept]) -> Iterator[str]:
    """What of the page's rules matches in none of the captures that were compared."""
    reasons = tuple(each.reason for each in kept[-1].reading.suspicions) if kept else ()
    if reasons:
        yield said.rules_never_fit(reasons)


# -- from one to the next


class _Teller:
    """What is told so far: takes one good capture after the other."""

    def __init__(self, page: Page, new_forms: Mapping[int, str]) -> None:
        self.things = Following()
        self.verdicts: list[Verdict] = []
        self.limits: list[str] = []
        self._page, self._new_forms = page, new_forms
        self._earlier: deque[Reading] = deque(maxlen=MOST_LEARNT_FROM)
        self._good: list[Reading] = []  # all of them, and when they were taken
        self._moments: list[datetime] = []
        self._last: _Kept | None = None

    def take(self, kept: _Kept) -> None:
        before, self._last = self._last, kept
        if before is None:
            self.things.begin(kept.reading, kept.at)
            return
        if _is_still(before.reading, kept.reading):
            self.things.stay(kept.at)
            self.verdicts.append(Verdict.IDENTICAL)
        else:
            self._tell(self._compared(before.reading, kept), before.at, kept.at)
        self._earlier.append(before.reading)
        if before.reading.captured_at:
            self._good.append(before.reading)
            self._moments.append(before.reading.captured_at)

    def _compared(self, before: Reading, kept: _Kept) -> Followed:
        """A history can explain a finding, so it is asked where there is one, or where a counter by it stands still."""
        sides, new_form = as_accepted(before, kept.reading), self._new_forms.get(kept.at)
        expect = self._page.expect._replace(are_new=not self.verdicts)
        compared = partial(followed, *sides, page=self._page.id, expect=expect)
        if new_form:
            self.limits.append(said.as_sentence(new_form))
            return compared(others=Others(self._earlier), new_form=new_form)
        found = compared()
        long_before = looked_back_to(*sides, self._moments, self._good.__getitem__)
        if not self._earlier or (not long_before and found.comparison.verdict in (Verdict.IDENTICAL, Verdict.ROUTINE)):
            return found
        return compared(others=Others(self._earlier, long_before, found))

    def _tell(self, found: Followed, before: int, at: int) -> None:
        comparison = found.comparison
        told = tuple(change for change in comparison.changes if change.kind is not Kind.CAPTURE_SUSPECT)
        self.verdicts.append(comparison._replace(changes=told).verdict)
        if comparison.are_strangers:
            self.limits.append(said.next_to_nothing_shared(comparison.before, comparison.after))
        self.things.follow(found, before, at)


# -- captures that need no comparison


def _is_still(before: Reading, after: Reading) -> bool:
    """Whether the same bytes came again, and show nothing that would have had to move with the time."""
    return before.sha256 == after.sha256 and not _moves(before)


def _moves(reading: Reading) -> bool:
    return bool(reading.counters or reading.page_date or reading.clocks) or any(
        not when.is_full for when in _dates(reading)
    )


def _dates(reading: Reading) -> Iterator[When]:
    yield from (stamp.when for stamp in reading.stamps)
    yield from (item.date for each in reading.lists for item in each.items if item.date)
    if reading.lead and reading.lead.date:
        yield reading.lead.date
