"""Decoded XML → a tree of plain elements. Mends what real feeds get wrong; opens no file, address or entity.

Entities are resolved here, those of HTML alone, and the document type is cut out before the parser sees the text: what
it declares is never expanded, so that neither "billion laughs" nor an external entity can do anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from monitor.model.reading import Suspicion

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Namespaces by the prefix that the specifications give them; those of the formats themselves have none.
_PREFIXES = {
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    _RDF: "rdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_LONGEST_END = 60
# The parser compares each attribute of a tag with all others: 40,000 take 11 s.
_MOST_ATTRIBUTES = 5_000
_CUT_TAG = f"A tag has more than {_MOST_ATTRIBUTES:,} attributes; they were not read."


class Element:
    """`name` is the local name, behind the usual prefix of its namespace where that is not the document's own.

    `parts` are its texts and child elements in order, `children` the elements alone.
    """

    __slots__ = ("attributes", "children", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.parts: list[str | Element] = []
        self.children: list[Element] = []

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def all(self, name: str) -> list[Element]:
        return [each for each in self if each.name == name]

    def first(self, *names: str) -> Element | None:
        """The first child of the first of these names that there is one of."""
        return next((each for name in names for each in self if each.name == name), None)

    def text(self) -> str:
        """All text inside, in order."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def text_of(self, *names: str) -> str:
        """The text of the first such child that has any, blanks around it gone."""
        texts = (each.text().strip() for name in names for each in self if each.name == name)
        return next(filter(None, texts), "")


class Parsed(NamedTuple):
    """`suspicions` says that the text breaks off, `limits` what had to be mended."""

    root: Element
    suspicions: tuple[Suspicion, ...] = ()
    limits: tuple[str, ...] = ()


def parse_xml(text: str) -> Parsed | None:
    """The tree of an XML text, as much of it as can be read; None where it holds no element."""
    mended = _mended(text)
    bare = _long_tag().sub(_without_attributes, mended) if mended.count("=") > _MOST_ATTRIBUTES else mended
    limits, mended = ((_CUT_TAG,) if bare != mended else ()), bare
    root, errors = _parsed(mended)
    if any("mismatch" in error.message for error in errors):
        root, _ = _parsed(_page_tag().sub(_as_text, mended))
    if root is None:
        return None
    namespace, _, local = str(root.tag).rpartition("}")
    tree = _element(root, "" if namespace[1:] == _RDF else namespace[1:])
    name = f"{root.prefix}:{local}" if root.prefix else local
    if f"</{name}" not in text and not re.search(rf"<{re.escape(name)}(?:\s[^<>]*)?/>", text):
        return Parsed(root=tree, suspicions=(_broken_off(tree),), limits=limits)
    return Parsed(root=tree, limits=(*limits, _mending(errors[0])) if errors else limits)


def _without_attributes(found: re.Match[str]) -> str:
    """The tag, bare if it has too many, and what follows it up to the next."""
    tag = _whole_tag().match(found[0])
    if tag is None or tag["attributes"].count("=") <= _MOST_ATTRIBUTES:
        return found[0]
    return f"<{tag['name']}{tag['end']}>{found[0][tag.end() :]}"


def _parsed(text: str) -> tuple[Any, list[Any]]:
    """The root, None where there is none, and what the parser had to mend."""
    from lxml import etree  # noqa: PLC0415  34 ms that only XML is worth

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return root, [each for each in parser.error_log if each.level_name != "WARNING" and "amespace" not in each.message]


def _as_text(found: re.Match[str]) -> str:
    return found["kept"] or found[0].replace("<", "&lt;").replace(">", "&gt;")


def _broken_off(tree: Element) -> Suspicion:
    """The doubt; the record that is not whole is taken out of the tree."""
    said = " ".join(tree.text().split())[-_LONGEST_END:]
    holder: Element | None = tree
    while holder is not None:
        last = holder.children[-1] if holder.children else None
        if last is not None and any(each.name == last.name for each in holder.children[:-1]):
            holder.children.remove(last)
            holder.parts.remove(last)
            break
        holder = last
    where = f" after “{said}”" if said else ""
    return Suspicion(sign="truncated", reason=f"The file breaks off{where}: the document is never closed.")


def _mending(error: Any) -> str:  # noqa: ANN401  lxml has no types
    what = " ".join(str(error.message).split())
    return f"The XML is broken at line {error.line} ({what}); it was read as far as it could be mended."


def _element(node: Any, own: str) -> Element:  # noqa: ANN401  lxml has no types
    """The node and all in it; the parser stops at a depth of 256."""
    made = Element(_name(node.tag, node.prefix, own), {_name(k, None, own): v for k, v in node.attrib.items()})
    if node.text:
        made.parts.append(node.text)
    for child in node:
        if isinstance(child.tag, str):
            made.children.append(_element(child, own))
            made.parts.append(made.children[-1])
        if child.tail:
            made.parts.append(child.tail)
    return made


def _name(tag: str, prefix: str | None, own: str) -> str:
    if tag[0] != "{":
        return tag
    namespace, _, name = tag[1:].partition("}")
    known = "" if namespace == own else _PREFIXES.get(namespace, prefix or "")
    return f"{known}:{name}" if known else name


def _mended(text: str) -> str:
    """The text from its first element on, without document type, its references resolved or made plain text."""
    text = _prologue().sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    return _reference().sub(_resolved, text) if "&" in text else text


def _resolved(found: re.Match[str]) -> str:
    """A reference as XML knows it. CDATA and comments stay; an unknown or bare one is text."""
    name = found["name"]
    if found["kept"]:
        return found["kept"]
    if name is None:
        return "&amp;"
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return found[0]
    from html import unescape  # noqa: PLC0415  its table of two thousand names is for unusual references only

    value = unescape(found[0])
    if value == found[0]:
        return "&amp;" + found[0][1:]
    value = "".join(each if each in "\t\n" or each >= " " else " " for each in value)
    value = _no_letter().sub("\ufffd", value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@cache
def _prologue() -> re.Pattern[str]:
    """All before the first element: junk, the declaration, comments, the document type."""
    return re.compile(
        r"\A[^<]*(?>[\s\ufeff]+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+", re.DOTALL | re.IGNORECASE
    )


@cache
def _long_tag() -> re.Pattern[str]:
    return re.compile(rf"<[A-Za-z_][^<]{{{2 * _MOST_ATTRIBUTES},}}")


@cache
def _whole_tag() -> re.Pattern[str]:
    """Its alternatives begin with different letters; a possessive group would fail in early releases of Python 3.11."""
    return re.compile(r"""<(?P<name>[^\s/>"']+)(?P<attributes>(?:[^/>"']|"[^"]*"|'[^']*'|/(?!>))*)(?P<end>/?)>""")


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))|&(?:(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)?",
        re.DOTALL,
    )


@cache
def _page_tag() -> re.Pattern[str]:
    """A tag of a page in the midst of data, where it should have been escaped; CDATA stays."""
    names = "p br hr b i u em strong a img div span ul ol li h1 h2 h3 h4 h5 h6 table tr td th blockquote font center"
    return re.compile(
        rf"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z))|</?(?:{'|'.join(names.split())})(?:\s[^<>]*)?/?>",
        re.DOTALL | re.IGNORECASE,
    )


@cache
def _no_letter() -> re.Pattern[str]:
    return re.compile("[\ud800-\udfff\ufffe\uffff]")
