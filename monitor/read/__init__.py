"""Snapshot → Reading: what a capture says. Pure: no clock, no network, no configuration.

    decode       bytes → text
    blocks       text or HTML → one stream of blocks (html_blocks, text_blocks; of Markdown
                 text_tables, link_definitions)
    rules        what the page's own rules leave out and name, where it has any (picked_parts, marks, by_rule)
    traits       what each block looks like by itself, or with its neighbours (date_badges)
    insets       share buttons, adverts, consent banners amid the content
    lists items  lists of items by their repetition
    lead         the featured article
    header clocks fields counters figures
                 what the page says of itself
    data_arrays, embedded
                 lists that live only in the data of scripts and attributes
    facts        dates that the page states for programs alone
    formats      data instead of a page: feeds, sitemaps, JSON, tables, PDF
    sections     what is left
    health       is it an honest capture at all?
    served       what its status and its transfer say of that

Each part takes what it knows and marks the blocks it used; the next one sees only what is left. `explain` watches
them do so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model.days import day_in
from monitor.model.reading import ItemList, Reading
from monitor.model.snapshot import Snapshot
from monitor.read.blocks import BANNER, Stream
from monitor.read.capture_day import CaptureDay
from monitor.read.clocks import find_clocks
from monitor.read.coming_years import with_years
from monitor.read.counters import find_counters
from monitor.read.day_order import day_month_order
from monitor.read.decode import Decoded, decode
from monitor.read.fields import find_fields
from monitor.read.figures import find_figures
from monitor.read.formats.kinds import Kind, is_pdf, kind_of
from monitor.read.header import find_page_date, find_stamps, find_title, find_today
from monitor.read.health import find_suspicions
from monitor.read.insets import find_insets
from monitor.read.items import Items
from monitor.read.lead import SHORTEST_PARAGRAPH, find_lead
from monitor.read.lists import Found, find_lists
from monitor.read.named import Named
from monitor.read.sections import find_furniture, find_sections
from monitor.read.served import served_doubts, with_served
from monitor.read.text_blocks import looks_like_markdown, read_text
from monitor.read.traits import traits_of, without_timetables
from monitor.read.versions import is_version
from monitor.read.watch import UNWATCHED, Watch

if TYPE_CHECKING:
    from monitor.model.rules import Rules
    from monitor.read.rules import Ruled


# A title and its date; what numbers a longer text has are prose.
LONGEST_TELLING = 120


def read(snapshot: Snapshot, rules: Rules | None = None) -> Reading:
    """What a snapshot says, read by its page's rules where there are any.

    Raises InputError where the bytes hold no readable text (empty, an image, data that are broken), or a rule is no
    selector.
    """
    return with_served(read_watched(snapshot, rules, UNWATCHED), served_doubts(snapshot))


def read_watched(snapshot: Snapshot, rules: Rules | None, watch: Watch) -> Reading:
    """What its bytes alone say, told to `watch` part by part; not for data, which have no blocks."""
    reading = _read(snapshot, rules, watch)
    return reading._replace(zone=rules.zone, lag=rules.lag) if rules and (rules.zone or rules.lag) else reading


def _read(snapshot: Snapshot, rules: Rules | None, watch: Watch) -> Reading:
    if is_pdf(snapshot.body):
        from monitor.read.formats.paper import read_pdf  # noqa: PLC0415  only a PDF needs it

        stream = read_pdf(snapshot.body, snapshot.source)
        return _unruled(_read_page(stream, snapshot, "application/pdf", None, watch, _zone(rules)), rules)
    decoded = decode(snapshot.body, snapshot.media_type, snapshot.source)
    kind = kind_of(decoded.text, snapshot.media_type)
    data = _read_data(kind, decoded, snapshot) if kind else None
    return _unruled(data, rules) if data else _read_text(decoded, snapshot, rules, watch)


def _unruled(reading: Reading, rules: Rules | None) -> Reading:
    if rules is None or rules.is_empty:
        return reading
    said = f"The capture is no HTML, so the selectors in {rules.source} do not apply to it."
    return reading._replace(limits=(*reading.limits, said))


def _read_data(kind: Kind, decoded: Decoded, snapshot: Snapshot) -> Reading | None:
    from monitor.read.formats.adapters import read_data  # noqa: PLC0415  a page or a text need not pay for it

    return read_data(kind, decoded, snapshot)


def _read_text(decoded: Decoded, snapshot: Snapshot, rules: Rules | None, watch: Watch) -> Reading:
    stream, ruled = _stream(decoded, snapshot, rules)
    stream.limits[:0] = decoded.limits
    media_type = _media_type(snapshot, is_html=decoded.is_html)
    reading = _read_page(stream, snapshot, media_type, ruled, watch, _zone(rules))
    if not decoded.is_html:
        return _unruled(reading, rules)
    if ruled is not None:
        return _with_data(reading, ruled.whole, ruled.html) if ruled.html else reading
    return reading if stream.is_flat else _with_data(reading, stream, decoded.text)


def _has_data(stream: Stream, html: str) -> bool:
    """Whether anything on the page may be data: JSON in scripts and attributes, dates stated in markup."""
    if stream.scripts or any(mark in html for mark in ("datePublished", "dateCreated", "startDate", "uploadDate")):
        return True
    from monitor.read.data_arrays import may_hold_data  # noqa: PLC0415  a text has no data

    return may_hold_data(html)


def _zone(rules: Rules | None) -> str | None:
    return rules.zone if rules else None


def _read_page(
    stream: Stream, snapshot: Snapshot, media_type: str, ruled: Ruled | None, watch: Watch, zone: str | None
) -> Reading:
    order = day_month_order(block.text for block in stream.blocks if len(block.text) <= LONGEST_TELLING)
    traits = traits_of(stream.blocks, order)
    without_timetables(stream, traits)
    free = bytearray(b"\x01") * len(stream.blocks)
    items = Items(stream, traits, free, order)
    watch.begin(stream, traits, free, ruled)
    took = watch.took
    insets = took("inset", find_insets(stream, free))
    named = took("rule", _named(ruled, items, snapshot.url))
    captured = CaptureDay(day_in(snapshot.captured_at, zone) if snapshot.captured_at else None)
    today, time = took("today", find_today(stream, free, captured))
    clocks = (*time, *took("clock", find_clocks(stream, free)))
    found = [] if stream.is_flat else find_lists(stream, traits, free)
    taken = _take_lists(items, found, named, watch)
    lists = tuple(each for _, each in taken)
    header_end = _header_end(stream, [each for each, _ in taken if each is not None])
    page_date, standing_date = (
        (today, None)
        if today
        else took("page date", find_page_date(stream, traits, free, header_end, captured, has_lists=bool(lists)))
    )
    page_day = page_date.span(None) if page_date else None
    lists = with_years(lists, (lambda: page_day[0]) if page_day else captured.exactly)
    watch.holds(captured.first, captured.last)
    counters = took("counter", find_counters(stream, free))
    stamps = took("stamp", find_stamps(stream, free))
    fields = took("field", find_fields(stream, free, header_end))
    lead = named.lead or took("lead", find_lead(stream, traits, free, lists, insets))
    title = took("title", find_title(stream, free, snapshot.url))
    figures = took("figure", find_figures(stream, free))
    menus = took("menu", [each for each in found if each.is_menu])
    sections = took("section", find_sections(stream, free, traits, menus))
    return Reading(
        source=snapshot.source, sha256=snapshot.sha256, size=len(snapshot.body), media_type=media_type,
        captured_at=snapshot.captured_at, language=stream.language, title=title, page_date=page_date,
        standing_date=standing_date, stamps=stamps, clocks=clocks, fields=(*named.fields, *fields),
        counters=(*named.counters, *counters), figures=figures, lead=lead, lists=lists, sections=sections,
        furniture=find_furniture(stream, free, insets), idle=ruled.idle if ruled else (), limits=tuple(stream.limits),
        suspicions=find_suspicions(ruled.whole if ruled else stream, lists) or named.doubts,
        tail=stream.blocks[-1].text if stream.blocks else None,
    )  # fmt: skip


def _stream(decoded: Decoded, snapshot: Snapshot, rules: Rules | None) -> tuple[Stream, Ruled | None]:
    """The stream, and what the page's rules named in it."""
    if decoded.is_html and rules and not rules.is_empty:
        from monitor.read.rules import read_by_rules  # noqa: PLC0415  only a page with rules pays for Beautiful Soup

        ruled = read_by_rules(decoded.text, snapshot.url, rules)
        return ruled.stream, ruled
    if decoded.is_html:
        from monitor.read.html_blocks import read_html  # noqa: PLC0415  a text capture need not pay for it

        return read_html(decoded.text, snapshot.url), None
    declared = snapshot.media_type or ""
    return read_text(decoded.text, is_markdown="markdown" in declared or looks_like_markdown(decoded.text)), None


def _named(ruled: Ruled | None, items: Items, url: str | None) -> Named:
    if ruled is None:
        return Named()
    from monitor.read.by_rule import take  # noqa: PLC0415  only a page with rules pays for it

    return take(ruled, items, url)


def _with_data(reading: Reading, stream: Stream, html: str) -> Reading:
    """The reading with the lists that stand in the page's data alone, and the dates that only its data state."""
    if not _has_data(stream, html):
        return reading
    from monitor.read.data_arrays import data_attributes  # noqa: PLC0415  a text has no data
    from monitor.read.embedded import find_embedded  # noqa: PLC0415  a text has no data
    from monitor.read.facts import completed  # noqa: PLC0415  a text states no facts

    texts = (block.text for block in stream.blocks)
    addresses = (link.url for block in stream.blocks for link in block.links if link.url)
    embedded, moments = find_embedded((*stream.scripts, *data_attributes(html)), texts, addresses)
    return reading._replace(
        lists=(*completed(reading.lists, stream.scripts, html), *embedded), stamps=(*reading.stamps, *moments)
    )


def _take_lists(items: Items, found: list[Found], named: Named, watch: Watch) -> list[tuple[Found | None, ItemList]]:
    """The lists that rules named, and those found, menus aside, in the page's order."""
    content = [each for each in found if not each.is_menu]
    starts = {each.first for each in content}
    taken: list[tuple[Found | None, ItemList]] = list(named.lists)
    taken.extend(watch.took("list", (each, items.take(each, is_followed=each.last in starts))) for each in content)
    return sorted(taken, key=_first) if named.lists else taken


def _first(taken: tuple[Found | None, ItemList]) -> int:
    return taken[0].first if taken[0] is not None else 0


def _header_end(stream: Stream, found: list[Found]) -> int:
    """Where the page is done introducing itself: at its first list, its first long paragraph, or a heading of a series.

    Such headings say the same again further down ("Bug fixes"), or name versions.
    """
    first = min((each.first for each in found), default=len(stream.blocks))
    said: dict[str, int] = {}
    for index, block in enumerate(stream.blocks[:first]):
        if block.level > 1 and not block.region:
            start = said.setdefault(block.text, index)
            if start < index or is_version(block.text):
                first = start
                break
    for index, block in enumerate(stream.blocks[:first]):
        if len(block.text) >= 2 * SHORTEST_PARAGRAPH and block.region != BANNER and not block.same_line:
            return index
    return first


def _media_type(snapshot: Snapshot, *, is_html: bool) -> str:
    declared = (snapshot.media_type or "").partition(";")[0].strip().lower()
    return declared or ("text/html" if is_html else "text/plain")
