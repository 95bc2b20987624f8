"""JSON Feed (1.0 and 1.1) → a reading, as of any other feed."""

from __future__ import annotations

from monitor.model.reading import ItemList, Reading, Section
from monitor.read.formats.entries import Entry, items_of
from monitor.read.formats.markup import plain

VERSION = "://jsonfeed.org/version/"


def is_json_feed(value: object) -> bool:
    return isinstance(value, dict) and VERSION in _text(value, "version") and isinstance(value.get("items"), list)


def read_json_feed(value: object, bare: Reading, url: str | None) -> Reading:
    """The reading of a JSON Feed; `url` is where it came from."""
    feed = value if isinstance(value, dict) else {}
    entries = [_entry(each) for each in feed.get("items", ()) if isinstance(each, dict)]
    description = plain(_text(feed, "description"))
    return bare._replace(
        language=_text(feed, "language") or None,
        title=plain(_text(feed, "title")) or None,
        lists=(ItemList(items=items_of(entries, _text(feed, "home_page_url") or url)),),
        sections=(Section(heading=None, paragraphs=(description,)),) if description else (),
    )


def _entry(item: dict[str, object]) -> Entry:
    authors = item.get("authors")
    named = authors if isinstance(authors, list) else [item.get("author")]
    tags = item.get("tags")
    text = _text(item, "content_text").replace("&", "&amp;").replace("<", "&lt;")
    return Entry(
        title=_text(item, "title"),
        url=_text(item, "url") or _text(item, "external_url"),
        key=_text(item, "id"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or text,
        authors=tuple(_text(each, "name") for each in named if isinstance(each, dict)),
        categories=tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else (),
    )


def _text(found: dict[str, object], key: str) -> str:
    """A string, or a number as one: ids are often numbers, against the specification."""
    value = found.get(key)
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
