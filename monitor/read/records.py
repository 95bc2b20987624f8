"""Units → records: where each entry of a list begins and ends, and which of its blocks is the title."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from monitor.read.blocks import weight
from monitor.read.date_lines import by_date_lines, signed
from monitor.read.record_ends import end_of_last
from monitor.read.traits import Trait
from monitor.read.units import ENTRY_TAGS, Parsed, Record, Unit
from monitor.read.versions import is_version, release_of

# Between the links of an undated list stand teasers, not an article's paragraphs.
LONGEST_LOOSE_TEASER = 450.0
# "View", "Apply now": what stands alike in every entry.
LONGEST_BUTTON = 20.0
FEWEST_OF_ONE_NAME = 3
# Among cards a few may be nothing but their linked title.
CARD_SHARE = 0.6
FEWEST_CARDS = 2
# An entry may have two dated links, an agenda and its minutes; the headings of lists have more on average.
_FEWEST_LINKS_BELOW = 3
DATE_LINE = "date line"
LABELLED_DATE_LINE = "labelled date line"
SIGNED = "s"
_LINK_ROLES = ("a", "entry")


class Role(NamedTuple):
    """What the titles of a list have in common: "h1" to "h6" ("h1–2": both), "entry", "dated", "t", "a" or DATE_LINE.

    "s" are no titles but the lines that sign the entries.

    `anchors` tells of each unit whether it is such a title; asked of all units at once, for there are many. `units` are
    those that may be.
    """

    name: str
    anchors: Callable[[list[Unit]], list[bool]]
    units: list[Unit]

    @property
    def is_signed(self) -> bool:
        return self.name == SIGNED


def roles(parsed: Parsed, units: list[Unit], least: int) -> Iterator[Role]:
    """The roles that `least` titles could share here, the most telling first: headings, entries, dates, links."""
    named = _named(parsed, units)
    for name, titles in _releases(parsed, named):
        if len(titles) >= least:
            yield _known_role(name, titles)
    names = {name: each for name, each in named.items() if len(each) >= least}
    tests = {"entry": _are_entries, "dated": _are_dated}
    for name in (*sorted(name for name in names if name[0] == "h"), SIGNED, "entry", "dated", "t", "a"):
        if name in names:
            yield Role(name, tests[name], names[name]) if name in tests else _role(name, names[name])
    if DATE_LINE in names:
        for name, is_bare in ((DATE_LINE, True), (LABELLED_DATE_LINE, False)):
            yield Role(name, _date_line_test(parsed, is_bare=is_bare), names[DATE_LINE])


def _named(parsed: Parsed, units: list[Unit]) -> dict[str, list[Unit]]:
    """The units that may be anchors, by role: one pass, since most roles have no unit on most nodes."""
    names: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        role = unit.role
        if not role:
            if not unit.is_node and parsed.traits[unit.first].is_date:
                names[DATE_LINE].append(unit)
        elif not unit.is_list:
            names[role].append(unit)
            if role[0] != "h" and (unit.is_node or unit.tag in ENTRY_TAGS):
                names["entry"].append(unit)
            if role == "d" or (role == "a" and unit.date):
                names["dated"].append(unit)
    return names


def _releases(parsed: Parsed, named: Mapping[str, list[Unit]]) -> Iterator[tuple[str, list[Unit]]]:
    """The titles that name a version and its day, where others of their kind do not, and what they are.

    Headings where they are of several levels: those of patches are lower ones. Lines that end with a date: what else
    does is said of a release.
    """
    levels = [each for name, each in named.items() if name[0] == "h"]
    found = [[unit for unit in each if _is_release(parsed.traits[unit.titles[0]])] for each in levels]
    if sum(map(bool, found)) > 1:
        headings = [unit for each in found for unit in each]
        tops = [unit.level for unit in headings]
        yield f"h{min(tops)}–{max(tops)}", headings
    ends = named.get("t", [])
    lines = [unit for unit in ends if not unit.is_node and release_of(parsed.blocks[unit.first].text) is not None]
    if len(lines) < len(ends):
        yield "t", lines


def _is_release(trait: Trait) -> bool:
    return trait.when is not None and is_version(trait.title)


def _known_role(name: str, titles: list[Unit]) -> Role:
    known = set(map(id, titles))
    return Role(name, lambda units: [id(unit) in known for unit in units], titles)


def _role(name: str, units: list[Unit]) -> Role:
    return Role(name, lambda units: [unit.role == name and not unit.is_list for unit in units], units)


def _are_entries(units: list[Unit]) -> list[bool]:
    return [bool(unit.role) and unit.role[0] != "h" and unit.is_entry for unit in units]


def _are_dated(units: list[Unit]) -> list[bool]:
    return [not unit.is_list and (unit.role == "d" or (unit.role == "a" and unit.date)) for unit in units]


def is_date_line(parsed: Parsed, unit: Unit) -> bool:
    """Whether a unit is a date in a line of its own, and not the value of a label above it."""
    if unit.is_node or unit.role or not parsed.traits[unit.first].is_date:
        return False
    return not (unit.first and parsed.blocks[unit.first - 1].text.endswith(":"))


def _date_line_test(parsed: Parsed, *, is_bare: bool) -> Callable[[list[Unit]], list[bool]]:
    """Bare dates and labelled ones ("Published: 4 July") are not mixed in one list."""
    traits = parsed.traits
    return lambda units: [
        is_date_line(parsed, unit) and bool(traits[unit.first].title) is not is_bare for unit in units
    ]


def may_break(units: list[Unit]) -> list[int]:
    """Where a unit stands that could break a stretch: a list, a heading, a long text."""
    return [
        place for place, unit in enumerate(units) if unit.level or unit.is_list or unit.weight > LONGEST_LOOSE_TEASER
    ]


def runs(units: list[Unit], role: Role, least: int, suspects: list[int]) -> list[list[Unit]]:
    """Stretches of units with at least `least` anchors that no higher heading, no other list and no article breaks.

    `suspects` is where that may be: it is asked once for all roles.
    """
    level = int(role.name[1]) if role.name[0] == "h" else 7
    longest = LONGEST_LOOSE_TEASER if role.name in _LINK_ROLES else inf
    anchors = role.anchors(units)
    found, start = [], 0
    for place in suspects:
        unit = units[place]
        is_break = not anchors[place] and (
            0 < unit.level < level or (unit.weight > longest and not _is_dated(units[start:place]))
        )
        if is_break or (unit.is_list and not role.is_signed):  # a list above a signature is a part of what it signs
            if sum(anchors[start:place]) >= least:
                found.append(units[start:place])
            start = place + 1
    if sum(anchors[start:]) >= least:
        found.append(units[start:])
    return found


def _is_dated(units: list[Unit]) -> bool:
    """Whether there is a date above a long text, which is a teaser then."""
    return any(unit.date for unit in units)


def without_echoes(parsed: Parsed, anchors: list[Unit]) -> list[Unit]:
    """The anchors less each "Read more" that leads where the title above it leads."""
    addresses = [unit.url for unit in anchors]
    if not any(one is not None and one == other for one, other in pairwise(addresses)):
        return anchors
    tally = Counter(parsed.blocks[unit.first].text for unit in anchors if not unit.is_node)
    kept: list[Unit] = []
    for unit in anchors:
        is_second = bool(kept) and unit.url is not None and unit.url == kept[-1].url and not unit.is_node
        text = parsed.blocks[unit.first].text
        if is_second and not unit.date and (tally[text] > 1 or text.casefold().strip(" .…»>→") in _more_words()):
            continue
        kept.append(unit)
    return kept


def without_group_headings(anchors: list[Unit]) -> list[Unit]:
    """The anchors less the bare headings among linked cards: they head some of the cards and are none."""
    if not any(map(_is_bare_heading, anchors)):
        return anchors
    cards = sum(unit.is_node and unit.url is not None for unit in anchors)
    if cards < CARD_SHARE * sum(not _is_bare_heading(unit) for unit in anchors) or cards < FEWEST_CARDS:
        return anchors
    return [unit for unit in anchors if not _is_bare_heading(unit)]


def head_lists(run: list[Unit], anchors: list[Unit]) -> bool:
    """Whether bare headings without a date each head several dated links: "News" and "Notices" are no entries."""
    if not all(_is_bare_heading(unit) and not unit.date for unit in anchors):
        return False
    below = [unit.first for unit in run if unit.date and unit.url is not None and not unit.level]
    bounds = pairwise([*(unit.first for unit in anchors), run[-1].last])
    counts = [bisect_left(below, last) - bisect_left(below, first) for first, last in bounds]
    return min(counts, default=0) > 1 and sum(counts) >= _FEWEST_LINKS_BELOW * len(counts)


def _is_bare_heading(unit: Unit) -> bool:
    return unit.level > 0 and not unit.is_node and unit.url is None and unit.tag not in ENTRY_TAGS


@cache
def _more_words() -> frozenset[str]:
    return frozenset(
        "more|read more|learn more|continue reading|full story|details|mehr|weiterlesen|mehr lesen|lire la suite|"
        "en savoir plus|leer más|ver más|leggi tutto|continua|saiba mais|lees meer|więcej|czytaj więcej|подробнее|"
        "далее|читать далее|читать полностью|детальніше|devamı|läs mer|阅读更多|详细|続きを読む|اقرأ المزيد".split("|")
    )


def records_of(parsed: Parsed, run: list[Unit], anchors: list[Unit], role: Role) -> list[Record]:
    """Each anchor with what belongs to it: its own blocks, in flat markup also the lines up to the next."""
    if role.name in (DATE_LINE, LABELLED_DATE_LINE):
        return by_date_lines(parsed, run, anchors)
    if role.is_signed:
        return signed(run, anchors)
    traits = parsed.traits
    starts, is_before = [unit.first for unit in anchors], False
    if any(not unit.is_node and traits[unit.first].is_date for unit in run):
        places = {id(unit): place for place, unit in enumerate(run)}
        starts = [_start_of(parsed, run, places[id(unit)]) for unit in anchors]
        is_before = _dates_come_first(anchors, starts)
    if any(unit.is_entry for unit in anchors):
        takes_date = is_before and not any(unit.date for unit in anchors)
        firsts = starts if takes_date else [unit.first for unit in anchors]
        return [Record(first, unit.last, unit.titles[0]) for first, unit in zip(firsts, anchors, strict=True)]
    firsts = starts if is_before else [unit.first for unit in anchors]
    ends = [*firsts[1:], end_of_last(parsed, run, anchors, firsts, is_before=is_before)]
    return [
        Record(first, max(end, unit.last), unit.titles[0])
        for first, end, unit in zip(firsts, ends, anchors, strict=True)
    ]


def renamed(parsed: Parsed, records: list[Record]) -> list[Record]:
    """The records under their texts where all their links say the same: "View" behind them names no entry."""
    links = [parsed.traits[record.title].link for record in records]
    titles = {link.text for link in links if link is not None}
    if len(titles) != 1 or None in links or len(records) < FEWEST_OF_ONE_NAME or weight(*titles) > LONGEST_BUTTON:
        return records
    texts = [_longest_text(parsed, record) for record in records]
    if any(text is not None and text > record.title for text, record in zip(texts, records, strict=True)):
        return records
    if 2 * len({parsed.blocks[text].text for text in texts if text is not None}) <= len(records):
        return records
    return [
        record if text is None else record._replace(title=text) for record, text in zip(records, texts, strict=True)
    ]


def _longest_text(parsed: Parsed, record: Record) -> int | None:
    """The block of a record that says most and is neither link nor date."""
    texts = [
        index
        for index in range(record.first, record.last)
        if not (parsed.traits[index].link or parsed.traits[index].is_date)
        and any(map(str.isalpha, parsed.blocks[index].text))
    ]
    return max(texts, key=lambda index: weight(parsed.blocks[index].text), default=None)


def _start_of(parsed: Parsed, run: list[Unit], place: int) -> int:
    """Where the date lines right above the anchor at `place` begin."""
    url = run[place].url
    while place and _is_date_of(parsed, run[place - 1], url):
        place -= 1
    return run[place].first


def _is_date_of(parsed: Parsed, unit: Unit, url: str | None) -> bool:
    """Whether a unit is a date line, or a date in the link that the entry below it is in: both are one card."""
    if is_date_line(parsed, unit):
        return True
    return url is not None and unit.url == url and not unit.is_node and parsed.traits[unit.first].is_date


def _dates_come_first(anchors: list[Unit], starts: list[int]) -> bool:
    above = sum(1 for start, unit in zip(starts, anchors, strict=True) if start < unit.first)
    return above * 2 >= len(anchors) and starts[0] < anchors[0].first
