"""Is this an honest, whole capture of the page at all? Each doubt is a Suspicion with its reason in a sentence.

Judges one capture by itself; whether it shrank against the page's own history is for later to say.
"""

from __future__ import annotations

from monitor.model.doubts import Sign
from monitor.model.reading import ItemList, Suspicion
from monitor.read.blocks import FURNITURE, Block, Stream, has_digit
from monitor.read.error_words import REQUEST_TO_SIGN_IN, code, in_small_letters, names_site, phrases, trace, trace_line
from monitor.read.rows import rows_of

# An error or challenge page says little besides: real pages that mention an error say much more.
MOST_ERROR_TEXT = 1500
# What it has to say it says at once, and in short lines; a paragraph as long as that is an article's.
OPENING_BLOCKS = 10
LONGEST_MESSAGE = 400
# "Maintenance" by itself is a message at the top of a page; further down it is the state of something.
FIRST_LINES = 5
# A button or a menu's entry says nothing: error pages stand in the site's own frame.
LONGEST_BUTTON = 24
# A list of dated entries is a page; "latest news" under an error message is longer than that.
FEWEST_ITEMS = 3
# A program's trace is found at the very top.
TRACE_BLOCKS = 4

_CHECK = "a check of the visitor, not the page"
_FAULT = "an error message, not the page"


def find_suspicions(stream: Stream, lists: tuple[ItemList, ...] = ()) -> tuple[Suspicion, ...]:
    """The grounds to doubt this capture, gravest first; none for an honest page."""
    doubts = []
    if not stream.is_whole:
        doubts.append(Suspicion(sign="truncated", reason=_broken_off(stream)))
    found = _trace(stream) or _instead_of_page(stream, lists)
    if found is not None:
        sign, said, what = found
        doubts.append(Suspicion(sign=sign, reason=f"The page says little but “{said}”: {what}.", quote=said))
    if not stream.blocks:
        doubts.append(Suspicion(sign="empty", reason="The document holds no text that a reader would see."))
    return tuple(doubts)


def _broken_off(stream: Stream) -> str:
    last = stream.blocks[-1].text if stream.blocks else ""
    where = f" after “{last[-60:]}”" if last else ""
    return f"The file breaks off{where}: the document is never closed."


def _trace(stream: Stream) -> tuple[Sign, str, str] | None:
    """What a failing program wrote in place of the page, however long."""
    found = None
    for block in stream.blocks[:TRACE_BLOCKS]:
        if ":" in block.text or "(" in block.text or "[" in block.text:
            found = found or trace().search(block.text[:2000])
    if found is None:
        return None
    besides = sum(len(block.text) for block in stream.blocks[TRACE_BLOCKS:] if not trace_line().match(block.text))
    return ("error", found[0].strip()[:120], _FAULT) if besides <= MOST_ERROR_TEXT else None


def _instead_of_page(stream: Stream, lists: tuple[ItemList, ...]) -> tuple[Sign, str, str] | None:
    if any(map(_is_news, lists)):
        return None
    said = [block for block in stream.blocks if not _is_frame(block)]
    if sum([len(block.text) for block in said]) > MOST_ERROR_TEXT:
        return None
    cells = {
        id(block) for start, end in rows_of(stream).items() if end > start + 1 for block in stream.blocks[start:end]
    }
    # A cell of a row tells of what the row names, not of the page.
    opening = [stream.head_title or "", *(block.text for block in said[:OPENING_BLOCKS] if id(block) not in cells)]
    lines = [line for line in opening if line and len(line) <= LONGEST_MESSAGE]
    is_message = len(lines) == len([line for line in opening if line])
    return (_message(lines) if is_message else None) or (None if lists else _wall(stream, said))


def _wall(stream: Stream, said: list[Block]) -> tuple[Sign, str, str] | None:
    from monitor.read.walls import find_wall  # noqa: PLC0415  a page with lists need not pay for it

    return find_wall(stream, said)


def _is_frame(block: Block) -> bool:
    is_button = len(block.links) == 1 and block.links[0].text == block.text and len(block.text) <= LONGEST_BUTTON
    return block.region == FURNITURE or is_button


def _is_news(found: ItemList) -> bool:
    return sum(1 for item in found.items if item.date is not None) >= FEWEST_ITEMS


def _message(lines: list[str]) -> tuple[Sign, str, str] | None:
    """The first line of those that says that this is not the page: what kind of message, its words, what it is."""
    together = in_small_letters("\n".join(lines))
    asked: tuple[tuple[Sign, str, str], ...] = (
        ("challenge", "challenge", _CHECK),
        ("error", "error", _FAULT),
        ("error", "state", _FAULT),
        ("sign-in", "sign in", REQUEST_TO_SIGN_IN),
    )
    for sign, kind, what in asked:
        known = tuple(phrase for phrase in phrases(kind) if phrase in together)
        for line in lines if known else ():
            said = _said(line, known)
            if said and (kind != "state" or names_site(line.lower())):
                return sign, said, what
    whole = frozenset(phrases("line"))
    for place, line in enumerate(lines):
        found = code().search(line) if has_digit(line) else None
        is_heading = place < FIRST_LINES and line.casefold().strip(" .!…:-–") in whole
        if found is not None or is_heading:
            return "error", found[0].strip() if found else line, _FAULT
    return None


def _said(line: str, known: tuple[str, ...]) -> str | None:
    """The words of a line that are one of the phrases, at a word's beginning."""
    folded = in_small_letters(line)
    for phrase in known:
        start = folded.find(phrase)
        if start == 0 or (start > 0 and (phrase[0] >= "\u0600" or not folded[start - 1].isalnum())):
            return line[start : start + len(phrase)] if len(folded) == len(line) else phrase
    return None
