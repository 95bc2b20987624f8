"""A delivery that failed → when it is tried again, or that it is given up. And when nothing may be sent. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.reader import Reader

# Seconds after the first tries; then always the last. A server that is restarted, or greylists, is back by the third.
PAUSES = (60, 300, 900, 1800, 3600, 7200, 14400)
# RFC 5321, section 4.5.4.1: "the give-up time generally needs to be at least 4-5 days".
LONGEST = timedelta(days=5)


def next_try(attempts: int, since: datetime, now: datetime, reader: Reader) -> datetime | None:
    """When to try again after so many tries, the first of which was `since`; None where it is to be given up."""
    if now - since > LONGEST:
        return None
    return after_quiet(reader, now + timedelta(seconds=PAUSES[min(attempts, len(PAUSES)) - 1]))


def held(reader: Reader, due: datetime) -> str:
    """Why it is not sent before: quiet hours, goes out at 07:00 (Europe/Berlin); "" where they do not end then."""
    if reader.quiet is None:
        return ""
    wall = due.astimezone(ZoneInfo(reader.zone))
    is_end = wall.time() == time.fromisoformat(reader.quiet.until)
    return f"quiet hours, goes out at {wall:%H:%M} ({reader.zone})" if is_end else ""


def after_quiet(reader: Reader, at: datetime) -> datetime:
    """That moment, or the end of the reader's quiet hours where it lies in them; in UTC."""
    quiet = reader.quiet
    if quiet is None:
        return at
    zone = ZoneInfo(reader.zone)
    wall = at.astimezone(zone)
    since, until = time.fromisoformat(quiet.since), time.fromisoformat(quiet.until)
    now = wall.time().replace(tzinfo=None)
    is_over_night = since > until
    is_within = (now >= since or now < until) if is_over_night else since <= now < until
    if not is_within:
        return at
    day = wall.date() + timedelta(days=1 if is_over_night and now >= since else 0)
    return datetime.combine(day, until, zone).astimezone(UTC)
