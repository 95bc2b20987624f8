"""A check leaves an index of the reports that leads to them and back, and its reports say when nobody looked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model.outcome import Outcome, Result
from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store
from monitor.watch.check_pages import check_pages, pages_to_watch
from monitor.watch.project import Project
from tests.site import Site, site
from tests.stored import notices, opened

HOUR = timedelta(hours=1)
BOATS, CRANE = notices("boats", "ships"), notices("crane", "boats", "ships")


@pytest.fixture
def up() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.fixture
def project(tmp_path: Path, up: Site) -> Project:
    config = tmp_path / "config.yaml"
    config.write_text(
        f"pages: [{{id: harbour, title: Harbour office, url: {up.root}/news}}]\n"
        f"hosts: [{{host: '{up.host}', private: yes, pause: 0s}}]\n"
    )
    return Project(str(config))


def _check(project: Project) -> list[Outcome]:
    outcomes: list[Outcome] = []
    check_pages(project, pages_to_watch(project, []), outcomes.append)
    return sorted(outcomes, key=lambda outcome: outcome.page)


def test_a_check_writes_an_index_that_leads_to_its_reports_and_back(project: Project, up: Site, tmp_path: Path) -> None:
    up.put("/news", BOATS)
    _check(project)
    index = tmp_path / "reports" / "index.html"
    assert "harbour" in index.read_text()
    up.put("/news", CRANE)
    assert _check(project)[0].result is Result.CHANGED
    (report,) = (tmp_path / "reports" / "harbour").glob("20*.html")
    assert f'href="harbour/{report.name}"' in index.read_text()
    assert 'href="../index.html"' in report.read_text()
    assert '<a href="index.html">Reports of this page</a>' in report.read_text()
    assert f'href="{report.name}"' in (report.parent / "index.html").read_text()


def test_the_report_of_a_check_says_when_nobody_looked_and_why(project: Project, up: Site, tmp_path: Path) -> None:
    store, last = Store(str(tmp_path / "snapshots")), datetime.now(UTC).replace(microsecond=0) - 30 * HOUR
    with store.writing() as writer:
        for hours in reversed(range(8)):
            writer.add("harbour", Snapshot("page", BOATS.encode(), last - hours * HOUR, "text/html"))
    with opened(store) as catalogue:
        catalogue.failed("harbour", last + 2 * HOUR, "nothing answered")
        catalogue.failed("harbour", last + 4 * HOUR, "nothing answered")
    up.put("/news", CRANE)
    assert _check(project)[0].result is Result.CHANGED
    (report,) = (tmp_path / "reports" / "harbour").glob("20*.html")
    told = re.sub(r"<[^>]+>", "", report.read_text())
    assert "the change happened somewhere in between; two attempts failed from" in told
    assert "(nothing answered)" in told
