"""Stream → sections and furniture: what no other part has used, under its headings, and what frames the page."""

from __future__ import annotations

from monitor.model.reading import Section
from monitor.read.blocks import CONTENT, Stream, weight
from monitor.read.lists import Found
from monitor.read.traits import Trait

# A short line that is nothing but a link is a button or a menu entry.
LONGEST_BUTTON = 24.0


def find_sections(stream: Stream, free: bytearray, traits: list[Trait], menus: list[Found]) -> tuple[Section, ...]:
    """The blocks of the content not used yet, menus aside, paragraph by paragraph; they are marked as used."""
    in_menu = bytearray(len(stream.blocks))
    for menu in menus:
        in_menu[menu.first : menu.last] = b"\x01" * (menu.last - menu.first)
    sections: list[Section] = []
    heading: str | None = None
    paragraphs: list[str] = []
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.region != CONTENT or in_menu[index] or _is_frame(traits[index], block.text):
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


def _is_frame(trait: Trait, text: str) -> bool:
    if trait.role == "a" and trait.link is not None and weight(text) <= LONGEST_BUTTON:
        return True
    return text.startswith(("©", "(c)", "(C)", "Copyright")) or not any(map(str.isalnum, text))
