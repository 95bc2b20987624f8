"""A sitemap or an index of sitemaps → a reading: each address is an item, called by its path.

The time of the last change is a labelled value of its item and no date: a page of an old address that was touched
yesterday was not published yesterday, and a sitemap that renews all of them says nothing of its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from monitor.model.reading import Item, ItemList, Reading
from monitor.read.formats.entries import absolute
from monitor.read.formats.markup import plain
from monitor.read.formats.moments import moment
from monitor.read.formats.xml_tree import Element


def read_sitemap(root: Element, bare: Reading) -> Reading:
    entries = [each for each in root if each.name in ("url", "sitemap")]
    return bare._replace(lists=(ItemList(items=tuple(_items(entries))),))


def _items(entries: list[Element]) -> Iterator[Item]:
    for each in entries:
        url = absolute(each.text_of("loc"), None)
        news = each.first("news:news") or each
        title = plain(news.text_of("news:title"))
        if url is None and not title:
            continue
        changed = plain(each.text_of("lastmod"))
        yield Item(
            title=title or path_of(url or ""),
            date=moment(plain(news.text_of("news:publication_date"))),
            url=url,
            values=(("last changed", changed),) if changed else (),
        )


def path_of(url: str) -> str:
    """An address less scheme and host, as a reader would write it."""
    rest = url.partition("://")[2] or url
    host, slash, path = rest.partition("/")
    return plain(unquote(slash + path, errors="replace").replace("<", "&lt;")) or host or url
