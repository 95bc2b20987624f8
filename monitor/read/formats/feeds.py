"""RSS 0.9x, 1.0 and 2.0, and Atom → a reading: the channel is the page, its entries are one list of items."""

from __future__ import annotations

from monitor.model.reading import Field, ItemList, Reading, Section
from monitor.read.formats.entries import Entry, absolute, items_of, stamps_of
from monitor.read.formats.markup import INLINE_TAGS, plain
from monitor.read.formats.xml_tree import Element


def is_feed(root: Element) -> bool:
    """Whether a document of a feed's root is one: RDF may say anything, and other formats call themselves feed."""
    names = ("entry", "title", "id", "updated", "modified") if root.name == "feed" else ("channel", "item")
    return root.name == "rss" or root.first(*names) is not None


def read_feed(root: Element, bare: Reading, url: str | None) -> Reading:
    """The reading of a feed; `url` is where it came from, for addresses that name no host."""
    if root.name == "feed":
        return _read_atom(root, bare, url)
    channel = root.first("channel") or root
    base = absolute(_link_of(channel), url) or url
    entries = [*channel.all("item"), *(root.all("item") if channel is not root else ())]
    description = plain(channel.text_of("description"))
    editors = [(label, plain(channel.text_of(name))) for name, label in _EDITORS]
    return bare._replace(
        language=channel.text_of("language", "dc:language") or None,
        title=plain(channel.text_of("title")) or None,
        stamps=stamps_of((label, channel.text_of(*names)) for label, names in _STAMPS),
        fields=tuple(Field(label=label, value=value) for label, value in editors if value),
        lists=(ItemList(items=items_of(map(_rss_entry, entries), base)),),
        sections=(Section(heading=None, paragraphs=(description,)),) if description else (),
        furniture=tuple(filter(None, (plain(channel.text_of("copyright", "dc:rights")),))),
    )


_STAMPS = (("last built", ("lastBuildDate",)), ("published", ("pubDate",)), ("updated", ("atom:updated", "dc:date")))
_EDITORS = (("managingEditor", "managing editor"), ("webMaster", "webmaster"))


def _rss_entry(item: Element) -> Entry:
    guid = item.first("guid")
    key = guid.text().strip() if guid else ""
    is_address = guid is not None and guid.attributes.get("isPermaLink", "true").lower() != "false"
    comments = item.text_of("slash:comments")
    return Entry(
        title=item.text_of("title", "dc:title"),
        url=_link_of(item) or (key if is_address and key.startswith(("http://", "https://")) else ""),
        key=key or item.attributes.get("rdf:about", ""),
        published=item.text_of("pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published"),
        updated=item.text_of("atom:updated", "dcterms:modified"),
        summary=item.text_of("description", "atom:summary", "itunes:summary"),
        content=item.text_of("content:encoded", "atom:content"),
        authors=tuple(each.text() for name in ("author", "dc:creator") for each in item.all(name)),
        categories=tuple(each.text() for name in ("category", "dc:subject") for each in item.all(name)),
        comments=comments,
    )


def _link_of(element: Element) -> str:
    """The text of `link`, or where an Atom link leads that stands in its place."""
    return element.text_of("link") or _alternate(element, "atom:link") or _alternate(element, "link")


def _alternate(element: Element, name: str) -> str:
    links = [each for each in element.all(name) if each.attributes.get("href")]
    pages = [each for each in links if each.attributes.get("rel", "alternate") == "alternate"]
    pages.sort(key=lambda each: "html" not in each.attributes.get("type", "text/html"))
    return pages[0].attributes["href"] if pages else ""


def _read_atom(feed: Element, bare: Reading, url: str | None) -> Reading:
    base = absolute(feed.attributes.get("xml:base", ""), url) or absolute(_alternate(feed, "link"), url) or url
    subtitle = plain(_text(feed, "subtitle", "tagline"))
    return bare._replace(
        language=feed.attributes.get("xml:lang") or None,
        title=plain(_text(feed, "title")) or None,
        stamps=stamps_of([("updated", feed.text_of("updated", "modified"))]),
        lists=(ItemList(items=items_of(map(_atom_entry, feed.all("entry")), base)),),
        sections=(Section(heading=None, paragraphs=(subtitle,)),) if subtitle else (),
        furniture=tuple(filter(None, (plain(_text(feed, "rights", "copyright")),))),
    )


def _atom_entry(entry: Element) -> Entry:
    content = entry.first("content")
    link = _alternate(entry, "link") or (content.attributes.get("src", "") if content else "")
    base = entry.attributes.get("xml:base")
    return Entry(
        title=_text(entry, "title"),
        url=(absolute(link, base) or "") if base else link,
        key=entry.text_of("id"),
        published=entry.text_of("published", "issued", "created"),
        updated=entry.text_of("updated", "modified"),
        summary=_text(entry, "summary"),
        content=_text(entry, "content"),
        authors=tuple(each.text_of("name") or each.text_of("email") for each in entry.all("author")),
        categories=tuple(
            each.attributes.get("label") or each.attributes.get("term", "") for each in entry.all("category")
        ),
        comments=entry.text_of("slash:comments", "thr:total"),
    )


def _text(element: Element, *names: str) -> str:
    """A text construct with its markup as such: that of `type="text"` is no markup, that of XHTML is elements."""
    found = element.first(*names)
    if found is None or found.attributes.get("type", "").startswith(("image/", "audio/", "video/")):
        return ""
    said = _spaced(found)
    if found.attributes.get("type", "text") == "text" and "<" in said:
        return said.replace("&", "&amp;").replace("<", "&lt;")
    return said


def _spaced(element: Element) -> str:
    """The text inside, with a blank around each element that is more than a stretch of a line."""
    parts = (part if isinstance(part, str) else _spaced(part) for part in element.parts)
    edge = "" if element.name.rpartition(":")[2] in INLINE_TAGS else " "
    return edge + "".join(parts) + edge
