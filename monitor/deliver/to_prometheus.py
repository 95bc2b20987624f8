"""What happened to the pages → metrics: served on this machine alone, or in a file for Prometheus' node exporter.

The library is the extra `metrics`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.deliver.to_file import write
from monitor.errors import InputError, how_to_install
from monitor.model.outcome import Outcome, Result

if TYPE_CHECKING:
    from types import TracebackType

    from prometheus_client import CollectorRegistry

HOST = "127.0.0.1"  # what pages are watched is nobody's business outside
# From an unchanged page of the next rack to one that takes all of its two minutes.
_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


class State(NamedTuple):
    """How things stand: pages that are watched, those that fail at present, the newest good capture of each, and when
    the next slot is, in UTC."""

    pages: int
    failing: frozenset[str] = frozenset()
    last_success: Mapping[str, datetime] = {}
    next_slot: datetime | None = None


def write_textfile(path: str, outcomes: Iterable[Outcome], state: State) -> None:
    """The metrics of one run, as a file for node exporter, in one step. Raises OutputError, InputError."""
    metrics = Metrics()
    for outcome in outcomes:
        metrics.note(outcome)
    metrics.show(state)
    metrics.write(path)


class Metrics:
    """All metrics, in a registry of their own. Raises InputError where the extra is missing."""

    def __init__(self) -> None:
        try:
            from prometheus_client import (  # noqa: PLC0415  an extra
                CollectorRegistry,
                Counter,
                Gauge,
                Histogram,
            )
        except ImportError as error:
            what = "Metrics need a library that is not installed"
            mend = f"{how_to_install('metrics')}, or take metrics out of config.yaml"
            raise InputError(what, mend) from error
        to = self._registry = CollectorRegistry()
        self._captures = Counter("monitor_captures", "Captures by what they came to.", ["result"], registry=to)
        self._seconds = Histogram("monitor_capture_seconds", "How long they took.", buckets=_BUCKETS, registry=to)
        self._findings = Counter("monitor_findings", "Findings by significance.", ["significance"], registry=to)
        self._missed = Counter("monitor_missed_slots", "Slots at which nobody was there.", registry=to)
        self._faults = Counter("monitor_schedule_faults", "What the scheduler could not do.", ["kind"], registry=to)
        self._pages = Gauge("monitor_pages", "Pages that are watched.", registry=to)
        self._failing = Gauge("monitor_pages_failing", "Pages that cannot be captured at present.", registry=to)
        self._good = Gauge("monitor_last_success_timestamp_seconds", "Newest good capture.", ["page"], registry=to)
        self._next = Gauge("monitor_next_slot_timestamp_seconds", "When the next page is due.", registry=to)
        self._start()

    def _start(self) -> None:
        """What never happened yet is 0, and not absent."""
        for result in Result:
            self._captures.labels(result.value)
        for significance in ("alert", "notable"):
            self._findings.labels(significance)
        for kind in ("overrun", "missed", "error"):
            self._faults.labels(kind)

    @property
    def registry(self) -> CollectorRegistry:
        """Where they are registered."""
        return self._registry

    def note(self, outcome: Outcome) -> None:
        """Count a capture."""
        self._captures.labels(outcome.result.value).inc()
        self._seconds.observe(outcome.seconds)
        self._findings.labels("alert").inc(outcome.alerts)
        self._findings.labels("notable").inc(outcome.news)

    def note_missed(self, slots: int) -> None:
        """Count slots at which nobody was there."""
        self._missed.inc(slots)

    def note_fault(self, kind: str) -> None:
        """Count what the scheduler could not do: overrun (the page was still at work), missed, error."""
        self._faults.labels(kind).inc()

    def show(self, state: State) -> None:
        """Put how things stand in place of how they stood."""
        self._pages.set(state.pages)
        self._failing.set(len(state.failing))
        self._next.set(state.next_slot.timestamp() if state.next_slot else float("nan"))
        self._good.clear()
        for page, at in state.last_success.items():
            self._good.labels(page).set(at.timestamp())

    def write(self, path: str) -> None:
        """Put all into a file, in one step. Raises OutputError."""
        from prometheus_client import generate_latest  # noqa: PLC0415  an extra

        write(path, generate_latest(self._registry))

    def served(self, port: int) -> Served:
        """Serve them at http://127.0.0.1:port/metrics until closed. Raises InputError where the port is taken."""
        return Served(self._registry, port)


class Served:
    """A server of metrics, in a thread of its own; `port` is the one it got, where 0 was asked for."""

    def __init__(self, registry: CollectorRegistry, port: int) -> None:
        from prometheus_client import start_http_server  # noqa: PLC0415  an extra

        try:
            self._server, self._thread = start_http_server(port, addr=HOST, registry=registry)
        except OSError as error:
            what = f"Metrics cannot be served on {HOST}:{port}: {(error.strerror or str(error)).lower()}"
            raise InputError(what, "name another metrics.port in config.yaml") from error
        self.port = self._server.server_port

    def __enter__(self) -> Served:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
