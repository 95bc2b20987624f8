"""Snapshot → Explanation: the reader at work, watched. Which part took which block, and on what ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from monitor.model.explanation import Became, ExplainedBlock, Explanation, RuleUse
from monitor.model.reading import Clock, Counter, Field, Figure, ItemList, Stamp
from monitor.model.rules import Rules
from monitor.model.snapshot import Snapshot
from monitor.read import read_watched
from monitor.read.blocks import Stream
from monitor.read.frames import Frames
from monitor.read.lists import Found
from monitor.read.served import served_doubts, with_served
from monitor.read.traits import Trait
from monitor.read.watch import Watch

if TYPE_CHECKING:
    from monitor.read.rules import Picked, Ruled

T = TypeVar("T")

_ROLES = {
    "entry": "entries that the markup sets apart", "dated": "lines with a date", "t": "lines that end with a date",
    "s": "lines that sign what stands above them",
    "a": "links", "date line": "lines between dates", "labelled date line": "lines between labelled dates",
}  # fmt: skip
_BY_RULE = {
    "lists": Became.LIST_ITEM, "fields": Became.FIELD, "counters": Became.COUNTER, "lead": Became.LEAD,
}  # fmt: skip


def explain(snapshot: Snapshot, rules: Rules | None = None) -> Explanation:
    """What each block of a snapshot became in its reading, and why. Raises InputError as `read` does."""
    seen = _Seen()
    reading = with_served(read_watched(snapshot, rules, seen), served_doubts(snapshot))
    uses = tuple(RuleUse(*match) for match in seen.ruled.matches) if seen.ruled else ()
    return Explanation(reading=reading, blocks=tuple(seen.told()), rules=uses)


class _Fate(NamedTuple):
    """`first` is where the list begins that the block belongs to, `entry` which item of it, from 1."""

    became: Became
    why: str
    first: int | None = None
    entry: int | None = None


class _Seen(Watch):
    """Compares what is free before and after each part; what a part took has its fate from it.

    Data (a feed, JSON, a table) have no blocks, and nothing begins.
    """

    def __init__(self) -> None:
        self.begin(Stream(), [], bytearray(), None)

    def begin(self, stream: Stream, traits: list[Trait], free: bytearray, ruled: Ruled | None) -> None:
        self.stream, self.traits, self.free, self.ruled = stream, traits, free, ruled
        self.before = bytes(free)
        self.fates: dict[int, _Fate] = {}
        self.menus: list[Found] = []

    def took(self, part: str, made: T) -> T:
        taken = [index for index, was_free in enumerate(self.before) if was_free and not self.free[index]]
        self.before = bytes(self.free)
        if part == "menu":
            self.menus = cast("list[Found]", made)
        self.fates.update(zip(taken, self._fates(part, taken, made), strict=True))
        return made

    def told(self) -> Iterable[ExplainedBlock]:
        """All blocks of the page, what was left out by rule among them."""
        frames = Frames(self.stream, self.traits, self.menus)
        firsts = sorted({fate.first for fate in self.fates.values() if fate.first is not None})
        whole = self.ruled.whole if self.ruled else self.stream
        for at, block in enumerate(whole.blocks):
            ignored = self.ruled.ignored[at] if self.ruled else None
            if ignored is not None:
                yield ExplainedBlock(block.text, Became.IGNORED, ignored, block.level)
                continue
            index = self.ruled.places[at] if self.ruled else at
            fate = self.fates.get(index) or _Fate(Became.FURNITURE, frames.why(index))
            number = None if fate.first is None else firsts.index(fate.first) + 1
            yield ExplainedBlock(block.text, fate.became, fate.why, block.level, number, fate.entry)

    def _fates(self, part: str, taken: list[int], made: object) -> Iterable[_Fate]:
        if part == "list":
            return self._of_list(taken, *cast("tuple[Found, ItemList]", made))
        if part == "rule":
            return self._by_rule(taken)
        if part == "section":
            return self._of_sections(taken)
        if part == "lead":
            return [_Fate(Became.LEAD, "the one article in full, apart from the lists")] * len(taken)
        became, ground = _PARTS.get(part, _PARTS["inset"])
        return [_Fate(became, ground(self.stream.blocks[index].text, _things(made))) for index in taken]

    def _of_list(self, taken: list[int], found: Found, _: ItemList) -> Iterable[_Fate]:
        count = len(found.records)
        dated = sum(any(self.traits[i].when for i in range(each.first, each.last)) for each in found.records)
        role = _ROLES.get(found.role, f"headings of level {found.role[1:]}")
        alike = f"repeats {count} times: {role}" + (f", {dated} with a date" if dated else "")
        entries = _entries((each.first, each.last) for each in found.records)
        for index in taken:
            if index < found.first:
                yield _Fate(Became.LIST_HEADING, "the heading right above the list", found.first)
            elif index >= found.last:
                yield _Fate(Became.CLOSING_LINK, "the short link right below the list", found.first)
            else:
                yield _Fate(Became.LIST_ITEM, alike, found.first, entries.get(index))

    def _by_rule(self, taken: list[int]) -> Iterable[_Fate]:
        """By the innermost element that a rule named; what stands around a list so named was found as without."""
        picked = self.ruled.picked if self.ruled else {}
        fates: dict[int, _Fate] = {}
        inner_last = sorted(
            (each for some in picked.values() for each in some), key=lambda each: each.first - each.last
        )
        entries = {rule: _entries((each.first, each.last) for each in some) for rule, some in picked.items()}
        firsts = {rule: min(held, default=None) for rule, held in entries.items()}
        whys = {rule: f"rule {rule}: {self._selector(rule)}" for rule in picked}
        for each in inner_last:
            became = _BY_RULE[each.rule.partition(".")[0]]
            first = firsts[each.rule] if became is Became.LIST_ITEM else None
            for index in range(each.first, each.last):
                entry = entries[each.rule].get(index) if became is Became.LIST_ITEM else None
                fates[index] = _Fate(became, whys[each.rule], first, entry)
        return [fates.get(index) or self._beside_named(index, picked.values()) for index in taken]

    def _beside_named(self, index: int, picked: Iterable[list[Picked]]) -> _Fate:
        for some in picked:
            spans = [(each.first, each.last) for each in some if each.first < each.last]
            if spans and some[0].rule.startswith("lists") and spans[0][0] - 3 <= index < spans[0][0]:
                return _Fate(Became.LIST_HEADING, f"right above what rule {some[0].rule} names", spans[0][0])
            if spans and some[0].rule.startswith("lists") and index == spans[-1][1]:
                return _Fate(Became.CLOSING_LINK, f"right below what rule {some[0].rule} names", spans[0][0])
        return _Fate(Became.LEAD, "beside what a rule names")

    def _selector(self, rule: str) -> str:
        matches = self.ruled.matches if self.ruled else ()
        return next((match.selector for match in matches if match.key == f"{rule}.select"), "")

    def _of_sections(self, taken: list[int]) -> Iterable[_Fate]:
        heading = ""
        for index in taken:
            block = self.stream.blocks[index]
            if block.level:
                heading = block.text
                yield _Fate(Became.SECTION, "the heading of a section")
            else:
                yield _Fate(Became.SECTION, f"text under “{_short(heading)}”" if heading else "text under no heading")


def _entries(spans: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each index in the spans which of them holds it, from 1; empty ones do not count."""
    filled = (span for span in spans if span[0] < span[1])
    return {index: number for number, span in enumerate(filled, 1) for index in range(*span)}


def _things(made: object) -> tuple[object, ...]:
    return made if isinstance(made, tuple) else ()


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


# -- why, by the part that took a block; `things` are all that the part found


def _why_counter(text: str, things: tuple[object, ...]) -> str:
    counters = (each for each in things if isinstance(each, Counter))
    found = next((each for each in counters if each.text in text or text in each.text), None)
    told = (
        f": {found.value:,} {found.unit}{'' if found.value == 1 else 's'}, counted {found.direction}" if found else ""
    )
    return f"its number moves with the calendar{told}"


def _why_stamp(text: str, things: tuple[object, ...]) -> str:
    stamps = (each for each in things if isinstance(each, Stamp))
    found = next((each for each in stamps if each.label in text or each.when.text in text), None)
    return f"a date that the page states about itself: “{_short(found.label)}”" if found else "a date under a label"


def _why_clock(text: str, things: tuple[object, ...]) -> str:
    places = [f"{each.place} {each.time}" for each in things if isinstance(each, Clock) and each.place in text]
    return f"a place and its time: {', '.join(places)}" if places else "a place and its time"


def _why_field(text: str, things: tuple[object, ...]) -> str:
    fields = (each for each in things if isinstance(each, Field))
    found = next((each for each in fields if each.value in text or each.label in text), None)
    return f"a label and a value: “{_short(found.label)}”" if found else "a label and a value"


def _why_figure(text: str, things: tuple[object, ...]) -> str:
    figures = (each for each in things if isinstance(each, Figure))
    found = next((each for each in figures if each.text in text), None)
    return f"a number under a label: “{_short(found.label)}”" if found else "a number and its label"


_PARTS: dict[str, tuple[Became, Callable[[str, tuple[object, ...]], str]]] = {
    "inset": (Became.FURNITURE, lambda *_: "shares the page, advertises or asks for consent, by its words and links"),
    "today": (Became.PAGE_DATE, lambda *_: "its words call the date today's"),
    "page date": (Became.PAGE_DATE, lambda *_: "a full date by itself where the page introduces itself"),
    "title": (Became.TITLE, lambda *_: "the first heading of level 1"),
    "clock": (Became.CLOCK, _why_clock),
    "counter": (Became.COUNTER, _why_counter),
    "stamp": (Became.STAMP, _why_stamp),
    "field": (Became.FIELD, _why_field),
    "figure": (Became.FIGURE, _why_figure),
}  # fmt: skip
