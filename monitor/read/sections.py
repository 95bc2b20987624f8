"""Stream → sections and furniture: what no other part has used, under its headings, and what frames the page."""

from __future__ import annotations

from itertools import pairwise

from monitor.model.reading import Link, Section
from monitor.read.blocks import CONTENT, SENTENCE_ENDS, Node, Stream, weight
from monitor.read.lists import Found
from monitor.read.rows import BETWEEN_CELLS, rows_of
from monitor.read.traits import Trait

# A short line that is nothing but a link is a button or a menu entry.
LONGEST_BUTTON = 24.0
# "Chat with us", "You are offline": what a script puts below an article; a note in full says more.
LONGEST_TRAILER = 40.0
LONGEST_PAGER = 120
FEWEST_PAGES = 3
MOST_PAGER_WORDS = 4
# A page whose main element holds less of its text than that uses the element for something else.
MAIN_SHARE = 0.5


def find_sections(stream: Stream, free: bytearray, traits: list[Trait], menus: list[Found]) -> tuple[Section, ...]:
    """The blocks of the content not used yet, menus aside, paragraph by paragraph; they are marked as used.

    A row of a table is one paragraph.
    """
    is_frame = bytearray(len(stream.blocks))
    for menu in menus:
        is_frame[menu.first : menu.last] = b"\x01" * (menu.last - menu.first)
    first, last = _main(stream, free)
    last = _trailer(stream, first, last)
    is_frame[:first], is_frame[last:] = b"\x01" * first, b"\x01" * (len(is_frame) - last)
    sections: list[Section] = []
    heading: str | None = None
    paragraphs: list[str] = []
    rows = rows_of(stream)
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.region != CONTENT or is_frame[index]:
            continue
        last = rows.get(index, index + 1)
        row = stream.blocks[index:last] if last > index + 1 and all(free[index:last]) else [block]
        if all(_is_frame(traits[at], each.text, each.links) for at, each in enumerate(row, index)):
            continue
        free[index : index + len(row)] = bytes(len(row))
        if block.level:
            if paragraphs or heading is not None:
                sections.append(Section(heading=heading, paragraphs=tuple(paragraphs)))
            heading, paragraphs = block.text, []
        else:
            paragraphs.append(BETWEEN_CELLS.join(each.text for each in row))
    if paragraphs or heading is not None:
        sections.append(Section(heading=heading, paragraphs=tuple(paragraphs)))
    return tuple(sections)


def find_furniture(stream: Stream, free: bytearray, insets: tuple[int, ...]) -> tuple[str, ...]:
    """The texts of the insets and of all blocks left over, each once, in reading order."""
    is_inset = frozenset(insets)
    texts = (block.text for index, block in enumerate(stream.blocks) if free[index] or index in is_inset)
    return tuple(dict.fromkeys(texts))


def _main(stream: Stream, free: bytearray) -> tuple[int, int]:
    """The first and last block of what the page itself marks as its content, where that holds most of its text."""
    marked = [node for node in stream.nodes if node.tag == "main"]
    if len(marked) == 1 and _holds_most(stream, free, marked[0].first, marked[0].last):
        return marked[0].first, marked[0].last
    return 0, len(stream.blocks)


def _holds_most(stream: Stream, free: bytearray, first: int, last: int) -> bool:
    """Whether a stretch has most of the text that is left, or of all there was."""
    weights = [weight(block.text) if not block.region else 0.0 for block in stream.blocks]
    left = [each if is_free else 0.0 for each, is_free in zip(weights, free, strict=True)]
    return any(sum(each[first:last]) >= MAIN_SHARE * sum(each) for each in (left, weights))


def _trailer(stream: Stream, first: int, last: int) -> int:
    """Where the buttons and short lines begin that stand below the page's one article, in no element with it.

    What shares an element with an article belongs to the page, and so does a line without a button or a link beside it:
    "Swimming allowed" below a list says as much as a sentence.
    """
    articles = [node for node in stream.nodes if node.tag == "article"]
    end = max((node.last for node in articles), default=last)
    if end >= last or not _is_one(articles) or _is_shared(stream, end):
        return last
    trailing = stream.blocks[end:last]
    is_lines = all(
        weight(block.text) <= LONGEST_TRAILER and not block.level and not block.text.endswith(SENTENCE_ENDS)
        for block in trailing
    )
    has_button = any(block.tag == "button" or block.links for block in trailing)
    is_whole = is_lines and has_button and _holds_most(stream, bytearray(b"\x01") * len(stream.blocks), first, end)
    return end if is_whole else last


def _is_one(articles: list[Node]) -> bool:
    """Whether all of them stand inside of one: comments are articles within the article."""
    widest = max(articles, key=lambda node: node.last - node.first)
    return all(widest.first <= node.first and node.last <= widest.last for node in articles)


def _is_shared(stream: Stream, end: int) -> bool:
    """Whether an element other than the page's body begins before this place and goes on behind it."""
    return any(node.first < end < node.last for node in stream.nodes if node.tag != "body")


def _is_frame(trait: Trait, text: str, links: tuple[Link, ...]) -> bool:
    if trait.role == "a" and trait.link is not None and weight(text) <= LONGEST_BUTTON:
        return True
    if len(links) > 1 and _is_menu_line(links, text):
        return True
    return _is_copyright(text) or is_pager(text) or not any(map(str.isalnum, text))


def is_pager(text: str) -> bool:
    """Whether a line leads through the pages of a list: "Previous 1 2 3 4 Next", "1 2 3 … 14"."""
    words = text.split() if len(text) <= LONGEST_PAGER else []
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(numbers) < FEWEST_PAGES or len(words) - len(numbers) > MOST_PAGER_WORDS:
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return all(step == 1 for step in steps[1:-1]) and min(steps) > 0 and steps.count(1) * 2 > len(steps)


def _is_menu_line(links: tuple[Link, ...], text: str) -> bool:
    """Whether a line is nothing but several buttons: "Home Prices Contact", "Terms | Privacy | Imprint"."""
    if any(weight(link.text) > LONGEST_BUTTON for link in links):
        return False
    said = sum(map(str.isalnum, text))
    return sum(sum(map(str.isalnum, link.text)) for link in links) == said


def _is_copyright(text: str) -> bool:
    """Whether a line claims the rights in the page: "(c)" may as well be the third of several clauses."""
    if text.startswith(("(c)", "(C)")):
        return text[3:].lstrip()[:4].isdigit() or text.rstrip(" .")[-4:].isdigit()
    return text.startswith(("©", "Copyright"))
