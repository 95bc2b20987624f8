"""A comparison or a failure, and readers → the messages that do not wait, each with the time from which it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from monitor.deliver.tries import after_quiet
from monitor.model.change import Change, Significance
from monitor.model.comparison import Comparison
from monitor.model.delivery import Occasion, Timed
from monitor.model.digest import Digest, DigestPage
from monitor.model.envelope import Envelope
from monitor.model.failure import Failure
from monitor.model.judgement import Place
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.reader import Folder, Reader
from monitor.model.routing import change_for, check_for, comparison_for, is_at_least
from monitor.report import render, render_digest
from monitor.report.as_email import subject
from monitor.report.wording import digests
from monitor.report.wording.told import is_told_by_a_change
from monitor.store.catalogue.compared import Finding
from monitor.watch.feed_of_alert import Told, feed_of_alert
from monitor.watch.folder_links import links_of
from monitor.watch.in_short import findings_of
from monitor.watch.messages_for import Telling, messages_for
from monitor.watch.tell_overview import address_of

Known = Callable[[str, Finding, datetime], bool]
"""Whether the reader of that id was told the same finding of a capture after that time."""


def alerts_of(
    place: Place, page: Page, comparison: Comparison, files: tuple[str, str], now: datetime, is_told: Known
) -> Iterator[Timed]:
    """The messages on the findings of a page that are grave enough; `files` are those of the two captures.

    They show all that the reader wants of the comparison, and so tell all of it; what makes them, and gives them their
    keys, is what does not wait. That a counter still stands still is no message by itself, where the reader was told so
    since it does.
    """
    for reader in place.readers:
        if reader.at_once is not None and page.id in reader.pages:
            telling = _telling_of_findings(place, reader, page, comparison, files, now, is_told)
            messages = messages_for(reader, telling, now) if telling else []
            yield from ((message, after_quiet(reader, now)) for message in messages)


def _telling_of_findings(  # noqa: PLR0913, PLR0917  who is told of what, and of what they know
    place: Place,
    reader: Reader,
    page: Page,
    comparison: Comparison,
    files: tuple[str, str],
    now: datetime,
    is_told: Known,
) -> Telling | None:
    """None where all of it waits, or is known."""
    found = list(_found(reader, page.id, comparison, files))
    least = reader.at_once
    grave = [(finding, change) for finding, change, gravity in found if least and is_at_least(gravity, least)]
    if all(_is_known(finding, change, reader, is_told) for finding, change in grave):
        return None
    theirs = _theirs(reader, page.id, comparison)

    def filed(channel: Folder) -> tuple[str, str | None]:
        """The page leads to the index of the reports; the feed is that of its findings."""
        links = links_of(channel, place.beside, place.reports, place.reports_url)
        shown = render(theirs, "html", now=now, zone=reader.zone, index=links.reports_index)
        return shown, feed_of_alert(reader, page, theirs, found, files[1], links)

    report = address_of(place.reports_url, files[1]) if place.reports_url else None
    key = tuple(finding.id for finding, _ in grave)
    telling = telling_of(theirs, page.id, key, now, report=report, zone=reader.zone)
    return telling._replace(findings=tuple(finding.id for finding, _, _ in found), filed=filed)


def _is_known(finding: Finding, change: Change | None, reader: Reader, is_told: Known) -> bool:
    return bool(change and change.since and is_told(reader.id, finding, change.since))


def _theirs(reader: Reader, page: str, comparison: Comparison) -> Comparison:
    """The comparison as the reader is told it; a check that a change tells goes with the change."""
    theirs = comparison_for(reader, page, comparison)
    checks = (
        check
        for check in theirs.checks
        if not is_told_by_a_change(check, comparison) or is_told_by_a_change(check, theirs)
    )
    return theirs._replace(checks=tuple(checks))


def _found(reader: Reader, page: str, comparison: Comparison, files: tuple[str, str]) -> Iterator[Told]:
    """The findings that the reader is told, each with how grave it is for them.

    Their ids are numbered among all of the comparison, whoever is told of them, for by these ids a digest knows them;
    what is a finding for this reader alone comes behind those.
    """
    raised = [
        change._replace(significance=Significance.ALERT)
        for change in comparison.changes
        if not change.is_finding and change_for(reader, page, change) is Significance.ALERT
    ]
    known = [change for change in comparison.changes if change.is_finding]
    checks = {(f"check.{check.check}", check.subject, check.reason): check for check in comparison.checks}
    for finding, change in findings_of(comparison._replace(changes=(*known, *raised)), files):
        check = checks.get((finding.kind, finding.subject, finding.reason))
        significance: Significance | None = Significance(finding.significance)
        if change or check:
            significance = change_for(reader, page, change) if change else check and check_for(reader, page, check)
        if significance is not None:
            yield finding, change, significance


def telling_of(  # noqa: PLR0913  what is told, and how
    comparison: Comparison,
    page: str,
    findings: tuple[str, ...],
    now: datetime,
    occasion: Occasion = Occasion.ALERT,
    *,
    report: str | None = None,
    zone: str = "UTC",
) -> Telling:
    """The comparison as something to tell; `report` is the address of its report, `zone` that of its times."""

    def rendered(form: str, envelope: Envelope | None) -> str:
        return render(comparison, form, now=now, envelope=envelope, report=report, zone=zone)

    key = findings if occasion is Occasion.ALERT else (now.isoformat(),)
    return Telling(occasion, key, subject(comparison), rendered, findings, thread=f"page {page}")


def alerts_of_failure(place: Place, page: Page, failure: Failure, now: datetime) -> Iterator[Timed]:
    """The messages that a page cannot be captured, or can be again: to all readers who are told anything at once."""
    for reader in place.readers:
        if reader.at_once is not None and page.id in reader.pages:
            telling = _telling_of_failure(place, page, failure, reader, now)
            yield from ((message, after_quiet(reader, now)) for message in messages_for(reader, telling, now))


def _telling_of_failure(place: Place, page: Page, failure: Failure, reader: Reader, now: datetime) -> Telling:
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

    def filed(channel: Folder) -> tuple[str, None]:
        links = links_of(channel, place.beside, place.reports, place.reports_url)
        return render_digest(digest, "html", link_base=links.reports), None

    key = ("back" if failure.over_at else "fails", page.id, failure.since.isoformat())
    return Telling(Occasion.ALERT, key, digests.subject(digest), rendered, thread=f"page {page.id}", filed=filed)
