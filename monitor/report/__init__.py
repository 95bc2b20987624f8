"""Comparison, or a page's story → a report for reading. Pure: no clock, nothing sent, no file but the package's own.

wording   every sentence a person reads
outline   what is told, in which order: the same for every format
detail    what an entry of the outline shows, word by word
neutral   page text that cannot act
columns   text in so many columns of a terminal
as_…      one module for each format
mail_…    what all mails have alike: header lines, HTML with its rules inline
story_…   the same for the story of a page: outline, rows, timeline and charts, formats
overview_… how all pages stand: charts, formats
digest_…  what the comparisons of a period came to: outline, formats
messages_… the index of a folder of messages
feed_merged  a feed and the one before it → one
schema/   the JSON Schemas of what scripts read
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.model.comparison import Comparison
    from monitor.model.digest import Digest
    from monitor.model.envelope import Envelope
    from monitor.model.explanation import Explanation
    from monitor.model.filed import Filed
    from monitor.model.overview import Overview, PageState
    from monitor.model.reading import Reading
    from monitor.model.story import Story

__all__ = [
    "DIGEST_RENDERERS", "EXPLANATION_RENDERERS", "OVERVIEW_RENDERERS", "READING_RENDERERS", "RENDERERS", "SCHEMAS",
    "STORY_RENDERERS", "merge_feeds", "render", "render_digest", "render_explanation", "render_messages",
    "render_overview", "render_reading", "render_story", "schema",
]  # fmt: skip

# Named, not imported: text must not pay for the libraries of the others.
RENDERERS = {
    "terminal": "monitor.report.as_terminal:render",
    "text": "monitor.report.as_text:render",
    "json": "monitor.report.as_json:render",
    "html": "monitor.report.as_html:render",
    "markdown": "monitor.report.as_markdown:render",
    "email": "monitor.report.as_email:render",
}
READING_RENDERERS = {
    "terminal": "monitor.report.reading_as_terminal:render",
    "text": "monitor.report.reading_as_text:render",
    "json": "monitor.report.reading_as_json:render",
}
EXPLANATION_RENDERERS = {
    "terminal": "monitor.report.explanation_as_terminal:render",
    "text": "monitor.report.explanation_as_text:render",
    "json": "monitor.report.explanation_as_json:render",
    "html": "monitor.report.explanation_as_html:render",
}
STORY_RENDERERS = {
    "terminal": "monitor.report.story_as_terminal:render",
    "text": "monitor.report.story_as_text:render",
    "json": "monitor.report.story_as_json:render",
    "html": "monitor.report.story_as_html:render",
    "markdown": "monitor.report.story_as_markdown:render",
}
OVERVIEW_RENDERERS = {
    "text": "monitor.report.overview_as_text:render",
    "html": "monitor.report.overview_as_html:render",
}
DIGEST_RENDERERS = {
    "terminal": "monitor.report.digest_as_terminal:render",
    "text": "monitor.report.digest_as_text:render",
    "json": "monitor.report.digest_as_json:render",
    "html": "monitor.report.digest_as_html:render",
    "markdown": "monitor.report.digest_as_markdown:render",
    "email": "monitor.report.digest_as_email:render",
    "atom": "monitor.report.digest_as_atom:render",
}
_IN_UTC = ("json",)  # formats for programs
SCHEMAS = ("comparison", "reading", "explanation", "history", "digest")


def render(  # noqa: PLR0913  each format takes what concerns it, and leaves the rest
    comparison: Comparison,
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    now: datetime | None = None,
    index: str | None = None,
    envelope: Envelope | None = None,
    report: str | None = None,
    zone: str = "UTC",
    siblings: str | None = None,
) -> str:
    """The comparison in one of the formats of RENDERERS.

    `width` is in columns and bounds terminal and text; `color` is for terminal; `now` becomes the date of an email,
    which has none without it, and `envelope` its headers; `index` is the address of the overview that HTML leads back
    to, `siblings` that of the list of all reports of the page, `report` that of the HTML to which an email and text
    lead. `zone` is the IANA name of the time zone of the times that are shown; in JSON they are in UTC. An email is
    ASCII with the line ends that mail wants: encoded, it is a complete .eml.
    """
    if zone != "UTC" and format not in _IN_UTC:
        from monitor.report.wording.local import in_zone  # noqa: PLC0415  most reports are in UTC

        comparison = in_zone(comparison, zone)
    manner = {"width": width, "color": color, "now": now, "index": index, "envelope": envelope,
              "report": report, "siblings": siblings}  # fmt: skip
    return _rendered(RENDERERS, format, comparison, manner)


def render_reading(reading: Reading, format: str, *, width: int = 100, color: bool = False) -> str:
    """The reading in one of the formats of READING_RENDERERS."""
    return _rendered(READING_RENDERERS, format, reading, {"width": width, "color": color})


def render_explanation(explanation: Explanation, format: str, *, width: int = 100, color: bool = False) -> str:
    """The explanation of a reading in one of the formats of EXPLANATION_RENDERERS."""
    return _rendered(EXPLANATION_RENDERERS, format, explanation, {"width": width, "color": color})


def render_story(
    story: Story,
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    most: int | None = None,
    link_base: str | None = None,
) -> str:
    """The story of a page in one of the formats of STORY_RENDERERS.

    `most` is how many things are told of each sort before the rest is counted; each format has its own without it, and
    JSON tells all. `link_base` is what stands before a capture's file in links: the store's folder or address as seen
    from where the report will lie; without it captures are named and not linked.
    """
    manner = {"width": width, "color": color, "most": most, "link_base": link_base}
    return _rendered(STORY_RENDERERS, format, story, manner)


def render_overview(overview: Overview, format: str, *, width: int = 100) -> str:
    """How all pages stand in one of the formats of OVERVIEW_RENDERERS; `width` is in columns and bounds text."""
    return _rendered(OVERVIEW_RENDERERS, format, overview, {"width": width})


def render_reports(page: PageState) -> str:
    """All reports of a page as HTML, to lie among them."""
    from monitor.report.overview_as_html import render_reports as rendered  # noqa: PLC0415  each format pays for itself

    return rendered(page)


def render_messages(
    found: Sequence[Filed], *, zone: str = "UTC", reports: str | None = None, feed: str | None = None
) -> str:
    """The index of a folder of messages as HTML, to lie in it; `zone` is that of the times that are shown.

    It leads to the index of the `reports` and to a `feed`, as seen from the folder, where there are such.
    """
    from monitor.report.messages_as_html import render as rendered  # noqa: PLC0415  each format pays for itself

    return rendered(found, zone=zone, reports=reports, feed=feed)


def merge_feeds(newer: str, older: str) -> str:
    """The newer feed of findings with the entries of the older one behind its own; ids stay.

    Raises ValueError where the older one is none of this program's, or is broken.
    """
    from monitor.report.feed_merged import merged  # noqa: PLC0415  each format pays for itself

    return merged(newer, older)


def render_digest(  # noqa: PLR0913  each format takes what concerns it, and leaves the rest
    digest: Digest,
    format: str,
    *,
    width: int = 100,
    color: bool = False,
    link_base: str | None = None,
    envelope: Envelope | None = None,
    address: str | None = None,
) -> str:
    """The digest in one of the formats of DIGEST_RENDERERS.

    `link_base` is what stands before a report's file in links, the folder of the reports or its address as seen from
    where the digest will lie ("../", "https://reports.example.org/"); without it reports are named and not linked.
    `address` is that of the folder in which a feed lies, where it is another than `link_base`, with a slash at its end.
    `envelope` is what an email's headers say. An email is ASCII with the line ends of mail: encoded, a complete .eml.
    """
    manner = {"width": width, "color": color, "link_base": link_base, "envelope": envelope,
              "address": address}  # fmt: skip
    return _rendered(DIGEST_RENDERERS, format, digest, manner)


def schema(name: str) -> str:
    """The JSON Schema (2020-12) of a result, as text: one of SCHEMAS."""
    from importlib.resources import files  # noqa: PLC0415  only a schema needs it

    return files("monitor.report").joinpath("schema", f"{name}.json").read_text(encoding="utf-8")


def _rendered(
    renderers: Mapping[str, str],
    format: str,
    subject: Comparison | Digest | Reading | Explanation | Story | Overview,
    manner: Mapping[str, object],
) -> str:
    module, function = renderers[format].split(":")
    rendered: str = getattr(importlib.import_module(module), function)(subject, **manner)
    return rendered
