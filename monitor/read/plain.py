"""Snapshot → the text in it, as a person would copy it: a line for each block of a page, data as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model.snapshot import Snapshot
from monitor.read.blocks import Stream
from monitor.read.decode import decode
from monitor.read.formats.kinds import is_pdf


def plain_text(snapshot: Snapshot) -> str:
    """The text, ended by a line feed. Raises InputError where the bytes hold none."""
    if is_pdf(snapshot.body):
        from monitor.read.formats.paper import read_pdf  # noqa: PLC0415  only a PDF needs it

        return "".join(_lines(read_pdf(snapshot.body, snapshot.source)))
    decoded = decode(snapshot.body, snapshot.media_type, snapshot.source)
    if not decoded.is_html:
        return decoded.text if decoded.text.endswith("\n") else f"{decoded.text}\n"
    from monitor.read.html_blocks import read_html  # noqa: PLC0415  a text needs no tree

    return "".join(_lines(read_html(decoded.text, snapshot.url)))


def _lines(stream: Stream) -> Iterator[str]:
    """A block each; headings stand apart, and what stands side by side on the page stays on one line."""
    for number, block in enumerate(stream.blocks):
        if number:
            yield " " if block.same_line else "\n\n" if block.level else "\n"
        yield block.text
    yield "\n"
