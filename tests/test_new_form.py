"""A page that looks suspect for long: when that is told, when it is the page's new form, what is compared with what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import InputError
from monitor.model.comparison import Verdict
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.snapshot import Capture, Exchange, Snapshot
from monitor.report import render
from monitor.report.wording import way_out
from monitor.store.folder import Store
from monitor.watch.accept_capture import accept
from monitor.watch.compare_captures import compare_captures
from monitor.watch.compare_latest import compare_since
from monitor.watch.compare_snapshots import compare_snapshots
from monitor.watch.in_short import NEW_FORM
from monitor.watch.line import Line
from monitor.watch.list_captures import list_captures
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.reindex import reindex
from monitor.watch.step import Step
from monitor.watch.tell_overview import tell_overview
from monitor.watch.tell_story import tell_story
from tests.stored import NOON, dump, opened, put
from tests.test_cli import assert_refused, monitor

HARBOUR = Page("harbour")
NOTE = "The harbour master gives notice to all masters of vessels that the dredging goes on by night. " * 9
HEAD = f"<!doctype html><title>Harbour</title><h1>Harbour</h1><p>{NOTE}</p>"
FOOT = "<footer><p>The harbour office is open every day.</p></footer>"
FORM = (
    "since 9 July 2020 the page has another form, three captures of it over two days: the list “News” was there in "
    "all five captures since 4 July 2020 before it and is not now; nothing took its place"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


def _whole(day: int) -> str:
    rows = "".join(
        f"<li>{NOON + timedelta(days=each):%d.%m.%Y} <a href=/n/{each}>Notice to mariners {each}</a></li>"
        for each in range(day, day - 8, -1)
    )
    return f"{HEAD}<h2>News</h2><ul>{rows}</ul>{FOOT}"


def _bare(day: int) -> str:
    """The page without its list, as where a template failed, or somebody wanted it so."""
    return f"{HEAD}<p>There is nothing on day {day}.</p>{FOOT}"


def _at(store: Store, body: str, at: datetime, status: int = 200) -> Capture:
    head = f"HTTP/1.1 {status} \r\nContent-Type: text/html\r\n\r\n".encode()
    exchange = Exchange("https://harbour.example/", head, body.encode())
    with store.writing() as writer:
        writer.add("harbour", Snapshot(exchange.url, body.encode(), at, "text/html", exchange.url, (exchange,)))
    return store.captures("harbour")[-1]


def _steps(store: Store) -> tuple[Step, ...]:
    return compare_captures(store, HARBOUR).steps


def _verdicts(steps: Sequence[Step]) -> str:
    """A letter each: First, Suspect, Changed, Identical, Routine."""
    return "".join(step.compared.verdict[0] if step.compared else "f" for step in steps)


def _new_forms(steps: Sequence[Step]) -> list[str]:
    return [each.reason for step in steps if step.compared for each in step.compared.findings if each.kind == NEW_FORM]


def _project(store: Store) -> Project:
    return Project(str(Path(store.folder).parent / "config.yaml"), store.folder)


def _accept(store: Store, name: str = "harbour") -> tuple[str, ...]:
    return accept(_project(store), name, NOON).reasons


# -- told as suspect, then as the new form


def test_a_list_lost_once_is_suspect_and_the_next_capture_is_compared_with_the_last_good_one(store: Store) -> None:
    captures = put(store, *map(_whole, range(5)), _bare(5), _whole(6))
    steps = _steps(store)
    assert _verdicts(steps) == "fccccsc"
    assert steps[6].before == captures[4]
    assert {"item.published"} == {each.kind for each in steps[6].compared.findings} if steps[6].compared else False


def test_after_three_captures_over_a_day_the_form_is_the_pages_and_told_once_in_full(store: Store) -> None:
    captures = put(store, *map(_whole, range(5)), *map(_bare, range(5, 10)))
    steps = _steps(store)
    assert _verdicts(steps) == "fccccssccc"
    assert _new_forms(steps) == [FORM]
    told = steps[7].compared
    assert told is not None
    assert "list.vanished" in {each.kind for each in told.findings}
    assert told.summary.startswith("The page has another form: ")
    assert [steps[at].before for at in (7, 8, 9)] == [captures[4], captures[7], captures[8]]
    assert all(each.kind != "list.vanished" for at in (8, 9) for each in steps[at].compared.findings)  # type: ignore[union-attr]


def test_a_page_that_lost_its_end_for_good_has_another_form_too(store: Store) -> None:
    put(
        store, *(_whole(day).removesuffix(FOOT) for day in range(5)), *(_bare(day)[: -len(FOOT)] for day in range(5, 9))
    )
    steps = _steps(store)
    assert _verdicts(steps) == "fccccsscc"
    assert "lacks its end" in _new_forms(steps)[0]


def test_three_captures_within_a_day_are_not_enough(store: Store) -> None:
    put(store, *map(_whole, range(5)))
    for hour in range(5):
        _at(store, _bare(hour), NOON + timedelta(days=5, hours=hour))
    assert _verdicts(_steps(store)) == "fccccsssss"
    _at(store, _bare(9), NOON + timedelta(days=6))
    assert _verdicts(_steps(store)) == "fccccsssssc"


def test_where_the_old_form_returns_the_count_begins_anew(store: Store) -> None:
    put(store, *map(_whole, range(5)), _bare(5), _bare(6), _whole(7), _bare(8), _bare(9), _bare(10))
    steps = _steps(store)
    assert _verdicts(steps) == "fccccsscssc"
    assert len(_new_forms(steps)) == 1


def test_an_outage_between_neither_counts_nor_begins_anew(store: Store) -> None:
    put(store, *map(_whole, range(5)), _bare(5))
    _at(store, "<h1>Not found</h1>", NOON + timedelta(days=6), status=404)
    put(store, _bare(7), _bare(8), first=7)
    assert _verdicts(_steps(store)) == "fccccsssc"


def test_an_error_never_becomes_the_page_by_itself(store: Store) -> None:
    put(store, *map(_whole, range(4)))
    for day in range(4, 12):
        _at(store, _whole(3), NOON + timedelta(days=day), status=503)
    assert _verdicts(_steps(store)) == "fccc" + 8 * "s"


# -- the earlier one's fault is not the later one's


SHELL = "<!doctype html><title>Harbour</title><h1>Harbour</h1><p>The harbour office of Norland.</p><p>Ferries go at"
WHOLE = f"{SHELL} nine.</p><p>{NOTE}</p><p>And at ten.</p>"


def test_a_good_capture_is_not_suspect_because_the_one_before_was_only_a_part(store: Store) -> None:
    _at(store, SHELL, NOON)
    _at(store, WHOLE, NOON + timedelta(minutes=9))
    _at(store, WHOLE.replace("ten", "eleven"), NOON + timedelta(minutes=18))
    _, beside, later = _steps(store)
    assert beside.compared is not None
    assert beside.compared.verdict == "routine"
    assert "that one may not have been the whole page" in beside.compared.summary
    assert beside.is_good
    assert later.compared is not None
    assert (later.before, later.compared.verdict) == (beside.capture, "changed")


def test_a_report_beside_a_part_says_so_among_its_limits(store: Store) -> None:
    _at(store, SHELL, NOON)
    _at(store, WHOLE, NOON + timedelta(minutes=9))
    (step,) = compare_since(None, store, HARBOUR, None)
    assert step.comparison is not None
    assert "may not have been the whole page (" in " ".join(step.comparison.limits)
    assert "Nothing it says changed" not in render(step.comparison, "text")


def test_the_first_good_capture_after_errors_is_compared_with_none_of_them(store: Store) -> None:
    for hour in range(2):
        _at(store, "<h1>Not found</h1>", NOON + timedelta(hours=hour), status=404)
    _at(store, WHOLE, NOON + timedelta(hours=2))
    _at(store, WHOLE, NOON + timedelta(hours=3))
    steps = _steps(store)
    assert _verdicts(steps) == "fsfi"
    assert [step.is_good for step in steps] == [False, False, True, True]


# -- the status


def test_the_same_bytes_with_another_status_do_not_share_the_suspicion(store: Store) -> None:
    _at(store, _whole(1), NOON)
    _at(store, _whole(1), NOON + timedelta(days=1), status=404)
    _at(store, _whole(1), NOON + timedelta(days=2))
    for _ in range(2):
        steps = _steps(store)
        assert _verdicts(steps) == "fsi"
        assert steps[1].compared is not None
        assert [each.reason for each in steps[1].compared.findings] == ["The server answered 404 Not Found"]
    assert len(dump(store)["readings"]) == 1


NOTHING = ["", " \n", "<!doctype html><title></title><body></body>"]


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_capture_of_nothing_is_suspect_everywhere_whether_it_has_bytes_or_not(store: Store, nothing: str) -> None:
    for hour, body in enumerate((nothing, _whole(1), nothing)):
        _at(store, body, NOON + timedelta(hours=hour))
    words = [line.split()[1] for line in list_captures(_project(store), "harbour").lines]
    assert words == ["suspect", "first", "suspect"]
    told = tell_story(_project(store), "harbour")
    assert [moment.is_suspect for moment in told.story.moments] == [True, False, True]
    assert told.faults == ()
    overview = tell_overview(
        [HARBOUR._replace(url="https://harbour.example/")], opened(store), "", NOON + timedelta(days=1)
    )
    assert overview.pages[0].state is State.SUSPECT


def test_what_is_no_page_at_all_is_suspect_in_the_list_too(store: Store) -> None:
    put(store, _whole(0), "%PDF-1.4 broken")
    assert [line.split()[1] for line in list_captures(_project(store), "harbour").lines] == ["first", "suspect"]


def test_a_body_that_did_not_come_whole_is_truncated(store: Store) -> None:
    put(store, _whole(1))
    note = ("fault", "its gzip stream breaks off")
    with store.writing() as writer:
        writer.add("harbour", Snapshot("page", _bare(2).encode(), NOON + timedelta(days=1), "text/html", notes=(note,)))
    assert _verdicts(_steps(store)) == "fs"
    assert "its gzip stream breaks off" in str(_steps(store)[1].compared)


# -- accepted


def test_an_accepted_capture_is_the_pages_form_at_once(store: Store) -> None:
    captures = put(store, *map(_whole, range(5)), _bare(5))
    assert _verdicts(_steps(store)) == "fccccs"
    assert "The list “News” was there in all five captures" in _accept(store)[0]
    put(store, _bare(6), first=6)
    steps = _steps(store)
    assert _verdicts(steps) == "fcccccc"
    assert [reason.partition(":")[0] for reason in _new_forms(steps)] == [
        "the page has another form, which somebody accepted"
    ]
    assert steps[6].before == captures[5]


def test_what_differs_from_the_old_form_is_told_in_full_in_place_of_the_suspicion(store: Store) -> None:
    captures = put(store, *map(_whole, range(5)), _bare(5))
    accepted = accept(_project(store), "harbour", NOON)
    assert accepted.before == captures[4]
    assert accepted.summary.startswith("The page has another form: ")
    assert accepted.report is not None
    report = Path(accepted.report).read_text("utf-8")
    assert "Notice to mariners 4" in report
    assert "There is nothing on day 5." in report


@pytest.mark.parametrize("bare", [1, 2])
def test_a_comparison_by_hand_knows_what_was_accepted(store: Store, bare: int) -> None:
    captures = put(store, *map(_whole, range(5)), _bare(5))
    names = captures[4].reference, f"harbour@{(NOON + timedelta(days=4 + bare)):%Y-%m-%d}"
    put(store, *map(_bare, range(6, 5 + bare)), first=6)
    _steps(store)
    accept(_project(store), captures[5].reference, NOON)
    told = compare_snapshots(*names, _project(store))
    assert told.verdict is Verdict.CHANGED
    assert told.new_form is not None
    assert "which somebody accepted" in told.new_form
    assert "list.vanished" in {change.kind.value for change in told.changes}
    assert compare_snapshots(captures[2].reference, captures[3].reference, _project(store)).new_form is None


def test_a_first_capture_that_somebody_accepted_has_no_old_form_to_differ_from(store: Store) -> None:
    _at(store, _whole(0), NOON, status=410)
    accepted = accept(_project(store), "harbour", NOON)
    assert (accepted.before, accepted.summary, accepted.report) == (None, "", None)


def test_a_suspicion_about_the_form_names_the_way_out_and_one_about_an_error_does_not(store: Store) -> None:
    put(store, *map(_whole, range(5)), _bare(5))
    _at(store, "<h1>Not found</h1>", NOON + timedelta(days=6), status=404)
    with catalogue_of(store) as catalogue:
        first = Capture("harbour", NOON + timedelta(days=4), store.captures("harbour")[4].file)
        redesigned, error = (step.comparison for step in compare_since(catalogue, store, HARBOUR, first))
    way = "if the page was redesigned, `monitor accept harbour` makes this its form"
    assert redesigned is not None
    assert error is not None
    assert (way_out(redesigned), way_out(error)) == (way, "")
    assert "monitor accept harbour" in render(redesigned, "html")
    assert "monitor accept" not in render(error, "html")


def test_an_error_that_somebody_accepted_is_compared_with_the_next_one(store: Store) -> None:
    put(store, *map(_whole, range(3)))
    for day in range(3, 6):
        _at(store, f"<h1>Archive</h1><p>{NOTE}</p><p>Closed on day {day}.</p>", NOON + timedelta(days=day), status=410)
    assert _verdicts(_steps(store)) == "fccsss"
    _accept(store, f"harbour@{(NOON + timedelta(days=3)):%Y-%m-%d}")
    assert _verdicts(_steps(store)) == "fccccc"
    _at(store, _whole(7), NOON + timedelta(days=7))
    assert _verdicts(_steps(store)) == "fcccccc"


def test_what_is_not_suspect_cannot_be_accepted(store: Store) -> None:
    put(store, *map(_whole, range(4)))
    with pytest.raises(InputError, match="is not suspect"):
        _accept(store)
    put(store, _bare(4), first=4)
    _accept(store)
    with pytest.raises(InputError, match="is not suspect"):
        _accept(store)


@pytest.mark.parametrize("name", ["quay", "harbour@2019-01-01"])
def test_what_is_not_there_cannot_be_accepted(store: Store, name: str) -> None:
    put(store, _whole(0))
    with pytest.raises(InputError):
        _accept(store, name)


def test_the_command_says_what_it_accepted_and_refuses_what_is_not_suspect(store: Store) -> None:
    put(store, *map(_whole, range(5)), _bare(5))
    config = Path(store.folder).parent / "config.yaml"
    config.write_text("pages: [{id: harbour, url: 'https://harbour.example/'}]\n", "utf-8")
    words = ("accept", "harbour", "--config", str(config), "--store", store.folder)
    first, second = (monitor(*words) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    accepted, told = first.stdout.splitlines()
    assert accepted.startswith("harbour@2020-07-09T12:00:00Z is the page's new form. It was suspect: The list “News”")
    told, _, report = told.partition(" → ")
    assert told.startswith("What differs from harbour@2020-07-08T12:00:00Z: The page has another form: ")
    assert "There is nothing on day 5." in Path(report).read_text("utf-8")
    index = (config.parent / "reports" / "index.html").read_text("utf-8")
    assert 'href="harbour/2020-07-09T120000Z.html"' in index
    assert_refused(second, "harbour@2020-07-09T12:00:00Z is not suspect")


def test_in_a_catalogue_with_nonsense_for_a_footing_it_is_found_anew(store: Store) -> None:
    _eventful(store)
    wanted = _steps(store)
    for nonsense in ("", "[1", "7", '["a", [[1]]]', "null"):
        with opened(store) as catalogue, catalogue.writing() as connection:
            connection.exec_driver_sql("UPDATE comparisons SET footing = ?", (nonsense,))
        assert _steps(store) == wanted


# -- the same however it is found


def _eventful(store: Store) -> None:
    put(store, *map(_whole, range(5)), _bare(5), _whole(6), *map(_bare, range(7, 12)))
    _at(store, _whole(11), NOON + timedelta(days=12), status=404)
    put(store, *map(_whole, range(13, 18)), "<p>x", _whole(19), first=13)


def test_made_anew_it_comes_to_the_same(store: Store) -> None:
    _eventful(store)
    first = _steps(store)
    _accept(store, "harbour@2020-07-16")
    assert _steps(store) != first
    before = dump(store)
    reindex(store, [HARBOUR])
    assert dump(store) == before
    assert _steps(store) == _steps(store)


def test_capture_by_capture_it_comes_to_the_same_as_all_at_once(store: Store, tmp_path: Path) -> None:
    _eventful(store)
    wanted = _steps(store)
    other, found = Store(str(tmp_path / "other")), []
    for capture in store.captures("harbour"):
        with other.writing() as writer:
            writer.add("harbour", store.load(capture))
        with catalogue_of(other) as catalogue:
            found += compare_since(catalogue, other, HARBOUR, None)
    assert [step._replace(comparison=None, followed=None, is_as_before=False) for step in found] == list(wanted)
    assert _steps(other) == wanted
    assert all(step.comparison is not None for step in found if step.compared)


def test_without_a_catalogue_it_comes_to_the_same(store: Store) -> None:
    _eventful(store)
    bare = [step._replace(comparison=None) for step in Line(None, store, HARBOUR).steps()]
    assert [step.compared for step in bare] == [step.compared for step in _steps(store)]


def test_the_story_puts_the_same_captures_aside(store: Store) -> None:
    _eventful(store)
    _accept(store, "harbour@2020-07-16")
    steps = _steps(store)
    story = tell_story(_project(store), "harbour").story
    assert [moment.is_suspect for moment in story.moments] == [not step.is_good for step in steps]
    assert [limit for limit in story.limits if "another form" in limit] == [
        f"{reason[0].upper()}{reason[1:]}." for reason in _new_forms(steps)
    ]


# -- at a cost that does not grow


OPENED = """
import sys
from monitor.model.comparison import Verdict
from monitor.model.page import Page
from monitor.store.folder import Store
from monitor.watch.compare_latest import compare_since
from monitor.watch.read_captures import catalogue_of
opened = set()
store = Store(sys.argv[1])
with catalogue_of(store) as catalogue:
    sys.addaudithook(lambda event, found: opened.add(str(found[0])) if event == "open" else None)
    (step,) = compare_since(catalogue, store, Page("harbour"), None)
files = {each.file for each in store.captures("harbour") if store.path(each.file) in opened}
print(step.compared.verdict, step.before.file, *sorted(files))
"""


def test_a_check_after_a_long_outage_opens_the_good_captures_and_none_of_the_outage(store: Store) -> None:
    captures = put(store, *map(_whole, range(4)))
    with store.writing() as writer:
        for minute in range(300):
            at = NOON + timedelta(days=4, minutes=minute)
            body = f"<h1>Down {minute}</h1>".encode()
            exchange = Exchange("https://harbour.example/", b"HTTP/1.1 503 \r\n\r\n", body)
            writer.add("harbour", Snapshot(exchange.url, exchange.body, at, "text/html", exchange.url, (exchange,)))
    _steps(store)
    last = _at(store, _whole(5), NOON + timedelta(days=5))
    done = subprocess.run([sys.executable, "-c", OPENED, store.folder], capture_output=True, text=True, check=True)
    files = [each.file for each in captures]
    assert done.stdout.split() == ["changed", files[-1], *files, last.file]


def test_all_that_was_not_told_is_compared(store: Store) -> None:
    captures = put(store, *map(_whole, range(6)))
    with catalogue_of(store) as catalogue:
        assert [step.capture for step in compare_since(catalogue, store, HARBOUR, captures[2])] == captures[3:]
        assert compare_since(catalogue, store, HARBOUR, captures[5]) == []
        assert [step.capture for step in compare_since(catalogue, store, HARBOUR, None)] == captures[5:]
        assert compare_since(catalogue, store, Page("quay"), None) == []
