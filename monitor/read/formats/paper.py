"""The bytes of a PDF → Stream: its text in reading order. Pictures of text are not read; nothing in it is run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from monitor.errors import InputError, how_to_install
from monitor.read.blocks import Stream
from monitor.read.formats.paper_lines import Line, stream_of

if TYPE_CHECKING:
    import pypdf

# No document that people read comes near it.
MOST_TEXT = 20_000_000


def read_pdf(body: bytes, source: str) -> Stream:
    """The blocks of a PDF; pages that cannot be read are told in its limits.

    Raises InputError where the extra is not installed, a password is needed, it is broken, or there is no text in it.
    """
    reader = _open(body, source)
    stream_limits: list[str] = []
    pages = list(_pages(reader, stream_limits))
    if not any(pages):
        what = "broken" if stream_limits else "without text, as scanned pages are"
        raise InputError(f"{source} is a PDF {what}", "capture the page it was taken from, or a copy with text")
    stream = stream_of(pages)
    stream.limits.extend(stream_limits)
    return stream


def _open(body: bytes, source: str) -> pypdf.PdfReader:
    try:
        import pypdf  # noqa: PLC0415  an extra, and 150 ms that only a PDF is worth
    except ModuleNotFoundError:
        raise InputError(f"{source} is a PDF, and what reads those is missing", how_to_install("pdf")) from None
    from io import BytesIO  # noqa: PLC0415  only a PDF needs it

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it finds odd is none of the user's business
    try:
        reader = pypdf.PdfReader(BytesIO(body))
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
        is_open = is_open and len(reader.pages) >= 0
    except pypdf.errors.DependencyError:
        raise InputError(
            f"{source} is an encrypted PDF, and what reads those is missing", how_to_install("pdf")
        ) from None
    except Exception as error:  # noqa: BLE001  a broken file makes the library raise whatever it stumbles over
        raise InputError(f"{source} is a broken PDF ({_said(error)})", "capture it again") from None
    if not is_open:
        raise InputError(f"{source} is a PDF that needs a password", "save it without one and compare that")
    return reader


def _pages(reader: pypdf.PdfReader, limits: list[str]) -> Iterator[list[Line]]:
    """The lines of each page; what a page's fault is goes into `limits`."""
    size, lost = 0, []
    for number in range(len(reader.pages)):
        lines: list[Line] = []
        try:
            lines = _lines(reader.pages[number])
        except Exception:  # noqa: BLE001  whatever a broken page makes the library raise, the others can be read
            lost.append(str(number + 1))
        size += sum(len(line.text) for line in lines)
        if size > MOST_TEXT:
            limits.append(f"The PDF holds more text than {MOST_TEXT:,} letters: read up to page {number}.")
            break
        yield lines
    if lost:
        named = f"Page {lost[0]}" if len(lost) == 1 else f"Pages {', '.join(lost[:10])}"
        limits.append(f"{named} of the PDF could not be read.")


def _lines(page: pypdf.PageObject) -> list[Line]:
    """The lines of a page as they are drawn, each with its height on the page and the size of most of its letters."""
    lines: list[Line] = []
    parts: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: Any, own: Any, _font: Any, size: float) -> None:  # noqa: ANN401  numbers in a list
        for number, part in enumerate(text.split("\n")):
            if number:
                _end(parts, lines)
            if part:
                height = abs(size * own[3] * matrix[3]) or abs(size)
                parts.append((part, own[5] * matrix[3] + matrix[5], height))

    page.extract_text(visitor_text=visit)
    _end(parts, lines)
    return lines


def _end(parts: list[tuple[str, float, float]], lines: list[Line]) -> None:
    text = "".join(part for part, _, _ in parts)
    if text.strip():
        said = [each for each in parts if each[0].strip()]
        longest = max(said, key=lambda each: len(each[0]))
        lines.append(Line(text=text, top=said[0][1], size=round(longest[2], 1)))
    parts.clear()


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
