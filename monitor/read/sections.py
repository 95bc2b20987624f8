"""Stream → sections and furniture: what no other part has used, under its headings, and what frames the page."""

from __future__ import annotations

from monitor.model.reading import Section
from monitor.read.blocks import CONTENT, Stream, weight
from monitor.read.lists import Found
from monitor.read.traits import Trait

# A short line that is nothing but a link is a button or a menu entry.
LONGEST_BUTTON = 24.0
# A page whose main element holds less of its text than that uses the element for something else.
MAIN_SHARE = 0.5


def find_sections(stream: Stream, free: bytearray, traits: list[Trait], menus: list[Found]) -> tuple[Section, ...]:
    """The blocks of the content not used yet, menus aside, paragraph by paragraph; they are marked as used."""
    is_frame = bytearray(len(stream.blocks))
    for menu in menus:
        is_frame[menu.first : menu.last] = b"\x01" * (menu.last - menu.first)
    first, last = _main(stream, free)
    is_frame[:first], is_frame[last:] = b"\x01" * first, b"\x01" * (len(is_frame) - last)
    sections: list[Section] = []
    heading: str | None = None
    paragraphs: list[str] = []
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.region != CONTENT or is_frame[index] or _is_frame(traits[index], block.text):
            continue
        free[index] = 0
        if block.level:
            if paragraphs or heading is not None:
                sections.append(Section(heading=heading, paragraphs=tuple(paragraphs)))
            heading, paragraphs = block.text, []
        else:
            paragraphs.append(block.text)
    if paragraphs or heading is not None:
        sections.append(Section(heading=heading, paragraphs=tuple(paragraphs)))
    return tuple(sections)


def find_furniture(stream: Stream, free: bytearray) -> tuple[str, ...]:
    """The texts of all blocks left over, each once, in reading order."""
    texts = (block.text for index, block in enumerate(stream.blocks) if free[index])
    return tuple(dict.fromkeys(texts))


def _main(stream: Stream, free: bytearray) -> tuple[int, int]:
    """The first and last block of what the page itself marks as its content, where that holds most of its free text."""
    marked = [node for node in stream.nodes() if node.tag == "main"]
    if len(marked) == 1:
        weights = [weight(block.text) if free[i] else 0.0 for i, block in enumerate(stream.blocks)]
        first, last = marked[0].first, marked[0].last
        if sum(weights[first:last]) >= MAIN_SHARE * sum(weights):
            return first, last
    return 0, len(stream.blocks)


def _is_frame(trait: Trait, text: str) -> bool:
    if trait.role == "a" and trait.link is not None and weight(text) <= LONGEST_BUTTON:
        return True
    return text.startswith(("©", "(c)", "(C)", "Copyright")) or not any(map(str.isalnum, text))
