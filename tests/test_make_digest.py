"""A digest of real stores: what it tells of a time, for whom, and what it leaves out."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import insert

from monitor.cli.options import parse
from monitor.errors import InputError
from monitor.model.change import Significance
from monitor.model.comparison import Unseen
from monitor.model.delivery import Message, Occasion, State as Delivered
from monitor.model.digest import Course, Digest, DigestPage
from monitor.model.overview import State
from monitor.model.snapshot import Exchange, Snapshot
from monitor.report import render_digest
from monitor.store.catalogue import outbox, tables
from monitor.store.folder import Store
from monitor.watch.asked_digest import Asked
from monitor.watch.common_gaps import common_gaps
from monitor.watch.followed import id_of
from monitor.watch.make_digest import EVERYTHING, ROOM, Room, make_digest
from monitor.watch.project import Project
from tests.stored import NOON, notices, opened, own_project, put

RIGHTS = ("a permit", "a visa")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = NOON + 20 * DAY
ALL = Asked(since="2020-07-04", until="2020-07-20")
DENIED = "<!doctype html><title>Access denied</title><h1>Access denied</h1><p>You don't have permission to access this."
LONG = notices(*(f"boat number {at}" for at in range(12)))
NEW = "<p>The crane is new."


class _Place:
    """A project in a folder of its own, with pages harbour and quay."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(str(folder / "snapshots"))
        self.configure("readers: []")

    def configure(self, readers: str) -> None:
        (self.folder / "config.yaml").write_text(
            f"{readers}\npages: [{{id: harbour, title: Harbour office, tags: [ports]}}, {{id: quay, tags: [works]}}]\n"
        )

    def digest(self, asked: Asked = ALL, now: datetime = NOW, room: Room = ROOM) -> Digest:
        made = make_digest(Project(str(self.folder / "config.yaml")), asked, now, room)
        assert made.notices == ()
        return made.digest

    def page(self, asked: Asked = ALL, now: datetime = NOW) -> DigestPage:
        (page,) = self.digest(asked, now).pages
        return page


def _still(count: int, more: str = "") -> list[str]:
    """A page with the date of its day and a counter that stands still, day after day; the last with something more."""
    pages = [
        f"<!doctype html><title>Quay</title><p>{4 + day} July 2020</p><h1>Quay</h1>"
        "<p>400 days have passed since the last strike of the pilots."
        for day in range(count)
    ]
    return [*pages[:-1], pages[-1] + more]


@pytest.fixture
def place(tmp_path: Path) -> _Place:
    return _Place(tmp_path)


def _kinds(page: DigestPage) -> list[str]:
    return [upshot.kind for upshot in page.upshots]


# -- what is told


def test_the_projects_own_store_gives_what_happened_between_the_seeds(tmp_path: Path) -> None:
    own_project(tmp_path)
    asked = Asked(since="rusemb-uk@2020-07-04", until="2020-12-01")
    digest = make_digest(Project(str(tmp_path / "config.yaml")), asked, NOW).digest
    (page,) = digest.pages
    assert Counter(_kinds(page)) == {
        "item.withdrawn": 10, "item.backdated": 3, "item.published": 4, "item.backfilled": 3,
        "list.replaced": 1, "lead.replaced": 1,
    }  # fmt: skip
    assert page.state is State.ALERT
    (replaced,) = (upshot for upshot in page.upshots if upshot.kind == "list.replaced")
    assert replaced.significance is Significance.ALERT
    (lead,) = (upshot for upshot in page.upshots if upshot.kind == "lead.replaced")
    assert lead.before
    assert lead.after
    assert (lead.before.date, lead.after.date) == ("2020-02-10", "2019-09-04")
    assert dict(digest.routine) == {"clock.ticked": 2, "counter.advanced": 2, "date.advanced": 1}
    assert (digest.comparisons, digest.expected, digest.checked_at) == (1, 0, datetime(2020, 8, 2, 21, 8, tzinfo=UTC))


def test_pages_without_findings_are_counted_and_pages_without_captures_too(place: _Place) -> None:
    put(place.store, LONG, LONG)
    digest = place.digest()
    assert (digest.pages, digest.expected, digest.waiting) == ((), 1, 1)
    assert digest.is_quiet
    assert (digest.watched, digest.checked_at, digest.uncaptured) == (2, NOON + DAY, 0)
    later = place.digest(Asked(since="2020-07-18", until="2020-07-20"))
    assert (later.expected, later.uncaptured, later.waiting) == (1, 1, 1)


def test_what_is_kept_of_addresses_that_a_page_led_to_is_no_page(place: _Place) -> None:
    (place.folder / "config.yaml").unlink()
    put(place.store, LONG)
    put(place.store, LONG, page=id_of("harbour", "item", "https://harbour.example/n/1"))
    assert place.digest().watched == 1


def test_the_gravest_page_comes_first(place: _Place) -> None:
    put(place.store, LONG, LONG + NEW)
    put(place.store, *_still(2), page="quay")
    found = [(page.id, page.state) for page in place.digest().pages]
    assert found == [("quay", State.ALERT), ("harbour", State.NEWS)]


def test_what_came_before_the_period_or_after_it_is_not_told(place: _Place) -> None:
    put(place.store, *_still(4), page="quay")
    whole, inner = place.page(), place.page(Asked(since="2020-07-06", until="2020-07-06"))
    assert [len(page.upshots[0].turns) for page in (whole, inner)] == [3, 1]
    (turn,) = inner.upshots[0].turns
    assert (turn.since, turn.at) == (NOON + DAY, NOON + 2 * DAY)
    assert (inner.captures, inner.last_at) == (1, NOON + 2 * DAY)


def test_a_counter_that_stands_still_is_one_upshot_also_in_short(place: _Place) -> None:
    put(place.store, *_still(11), page="quay")
    closer = place.digest().pages[0].upshots
    short = place.digest(room=Room(closer=0)).pages[0].upshots
    assert [len(each[0].turns) for each in (closer, short)] == [10, 10]
    assert closer[0].findings == short[0].findings
    assert closer[0].before is not None
    assert short[0].before is None


def test_what_came_and_went_is_told_as_that(place: _Place) -> None:
    put(place.store, notices("boats", "ships", "crane"), notices("boats", "ships", "mast", "crane"))
    put(place.store, notices("boats", "ships", "crane"), first=2)
    assert Course.CAME_AND_WENT in [upshot.course for upshot in place.page().upshots]


def test_findings_are_named_as_the_catalogue_names_them(place: _Place) -> None:
    put(place.store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    told = place.digest().findings
    with opened(place.store) as catalogue, catalogue.reading() as connection:
        kept = list(connection.execute(tables.findings.select().order_by(tables.findings.c.number)))
    assert told
    assert set(told) == {row.id for row in kept}


def test_what_another_version_of_the_program_told_is_not_compared_again(place: _Place) -> None:
    files = [each.file for each in put(place.store, LONG, DENIED, DENIED, LONG, LONG + NEW)]
    first = place.digest(room=Room(closer=0))
    with opened(place.store) as catalogue, catalogue.writing() as connection:
        connection.execute(tables.comparisons.update().values(comparer="another", summary="kept"))
    for file in files[1:]:  # the first is compared with none, so nothing is kept of it
        (place.folder / "snapshots" / file).write_bytes(b"no capture any more")
    assert place.digest(room=Room(closer=0))._replace(pages=()) == first._replace(pages=())
    (told,) = place.digest(room=Room(closer=0)).pages
    (before,) = first.pages
    assert (told.upshots, [each.captures for each in told.doubts]) == (before.upshots, [2])
    with opened(place.store) as catalogue:
        kept = [row.compared.summary for row in catalogue.rows(files).values() if row.compared]
    assert kept == ["kept"] * 4


def test_a_report_is_named_where_there_is_one(place: _Place) -> None:
    put(place.store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    assert place.page().reports == ()
    report = place.folder / "reports" / "harbour" / "2020-07-05T120000Z.html"
    report.parent.mkdir(parents=True)
    report.write_text("<!doctype html>")
    assert place.page().reports == ("harbour/2020-07-05T120000Z.html",)


def _asked(store: Store, page: str, url: str, at: datetime, body: str, status: int = 200) -> None:
    """What an address answered, as a capture of a page."""
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/html\r\n\r\n".encode()
    exchange = Exchange(url, head, body.encode())
    with store.writing() as writer:
        writer.add(page, Snapshot(url, body.encode(), at, "text/html", url, (exchange,)))


def test_what_the_page_of_a_withdrawn_item_answered_stands_in_the_reason_as_in_the_report(place: _Place) -> None:
    home, gone = "https://harbour.example/", "https://harbour.example/n/ships"
    whole = notices("boats", "ships", "crane")
    _asked(place.store, "harbour", home, NOON, whole)
    _asked(
        place.store, "harbour", home, NOON + DAY, whole.replace("<li>29.06.2020 <a href=/n/ships>ships</a></li>", "")
    )
    before = place.page().upshots
    _asked(place.store, id_of("harbour", "item", gone), gone, NOON + DAY, "<h1>Not Found</h1>", 404)
    (upshot,) = place.page().upshots
    assert upshot.kind == "item.withdrawn"
    assert upshot.reason.endswith("; its page answers 404 Not Found, asked for on 5 July 2020, 12:00 UTC")
    assert upshot.findings == before[0].findings
    for form in ("text", "terminal", "markdown", "html", "json", "email", "atom"):
        said = " ".join(re.sub(r"=\r?\n", "", render_digest(place.digest(), form, width=78)).split())
        assert "its page answers 404 Not Found" in said, form


# -- what was not seen


def test_a_page_that_fails_is_told_once_it_is_no_passing_matter(place: _Place) -> None:
    put(place.store, LONG)
    with opened(place.store) as catalogue:
        for hour in range(2):
            catalogue.failed("harbour", NOON + DAY + timedelta(hours=hour), "no answer")
    assert place.digest().pages == ()
    with opened(place.store) as catalogue:
        catalogue.failed("harbour", NOON + 2 * DAY, "no answer")
    page = place.page()
    assert (page.state, page.failures[0].attempts, page.failures[0].reason) == (State.FAILING, 3, "no answer")
    later = Asked(since="2020-07-18", until="2020-07-20")
    assert place.page(later).state is State.FAILING
    with opened(place.store) as catalogue:
        catalogue.succeeded("harbour", datetime(2020, 7, 22, tzinfo=UTC))
    assert place.page().state is State.FAILING  # at that period's end it still failed


def test_a_failure_that_is_over_is_told_and_is_none(place: _Place) -> None:
    put(place.store, LONG)
    with opened(place.store) as catalogue:
        for hour in range(3):
            catalogue.failed("harbour", NOON + timedelta(hours=hour + 1), "no answer")
        catalogue.succeeded("harbour", NOON + DAY)
    put(place.store, LONG, first=1)
    page = place.page()
    assert (page.state, len(page.failures)) == (State.EXPECTED, 1)
    assert place.digest(Asked(since="2020-07-18", until="2020-07-20")).pages == ()


def test_suspect_captures_are_told_together_and_nothing_missing_from_them(place: _Place) -> None:
    put(place.store, LONG, DENIED, DENIED)
    page = place.page()
    assert (page.state, page.upshots) == (State.SUSPECT, ())
    (doubted,) = page.doubts
    assert (doubted.captures, doubted.since, doubted.until, doubted.lasts) == (2, NOON + DAY, NOON + 2 * DAY, True)
    assert "Access denied" in doubted.reason
    put(place.store, LONG, first=3)
    page = place.page()
    assert (page.state, page.doubts[0].lasts) == (State.EXPECTED, False)


def test_a_time_in_which_nobody_looked_is_told_and_the_page_is_no_entry_of_its_own(place: _Place) -> None:
    put(place.store, *[LONG] * 6)
    put(place.store, LONG, LONG, first=12)
    digest = place.digest()
    (gap,) = digest.gaps
    assert (gap.since, gap.until, gap.pages, gap.names) == (
        NOON + 5 * DAY, NOON + 12 * DAY, ("harbour",), ("Harbour office",),
    )  # fmt: skip
    assert (digest.pages, digest.expected, digest.unseen, digest.waiting) == ((), 0, 1, 1)
    assert not digest.is_quiet
    assert digest.watched == 2


def test_a_time_in_which_nobody_looked_at_several_pages_is_told_once(place: _Place) -> None:
    for page, last in (("harbour", LONG + NEW), ("quay", LONG)):
        put(place.store, *[LONG] * 6, page=page)
        put(place.store, LONG, last, first=12, page=page)
    digest = place.digest()
    assert [gap.pages for gap in digest.gaps] == [("harbour", "quay")]
    assert [page.id for page in digest.pages] == ["harbour"]
    assert len(digest.pages[0].gaps) == 1


def test_a_gap_that_a_page_with_findings_has_alone_is_the_pages_own(place: _Place) -> None:
    put(place.store, *[LONG] * 6)
    put(place.store, LONG, LONG + NEW, first=12)
    digest = place.digest()
    assert (digest.gaps, [len(page.gaps) for page in digest.pages]) == ((), [1])


@pytest.mark.parametrize(
    ("hours", "is_common"),
    [((1, 2), True), ((0, 60), False)],
    ids=["about the same time", "another time"],
)
def test_gaps_of_about_the_same_time_are_told_by_the_time_that_all_have(
    hours: tuple[int, int], is_common: bool
) -> None:
    gaps = [Unseen(NOON + at * HOUR, NOON + (at + 20) * HOUR) for at in hours]
    pages = [DigestPage(f"page-{at}", State.EXPECTED, gaps=(gap,)) for at, gap in enumerate(gaps)]
    found = common_gaps([], pages)
    assert len(found) == (1 if is_common else 2)
    assert (found[0].since, found[0].until) == (gaps[int(is_common)].since, gaps[0].until)


def test_a_page_that_is_overdue_is_told(place: _Place) -> None:
    put(place.store, LONG)
    (place.folder / "config.yaml").write_text("pages: [{id: harbour, url: 'https://harbour.example/', every: 1d}]")
    digest = place.digest()
    (gap,) = digest.gaps
    assert (gap.since, gap.until) == (NOON, datetime(2020, 7, 21, tzinfo=UTC))
    assert not digest.is_quiet


def test_what_is_captured_once_a_day_and_due_every_six_hours_is_quiet(place: _Place) -> None:
    """As `monitor add` writes it, and cron calls `monitor check`."""
    pages = "{id: harbour, url: 'https://harbour.example/', every: 6h}"
    (place.folder / "config.yaml").write_text(f"pages: [{pages}]")
    put(place.store, *[LONG] * 12)
    day = place.digest(Asked(since="2020-07-15"), NOON + 11.2 * DAY)
    assert (day.gaps, day.pages, day.expected, day.is_quiet) == ((), (), 1, True)
    second = place.digest(Asked(since="2020-07-05", until="2020-07-05"))
    assert [gap.is_outage for gap in second.gaps] == [False]  # nobody can know yet how it is captured
    assert (second.expected, second.unseen, second.is_quiet) == (1, 0, True)


# -- for whom


def test_only_pages_of_a_tag_are_looked_at(place: _Place) -> None:
    put(place.store, *_still(2))
    put(place.store, *_still(2), page="quay")
    digest = place.digest(ALL._replace(tags=("works",)))
    assert ([page.id for page in digest.pages], digest.watched) == (["quay"], 1)
    assert "--tag works" in digest.command


@pytest.mark.parametrize(
    "tag", ["ports; touch PWNED", "ports, old", "a,b", "$(touch PWNED)", "it's", '"q"', "--all", "é\u200b"]
)
def test_the_command_that_gives_the_same_again_is_safe_and_names_the_tag(place: _Place, tag: str) -> None:
    names = json.dumps([tag, "b", "c"])
    (place.folder / "config.yaml").write_text(f"readers: []\npages: [{{id: harbour, tags: {names}}}, {{id: quay}}]\n")
    put(place.store, LONG, LONG + NEW)
    for tags in ((tag,), (tag, "c"), ("b", "c")):
        digest = place.digest(ALL._replace(tags=tags))
        assert digest.tags == tags
        words = shlex.split(digest.command)
        assert words[:6] == ["monitor", "digest", "--since", "2020-07-04T00:00:00Z", "--until", "2020-07-21T00:00:00Z"]
        again = parse(words[1:], version="1")
        assert place.digest(ALL._replace(tags=(again.tag or "",))).tags == tags


def test_a_tag_or_reader_that_nobody_has_is_refused_with_those_there_are(place: _Place) -> None:
    with pytest.raises(InputError, match="they have ports, works"):
        place.digest(ALL._replace(tags=("work",)))
    place.configure("readers: [{id: desk, stdout: yes}]")
    with pytest.raises(InputError, match="it has desk"):
        place.digest(ALL._replace(reader="press"))


def test_where_no_page_is_watched_there_is_no_digest(place: _Place) -> None:
    (place.folder / "config.yaml").unlink()
    with pytest.raises(InputError, match="There is no page to tell anybody of; monitor add"):
        place.digest()


def test_a_reader_is_told_of_their_pages_alone_and_in_their_zone(place: _Place) -> None:
    put(place.store, *_still(2))
    put(place.store, *_still(2), page="quay")
    place.configure("readers: [{id: desk, stdout: yes, pages: [quay], zone: Asia/Tokyo}]")
    digest = place.digest(ALL._replace(reader="desk"))
    assert [page.id for page in digest.pages] == ["quay"]
    assert (digest.zone, digest.since) == ("Asia/Tokyo", datetime(2020, 7, 3, 15, tzinfo=UTC))


def test_what_a_reader_mutes_is_counted_and_not_told(place: _Place) -> None:
    put(place.store, *_still(2), page="quay")
    place.configure("readers: [{id: desk, stdout: yes, mute: [{kind: counter.*}]}]")
    digest = place.digest(ALL._replace(reader="desk"))
    assert (digest.pages, digest.muted, digest.lighter) == ((), 1, 0)


def test_what_is_lighter_than_a_reader_wants_is_counted_and_not_told(place: _Place) -> None:
    put(place.store, notices("boats", "ships"), notices("boats", "ships") + NEW)
    place.configure("readers: [{id: desk, stdout: yes, lowest: alert}]")
    digest = place.digest(ALL._replace(reader="desk"))
    assert (digest.pages, digest.lighter) == ((), 1)
    assert len(place.page().upshots) == 1


def test_what_a_reader_raises_is_an_alert_for_them_and_says_why(place: _Place) -> None:
    put(place.store, notices("boats", "ships"), notices("boats", "ships") + NEW)
    place.configure("readers: [{id: desk, stdout: yes, lowest: alert, raise: [{words: [crane]}]}]")
    page = place.page(ALL._replace(reader="desk"))
    (upshot,) = page.upshots
    assert (page.state, upshot.significance, upshot.raised_by) == (
        State.ALERT,
        Significance.ALERT,
        "what mentions “crane”",
    )


def test_who_wants_alerts_alone_is_not_told_that_nobody_looked(place: _Place) -> None:
    put(place.store, *[LONG] * 6)
    put(place.store, LONG, LONG, first=12)
    place.configure("readers: [{id: desk, stdout: yes, lowest: alert}]")
    assert place.digest(ALL._replace(reader="desk")).is_quiet


def test_what_somebody_has_dealt_with_does_not_come_again(place: _Place) -> None:
    put(place.store, *_still(3), page="quay")
    first, second = place.digest().findings
    _deal_with(place.store, first, "the webmaster knows")
    (upshot,) = place.page().upshots
    assert upshot.findings == (second,)
    assert upshot.note
    assert upshot.note.text == "the webmaster knows"
    _deal_with(place.store, second, "it is mended")
    digest = place.digest()
    assert (digest.pages, digest.dealt_with, digest.expected) == ((), 2, 1)


def _deal_with(store: Store, finding: str, note: str) -> None:
    row = {"finding": finding, "page": "quay", "file": "", "kind": "", "subject": "", "at": "2020-07-07T12:00:00Z"}
    with opened(store) as catalogue, catalogue.writing() as connection:
        connection.execute(insert(tables.acknowledgements).values({**row, "note": note}))


# -- the reader's next digest


def _tell(place: _Place, digest: Digest, *, made_at: datetime) -> None:
    """Put the digest into the outbox, as whoever sends it does."""
    message = Message(
        made_at.isoformat(), "desk", "stdout", "", Occasion.DIGEST, "", b"", made_at, digest.findings, digest.until
    )
    with opened(place.store) as catalogue, catalogue.writing() as connection:
        outbox.put(connection, [message], made_at)


def test_only_findings_of_the_time_are_counted_as_not_told(place: _Place) -> None:
    place.configure("readers: [{id: desk, stdout: yes, mute: [{kind: text.*}]}]")
    put(place.store, *_still(3), _still(4, NEW)[-1], page="quay")
    ended = NOON + 3 * DAY + HOUR
    first = place.digest(Asked(reader="desk"), ended)
    assert (len(first.findings), first.muted, first.told_before) == (2, 1, 0)
    _tell(place, first, made_at=ended)
    put(place.store, _still(5, NEW)[-1], page="quay", first=4)
    second = place.digest(Asked(reader="desk"), ended + DAY)
    assert (len(second.findings), second.muted, second.told_before, second.is_all) == (1, 0, 0, True)


def test_what_was_told_at_once_is_counted_in_the_digest_that_leaves_it_out(place: _Place) -> None:
    place.configure("readers: [{id: desk, stdout: yes}]")
    put(place.store, *_still(3), page="quay")
    at_once = place.digest(Asked(reader="desk", since="2020-07-05"), NOON + 1.5 * DAY)
    assert len(at_once.findings) == 1
    _tell(place, at_once._replace(until=NOON), made_at=NOON + 1.5 * DAY)
    digest = place.digest(Asked(reader="desk"), NOON + 3 * DAY)
    assert (len(digest.findings), digest.told_before, digest.is_all) == (1, 1, False)
    again = place.digest(Asked(reader="desk", since="2020-07-04"), NOON + 3 * DAY)
    assert (len(again.findings), again.told_before, again.is_all) == (2, 0, True)


def test_the_next_digest_begins_where_the_last_one_ended(place: _Place) -> None:
    place.configure("readers: [{id: desk, stdout: yes}]")
    put(place.store, *_still(4), page="quay")
    asked = Asked(reader="desk")
    first = place.digest(asked, NOON + 3 * DAY)  # of the captures of the 6th, and not that of this very moment
    assert (first.since, len(first.findings)) == (datetime(2020, 7, 6, tzinfo=UTC), 1)
    _tell(place, first, made_at=NOON + 3 * DAY)
    second = place.digest(asked, NOON + 4 * DAY)
    assert (second.since, second.until) == (first.until, NOON + 4 * DAY)
    assert len(second.findings) == 1
    assert second.findings != first.findings
    _tell(place, second, made_at=NOON + 4 * DAY)
    assert place.digest(asked, NOON + 5 * DAY).is_quiet
    assert set(place.digest(Asked(since="2020-07-06", reader="desk")).findings) >= {*first.findings, *second.findings}


def test_what_was_in_a_digest_that_was_given_up_is_told_again(place: _Place) -> None:
    place.configure("readers: [{id: desk, stdout: yes}]")
    put(place.store, *_still(3), page="quay")
    first = place.digest(Asked(reader="desk"), NOON + 3 * DAY)
    _tell(place, first, made_at=NOON + 3 * DAY)
    assert place.digest(Asked(reader="desk"), NOON + 3.5 * DAY).is_quiet
    with opened(place.store) as catalogue, catalogue.writing() as connection:
        outbox.settle(
            connection, (NOON + 3 * DAY).isoformat(), Delivered.GIVEN_UP, "the mailbox is full", NOON + 3 * DAY, None
        )
    for days in (3.5, 9):
        assert set(place.digest(Asked(reader="desk"), NOON + days * DAY).findings) >= set(first.findings)


def test_a_delivery_that_was_given_up_is_told_to_its_reader_and_to_anybody_in_the_time_in_which_it_was(
    place: _Place,
) -> None:
    place.configure("readers: [{id: desk, stdout: yes}, {id: other, stdout: yes}]")
    put(place.store, *_still(3), page="quay")
    _tell(place, place.digest(Asked(reader="desk"), NOON + 3 * DAY), made_at=NOON + 3 * DAY)
    with opened(place.store) as catalogue, catalogue.writing() as connection:
        outbox.settle(
            connection, (NOON + 3 * DAY).isoformat(), Delivered.GIVEN_UP, "the mailbox is full", NOON + 8 * DAY, None
        )
    since = (NOON + 7 * DAY).isoformat()
    for reader, told in (("desk", ["the mailbox is full"]), (None, ["the mailbox is full"]), ("other", [])):
        digest = place.digest(Asked(since=since, reader=reader), NOON + 9 * DAY)
        assert [each.answer for each in digest.undelivered] == told
        assert digest.is_quiet is not bool(told)
    assert place.digest(Asked(since=(NOON + 8.5 * DAY).isoformat()), NOON + 9 * DAY).undelivered == ()


def test_what_was_captured_before_the_last_digest_and_found_after_it_is_told(place: _Place) -> None:
    place.configure("readers: [{id: desk, stdout: yes}]")
    put(place.store, *_still(1), page="quay")
    ended = NOON + DAY + timedelta(seconds=5)
    first = place.digest(Asked(reader="desk"), ended)
    assert first.is_quiet
    _tell(place, first, made_at=ended)
    put(place.store, _still(2)[-1], page="quay", first=1)
    digest = place.digest(Asked(reader="desk"), ended + DAY)
    (page,) = digest.pages
    assert page.upshots[0].turns[0].at < first.until
    assert "--since 2020-07-05T12:00:00Z " in digest.command


# -- what there is no room for


def test_pages_beyond_the_room_are_counted_with_the_command_that_shows_them(place: _Place) -> None:
    put(place.store, notices("boats", "ships"), notices("boats", "ships") + NEW)
    put(place.store, *_still(2), page="quay")
    digest = place.digest(room=Room(pages=1))
    assert [page.id for page in digest.pages] == ["quay"]
    left = digest.left_out
    assert left
    assert (left.pages, left.ids, left.alerts, left.news) == (1, ("harbour",), 0, 1)
    assert left.command == "monitor digest --since 2020-07-04T00:00:00Z --until 2020-07-21T00:00:00Z --all"
    assert digest.watched == 2
    assert place.digest(room=EVERYTHING).left_out is None


def test_of_a_page_the_lightest_upshots_are_left_out_and_counted(place: _Place) -> None:
    put(place.store, *_still(2, f"{NEW}<h2>Masts</h2><p>So is the mast."), page="quay")
    page = place.digest(room=Room(upshots=1)).pages[0]
    assert (_kinds(page), page.left_out) == (["counter.stalled"], 2)


def test_of_pages_after_many_findings_the_gravest_are_told_and_the_others_known_by_their_ids(place: _Place) -> None:
    put(place.store, *_still(2, f"{NEW}<h2>Masts</h2><p>So is the mast."), page="quay")
    put(place.store, LONG, LONG + "".join(f"<h2>Crane {number}</h2><p>It is new." for number in range(9)))
    whole = place.digest()
    cut = place.digest(room=Room(all_upshots=2))
    assert [(page.id, len(page.upshots), page.left_out) for page in cut.pages] == [("quay", 3, 0), ("harbour", 3, 6)]
    assert len(cut.counted) == 6
    assert {*cut.findings, *cut.counted} == set(whole.findings)


def test_a_page_of_more_comparisons_than_there_is_room_for_is_told_in_short_and_others_are_not(place: _Place) -> None:
    put(place.store, *_still(4))
    put(place.store, *_still(2), page="quay")
    pages = {page.id: page for page in place.digest(room=Room(closer=2)).pages}
    assert pages["harbour"].upshots[0].before is None
    assert pages["quay"].upshots[0].before is not None


def test_words_are_looked_for_in_all_comparisons_however_many_there_are(place: _Place) -> None:
    """What a text says is known from its comparison alone: beyond the room for these an alert was called quiet."""
    place.configure("readers: [{id: desk, stdout: yes, lowest: alert, raise: [{words: [visa]}]}]")
    texts = [f"{LONG}<h2>Rules</h2><p>Applications for {what} have to be handed in before noon." for what in RIGHTS]
    put(place.store, *texts)
    asked = ALL._replace(reader="desk")
    found = place.digest(asked, room=Room(closer=0))
    assert [upshot.raised_by for upshot in found.pages[0].upshots] == ["what mentions “visa”"]
    assert found.untried == 0
    short = place.digest(asked, room=Room(closer=0, by_words=0))
    assert (short.pages, short.untried, short.is_quiet) == ((), 1, False)
    assert "On one capture there was no time to look for the words of your rules" in render_digest(
        short, "text", width=200
    )
    assert "all quiet" not in render_digest(short, "text").lower()


# -- of which time


def test_without_a_time_it_begins_yesterday(place: _Place) -> None:
    put(place.store, LONG)
    digest = place.digest(Asked(), NOON + DAY)
    assert (digest.since, digest.until) == (NOON.replace(hour=0), NOON + DAY)


def test_a_period_that_ends_before_it_begins_is_refused(place: _Place) -> None:
    with pytest.raises(InputError, match="name an earlier --since"):
        place.digest(Asked(since="2020-07-06", until="2020-07-04"))
