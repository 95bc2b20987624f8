"""Text → lines of so many columns of a terminal: wide letters take two, combining marks none. Never counts bytes."""

from __future__ import annotations

from collections.abc import Iterator

ELLIPSIS = "…"
LONGEST = 1_000  # letters of a name or a sentence: no report is to grow by a title of megabytes
NARROWEST = 76  # below that a column of heads leaves the texts too little room, and they stand under each other
# Letters and marks that a column can hold: more are no writing, and a text of megabytes is not measured to its end.
_MARKS = 8


def columns_of(text: str) -> int:
    """How many columns a terminal gives the text (Unicode's East Asian Width; marks and format characters none)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, closed by an ellipsis where something is left out."""
    near = text[: columns * _MARKS]
    if len(near) == len(text) and columns_of(text) <= columns:
        return text
    return near[: _fitting(near, columns - 1)].rstrip() + ELLIPSIS


def clipped(text: str, letters: int = LONGEST) -> str:
    """The text in at most so many letters, marks that take no column among them, closed as above.

    For what a page decides alone: its title, a heading, a label.
    """
    return text if len(text) <= letters else text[: letters - 1].rstrip() + ELLIPSIS


def fill(text: str, columns: int) -> str:
    """The text padded with blanks to so many columns."""
    return text + " " * (columns - columns_of(text))


def wrap(text: str, columns: int, most: int | None = None) -> list[str]:
    """The text in lines of at most so many columns; of more than `most` lines the last is cut."""
    if most is not None and len(text) > columns * most * _MARKS:
        text = text[: columns * most * _MARKS] + ELLIPSIS
    lines: list[str] = []
    line = ""
    for word in _words(text, columns):
        joined = f"{line} {word}" if line else word
        if line and columns_of(joined) > columns:
            lines.append(line)
            joined = word
        line = joined
    if line:
        lines.append(line)
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], cut(rest, columns)]
    return lines


def _words(text: str, columns: int) -> Iterator[str]:
    """The words; one that fits no line (an address, a language that writes without blanks) comes in pieces."""
    for word in text.split():
        start = 0
        while start < len(word):
            end = max(start + 1, _fitting(word, columns, start))
            yield word[start:end]
            start = end


def _fitting(text: str, columns: int, start: int = 0) -> int:
    """Where what fits from a place on ends; the marks of the last letter go with it."""
    used = 0
    for index in range(start, len(text)):
        used += _columns(text[index])
        if used > columns:
            return index
    return len(text)


def _columns(character: str) -> int:
    if character < "\u0300":
        return 0 if character == "\xad" else 1
    import unicodedata  # noqa: PLC0415  a page in ASCII need not load its tables

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
