"""One list of notices, written in each format that is read: what the tests change in it is the same everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from monitor import read
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot

SITE = "https://example.org"


class Notice(NamedTuple):
    number: int
    title: str
    day: date
    text: str
    section: str = "Harbour"

    @property
    def url(self) -> str:
        return f"{SITE}/notices/{self.number}"


def rss(notices: Sequence[Notice]) -> str:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.url}</link>"
        f"<guid isPermaLink='false'>n{each.number}</guid>"
        f"<pubDate>{format_datetime(_moment(each))}</pubDate><category>{each.section}</category>"
        f"<description>{escape(f'<p>{escape(each.text)}</p>')}</description></item>\n"
        for each in notices
    )
    head = f"<title>Notices</title><link>{SITE}/</link><description>All notices</description>"
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{head}\n{items}</channel></rss>'


def rdf(notices: Sequence[Notice]) -> str:
    items = "".join(
        f'<item rdf:about="{each.url}"><title>{escape(each.title)}</title><link>{each.url}</link>'
        f"<dc:date>{_moment(each).isoformat()}</dc:date><description>{escape(each.text)}</description></item>"
        for each in notices
    )
    spaces = (
        'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f'<rdf:RDF {spaces}><channel rdf:about="{SITE}/"><title>Notices</title></channel>{items}</rdf:RDF>'


def atom(notices: Sequence[Notice]) -> str:
    entries = "".join(
        f"<entry><id>tag:example.org,2024:{each.number}</id><title>{escape(each.title)}</title>"
        f'<link rel="enclosure" href="{SITE}/sound.ogg"/><link href="/notices/{each.number}"/>'
        f"<published>{_moment(each).isoformat()}</published><updated>{_moment(each).isoformat()}</updated>"
        f"<summary>{escape(each.text)}</summary></entry>"
        for each in notices
    )
    head = f'<title type="html">Notices</title><link href="{SITE}/"/><updated>2024-05-20T08:00:00Z</updated>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{head}{entries}</feed>'


def json_feed(notices: Sequence[Notice]) -> str:
    items = [
        {
            "id": str(each.number),
            "url": each.url,
            "title": each.title,
            "content_html": f"<p>{escape(each.text)}</p>",
            "date_published": _moment(each).isoformat(),
        }
        for each in notices
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notices", "items": items})


def api(notices: Sequence[Notice]) -> str:
    return json.dumps({"title": "Notices", "results": list(map(_record, notices)), "page": {"size": 20}})


def json_lines(notices: Sequence[Notice]) -> str:
    return "".join(json.dumps(_record(each)) + "\n" for each in notices)


def table(notices: Sequence[Notice], separator: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["No", "Subject", "Date", "Text", "Section"])
    for each in notices:
        writer.writerow([each.number, each.title, each.day.isoformat(), each.text, each.section])
    return out.getvalue()


def tabbed(notices: Sequence[Notice]) -> str:
    return table(notices, "\t")


def other_xml(notices: Sequence[Notice]) -> str:
    rows = "".join(
        f'<notice id="{each.number}"><title>{escape(each.title)}</title><published>{each.day.isoformat()}</published>'
        f"<summary>{escape(each.text)}</summary></notice>"
        for each in notices
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><notices office="Harbour">{rows}</notices>'


def sitemap(notices: Sequence[Notice]) -> str:
    urls = "".join(f"<url><loc>{each.url}</loc><lastmod>{each.day.isoformat()}</lastmod></url>" for each in notices)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def _record(each: Notice) -> dict[str, object]:
    return {
        "id": each.number,
        "title": each.title,
        "url": each.url,
        "published_at": each.day.isoformat(),
        "summary": each.text,
        "section": {"name": each.section, "weight": 2.0},
        "views": 10 * each.number,
    }


def _moment(each: Notice) -> datetime:
    return datetime(each.day.year, each.day.month, each.day.day, 9, 30, tzinfo=UTC)


FORMATS: dict[str, tuple[Callable[[Sequence[Notice]], str], str]] = {
    "rss": (rss, "application/rss+xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "atom": (atom, "application/atom+xml"),
    "json feed": (json_feed, "application/feed+json"),
    "api": (api, "application/json"),
    "json lines": (json_lines, "application/jsonl"),
    "csv": (table, "text/csv"),
    "tsv": (tabbed, "text/tab-separated-values"),
    "xml": (other_xml, "application/xml"),
}


def captured(text: str | bytes, media_type: str | None = None, day: str = "2024-05-20") -> Reading:
    """The reading of a text captured at noon of that day."""
    return read(
        Snapshot(
            source="page",
            body=text.encode() if isinstance(text, str) else text,
            captured_at=datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC),
            media_type=media_type,
            url=f"{SITE}/feed",
        )
    )
