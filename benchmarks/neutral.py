"""A page's source → the same page written otherwise: not one finding may come of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.markup import BLOCK, RAW, TAG, VOID, Element, spliced, texts
from benchmarks.placing import Place, Source, together

_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_BLANKS = (" ", "\n", "\n    ", "\t", "  ")
_LEGACY = ("windows-1252", "windows-1251", "iso-8859-2", "koi8-r", "utf-16")
# Where a wrapper may stand around all that an element holds, and what it is.
_WRAPPERS = {
    **dict.fromkeys(("body", "section", "article", "div", "li"), "div"),
    **dict.fromkeys(("td", "th", "p", "a", "h1", "h2", "h3", "h4", "h5", "h6"), "span"),
    "main": "section",
}
_KEPT_WHITE = ("pre", "textarea")

# Each takes the source, where its items stand, and chance; None where the page has nothing to change so.
Mutation = Callable[[Source, list[Place], Random], str | None]


def lists_exchanged(source: Source, found: list[Place], random: Random) -> str | None:
    """Two lists in each other's place, each with the heading right above it."""
    boxes = [box for each in together(found) if len(each) > 1 and (box := _box(source, each))]
    pairs = [(one, other) for one in boxes for other in boxes if one[1] <= other[0]]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    text = source.text
    return spliced(text, [(*one, text[slice(*other)]), (*other, text[slice(*one)])])


def _box(source: Source, items: list[Place]) -> tuple[int, int] | None:
    """The smallest element around all items of a list, with the heading right above it."""
    start, end = min(each.start for each in items), max(each.end for each in items)
    around = [each for each in source.tree if each.start <= start and end <= each.end]
    if not around or around[-1].tag in ("body", "html"):
        return None
    box = around[-1]
    while box.parent >= 0 and (box.tag == "tbody" or _fills(source, box)):
        box = source.tree[box.parent]
    if box.tag in ("body", "html"):
        return None
    above = [each for each in source.tree if each.end <= box.start and re.fullmatch("h[2-6]", each.tag)]
    if above and not source.text[above[-1].end : box.start].strip():
        return above[-1].start, box.end
    return box.start, box.end


def _fills(source: Source, box: Element) -> bool:
    """Whether an element is all that its parent holds."""
    parent = source.tree[box.parent]
    return not (source.text[parent.inner : box.start] + source.text[box.end : parent.close]).strip()


def classes_hashed(source: Source, _: list[Place], random: Random) -> str:
    """Every class under another name, the same one everywhere."""
    salt = random.random()

    def hashed(value: str) -> str:
        return " ".join(
            "c" + hashlib.sha256(f"{salt}{name}".encode()).hexdigest()[: random.choice((6,))] for name in value.split()
        )

    return _rewritten(source, lambda name, value: (name, hashed(value) if name == "class" else value))


def attributes_renamed(source: Source, _: list[Place], random: Random) -> str:
    """Data attributes under other names, ids that nothing refers to with other values, and one more on some tags."""
    salt = random.randrange(1000)

    def renamed(name: str, value: str) -> tuple[str, str]:
        if name.startswith("data-"):
            return f"data-x{salt}-{name[5:]}", value
        if name == "id" and f'#{value}"' not in source.text and f'for="{value}"' not in source.text:
            return name, f"n{salt}-{hashlib.sha256(value.encode()).hexdigest()[:5]}"
        return name, value

    return _rewritten(source, renamed)


def attributes_reordered(source: Source, _: list[Place], random: Random) -> str:
    """The attributes of each tag in another order."""
    edits = []
    for each in source.tree:
        attributes = _ATTRIBUTE.findall(each.attributes)
        if len(attributes) > 1 and not _ATTRIBUTE.sub("", each.attributes).strip(" /\n"):
            random.shuffle(attributes)
            edits.append(_tag(each, attributes))
    return spliced(source.text, edits)


def _rewritten(source: Source, rewrite: Callable[[str, str], tuple[str, str]]) -> str:
    edits = [
        _tag(each, [rewrite(*attribute) for attribute in _ATTRIBUTE.findall(each.attributes)])
        for each in source.tree
        if not _ATTRIBUTE.sub("", each.attributes).strip(" /\n")
    ]
    return spliced(source.text, edits)


def _tag(element: Element, attributes: list[tuple[str, str]]) -> tuple[int, int, str]:
    inside = "".join(f' {name}="{value}"' for name, value in attributes)
    return element.start, element.inner, f"<{element.tag}{inside}>"


def wrappers_added(source: Source, _: list[Place], random: Random) -> str | None:
    """A wrapper around what all elements of one tag and class hold."""
    sorts = sorted({_sort(each) for each in source.tree if each.tag in _WRAPPERS and each.close > each.inner})
    if not sorts:
        return None
    chosen = random.choice(sorts)
    wrapper = _WRAPPERS[chosen[0]]
    edits = []
    for each in source.tree:
        if _sort(each) == chosen and not _has_block(source, each, wrapper):
            edits += [(each.inner, each.inner, f'<{wrapper} class="w">'), (each.close, each.close, f"</{wrapper}>")]
    return spliced(source.text, edits)


def _sort(element: Element) -> tuple[str, str]:
    found = re.search(r'class="([^"]*)"', element.attributes)
    return element.tag, found[1] if found else ""


def _has_block(source: Source, element: Element, wrapper: str) -> bool:
    """Whether a span would stand around a block."""
    inside = source.text[element.inner : element.close]
    return wrapper == "span" and any((match[2] or "").lower() in BLOCK for match in TAG.finditer(inside))


def white_space_changed(source: Source, _: list[Place], random: Random) -> str:
    """Other blanks and line breaks in texts and between blocks; in plain text other line ends and more empty lines."""
    if not source.is_html:
        text = re.sub(r"\n\n+", lambda match: match[0] + "\n" * random.randrange(2), source.text)
        return text.replace("\n", random.choice(("\r\n", "\n", " \n")))
    kept = [(each.inner, each.close) for each in source.tree if each.tag in _KEPT_WHITE]
    edits = []
    for start, end in texts(source.text, source.tree):
        if not any(first <= start < last for first, last in kept):
            edits += [
                (start + match.start(), start + match.end(), random.choice(_BLANKS))
                for match in re.finditer(r"[ \t\n\r]+", source.text[start:end])
            ]
    starts = {edit[0] for edit in edits}
    for each in source.tree:
        if each.tag in BLOCK - {"html", "head", "body"} and random.random() < 0.3 and each.start not in starts:
            edits.append((each.start, each.start, random.choice(_BLANKS)))
    return spliced(source.text, edits)


def comments_inserted(source: Source, _: list[Place], random: Random) -> str:
    """Comments between tags."""
    spots = [each.inner for each in source.tree if each.tag not in RAW | VOID | {"html", "head"}]
    edits = [(at, at, f"<!-- {random.randrange(10**6)} -->") for at in spots if random.random() < 0.3]
    return spliced(source.text, edits)


def minified(source: Source, _: list[Place], random: Random) -> str:
    """No blanks between blocks."""
    del random
    edges = {
        offset for each in source.tree if each.tag in BLOCK for offset in (each.start, each.inner, each.close, each.end)
    }
    edits = [
        (start, end, "")
        for start, end in texts(source.text, source.tree)
        if start in edges and end in edges and not source.text[start:end].strip()
    ]
    return spliced(source.text, edits)


def scripts_inserted(source: Source, _: list[Place], random: Random) -> str:
    """Scripts, styles and tokens that nobody sees."""
    spots = [each.inner for each in source.tree if each.tag in ("body", "div", "section", "main")]
    additions = (
        "<script>window.t = '{}';</script>", "<style>.c{} {{ color: red }}</style>",
        '<input type="hidden" name="token" value="{}">', '<link rel="preload" href="/a{}.css">',
    )  # fmt: skip
    edits = [
        (at, at, random.choice(additions).format(random.randrange(10**6))) for at in spots if random.random() < 0.2
    ]
    return spliced(source.text, edits)


def references_written(source: Source, _: list[Place], random: Random) -> str:
    """Some letters as character references."""
    edits = [
        (start + match.start(), start + match.end(), f"&#{ord(match[0])};")
        for start, end in texts(source.text, source.tree)
        for match in re.finditer(r"(?<![&\w#])\w", source.text[start:end])
        if random.random() < 0.1
    ]
    return spliced(source.text, edits)


def encoded_otherwise(source: Source, _: list[Place], random: Random) -> tuple[bytes, str] | None:
    """The body in an encoding that has all its letters, and the name of that encoding."""
    fitting = [name for name in _LEGACY if _fits(source.text, name)]
    name = random.choice(fitting)
    return source.text.encode(name), name


def _fits(text: str, encoding: str) -> bool:
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


FOR_HTML: Mapping[str, Mutation] = {
    "lists exchanged": lists_exchanged,
    "classes hashed": classes_hashed,
    "attributes renamed": attributes_renamed,
    "attributes reordered": attributes_reordered,
    "wrappers added": wrappers_added,
    "white space": white_space_changed,
    "minified": minified,
    "comments": comments_inserted,
    "scripts": scripts_inserted,
    "references": references_written,
}
FOR_TEXT: Mapping[str, Mutation] = {"white space": white_space_changed}
