"""What happens to the pages → the log, the metrics and systemd, each in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.deliver.to_log import tell_outcome
from monitor.deliver.to_prometheus import Metrics, State
from monitor.errors import MonitorError
from monitor.model.outcome import BLIND, Outcome
from monitor.model.schedule import MOST_COUNTED, Missed
from monitor.schedule.systemd import Systemd

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


class Telling:
    """Where it is told. `metrics` and the file they go to are None where config.yaml asks for none."""

    def __init__(
        self, log: FilteringBoundLogger, systemd: Systemd, metrics: Metrics | None = None, textfile: str | None = None
    ) -> None:
        self.log, self.systemd, self._metrics, self._textfile = log, systemd, metrics, textfile
        self._failing: set[str] = set()
        self._last_success: dict[str, datetime] = {}
        self._shown: State | None = None
        self._has_news = False  # something was counted since the file was written

    def remember(self, failing: Iterable[str], last_success: Mapping[str, datetime]) -> None:
        """How the pages stood before this program was started."""
        self._failing.update(failing)
        self._last_success |= last_success

    def started(self, pages: int, due: int, following: datetime | None, reports: str, without: str) -> None:
        """So many pages are watched, some of them due at once; `without` says which are not."""
        parts = [f"watching {_pages(pages)}", *([f"{due:,} due now"] if due else [])]
        parts += [f"the next slot is at {_moment(following)}"] if following else []
        left = f"; not watched: {without}" if without else ""
        line = f"{', '.join(parts)}; reports go to {reports}{left}"
        self.log.info(line)

    def outcome(self, outcome: Outcome, slot: datetime, missed: int = 0) -> None:
        """A page was captured at its slot, or was not; so many slots before it, or it too, were missed."""
        self._has_news = True
        if outcome.result in BLIND:
            self._failing.add(outcome.page)
        else:
            self._failing.discard(outcome.page)
            self._last_success[outcome.page] = outcome.at
        if self._metrics:
            self._metrics.note(outcome)
            self._metrics.note_missed(missed)
        tell_outcome(self.log, outcome, slot=f"{slot:%Y-%m-%dT%H:%M:%SZ}")

    def missed(self, found: Mapping[str, Missed], seconds: float) -> None:
        """Slots were missed; all are made up for within so many seconds."""
        if not found:
            return
        slots = sum(each.slots for each in found.values())
        pages = _pages(len(found))
        since = min(each.first for each in found.values())
        how = f"one capture each makes up for them, all begun within {seconds:.0f} s"
        line = f"{pages} missed {_counted(slots)} since {_moment(since)}: {how}"
        self.log.warning(line)

    def fault(self, kind: str, page: str, what: str) -> None:
        """The scheduler could not do something: missed or error."""
        self._has_news = True
        if self._metrics:
            self._metrics.note_fault(kind)
        (self.log.error if kind == "error" else self.log.warning)(what, page=page)

    def overrun(self) -> None:
        """A slot came while its page was at work: it is run behind that, and told only where it is missed."""
        self._has_news = True
        if self._metrics:
            self._metrics.note_fault("overrun")

    def jumped(self, seconds: float) -> None:
        """The time of the day jumped, forwards or back."""
        way = "forward" if seconds > 0 else "back"
        line = f"the clock went {way} by {abs(seconds):,.0f} s, or the machine was asleep: all slots are planned anew"
        self.log.warning(line)

    def abandoned(self, page: str) -> None:
        """A page was left in the middle of its capture."""
        self.log.warning("not finished in time, and left: the next start captures it again", page=page)

    def standing(self, pages: Sequence[str], running: int, next_slot: datetime | None) -> None:
        """How things stand, for systemd and the metrics; the file of the metrics is written."""
        following = f"next at {_moment(next_slot)}" if next_slot else "none is due"
        count = _pages(len(pages))
        failing = frozenset(self._failing).intersection(pages)
        trouble = f", {len(failing)} failing" if failing else ""
        self.systemd.status(f"{count}{trouble}, {running} at work, {following}")
        if self._metrics:
            good = {page: at for page, at in self._last_success.items() if page in pages}
            self._show(self._metrics, State(len(pages), failing, good, next_slot))

    def _show(self, metrics: Metrics, state: State) -> None:
        """Put it into the metrics, and those into their file where anything is new."""
        is_new, self._shown = state != self._shown, state
        metrics.show(state)
        if self._textfile is None or not (is_new or self._has_news):
            return
        self._has_news = False
        try:
            metrics.write(self._textfile)
        except MonitorError as error:
            self.log.warning(str(error))
            self._textfile = None  # told once; the next start tries again


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _counted(slots: int) -> str:
    more = " or more" if slots >= MOST_COUNTED else ""
    return "1 slot" if slots == 1 else f"{slots:,}{more} slots"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
