"""What a check makes of a page that a real server serves: captures, comparisons, reports, each told of once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model.entry import Kind
from monitor.model.outcome import Result
from monitor.model.overview import State
from monitor.model.snapshot import Snapshot
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.verify import verify
from monitor.watch.accept_capture import accept
from monitor.watch.compare_latest import MOST_AT_ONCE
from monitor.watch.compare_snapshots import compare_snapshots
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.tell_story import tell_story
from tests.site import Site, site
from tests.watched import Watched

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)
Watching = Callable[..., Watched]

OLD = ("ferry", "tariffs", "minutes", "storm", "quay")
LESS = ("ferry", "tariffs", "storm", "quay")
TAKEN = "“minutes” was taken off the list: older items are still there."
DAYS = dict(zip(OLD, range(30, 20, -1), strict=False))


def notices(*titles: str) -> str:
    """A page with a list of notices, each with a date of its own."""
    rows = "".join(f"<li>{DAYS[each]}.06.2020 <a href=/n/{each}>{each}</a></li>" for each in titles)
    return f"<!doctype html><title>Harbour</title><h1>Harbour</h1><ul>{rows}</ul><p>Open every day from nine to five."


@pytest.fixture
def up() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def watching(tmp_path: Path, up: Site) -> Iterator[Watching]:
    """Watches the pages that a test names, as entries of config.yaml."""
    with ExitStack() as stack:

        def watch(*entries: str, more: str = "") -> Watched:
            watched = Watched(tmp_path, up, *entries, more=more)
            stack.enter_context(watched.watching())
            return watched

        yield watch


@pytest.fixture
def harbour(up: Site, watching: Watching) -> Watched:
    up.put("/", notices(*OLD))
    return watching(f'{{id: harbour, url: "{up.root}/", ask_items: no}}')


def _kinds(project: Project, page: str) -> list[Kind]:
    return [project.store.entry(each).kind for each in project.store.captures(page)]


# -- what changed


def test_the_first_check_has_nothing_to_compare_and_the_next_tells_what_changed(harbour: Watched) -> None:
    first, same = harbour.check(), harbour.check()
    harbour.site.put("/", notices(*LESS))
    changed = harbour.check()
    assert [each.result for each in (first, same, changed)] == [Result.FIRST, Result.IDENTICAL, Result.CHANGED]
    assert changed.summary == TAKEN
    assert (changed.alerts, changed.news) == (1, 0)
    assert changed.report is not None
    assert "minutes" in Path(changed.report).read_text("utf-8")
    assert len(harbour.reports()) == 1


def test_what_was_captured_by_hand_before_is_what_the_first_check_compares_with(harbour: Watched) -> None:
    harbour.capture()
    harbour.site.put("/", notices(*LESS))
    assert harbour.check().summary == TAKEN


def test_a_capture_alone_compares_nothing_and_the_next_check_tells_of_both(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", notices(*LESS))
    captured = harbour.capture()
    assert (captured.result, captured.report) == (Result.CAPTURED, None)
    outcome = harbour.check()
    assert outcome.result is Result.IDENTICAL
    assert outcome.alerts == 1
    assert outcome.notices == (f"{captured.reference}: changed: {TAKEN}",)
    assert len(harbour.reports()) == 1


def test_a_page_that_is_as_it_was_is_asked_for_by_its_own_etag_and_kept_as_a_revisit(harbour: Watched) -> None:
    for _ in range(3):
        harbour.check()
    asked = [headers.get("If-None-Match") for path, headers in harbour.site.asked if path == "/"]
    assert asked[0] is None
    assert asked[1] == asked[2] != None  # noqa: E711  mypy would take `is not None` for a claim on asked[1] alone
    assert not any("If-Modified-Since" in headers for _, headers in harbour.site.asked)
    assert _kinds(harbour.project, "harbour") == [Kind.RESPONSE, Kind.REVISIT, Kind.REVISIT]
    assert verify(harbour.project.store).faults == ()


def test_a_page_that_is_as_it_was_keeps_its_body_where_the_clock_went_back(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", notices(*LESS))
    harbour.clock.set(NOON + timedelta(hours=2))
    harbour.check()
    harbour.clock.set(NOON + timedelta(hours=1))
    harbour.check()
    store = harbour.project.store
    assert [b"minutes" in store.load(each).body for each in store.captures("harbour")] == [True, False, False]
    assert _kinds(harbour.project, "harbour") == [Kind.RESPONSE, Kind.REVISIT, Kind.RESPONSE]


@pytest.mark.parametrize("is_taken_out", [False, True])
def test_what_comes_into_the_store_or_goes_while_a_page_is_asked_for_gives_it_no_body(
    harbour: Watched, is_taken_out: bool
) -> None:
    """Between the request and its answer, a later capture is imported, or that is pruned which was asked about."""
    store, url = harbour.project.store, f"{harbour.site.root}/"
    harbour.check()
    (asked_about,) = store.captures("harbour")

    def meddle() -> None:
        later = Snapshot("file", b"<p>imported", asked_about.at + timedelta(seconds=1), "text/html", url)
        with store.writing() as writer:
            writer.add("harbour", later)
            if is_taken_out:
                writer.prune(store.entry(asked_about), NOON)

    harbour.site.meanwhile = meddle
    assert harbour.capture().result is Result.CAPTURED
    newest = store.captures("harbour")[-1]
    assert store.load(newest).body == notices(*OLD).encode()
    assert store.entry(newest).kind is (Kind.RESPONSE if is_taken_out else Kind.REVISIT)
    assert verify(store).faults == ()


def test_every_tenth_capture_asks_for_the_whole_page(harbour: Watched) -> None:
    for _ in range(12):
        harbour.check()
    whole = [number for number, (_, headers) in enumerate(_of_page(harbour), 1) if "If-None-Match" not in headers]
    assert whole == [1, 11]


@pytest.mark.parametrize(("kept", "expected"), [(12, [1, 11, 21]), (5, [1, 11, 17, 23])])
def test_all_of_a_page_is_asked_for_however_few_of_its_captures_are_kept(
    harbour: Watched, kept: int, expected: list[int]
) -> None:
    """Where pruning leaves as many captures as come, their number says nothing of when the page came last."""
    store = harbour.project.store
    for _ in range(24):
        harbour.capture()
        with store.writing() as writer:
            for each in store.captures("harbour")[1:-kept]:
                writer.prune(store.entry(each), NOON)
    whole = [number for number, (_, headers) in enumerate(_of_page(harbour), 1) if "If-None-Match" not in headers]
    assert whole == expected


def test_a_page_behind_a_redirection_is_asked_for_by_the_etag_of_where_it_leads(up: Site, watching: Watching) -> None:
    up.put("/new", notices(*OLD))
    up.put("/old", "", 301, Location="/new")
    watched = watching(f'{{id: harbour, url: "{up.root}/old"}}')
    for _ in range(3):
        watched.check()
    asked = [(path, "If-None-Match" in headers) for path, headers in up.asked if path != "/robots.txt"]
    assert asked == [("/old", False), ("/new", False)] + 2 * [("/old", False), ("/new", True)]
    assert _kinds(watched.project, "harbour") == [Kind.RESPONSE, Kind.REVISIT, Kind.REVISIT]


def _of_page(watched: Watched) -> list[tuple[str, dict[str, str]]]:
    return [(path, headers) for path, headers in watched.site.asked if path == "/"]


def test_a_page_whose_last_capture_is_damaged_is_asked_for_whole(harbour: Watched) -> None:
    harbour.check()
    (capture,) = harbour.project.store.captures("harbour")
    Path(harbour.project.store.path(capture.file)).write_bytes(b"junk")
    assert harbour.check().result is not Result.FAILED
    assert _kinds(harbour.project, "harbour")[-1] is Kind.RESPONSE


def test_many_captures_that_nobody_was_told_of_are_told_in_portions(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", notices(*LESS))
    for _ in range(2 * MOST_AT_ONCE + 1):
        harbour.capture()
    outcome = harbour.check()
    assert outcome.alerts == 1
    assert len(outcome.notices) == 2 * MOST_AT_ONCE + 1
    assert TAKEN in outcome.notices[0]
    assert harbour.check().notices == ()


def test_an_expectation_that_never_held_is_told_once(up: Site, watching: Watching) -> None:
    up.put("/", notices(*OLD))
    expected = 'expect: {fields: [{label: Night bell, value: "0142"}]}'
    watched = watching(f'{{id: harbour, url: "{up.root}/", {expected}}}')
    results = [watched.check() for _ in range(4)]
    assert [each.result for each in results] == [Result.FIRST, Result.CHANGED, Result.IDENTICAL, Result.IDENTICAL]
    assert results[1].alerts == 1
    assert "Night bell" in results[1].summary


# -- what fails


def test_a_process_that_is_killed_is_made_anew(harbour: Watched) -> None:
    harbour.check()
    (worker,) = harbour.workers()
    os.kill(worker, signal.SIGKILL)
    harbour.site.put("/", notices(*LESS))
    assert harbour.check().summary == TAKEN
    assert harbour.workers() not in ([], [worker])


def test_a_report_that_cannot_be_written_is_told_when_there_is_room(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", notices(*LESS))
    reports = harbour.folder / "reports"
    reports.write_text("a file in the folder's place")
    refused = harbour.check()
    reports.unlink()
    assert (refused.result, refused.alerts) == (Result.FAILED, 0)
    assert "cannot write" in refused.summary
    outcome = harbour.check()
    assert outcome.alerts == 1
    assert len(harbour.reports()) == 1


def test_a_clock_that_was_set_back_is_said_and_nothing_is_lost(harbour: Watched) -> None:
    harbour.check()
    harbour.clock.jump(timedelta(days=-1))
    harbour.site.put("/", notices(*LESS))
    outcome = harbour.check()
    assert outcome.result is Result.FAILED
    assert "this machine's clock" in outcome.summary
    harbour.clock.jump(timedelta(days=2))
    assert harbour.check().alerts == 1


def test_a_page_that_fails_costs_no_other(up: Site, watching: Watching) -> None:
    up.put("/good", notices(*OLD))
    nowhere = "http://127.0.0.1:1/"
    watched = watching(f'{{id: bad, url: "{nowhere}"}}', f'{{id: good, url: "{up.root}/good"}}')

    bad, good = watched.check("bad"), watched.check("good")
    assert bad.result is Result.FAILED
    assert "127.0.0.1 is no public address" in bad.summary
    assert good.result is Result.FIRST


def test_that_a_page_is_blind_is_told_once_after_three_failures_and_that_it_is_back_once(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", "<h1>Not Found</h1>", 404)
    told = [harbour.check().notices for _ in range(5)]
    assert [len(each) for each in told] == [0, 0, 1, 0, 0]
    assert "no good capture of harbour since" in told[2][0]
    assert "Three captures in a row are not usable" in told[2][0]
    assert "404 Not Found" in told[2][0]
    harbour.site.put("/", notices(*OLD))
    back, later = harbour.check(), harbour.check()
    assert "has a good capture again" in back.notices[0]
    assert back.result is Result.IDENTICAL
    assert later.notices == ()


def test_who_is_told_at_once_gets_a_message_that_the_page_fails_and_one_that_it_is_back(
    up: Site, watching: Watching
) -> None:
    """Each once, however long it lasts; and none for who waits for the digest, or reads of other pages."""
    up.put("/", notices(*OLD))
    readers = (
        "readers: [{id: desk, stdout: yes, at_once: alert}, {id: later, stdout: yes},\n"
        "  {id: quay, stdout: yes, at_once: alert, pages: [quay]}]\n"
    )
    entries = (f'{{id: harbour, url: "{up.root}/", ask_items: no}}', "{id: quay}")
    place = watching(*entries, more=readers)
    place.check("harbour")
    up.put("/", "<h1>Not Found</h1>", 404)
    for _ in range(5):
        place.check("harbour")
    up.put("/", notices(*OLD))
    for _ in range(2):
        place.check("harbour")
    with catalogue_of(place.project.store) as catalogue:
        assert catalogue
        sent = [each.message for each in Deliveries(catalogue).listed()]
    fails, back, doubt = sent  # made by the clock of the test, and the last by the real one
    assert {each.reader for each in sent} == {"desk"}
    assert "is an answer with an error: the server answered 404 Not Found" in doubt.subject
    assert (fails.subject, back.subject) == ("harbour: cannot be captured", "harbour: can be captured again")
    assert "404 Not Found" in " ".join(fails.content.decode().split())


def test_what_nobody_was_told_of_is_told_again(harbour: Watched) -> None:
    harbour.site.put("/", "<h1>Not Found</h1>", 404)
    told = [" ".join(harbour.check(is_told=False).notices) for _ in range(4)]
    assert ["no good capture" in each for each in told] == [False, False, True, True]
    assert [each.count(": suspect:") for each in told] == [0, 1, 2, 3]


def _sent(harbour: Watched) -> list[str]:
    """The readers of all messages that were made."""
    with catalogue_of(harbour.project.store) as catalogue:
        assert catalogue
        return [each.message.reader for each in Deliveries(catalogue).listed()]


def test_an_alert_outlasts_a_catalogue_that_another_process_holds(up: Site, watching: Watching) -> None:
    """And is sent once: the catalogue is opened again when it is free."""
    up.put("/", notices(*OLD))
    readers = "readers: [{id: desk, stdout: yes, at_once: alert}]\n"
    harbour = watching(f'{{id: harbour, url: "{up.root}/", ask_items: no}}', more=readers)
    harbour.check()
    up.put("/", notices(*LESS))
    outcome = harbour.check(is_told=False)
    with closing(sqlite3.connect(harbour.project.store.path("catalogue.sqlite"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        harbour.told(outcome)
        other.execute("ROLLBACK")
    checks = 0
    while not (sent := _sent(harbour)) and checks < 1_000:
        assert harbour.check().result is Result.IDENTICAL
        checks += 1
    harbour.check()
    assert sent == _sent(harbour) == ["desk"]


def test_what_was_accepted_is_told_neither_as_a_failure_nor_as_the_end_of_one(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", "<h1>Harbour</h1><p>The notices are printed now, and hang at the gate of the harbour.</p>")
    suspect = [harbour.check() for _ in range(3)]
    assert [each.result for each in suspect] == [Result.SUSPECT] * 3
    assert "`monitor accept harbour` makes this its form" in suspect[2].notices[0]
    accept(harbour.project, "harbour", datetime.now(UTC))
    assert harbour.check().notices == ()
    with catalogue_of(harbour.project.store) as catalogue:
        assert catalogue
        assert catalogue.open_failures() == []


def test_an_answer_with_an_error_says_at_each_check_which_it_is(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", "<h1>Harbour</h1><p>This page was moved to the archive of the harbour office.</p>", 404)
    said = [harbour.check().summary for _ in range(2)]
    assert said == ["This capture is an answer with an error: the server answered 404 Not Found."] * 2


def test_an_error_page_is_suspect_told_once_and_never_compared_as_if_it_were_the_page(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", "<title>Error</title><h1>Service Unavailable</h1><p>Please try again later.")
    first, second = harbour.check(), harbour.check()
    harbour.site.put("/", notices(*LESS))
    after = harbour.check()
    assert (first.result, second.result) == (Result.SUSPECT, Result.SUSPECT)
    assert first.report is not None
    assert (second.report, second.alerts) == (None, 0)
    assert (after.result, after.summary) == (Result.CHANGED, TAKEN)
    assert len(harbour.reports()) == 2


def test_another_kind_of_suspicion_is_told_again_and_the_same_is_not(harbour: Watched) -> None:
    harbour.check()
    missing = ("<h1>Not Found</h1>", 404)
    form = ("<h1>Log in</h1><form>Name <input> Password <input type=password></form>", 200)
    for many, (body, status) in enumerate((missing, form), 1):
        harbour.site.put("/", body, status)
        first, second = harbour.check(), harbour.check()
        assert (first.result, second.result) == (Result.SUSPECT, Result.SUSPECT)
        assert (first.alerts, second.alerts) == (1, 0)
        assert len(harbour.reports()) == many
    harbour.site.put("/", *missing)
    assert harbour.check().alerts == 0


def test_a_page_that_was_never_seen_is_told_as_suspect_once(harbour: Watched) -> None:
    harbour.site.put("/", "<h1>Not Found</h1>", 404)
    told = [harbour.check() for _ in range(3)]
    assert {each.result for each in told} == {Result.SUSPECT}
    assert [each.alerts for each in told] == [0, 0, 0]
    assert harbour.reports() == []
    (page,) = harbour.overview().pages
    assert (page.state, page.summary) == (State.SUSPECT, told[-1].summary)


def test_the_index_calls_a_first_capture_suspect_as_the_check_does(harbour: Watched) -> None:
    harbour.site.put("/", "<h1>Not Found</h1>", 404)
    first = harbour.check()
    (page,) = harbour.overview().pages
    assert (first.result, page.state, page.summary) == (Result.SUSPECT, State.SUSPECT, first.summary)
    assert page.since is not None


@pytest.mark.parametrize(
    ("html", "status"), [("<h1>Authorization required</h1>", 401), ("<h1>Please log in to continue</h1>", 200)]
)
def test_who_is_asked_to_sign_in_is_told_where_an_account_is_given(harbour: Watched, html: str, status: int) -> None:
    harbour.site.put("/", html, status)
    told = [harbour.check() for _ in range(2)]
    assert all("`request.login`" in each.summary and "`request.login`" in each.way_out for each in told)
    assert told[1].summary.count("This capture") == 1
    assert "none before it was good" in told[1].summary


def test_a_capture_by_hand_does_not_make_a_page_that_fails_a_suspect_one(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", "", 302, Location="/")
    assert harbour.check().result is Result.FAILED
    harbour.site.put("/", notices(*LESS))
    harbour.capture()
    (page,) = harbour.overview().pages
    assert page.state is State.FAILING


def test_an_answer_without_a_word_is_suspect_and_what_comes_next_is_compared_with_what_was_before(
    harbour: Watched,
) -> None:
    harbour.check()
    harbour.site.put("/", "")
    empty = harbour.check()
    harbour.site.put("/", notices(*LESS))
    assert (empty.result, empty.summary) == (Result.SUSPECT, "This capture holds no text.")
    assert empty.report is not None
    assert "The server sent an empty page" in Path(empty.report).read_text("utf-8")
    assert harbour.check().summary == TAKEN


# -- the things themselves


@pytest.fixture
def asking(up: Site, watching: Watching) -> Watched:
    """The page whose items' own addresses are asked for."""
    up.put("/", notices(*OLD))
    return watching(f'{{id: harbour, url: "{up.root}/"}}')


def test_the_address_of_a_withdrawn_item_is_asked_once_and_its_answer_stands_in_the_reason(
    asking: Watched, up: Site
) -> None:
    asking.check()
    up.put("/n/minutes", "<h1>minutes</h1>", Last_Modified="Fri, 03 Jul 2020 10:00:00 GMT")
    up.put("/", notices(*LESS))
    outcome = asking.check()
    assert up.paths().count("/n/minutes") == 1
    report = Path(str(outcome.report)).read_text("utf-8")
    assert "its page still answers, last modified 3 July 2020" in report


def test_an_item_whose_page_is_gone_says_so_and_the_answer_is_kept_as_a_capture(asking: Watched, up: Site) -> None:
    asking.check()
    up.put("/", notices(*LESS))
    report = Path(str(asking.check().report)).read_text("utf-8")
    assert re.search(r"its page answers 404 Not Found, asked for on \d+ \w+ \d{4}", report)
    (asked,) = [page for page in asking.project.store.pages() if page != "harbour"]
    assert asked.startswith("harbour.item-")
    (capture,) = asking.project.store.captures(asked)
    assert asking.project.store.load(capture).exchanges[-1].status == 404


def test_of_an_item_with_another_address_the_former_one_is_said_to_answer(asking: Watched, up: Site) -> None:
    asking.check()
    up.put("/", notices(*OLD).replace("/n/minutes", "/n/moved"))
    report = Path(str(asking.check().report)).read_text("utf-8")
    assert "the former address answers 404 Not Found" in report


def test_the_story_of_a_page_says_what_an_items_own_address_answered(asking: Watched, up: Site) -> None:
    asking.check()
    up.put("/", notices(*LESS))
    asking.check()
    (event,) = [each for each in tell_story(asking.project, "harbour").story.events if "withdrawn" in each.change.kind]
    assert "; its page answers 404 Not Found, asked for on" in event.change.reason


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<title>Harbour</title><h1>Not Found</h1><p>Page not found", "an error page (“"),
        (
            "<title>Sign in</title><h1>Please log in to continue</h1>",
            "a request to sign in (“",
        ),
    ],
)
def test_an_item_whose_page_is_an_error_with_the_status_of_a_page_does_not_still_answer(
    asking: Watched, up: Site, html: str, said: str
) -> None:
    asking.check()
    up.put("/n/minutes", html, Last_Modified="Fri, 03 Jul 2020 10:00:00 GMT")
    up.put("/", notices(*LESS))
    report = Path(str(asking.check().report)).read_text("utf-8")
    assert f"its page answers with {said}" in report
    assert "still answers" not in report


def test_whoever_compares_the_captures_later_reads_the_answer_too(asking: Watched, up: Site) -> None:
    asking.check()
    up.put("/", notices(*LESS))
    asking.check()
    found = compare_snapshots("harbour@first", "harbour@latest", asking.project)
    assert "its page answers 404 Not Found" in found.changes[0].reason


def test_no_item_is_asked_for_where_the_page_says_no(harbour: Watched) -> None:
    harbour.check()
    harbour.site.put("/", notices(*LESS))
    harbour.check()
    assert set(harbour.site.paths()) == {"/"}


def test_an_item_at_a_private_address_is_not_asked_for(up: Site, watching: Watching) -> None:
    with site() as elsewhere:
        page = notices(*OLD).replace("/n/minutes", f"{elsewhere.root}/minutes")
        up.put("/", page)
        watched = watching(f'{{id: harbour, url: "{up.root}/"}}')
        watched.check()
        up.put("/", notices(*LESS))
        report = Path(str(watched.check().report)).read_text("utf-8")
        assert elsewhere.asked == []
    assert "its page could not be asked for: 127.0.0.1 is no public address" in report


def test_a_document_that_became_another_file_at_the_same_address_is_told(up: Site, watching: Watching) -> None:
    page = notices(*OLD).replace("/n/minutes", "/files/minutes.pdf")
    up.put("/files/minutes.pdf", "%PDF-1.4 as it was", Content_Type="application/pdf")
    up.put("/", page)
    watched = watching(f'{{id: harbour, url: "{up.root}/", documents: yes}}')
    assert watched.check().result is Result.FIRST
    same = watched.check()
    up.put("/files/minutes.pdf", "%PDF-1.4 as it is now", Content_Type="application/pdf")
    changed = watched.check()
    assert same.result is Result.IDENTICAL
    assert changed.result is Result.CHANGED
    assert "the same address, another file" in Path(str(changed.report)).read_text("utf-8")
    assert watched.check().result is Result.IDENTICAL
