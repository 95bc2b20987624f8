"""HTML source → whether its tree can be built in good time, the same without nesting, and whether it is all there.

Looks at tags in their order and never builds a tree.
"""

from __future__ import annotations

import re
from functools import cache

# lexbor's time grows with the square of the open elements: 80,000 take 17 s, 2,000 nothing that shows.
DEEPEST_TREE = 2000
STRIDE = 8192
MOST_ATTRIBUTES = 5000

_CLOSED_TAGS = ("div", "ul", "ol", "table", "section", "article", "main", "footer", "header", "nav", "a", "span",
                "form", "script", "style", "h1", "h2", "h3", "h4", "title")  # fmt: skip
_VOID_TAGS = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ENDLESS_TAGS = _VOID_TAGS | frozenset("p li dt dd tr td th option optgroup tbody thead tfoot colgroup".split())


def start_tags(text: str) -> list[str]:
    """The first letters of the name of each start tag, as written: up to a digit or a sign in it."""
    return _starts().findall(text)


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(r"<([a-zA-Z]+)")


def is_treacherous(text: str, starts: int) -> bool:
    """Whether building the tree would take time with the square of its size; `starts` are its start tags."""
    return (starts > DEEPEST_TREE and _depth(text) > DEEPEST_TREE) or _has_endless_tag(text)


def _depth(text: str) -> int:
    """An upper estimate of how deep the elements nest, in one pass over the tags; elements without end tag aside."""
    if not _may_be_deep(text):
        return 0
    deepest = now = 0
    for slash, tag in _tags().findall(text):
        if slash:
            now -= now > 0
        elif tag.lower() not in _ENDLESS_TAGS:
            now += 1
            deepest = max(deepest, now)
    return deepest


def _may_be_deep(text: str) -> bool:
    """Whether start tags outnumber end tags by so many anywhere; counted in strides, which costs next to nothing."""
    open_tags = 0
    for start in range(0, len(text), STRIDE):
        ends = text.count("</", start, start + STRIDE)
        starts = text.count("<", start, start + STRIDE) - ends
        if open_tags + starts > DEEPEST_TREE:
            return True
        open_tags = max(0, open_tags + starts - ends)
    return False


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)(?![^<>]*/>)")


def _has_endless_tag(text: str) -> bool:
    """Whether a tag has so many attributes that telling them apart takes time with their square."""
    if text.count("=") <= MOST_ATTRIBUTES:
        return False
    return any(tag[0].count("=") > MOST_ATTRIBUTES for tag in _long_tags().finditer(text))


@cache
def _long_tags() -> re.Pattern[str]:
    return re.compile(rf"<[a-zA-Z][^<>]{{{2 * MOST_ATTRIBUTES},}}")


def flatten(text: str) -> str:
    """The document with every start and end tag in its own right: what cannot be nested is read in a row.

    All that is left of its markup are tags without attributes; every other "<" is text.
    """
    return _plain_tags().sub(_plain_tag, _unread().sub(" ", text))


def _plain_tag(found: re.Match[str]) -> str:
    if found["tag"]:
        return f"<{found['slash']}{found['tag'].lower()}>"
    return "&lt;" if found[0] == "<" else " "


@cache
def _plain_tags() -> re.Pattern[str]:
    return re.compile(r"<(?:(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>|[!?/][^<>]*+>)?")


@cache
def _unread() -> re.Pattern[str]:
    """Comments and what holds no text. One that is never closed takes all behind it, as in a browser."""
    return re.compile(
        r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|svg)\b.*?(?:</\1\s*+>|\Z)", re.DOTALL | re.IGNORECASE
    )


def is_whole(text: str) -> bool:
    """Whether the document reaches its own end. HTML lets `</body>` and `</html>` be left out, but no other end tag.

    What a script holds in its strings is no end of the document.
    """
    if _breaks_off(text):
        return False
    end = text.rfind("</html")
    if end >= 0 and text.rfind("<script", 0, end) <= text.rfind("</script", 0, end):
        return True
    lowered = _without_scripts(text.lower())
    if "</html" in lowered or "</body" in lowered:
        return True
    if "<script" in lowered:
        return False
    is_document = "<html" in lowered or "<body" in lowered
    return not is_document or not any(_opened(lowered, tag) > lowered.count(f"</{tag}") for tag in _CLOSED_TAGS)


def _breaks_off(text: str) -> bool:
    """Whether the text ends within a tag, however long, or within a character reference."""
    last = text.rfind("<")
    is_open = last >= 0 and text.find(">", last) < 0 and _tag_start().match(text, last) is not None
    return is_open or _broken_reference().search(text[-10:]) is not None


def _without_scripts(lowered: str) -> str:
    """Behind the last end tag no script is looked for: none ends there, and looking would take long."""
    closed, end, rest = lowered.rpartition("</script")
    return _script().sub("", closed + end) + rest


@cache
def _script() -> re.Pattern[str]:
    return re.compile(r"<script\b[^<>]*+>.*?</script", re.DOTALL)


def _opened(lowered: str, tag: str) -> int:
    return sum(lowered.count(f"<{tag}{end}") for end in (">", " ", "\n", "\t"))


@cache
def _tag_start() -> re.Pattern[str]:
    return re.compile(r"<(?:/?[a-zA-Z]|/?\Z)")


@cache
def _broken_reference() -> re.Pattern[str]:
    return re.compile(r"&#?\w{0,6}$")
