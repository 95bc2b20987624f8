"""Story → JSON for scripts, as schema/history.json promises it. Tells all of it; page text is verbatim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from monitor.model.story import CounterStory, DealtWith, Event, ItemStory, Moment, PartStory, Story, Untold
from monitor.report.as_json import change_told, dumped
from monitor.report.wording.story_paragraph import opening

SCHEMA = "monitor.history/1"


def render(story: Story, *, link_base: str | None = None, **_: object) -> str:
    """The story as one JSON object, indented, closed by a line end. Captures are named by their place in `captures`."""
    return dumped(
        {
            "schema": SCHEMA,
            "page": story.page.id,
            "title": story.title,
            "url": story.page.url,
            "summary": opening(story),
            "comparisons": story.comparisons,
            "pace_seconds": _seconds(story.pace),
            "captures": [_moment(moment, link_base) for moment in story.moments],
            "items": [_item(item) for item in story.items],
            "counters": [_counter(counter) for counter in story.counters],
            "parts": [_part(part) for part in story.parts],
            "frequencies": [each._asdict() for each in story.frequencies],
            "gaps": [{"before": gap.before, "after": gap.after, "seconds": _seconds(gap.length)} for gap in story.gaps],
            "suspect": [run._asdict() for run in story.suspect_runs],
            "untold": [_untold(each) for each in story.untold],
            "dealt_with": [_dealt_with(each) for each in story.dealt_with],
            "limits": list(story.limits),
        }
    )


def _moment(moment: Moment, link_base: str | None) -> Mapping[str, object]:
    linked = {"link": f"{link_base}{moment.capture.file}"} if link_base is not None else {}
    return {
        "reference": moment.capture.reference,
        "captured_at": moment.capture.at.isoformat(),
        "file": moment.capture.file,
        **linked,
        "snapshot_day": moment.day.isoformat() if moment.day else None,
        "sha256": moment.sha256,
        "bytes": moment.size,
        "verdict": moment.verdict.value if moment.verdict else None,
        "doubts": list(moment.doubts),
    }


def _dealt_with(each: DealtWith) -> Mapping[str, object]:
    return {
        "finding": each.finding,
        "reference": each.capture.reference,
        "kind": each.kind,
        "subject": each.subject,
        "noted_at": each.at.isoformat(),
        "note": each.note,
    }


def _untold(untold: Untold) -> Mapping[str, object]:
    return {
        "reference": untold.capture.reference,
        "captured_at": untold.capture.at.isoformat(),
        "file": untold.capture.file,
        "fault": untold.fault,
        "taken_out_at": untold.taken_out.isoformat() if untold.taken_out else None,
    }


def _item(item: ItemStory) -> Mapping[str, object]:
    return {
        "title": item.title,
        "date": item.date,
        "url": item.url,
        "list": item.place,
        "first": item.first,
        "last": item.last,
        "is_there": item.is_there,
        "titles": [titled._asdict() for titled in item.titles],
        "runs": [run._asdict() for run in item.runs],
        "events": _events(item.events),
    }


def _counter(counter: CounterStory) -> Mapping[str, object]:
    return {
        "label": counter.label,
        "unit": counter.unit,
        "direction": counter.direction,
        "values": [
            {"at": each.at, "value": each.value, "origin": each.origin.isoformat() if each.origin else None}
            for each in counter.counts
        ],
        "events": _events(counter.events),
    }


def _part(part: PartStory) -> Mapping[str, object]:
    return {"noun": part.noun, "name": part.name, "events": _events(part.events)}


def _events(events: Sequence[Event]) -> list[Mapping[str, object]]:
    return [{"before": each.before, "after": each.after, "change": change_told(each.change)} for each in events]


def _seconds(time: timedelta | None) -> int | None:
    return None if time is None else round(time.total_seconds())
