"""The messages of a reader's folder → its index, one HTML file that needs nothing else: the newest first, by day.

What a subject says is escaped by Jinja2, made neutral before, and isolated in its own direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from urllib.parse import quote

from monitor.model.delivery import Occasion
from monitor.model.filed import Filed
from monitor.report.columns import cut
from monitor.report.layout import document, sheets
from monitor.report.neutral import neutral
from monitor.report.wording import dates
from monitor.report.wording.wall import wall

MARK = 'data-index="messages"'  # by this it knows a file as its own
_NO_TIME = datetime.min.replace(tzinfo=UTC)
_IN_SIGHT = 40  # days; a year of days and their alerts are folded away
_LONGEST_SUBJECT = 300
_SIGNS = {Occasion.ALERT: ("!", "gone"), Occasion.DIGEST: ("=", "same"), Occasion.SAMPLE: ("~", "touched")}


def render(found: Sequence[Filed], *, zone: str = "UTC", reports: str | None = None, feed: str | None = None) -> str:
    """The index as a complete HTML document that lies beside the messages, with times of that IANA zone.

    It leads to the index of the `reports` and to a `feed`, as seen from the folder, where there are such.
    """
    told = sorted(found, key=lambda each: (_day(each, zone), each.at or _NO_TIME, each.name), reverse=True)
    days = [_told(day, list(some), zone) for day, some in groupby(told, key=lambda each: _day(each, zone))]
    count = dates.counted(len(told), "message")
    view = {
        "mark_of_ours": MARK,
        "reports": reports,
        "feed": feed,
        "when": f"{dates.capital(count)} · times in {zone}",
        "in_sight": days[:_IN_SIGHT],
        "folded": days[_IN_SIGHT:],
    }
    return document("messages.html", sheets("report.css", "messages.css"), view)


def _told(day: date, found: Sequence[Filed], zone: str) -> Mapping[str, object]:
    return {"name": dates.day(day), "id": day.isoformat(), "messages": list(_messages(found, zone))}


def _messages(found: Sequence[Filed], zone: str) -> Iterator[Mapping[str, object]]:
    for each in found:
        sign, tone = _SIGNS[each.occasion or Occasion.DIGEST]
        yield {
            "href": quote(each.name),
            "sign": sign,
            "tone": tone,
            "occasion": (each.occasion or Occasion.DIGEST).value.capitalize(),
            "time": _time(each, zone),
            "at": each.at.isoformat() if each.at else None,
            "subject": cut(neutral(each.subject), _LONGEST_SUBJECT),
        }


def _day(each: Filed, zone: str) -> date:
    return wall(zone, each.at).today if each.at else each.day


def _time(each: Filed, zone: str) -> str:
    return f"{wall(zone, each.at).local(each.at):%H:%M}" if each.at else ""
