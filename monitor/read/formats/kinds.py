"""A text and its declared type → what kind of data it is, None for a page or a text. The bytes win over the type."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

# The mark of a PDF stands within the first kilobyte, for programs put things before it.
_PDF_MARK, _PDF_HEAD = b"%PDF-", 1_024

FEED, SITEMAP, XML, JSON, TABLE = "feed", "sitemap", "xml", "json", "table"

GENERIC_TYPES = frozenset(("", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"))
_TABLE_TYPES = frozenset(
    ("text/csv", "application/csv", "text/tab-separated-values", "text/tsv", "text/comma-separated-values")
)
_ROOTS = {"rss": FEED, "rdf": FEED, "feed": FEED, "urlset": SITEMAP, "sitemapindex": SITEMAP}
# Comments, a style sheet and a document type may stand before the first element, a program's warning before all.
_PROLOGUE = 65_536
_JUNK = 4_096
# A text of no declared type is a table where so many first lines have as many cells as the first has labels.
_FEWEST_LINES = 4
_FEWEST_CELLS = 3
_LONGEST_LABEL = 40
_SEPARATORS = ("\t", ";", ",")


class Kind(NamedTuple):
    """`is_declared`: the type says so too, so that what cannot be read is broken, and no other thing."""

    name: str
    is_declared: bool = False


def is_pdf(body: bytes) -> bool:
    """Whether the bytes are a PDF; a text that only speaks of its mark has no object of one."""
    head = body[:_PDF_HEAD]
    return _PDF_MARK in head and (head.lstrip().startswith(_PDF_MARK) or b"endobj" in body)


def kind_of(text: str, media_type: str | None) -> Kind | None:
    """What kind of data a decoded text is; None for HTML, plain text and Markdown."""
    declared = (media_type or "").partition(";")[0].strip().lower()
    head = text[:_JUNK].lstrip("\ufeff \t\n")
    if head.startswith("<"):
        return (
            None if head[:14].lower() == "<!doctype html" or head[:5].lower() == "<html" else _of_markup(text, declared)
        )
    is_json = "json" in declared
    if is_json or head[:1] in ("{", "["):
        return Kind(name=JSON, is_declared=is_json)
    if "xml" in declared and "xhtml" not in declared:
        start = _data_root().search(head)
        return Kind(name=_ROOTS[start[1].lower()], is_declared=True) if start else None
    if declared in _TABLE_TYPES:
        return Kind(name=TABLE, is_declared=True)
    return Kind(name=TABLE) if declared in GENERIC_TYPES and _is_table(head) else None


def _of_markup(text: str, declared: str) -> Kind | None:
    is_xml = "xml" in declared and "xhtml" not in declared
    found = _root().match(text[:_PROLOGUE])
    if found is None:
        is_data = (is_xml or text.startswith("<?xml")) and _cut_prologue().fullmatch(text[:_PROLOGUE]) is not None
        return Kind(name=XML, is_declared=is_xml) if is_data else None
    name = found[1].rpartition(":")[2].lower()
    if name in _ROOTS:
        return Kind(name=_ROOTS[name], is_declared=is_xml)
    is_data = is_xml or "<?xml" in text[:100]
    return Kind(name=XML, is_declared=is_xml) if is_data and name not in _page_tags() else None


@cache
def _page_tags() -> frozenset[str]:
    """The elements that a part of a page may begin with."""
    return frozenset(
        "html head body title article aside div section main header footer nav p h1 h2 h3 h4 h5 h6 ul ol dl table form "
        "span a b i em strong img br hr pre blockquote figure script style center font svg".split()
    )


def _is_table(head: str) -> bool:
    """Whether the first lines all have as many cells as the first, which holds a label in each."""
    lines = head.split("\n", 2)
    for separator in _SEPARATORS if len(lines) > 2 else ():
        labels = [each.strip(' "') for each in lines[0].split(separator)]
        is_likely = len(labels) >= _FEWEST_CELLS and lines[1].count(separator) >= len(labels) - 1
        if is_likely and _are_labels(labels):
            return _has_even_rows(head, separator, len(labels))
    return False


def _has_even_rows(head: str, separator: str, width: int) -> bool:
    import csv  # noqa: PLC0415  few texts look like a table

    try:
        rows = [row for row in csv.reader(head.splitlines(keepends=True), delimiter=separator) if row]
    except csv.Error:
        return False
    whole = rows[: _FEWEST_LINES + 20] if len(head) < _JUNK else rows[:-1][: _FEWEST_LINES + 20]
    return len(whole) >= _FEWEST_LINES and all(len(row) == width for row in whole)


def _are_labels(labels: list[str]) -> bool:
    return len(set(labels)) == len(labels) and all(
        0 < len(label) <= _LONGEST_LABEL and label[0].isalpha() and label[-1] not in ".!?" for label in labels
    )


_BEFORE_ROOT = r"(?>[\s\ufeff]+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+"


@cache
def _root() -> re.Pattern[str]:
    """The first element behind blanks, declarations, comments and a document type with its own declarations."""
    return re.compile(rf"{_BEFORE_ROOT}<([A-Za-z_][\w.:-]*)", re.DOTALL | re.IGNORECASE)


@cache
def _cut_prologue() -> re.Pattern[str]:
    """A document that ends before its first element, perhaps amid a declaration."""
    return re.compile(rf"{_BEFORE_ROOT}(?:<(?:[?!].*)?)?", re.DOTALL | re.IGNORECASE)


@cache
def _data_root() -> re.Pattern[str]:
    return re.compile(r"<(?:\w+:)?(rss|rdf|feed|urlset|sitemapindex)[\s>]", re.IGNORECASE)
