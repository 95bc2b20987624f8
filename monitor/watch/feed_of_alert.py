"""What a reader is told at once of a comparison → a feed of it, to be merged into that of the reader's digests.

No digest tells it again, so that without this the feed would lack what was gravest.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import GRAVITY, Change, ChangeKind, Significance
from monitor.model.comparison import Comparison
from monitor.model.digest import Digest, DigestPage, Turn
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.report import render_digest
from monitor.report.wording.upshots import alone
from monitor.store.catalogue.compared import Finding
from monitor.watch.folder_links import Links
from monitor.watch.tell_overview import report_of

Told = tuple[Finding, Change | None, Significance]  # a finding, the change that it is, how grave it is for the reader


def feed_of_alert(
    reader: Reader, page: Page, comparison: Comparison, found: Sequence[Told], file: str, links: Links
) -> str | None:
    """The feed; None where only a capture is doubted, which no digest has in its feed either.

    `file` is that of the later capture.
    """
    since, at = comparison.before.captured_at, comparison.after.captured_at
    kept = [told for told in found if told[0].kind != ChangeKind.CAPTURE_SUSPECT.value]
    if not kept or since is None or at is None:
        return None
    turns = [
        Turn(finding.id, at, since, finding.kind, significance, finding.subject, finding.reason,
             before=change.before if change else None, after=change.after if change else None, report=report_of(file))
        for finding, change, significance in sorted(kept, key=lambda told: -GRAVITY.index(told[2]))
    ]  # fmt: skip
    title = page.title or comparison.after.title
    upshots = tuple(map(alone, turns))
    told = DigestPage(page.id, State.ALERT, title, page.url, comparison.after.language, upshots, tags=page.tags)
    digest = Digest(since, at, (told,), reader=reader.id, zone=reader.zone)
    return render_digest(digest, "atom", link_base=links.reports_address, address=links.address)
