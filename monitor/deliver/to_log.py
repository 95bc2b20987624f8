"""What happened → a line of the log, on standard error: readable, as JSON, or as systemd's journal wants it.

What pages and servers say cannot break a line or move a cursor, and passwords in addresses are left out.
structlog takes 127 ms to import: only what runs for long, or is asked for a log, pays for it.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from monitor.model.delivery import Delivered
from monitor.model.outcome import BLIND, Outcome

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor

STYLES = ("auto", "text", "json", "journal")
# The priorities of syslog, which the journal reads from the beginning of a line: sd-daemon(3).
_PRIORITIES = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}
_Event = MutableMapping[str, Any]


def open_log(style: str = "auto", stream: TextIO | None = None) -> FilteringBoundLogger:
    """A log in one of STYLES, on standard error if no stream is named; also for what libraries warn of.

    `auto` is `journal` where systemd's journal reads the stream, else `text`.
    """
    import structlog  # noqa: PLC0415  it takes 127 ms

    stream = stream or sys.stderr
    if style == "auto":
        style = "journal" if _is_journal(stream, os.environ) else "text"
    log: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=_processors(style),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    _take_over(log)
    return log


def tell_outcome(log: FilteringBoundLogger, outcome: Outcome, **more: str) -> None:
    """A line on a capture, with what `more` is known of it, and one for each of its notices."""
    tell = log.warning if outcome.result in BLIND else log.info
    about = {"report": outcome.report, "alerts": outcome.alerts, "news": outcome.news}
    told = {name: value for name, value in about.items() if value}
    seconds = round(outcome.seconds, 2)
    tell(outcome.summary, page=outcome.page, result=outcome.result.value, seconds=seconds, **told, **more)
    for notice in outcome.notices:
        log.warning(notice, page=outcome.page)


def tell_delivered(log: FilteringBoundLogger, delivered: Delivered) -> None:
    """A line on a message that was sent, or was not: sent: News: one item withdrawn (250 2.0.0 taken) reader=desk …"""
    message = delivered.message
    tell = log.info if delivered.is_well else log.warning
    again = {"again": f"{delivered.again:%Y-%m-%dT%H:%M:%SZ}"} if delivered.again else {}
    about = {"reader": message.reader, "channel": message.channel, "address": message.address, "id": message.id}
    line = f"{delivered.state.value}: {message.subject} ({delivered.said})"
    tell(line, **{key: value for key, value in about.items() if value}, **again)


def _is_journal(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether the journal reads what is written there: JOURNAL_STREAM has the device and inode of its end."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{found.st_dev}:{found.st_ino}"


def _processors(style: str) -> list[Processor]:
    import structlog  # noqa: PLC0415  it takes 127 ms

    time = structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
    level, trace = structlog.processors.add_log_level, structlog.processors.format_exc_info
    if style == "json":
        return [level, time, trace, _without_passwords, structlog.processors.JSONRenderer(sort_keys=True)]
    last: Callable[[Any, str, _Event], str] = _as_journal if style == "journal" else _as_text
    return [level, time, trace, _without_passwords, last]


def _without_passwords(_: object, __: str, event: _Event) -> _Event:
    hidden = re.compile(r"(?<=//)[^\s/?#@]+(?=@)")
    return {name: hidden.sub("…", value) if isinstance(value, str) else value for name, value in event.items()}


def _as_text(_: object, __: str, event: _Event) -> str:
    """`2020-07-04T05:25:00.0Z info rusemb-uk changed: The lead is another one. seconds=2.1`"""
    return f"{event.pop('time')[:19]}Z {event.pop('level'):7} {_sentence(event)}"


def _as_journal(_: object, __: str, event: _Event) -> str:
    """The same with a priority in front and without the time, which the journal has itself."""
    event.pop("time")
    return f"<{_PRIORITIES[event.pop('level')]}>{_sentence(event)}"


def _sentence(event: _Event) -> str:
    about = [str(event.pop(name)) for name in ("page", "result") if name in event]
    said = str(event.pop("event"))
    line = f"{' '.join(about)}: {said}" if about else said
    return _on_one_line(" ".join([line, *(f"{name}={value}" for name, value in event.items())]))


def _on_one_line(text: str) -> str:
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


class _ToLog(logging.Handler):
    """What libraries say by Python's own logging. Where the log's stream is gone, it stops none of them."""

    def __init__(self, log: FilteringBoundLogger) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        said, trace = record.getMessage(), {"exc_info": record.exc_info} if record.exc_info else {}
        tell = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        with suppress(OSError, ValueError):  # a pipe that nobody reads any more, a file that is closed
            tell(said, logger=record.name, **trace)


def _take_over(log: FilteringBoundLogger) -> None:
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _ToLog)] + [_ToLog(log)]
