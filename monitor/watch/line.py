"""A page's captures in order of time → what changed at each since the last good one before it.

Captures are named by their places in that order, and read only where something has to be compared. What the catalogue
has is not compared again. As with files, the older captures are looked at only where there is a finding, which they can
explain, or a counter that has not moved and by one of them ought to have.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from monitor.compare import Followed, Others, followed
from monitor.compare.footing import Footing, Seen, Stood, as_accepted, of_the_later, own_doubts, stand
from monitor.compare.remnant import is_foreign
from monitor.model.comparison import Verdict
from monitor.model.expectation import Expectations
from monitor.model.page import Page
from monitor.model.reading import Reading, Suspicion
from monitor.store.catalogue.compared import Basis
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.in_short import in_short
from monitor.watch.look_back import LookBack
from monitor.watch.pack_footing import packed, unpacked
from monitor.watch.places import Places
from monitor.watch.read_history import MOST_READ
from monitor.watch.step import Step
from monitor.watch.versions import comparer_version, expectations_version, rules_version

_READ_AHEAD = 16
_FEW = 10  # captures to begin at, where the catalogue knows nothing of those before: a second of work
_HASH_LENGTH = 16


class Line:
    """The captures of a page that are there. `catalogue` is None where the store has none."""

    def __init__(self, catalogue: Catalogue | None, store: Store, page: Page) -> None:
        self._catalogue, self._page = catalogue, page
        self._places = Places(catalogue, store, page)
        self.captures = self._places.captures
        self._rules = f"{rules_version(page)} {expectations_version(page)}{page.url or ''}"
        self._look_back = LookBack([each.at for each in self.captures], self._good)
        self._footings: dict[int, Footing] = {}
        self._accepted = catalogue.accepted(page.id) if catalogue else {}

    def steps(self, places: Sequence[int] | None = None, *, is_whole: bool = False) -> Iterator[Step]:
        """One step a capture, of those at some places or from the first on, in order; older readings are let go."""
        self._places.ahead = _READ_AHEAD
        for at in range(len(self.captures)) if places is None else places:
            yield self.step(at, is_whole=is_whole)
            self._forget_before(at - MOST_READ)

    def step(self, at: int, *, is_whole: bool = False) -> Step:
        """What changed at that capture; with the comparison itself where `is_whole`."""
        footing = self._footing_before(at)
        self._footings[at] = footing
        step = self._step(at, footing, is_whole=is_whole)
        return step._replace(is_good=self._footings[at].good == step.capture.file)

    def kept_or_made(self, places: Sequence[int]) -> Iterator[Step]:
        """The steps at some places, in order, as the catalogue has them, whatever version of the program made them.

        No capture is opened for these; those of which nothing is kept are compared.
        """
        for at in places:
            yield self._kept(at) or self.step(at)
            self._forget_before(at - MOST_READ)

    def doubts(self, at: int) -> tuple[Suspicion, ...]:
        """What is doubted of that capture; nothing where it is the page's own, or cannot be read."""
        step = self.step(at, is_whole=True)
        if step.is_good or step.fault:
            return ()
        if step.comparison is None:
            return self._places.reading(at).suspicions
        return own_doubts(step.comparison.after, step.comparison.before)

    def follow_on(self, before: int, at: int) -> Followed | None:
        """Who is who in two captures, whatever lies between them; None where one of them cannot be read."""
        self._places.read_all([before, at])
        earlier, later = self._places.read(before).reading, self._places.read(at).reading
        return followed(earlier, later, page=self._page.id) if earlier and later else None

    def place_of(self, file: str) -> int:
        """The place of the capture in a file of the store; -1 where it is not there."""
        return self._places.of(file)

    def _step(self, at: int, footing: Footing, *, is_whole: bool) -> Step:
        capture = self.captures[at]
        if fault := self._places.fault(at):
            return Step(capture, fault=fault)
        for before in self._comparable(at, footing):
            basis = self._basis(before, at, footing)
            kept = self._places.row(at)
            if not is_whole and kept and kept.basis == basis and kept.compared and (then := unpacked(kept.footing)):
                self._footings[at] = then
                return Step(capture, self.captures[before], kept.compared)
            self._places.read_all([before, at])
            if fault := self._places.read(at).fault:
                return Step(capture, fault=fault, is_blank=self._places.read(at).is_blank)
            if self._is_comparable(before, at, footing):
                return self._compared(before, at, footing, basis)
        return self._first(at, footing)

    def _kept(self, at: int) -> Step | None:
        row, capture = self._places.row(at), self.captures[at]
        footing = unpacked(row.footing) if row else None
        before = self._places.numbered(row.basis.before, at) if row and row.basis else None
        if row is None or row.compared is None or footing is None or before is None:
            return None
        self._footings[at] = footing
        return Step(capture, self.captures[before], row.compared, is_good=footing.good == capture.file)

    # -- with what a capture is compared

    def _footing_before(self, at: int) -> Footing:
        """How the page stood before that capture: as was just found, as the catalogue has it, or found now."""
        if at == 0:
            return Footing()
        if at - 1 not in self._footings:
            known = self._newest_known(at)
            begin = max(known + 1, at - _FEW)
            if begin:
                self._footings[begin - 1] = self._footing_long_before(known)
            for place in range(begin, at):
                self.step(place)
        return self._footings[at - 1]

    def _footing_long_before(self, known: int) -> Footing:
        """How the page stood at the newest compared, whose place is `known`, or at the first where none was."""
        if known < 0:
            self.step(0)
        return self._footings[max(known, 0)]

    def _newest_known(self, at: int) -> int:
        """The newest place before `at` whose footing the catalogue has; -1 where it has none."""
        file = self._catalogue.newest_compared(self._page.id, self.captures[at].at) if self._catalogue else None
        place = self._places.of(file or "")
        row = self._places.row(place) if 0 <= place < at else None
        footing = unpacked(row.footing) if row else None
        if footing is None:
            return -1
        self._footings[place] = footing
        return place

    def _comparable(self, at: int, footing: Footing) -> Iterator[int]:
        """The good captures before `at`, the newest first; where there is none, those that are none."""
        good = self._places.of(footing.good)
        if good >= 0:
            yield from (place for place in self._back(good) if not self._places.fault(place) and self._is_good(place))
        else:
            yield from (place for place in self._back(at - 1) if not self._places.fault(place))

    def _is_comparable(self, before: int, at: int, footing: Footing) -> bool:
        """Whether the earlier one can be read; a page's first good capture says nothing beside what is another page."""
        earlier, later = self._places.read(before).reading, self._places.read(at).reading
        if earlier is None or later is None:
            return False
        return bool(footing.good or later.suspicions) or not is_foreign(earlier)

    def _back(self, place: int) -> range:
        return range(place, max(-1, place - MOST_READ), -1)

    def _is_good(self, place: int) -> bool:
        """Whether a capture is the page's own, as far as is known."""
        footing = self._footings.get(place)
        if footing is None and (row := self._places.row(place)):
            footing = unpacked(row.footing)
        return footing is None or footing.good == self.captures[place].file

    def _older(self, before: int) -> list[int]:
        """The places of the good captures among the last MOST_READ before."""
        return [place for place in range(max(0, before - MOST_READ), before) if self._is_good(place)]

    def _good(self, place: int, many: int) -> Reading | None:
        """The reading of the page's own capture there, as far as is known, read with so many from there on."""
        if self._places.fault(place) or not self._is_good(place):
            return None
        return self._places.read(place, many).reading

    # -- comparing

    def _first(self, at: int, footing: Footing) -> Step:
        read = self._places.read(at)
        if read.reading is None:
            return Step(self.captures[at], fault=read.fault, is_blank=read.is_blank)
        self._footings[at] = self._stood(at, footing, read.reading, None).footing
        doubts = read.reading.suspicions
        return Step(self.captures[at], doubt=doubts[0] if doubts else None)

    def _compared(self, before: int, at: int, footing: Footing, basis: Basis) -> Step:
        found, stood = self._comparison(before, at, footing)
        comparison = found.comparison
        self._footings[at] = stood.footing
        earlier, later = self.captures[before], self.captures[at]
        made = in_short(comparison, (earlier.file, later.file))
        if self._catalogue:
            self._catalogue.keep_comparison(self._places.number(at), basis, made, packed(stood.footing))
        return Step(later, earlier, made, comparison=comparison, followed=found)

    def _comparison(self, before: int, at: int, footing: Footing) -> tuple[Followed, Stood]:
        """The comparison, with a history where there is a finding or a counter that may have stood too long, and how
        the page stands after it."""
        earlier, later = self._places.reading(before), self._places.reading(at)
        if footing.good == self.captures[before].file:
            earlier, later = as_accepted(earlier, later)
        expect = self._page.expect._replace(are_new=self._is_first(before))
        compared = partial(followed, earlier, later, page=self._page.id, expect=expect)
        found = compared()
        long_before = self._look_back.readings(earlier, later, before)
        is_doubted = len(found.comparison.before.suspicions) > len(earlier.suspicions)
        if long_before or is_doubted or found.comparison.verdict not in (Verdict.IDENTICAL, Verdict.ROUTINE):
            history = self._places.readings(self._older(before))
            compared = partial(compared, others=Others(history, long_before, found))
            found = compared() if history else found
        stood = self._stood(at, footing, found.comparison.after, found.comparison.before)
        if stood.new_form:
            found = compared(new_form=stood.new_form)
        told = of_the_later(found.comparison)._replace(page_title=self._page.title, page_url=self._page.url)
        return found._replace(comparison=told), stood

    def _is_first(self, place: int) -> bool:
        """Whether that capture was compared with none, so that it told nobody what it violates.

        By the captures alone: what the catalogue has of them depends on who asked for what, and when.
        """
        if self._page.expect == Expectations():
            return False
        is_doubtful = bool(self._places.reading(place).suspicions)
        older = (self._places.read(each).reading for each in self._back(place - 1) if not self._places.fault(each))
        return not any(each and (is_doubtful or not is_foreign(each)) for each in older)

    def _stood(self, at: int, footing: Footing, reading: Reading, before: Reading | None) -> Stood:
        capture = self.captures[at]
        seen = Seen(capture.file, capture.at, own_doubts(reading, before), reading, capture.file in self._accepted)
        return stand(footing, seen, self._known)

    def _known(self, file: str) -> tuple[datetime, Reading] | None:
        place = self._places.of(file)
        reading = self._places.read(place).reading if place >= 0 else None
        return (self.captures[place].at, reading) if reading else None

    def _basis(self, before: int, at: int, footing: Footing) -> Basis:
        """All that the comparison depends on; of what was accepted, what is told of by then."""
        older = self._older(before)
        far = filter(self._is_good, self._look_back.places(at, older[0] if older else 0))
        files = [self.captures[place].file for place in (*far, *older, before, at)]
        parts = json.dumps([files, [file for file in files if file in self._accepted], packed(footing)])
        history = hashlib.sha256(parts.encode()).hexdigest()[:_HASH_LENGTH]
        return Basis(self._places.number(before), comparer_version(), self._rules, history)

    def _forget_before(self, place: int) -> None:
        """What is older; but for what was just looked back to, with what was read along with it."""
        self._places.forget_before(place, self._look_back.wanted_next())
