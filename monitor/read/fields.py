"""Stream → fields: a label and a value in the page's header, on one line or on the next.

Telephone numbers and mail addresses are known for what they are anywhere; other labelled values only where the page
introduces itself, before its first list and its first long text, or in a definition list.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import Field
from monitor.read.blocks import BANNER, FURNITURE, Block, Stream
from monitor.read.numbers import is_number
from monitor.read.under_headings import fields_under

LONGEST_LABEL = 48
LONGEST_VALUE = 160
LONGEST_PLAIN_VALUE = 80
# A definition ("Latest update: …") may be a sentence or two.
LONGEST_DEFINITION = 400
# A value points to where its first words do, or half of it; a link behind other words is not the label's.
LINKED_SHARE = 0.5
# Fewer digits are a year, a price, an extension.
FEWEST_DIALLED = 7


def find_fields(stream: Stream, free: bytearray, header_end: int) -> tuple[Field, ...]:
    """The fields among the blocks not used yet; `header_end` is the index where the page's header ends."""
    fields: dict[int, Field] = {}
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.level:
            continue
        if len(block.text) > LONGEST_VALUE:  # neither a label nor a line with one
            continue
        in_header = index < header_end or block.region == BANNER
        field = _on_line(block, in_header=in_header) or _on_next_line(stream.blocks, free, index, in_header=in_header)
        if field is not None and field.target is None and _goes_on(stream.blocks, index):
            continue
        if field is not None:
            fields[index] = field
            free[index] = 0
    return tuple(dict.fromkeys(fields_under(fields, stream.blocks)))


def _on_line(block: Block, *, in_header: bool) -> Field | None:
    found = _labelled().match(block.text) if ":" in block.text and len(block.text) <= LONGEST_VALUE else None
    if found is None:
        return None
    value = found["value"]
    target = target_of(value, block)
    if target is None and not (in_header and block.region != FURNITURE and _is_value(value)):
        return None
    if target is None and len(block.links) > 1 and "|" in value:
        return None  # "More: Overview | Prices | Contact" is a row of links
    if target is None and any(link.text == block.text for link in block.links):
        return None  # "Download: the contract", all of it a link, labels nothing
    return Field(label=found["label"].strip(), value=value.strip(), target=target)


def _goes_on(blocks: list[Block], index: int) -> bool:
    """Whether a line with a label is a sentence that goes on in the line right below, in small letters."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if (
        below is None
        or below.gap
        or below.same_line
        or not below.text[:1].islower()
        or ":" not in blocks[index].text[:-1]
    ):
        return False
    return _labelled().match(below.text) is None


def _is_value(text: str) -> bool:
    """Whether a text is a value, not what somebody said: short, no sentence, and no number, which is a figure."""
    return len(text) <= LONGEST_PLAIN_VALUE and text[-1] not in ".?!…" and not is_number(text)


def _on_next_line(blocks: list[Block], free: bytearray, index: int, *, in_header: bool) -> Field | None:
    """A label that ends in a colon, or a term, and its value below; a label without a colon above a number."""
    block = blocks[index]
    below = index + 1
    if below >= len(blocks) or not free[below] or len(block.text) > LONGEST_LABEL or blocks[below].level:
        return None
    value = blocks[below]
    has_label = block.text.endswith(":") or block.tag in ("dt", "th")
    if not has_label and (block.links or not _may_be_dialled(value.text)):
        return None
    target = target_of(value.text, value)
    if target is None and is_number(value.text):
        return None
    is_term = block.tag == "dt" or (block.tag == "th" and _is_pair(blocks, index))
    is_defined = (is_term or block.text.endswith(":")) and value.tag == ("td" if block.tag == "th" else "dd")
    is_labelled = block.text.endswith(":") and in_header and len(value.text) <= LONGEST_VALUE and not value.gap
    is_labelled = is_labelled and not _is_bulleted(blocks, below)
    is_dialled = target is not None and target.startswith("tel:") and not block.text.endswith((".", "!", "?"))
    is_alone = is_dialled and not block.links and _on_line(value, in_header=False) is None
    fits = is_labelled or is_alone or (is_defined and len(value.text) <= LONGEST_DEFINITION)
    if not fits or not any(map(str.isalpha, block.text)) or (block.region == FURNITURE and target is None):
        return None
    free[below] = 0
    return Field(label=block.text.rstrip(" :"), value=value.text, target=target)


def _is_bulleted(blocks: list[Block], index: int) -> bool:
    """Whether a line is the first of several bullets: what stands above them labels none of them alone."""
    return [block.tag for block in blocks[index : index + 2]] == ["li", "li"]


def _may_be_dialled(text: str) -> bool:
    """What a telephone number begins with: most texts do not."""
    first = text.lstrip()[:1]
    return first.isdecimal() or first in ("+", "(")


def _is_pair(blocks: list[Block], index: int) -> bool:
    """Whether a heading cell and one cell make up a row."""
    after = blocks[index + 2].tag if index + 2 < len(blocks) else ""
    before = blocks[index - 1].tag if index else ""
    return after != "td" and before != "th"


def target_of(value: str, block: Block) -> str | None:
    """What a value dials or points to: "tel:+442036687474", "mailto:a@b.org", its link's address; None for words."""
    number = _telephone().fullmatch(value.strip()) if _may_be_dialled(value) else None
    if number is not None:
        return dialled(value)
    mail = _mail().fullmatch(value.strip()) if "@" in value else None
    if mail is not None:
        return "mailto:" + value.strip().casefold()
    links = [link for link in block.links if link.url and link.text and link.text in value]
    if len(links) != 1:
        return None
    said, text = value.strip(), links[0].text
    return links[0].url if said.startswith(text) or len(text) >= LINKED_SHARE * len(said) else None


def dialled(number: str) -> str | None:
    """The digits a telephone is given: "+44 (0) 203 668 7474" → "tel:+442036687474" (the trunk 0 is not dialled)."""
    stripped = re.sub(r"\(0\)", "", number) if number.lstrip().startswith("+") else number
    digits = re.sub(r"\D", "", stripped)
    if len(digits) < FEWEST_DIALLED:
        return None
    return "tel:" + ("+" if number.lstrip().startswith("+") else "") + digits


@cache
def _labelled() -> re.Pattern[str]:
    colon = r"(?:(?<!\d):|:(?!\d))"  # between digits it stands in a time, "Page made 2024-05-10 07:59:58 in 0.1 s"
    colon += r"(?!//)"  # it stands in an address too
    return re.compile(rf"(?P<label>[^\W\d][^:?!]{{1,{LONGEST_LABEL}}}?)\s*{colon}\s*(?P<value>[^\s:].*)$")


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(r"\+?\(?\d[\d\s().\u2010-\u2015/-]{5,}\d(?:\s*(?:ext\.?|доб\.?|#)\s*\d+)?")


@cache
def _mail() -> re.Pattern[str]:
    return re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
