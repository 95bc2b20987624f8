"""Snapshot → Reading: what a capture says. Pure: no clock, no network, no configuration.

    decode       bytes → text
    blocks       text or HTML → one stream of blocks (html_blocks, text_blocks)
    traits       what each block looks like by itself
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

Each part takes what it knows and marks the blocks it used; the next one sees only what is left.
"""

from __future__ import annotations

from monitor.model.reading import ItemList, Reading
from monitor.model.snapshot import Snapshot
from monitor.read.blocks import BANNER, Stream
from monitor.read.clocks import find_clocks
from monitor.read.counters import find_counters
from monitor.read.dates import day_month_order
from monitor.read.decode import Decoded, decode
from monitor.read.fields import find_fields
from monitor.read.figures import find_figures
from monitor.read.formats.kinds import PDF_HEAD, PDF_MARK, Kind, kind_of
from monitor.read.header import find_page_date, find_stamps, find_title, find_today
from monitor.read.health import find_suspicions
from monitor.read.insets import find_insets
from monitor.read.items import Items
from monitor.read.lead import SHORTEST_PARAGRAPH, find_lead
from monitor.read.lists import Found, find_lists
from monitor.read.sections import find_furniture, find_sections
from monitor.read.text_blocks import looks_like_markdown, read_text
from monitor.read.traits import traits_of


def read(snapshot: Snapshot) -> Reading:
    """What a snapshot says.

    Raises InputError where the bytes hold no readable text (empty, an image, data that are broken).
    """
    if PDF_MARK in snapshot.body[:PDF_HEAD]:
        from monitor.read.formats.paper import read_pdf  # noqa: PLC0415  only a PDF needs it

        return _read_page(read_pdf(snapshot.body, snapshot.source), snapshot, "application/pdf")
    decoded = decode(snapshot.body, snapshot.media_type, snapshot.source)
    kind = kind_of(decoded.text, snapshot.media_type)
    return (_read_data(kind, decoded, snapshot) if kind else None) or _read_text(decoded, snapshot)


def _read_data(kind: Kind, decoded: Decoded, snapshot: Snapshot) -> Reading | None:
    from monitor.read.formats.adapters import read_data  # noqa: PLC0415  a page or a text need not pay for it

    return read_data(kind, decoded, snapshot)


def _read_text(decoded: Decoded, snapshot: Snapshot) -> Reading:
    stream = _stream(decoded, snapshot)
    stream.limits[:0] = decoded.limits
    reading = _read_page(stream, snapshot, _media_type(snapshot, is_html=decoded.is_html))
    return _with_data(reading, stream, decoded.text) if decoded.is_html and not stream.is_flat else reading


def _read_page(stream: Stream, snapshot: Snapshot, media_type: str) -> Reading:
    order = day_month_order(block.text for block in stream.blocks if len(block.text) <= 40)
    traits = traits_of(stream.blocks, order)
    free = bytearray(b"\x01") * len(stream.blocks)
    insets = find_insets(stream, free)
    captured = snapshot.captured_at.date() if snapshot.captured_at else None
    today, time = find_today(stream, free, captured)
    clocks = (*time, *find_clocks(stream, free))
    found = [] if stream.is_flat else find_lists(stream, traits, free)
    lists = _take_lists(Items(stream, traits, free, order), found)
    header_end = _header_end(stream, found)
    page_date = today or find_page_date(stream, traits, free, header_end, captured, has_lists=bool(lists))
    counters = find_counters(stream, free)
    stamps = find_stamps(stream, free)
    fields = find_fields(stream, free, header_end)
    lead = find_lead(stream, traits, free, lists, insets)
    title = find_title(stream, free)
    figures = find_figures(stream, free)
    sections = find_sections(stream, free, traits, [each for each in found if each.is_menu])
    return Reading(
        source=snapshot.source, sha256=snapshot.sha256, size=len(snapshot.body),
        media_type=media_type, captured_at=snapshot.captured_at,
        language=stream.language, title=title, page_date=page_date, stamps=stamps, clocks=clocks,
        fields=fields, counters=counters, figures=figures, lead=lead, lists=lists, sections=sections,
        furniture=find_furniture(stream, free, insets), suspicions=find_suspicions(stream, lists),
        tail=stream.blocks[-1].text if stream.blocks else None,
        limits=tuple(stream.limits),
    )  # fmt: skip


def _stream(decoded: Decoded, snapshot: Snapshot) -> Stream:
    if decoded.is_html:
        from monitor.read.html_blocks import read_html  # noqa: PLC0415  a text capture need not pay for it

        return read_html(decoded.text, snapshot.url)
    declared = snapshot.media_type or ""
    return read_text(decoded.text, is_markdown="markdown" in declared or looks_like_markdown(decoded.text))


def _with_data(reading: Reading, stream: Stream, html: str) -> Reading:
    """The reading with the lists that stand in the page's data alone, and the dates that only its data state."""
    from monitor.read.data_arrays import data_attributes  # noqa: PLC0415  a text has no data
    from monitor.read.embedded import find_embedded  # noqa: PLC0415  a text has no data
    from monitor.read.facts import completed  # noqa: PLC0415  a text states no facts

    texts = (block.text for block in stream.blocks)
    addresses = (link.url for block in stream.blocks for link in block.links if link.url)
    embedded, moments = find_embedded((*stream.scripts, *data_attributes(html)), texts, addresses)
    return reading._replace(
        lists=(*completed(reading.lists, stream.scripts, html), *embedded), stamps=(*reading.stamps, *moments)
    )


def _take_lists(items: Items, found: list[Found]) -> tuple[ItemList, ...]:
    content = [each for each in found if not each.is_menu]
    starts = {each.first for each in content}
    return tuple(items.take(each, is_followed=each.last in starts) for each in content)


def _header_end(stream: Stream, found: list[Found]) -> int:
    """Where the page is done introducing itself: at its first list, or its first long paragraph."""
    first = min((each.first for each in found if not each.is_menu), default=len(stream.blocks))
    for index, block in enumerate(stream.blocks[:first]):
        if len(block.text) >= 2 * SHORTEST_PARAGRAPH and block.region != BANNER and not block.same_line:
            return index
    return first


def _media_type(snapshot: Snapshot, *, is_html: bool) -> str:
    declared = (snapshot.media_type or "").partition(";")[0].strip().lower()
    return declared or ("text/html" if is_html else "text/plain")
