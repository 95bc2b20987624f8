"""Reading → JSON for scripts, as schema/reading.json promises it. Page text is verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.model.reading import Counter, Figure, Item, ItemList, Lead, Link, Reading, Stamp, When
from monitor.report.as_json import dumped

SCHEMA = "monitor.reading/1"


def render(reading: Reading, **_: object) -> str:
    """The reading as one JSON object, indented, closed by a line end."""
    today = reading.snapshot_day
    return dumped(
        {
            "schema": SCHEMA,
            "source": reading.source,
            "title": reading.title,
            "page_date": reading.page_day.isoformat() if reading.page_day else None,
            "stamps": [_stamp(stamp, today) for stamp in reading.stamps],
            "clocks": [{"place": clock.place, "time": clock.time, "zone": clock.zone} for clock in reading.clocks],
            "fields": [{"label": field.label, "value": field.value} for field in reading.fields],
            "counters": [_counter(counter, reading.snapshot_moment) for counter in reading.counters],
            "figures": _figures(reading.figures),
            "lead": _lead(reading.lead, today),
            "lists": [_list(each, today) for each in reading.lists],
            "sections": [{"heading": each.heading, "text": list(each.paragraphs)} for each in reading.sections],
            "furniture": list(reading.furniture),
            **_about_the_snapshot(reading),
        }
    )


def moment(when: When, today: date | None) -> str | None:
    """ISO 8601, as precise as the page is: a day, a day with its time, a month or a year; None where nothing tells."""
    day = when.iso(today)
    if day is None or when.clock is None or len(day) != len("2020-07-04"):
        return day
    return f"{day}T{when.clock}{_offset(when.utc_offset)}"


def origin(counter: Counter, today: date | None) -> str | None:
    """The day the count runs from or to; for a coarse unit the first and last such day, as an ISO 8601 interval."""
    span = counter.origin(today)
    if span is None:
        return None
    first, last = (each.isoformat() for each in span)
    return first if first == last else f"{first}/{last}"


def _about_the_snapshot(reading: Reading) -> dict[str, object]:
    return {
        "captured_at": reading.captured_at.isoformat() if reading.captured_at else None,
        "snapshot_day": reading.snapshot_day.isoformat() if reading.snapshot_day else None,
        "sha256": reading.sha256,
        "bytes": reading.size,
        "media_type": reading.media_type,
        "language": reading.language,
        "suspicions": [{"sign": each.sign, "reason": each.reason} for each in reading.suspicions],
        "limits": list(reading.limits),
    }


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _stamp(stamp: Stamp, today: date | None) -> dict[str, object]:
    return {"label": stamp.label, "text": stamp.when.text, "at": moment(stamp.when, today)}


def _counter(counter: Counter, today: date | None) -> dict[str, object]:
    return {
        "label": counter.label,
        "value": counter.value,
        "unit": counter.unit,
        "direction": counter.direction,
        "origin": origin(counter, today),
    }


def _figures(figures: Sequence[Figure]) -> list[dict[str, object]]:
    return [{"label": figure.label, "value": figure.value, "text": figure.text} for figure in figures]


def _lead(lead: Lead | None, today: date | None) -> dict[str, object] | None:
    if lead is None:
        return None
    date = lead.date.iso(today) if lead.date else None
    return {"title": lead.title, "date": date, "paragraphs": list(lead.paragraphs), "url": lead.url}


def _list(each: ItemList, today: date | None) -> dict[str, object]:
    return {
        "heading": each.heading,
        "items": [_item(item, today) for item in each.items],
        "more": _link(each.more),
    }


def _item(item: Item, today: date | None) -> dict[str, object]:
    return {
        "date": item.date.iso(today) if item.date else None,
        "title": item.title,
        "url": item.url,
        "teaser": item.teaser,
        "figures": _figures(item.figures),
        "values": [{"label": label, "value": value} for label, value in item.values],
    }


def _link(link: Link | None) -> dict[str, object] | None:
    return {"text": link.text, "url": link.url} if link else None
