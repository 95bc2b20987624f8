"""A comparison or a failure, and readers → the messages that do not wait, each with the time from which it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from monitor.deliver.tries import after_quiet
from monitor.model.change import Change, Significance
from monitor.model.comparison import Comparison
from monitor.model.delivery import Message, Occasion
from monitor.model.digest import Digest, DigestPage
from monitor.model.envelope import Envelope
from monitor.model.failure import Failure
from monitor.model.judgement import Place
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.model.routing import comparison_for, is_at_least
from monitor.report import render, render_digest
from monitor.report.as_email import subject
from monitor.report.wording import digests
from monitor.store.catalogue.compared import Finding
from monitor.watch.in_short import findings_of
from monitor.watch.messages_for import Telling, messages_for
from monitor.watch.tell_overview import address_of

Told = Callable[[str, Finding, datetime], bool]
"""Whether the reader of that id was told the same finding of a capture after that time."""


def alerts_of(
    place: Place, page: str, comparison: Comparison, files: tuple[str, str], now: datetime, is_told: Told
) -> Iterator[tuple[Message, datetime]]:
    """The messages on the findings of a page that are grave enough; `files` are those of the two captures.

    That a counter still stands still is no message by itself, where the reader was told so since it does.
    """
    report = address_of(place.reports_url, files[1]) if place.reports_url else None
    for reader in place.readers:
        if reader.at_once is None or page not in reader.pages:
            continue
        theirs = comparison_for(reader, page, comparison)
        found = [
            (finding, change)
            for finding, change in findings_of(theirs, files)
            if is_at_least(Significance(finding.significance), reader.at_once)
        ]
        if not all(_is_known(finding, change, reader, is_told) for finding, change in found):
            telling = telling_of(theirs, page, tuple(finding.id for finding, _ in found), now, report=report)
            yield from ((message, after_quiet(reader, now)) for message in messages_for(reader, telling, now))


def _is_known(finding: Finding, change: Change | None, reader: Reader, is_told: Told) -> bool:
    return bool(change and change.since and is_told(reader.id, finding, change.since))


def telling_of(
    comparison: Comparison,
    page: str,
    findings: tuple[str, ...],
    now: datetime,
    occasion: Occasion = Occasion.ALERT,
    *,
    report: str | None = None,
) -> Telling:
    """The comparison as something to tell; `report` is the address of its report."""

    def rendered(form: str, envelope: Envelope | None) -> str:
        return render(comparison, form, now=now, envelope=envelope, report=report)

    key = findings if occasion is Occasion.ALERT else (now.isoformat(),)
    return Telling(occasion, key, subject(comparison), rendered, findings, thread=f"page {page}")


def alerts_of_failure(place: Place, page: Page, failure: Failure, now: datetime) -> Iterator[tuple[Message, datetime]]:
    """The messages that a page cannot be captured, or can be again: to all readers who are told anything at once."""
    for reader in place.readers:
        if reader.at_once is not None and page.id in reader.pages:
            telling = _telling_of_failure(page, failure, reader, now)
            yield from ((message, after_quiet(reader, now)) for message in messages_for(reader, telling, now))


def _telling_of_failure(page: Page, failure: Failure, reader: Reader, now: datetime) -> Telling:
    told = DigestPage(
        page.id,
        State.EXPECTED if failure.over_at else State.FAILING,
        title=page.title,
        url=page.url,
        failures=(failure,),
        command=f"monitor history {page.id}",
        tags=page.tags,
    )
    digest = Digest(failure.since, now, (told,), reader=reader.id, zone=reader.zone, is_alert=True)

    def rendered(form: str, envelope: Envelope | None) -> str:
        return render_digest(digest, form, envelope=envelope)

    key = ("back" if failure.over_at else "fails", page.id, failure.since.isoformat())
    return Telling(Occasion.ALERT, key, digests.subject(digest), rendered, thread=f"page {page.id}")
