"""What a feed says of an entry → an item. The same for RSS, RDF, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin

from monitor.model.reading import Figure, Item, Stamp
from monitor.read.formats.markup import plain
from monitor.read.formats.moments import moment

# An entry without a title is called by its first words.
MOST_TITLE_WORDS = 12
UNTITLED = "(untitled)"


class Entry(NamedTuple):
    """An entry's parts as the feed writes them, markup and all; "" where it has none.

    `updated` is when it was last touched, `comments` how many it has.
    """

    title: str = ""
    url: str = ""
    key: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    comments: str = ""


def items_of(entries: Iterable[Entry], base: str | None) -> tuple[Item, ...]:
    """The items in the feed's order; relative addresses are resolved against `base`."""
    return tuple(_item(each, base) for each in entries)


def _item(entry: Entry, base: str | None) -> Item:
    summary, content = plain(entry.summary), plain(entry.content)
    teaser = summary or content
    title = plain(entry.title)
    dated = moment(plain(entry.published)) or moment(plain(entry.updated))
    values = [
        ("author", ", ".join(filter(None, map(plain, entry.authors)))),
        ("category", ", ".join(sorted(filter(None, map(plain, entry.categories))))),
        ("updated", plain(entry.updated) if plain(entry.published) else ""),
        ("content", content if content != teaser else ""),
    ]
    return Item(
        title=title or _first_words(teaser) or entry.url or UNTITLED,
        date=dated,
        url=absolute(entry.url, base),
        teaser=teaser or None,
        values=tuple((label, value) for label, value in values if value),
        figures=tuple(_counts(entry)),
        key=plain(entry.key) or None,
    )


def _counts(entry: Entry) -> Iterable[Figure]:
    if entry.comments.isascii() and entry.comments.isdigit() and len(entry.comments) < 16:
        yield Figure(label="comments", value=int(entry.comments), text=entry.comments)


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:MOST_TITLE_WORDS]) + (" …" if len(words) > MOST_TITLE_WORDS else "")


def absolute(url: str, base: str | None) -> str | None:
    """The address, resolved against `base` where it has one; None for none and for what a script does."""
    url = url.strip()
    if not url or url[:11].lower() == "javascript:":
        return None
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url


def stamps_of(found: Iterable[tuple[str, str]]) -> tuple[Stamp, ...]:
    """The stamps among (label, date as written); what is no date is none."""
    dated = ((label, moment(plain(text))) for label, text in found)
    return tuple(Stamp(label=label, when=when) for label, when in dated if when is not None)
