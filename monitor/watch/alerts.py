"""A comparison, and readers → the messages that do not wait for a digest, each with the time from which it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.deliver.tries import after_quiet
from monitor.model.change import Significance
from monitor.model.comparison import Comparison
from monitor.model.delivery import Message, Occasion
from monitor.model.envelope import Envelope
from monitor.model.reader import Reader
from monitor.model.routing import comparison_for, is_at_least
from monitor.report import render
from monitor.report.as_email import subject
from monitor.watch.in_short import findings_of
from monitor.watch.messages_for import Telling, messages_for


def alerts_of(
    readers: Iterable[Reader], page: str, comparison: Comparison, files: tuple[str, str], now: datetime
) -> Iterator[tuple[Message, datetime]]:
    """The messages on the findings of a page that are grave enough; `files` are those of the two captures."""
    for reader in readers:
        if reader.at_once is None or page not in reader.pages:
            continue
        theirs = comparison_for(reader, page, comparison)
        found = [
            finding.id
            for finding, _ in findings_of(theirs, files)
            if is_at_least(Significance(finding.significance), reader.at_once)
        ]
        if found:
            telling = telling_of(theirs, page, tuple(found), now)
            yield from ((message, after_quiet(reader, now)) for message in messages_for(reader, telling, now))


def telling_of(
    comparison: Comparison, page: str, findings: tuple[str, ...], now: datetime, occasion: Occasion = Occasion.ALERT
) -> Telling:
    """The comparison as something to tell."""

    def rendered(form: str, envelope: Envelope | None) -> str:
        return render(comparison, form, now=now, envelope=envelope)

    key = findings if occasion is Occasion.ALERT else (now.isoformat(),)
    return Telling(occasion, key, subject(comparison), rendered, findings, thread=f"page {page}")
