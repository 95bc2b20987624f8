"""The store's commands as a person runs them: real processes, their lines, their statuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from monitor.model.snapshot import Snapshot
from monitor.store.catalogue import tables
from monitor.store.catalogue.opened import open_catalogue
from monitor.store.folder import Store
from monitor.store.verify import verify
from monitor.store.warc import held_in
from tests import warcs
from tests.test_cli import AFTER, BEFORE, ROOT, assert_refused, monitor

SEEDS = str(ROOT / "seeds")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def _import(place: Path, *arguments: str | Path) -> list[str]:
    done = monitor("import", *arguments, "--store", place)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


# -- import


def test_the_seeds_say_themselves_when_they_were_captured(place: Path) -> None:
    lines = _import(place, SEEDS, "--page", "rusemb-uk")
    assert lines[1].strip().startswith("captured 2020-07-04 05:25:00 UTC, by the page itself: its date, 4 July 2020")
    assert lines[3].strip().startswith("captured 2020-08-02 21:08:00 UTC, by the page itself: its date, 3 August 2020")
    assert "in London it was Sunday the 2nd" in lines[3]
    assert lines[4] == f"2 captures put into {place}"


def test_the_projects_own_store_is_what_importing_the_seeds_makes(place: Path) -> None:
    """The records are compared, ids and digests included, and not their compression."""
    _import(place, SEEDS, "--page", "rusemb-uk")
    own, made = Store(str(ROOT / "snapshots")), Store(str(place))
    captures = own.captures("rusemb-uk")
    assert captures == made.captures("rusemb-uk")
    assert len(captures) == 2
    for each in captures:
        mine, theirs = (held_in(Path(store.path(each.file)).read_bytes(), "it") for store in (own, made))
        assert mine == theirs
        assert own.entry(each).payload == made.entry(each).payload


def test_the_projects_own_store_verifies() -> None:
    done = monitor("verify", "--store", ROOT / "snapshots")
    assert done.returncode == 0
    assert done.stdout.startswith("2 captures of 1 page: all as they were written\n")


def test_a_second_import_adds_nothing(place: Path) -> None:
    _import(place, SEEDS, "--page", "rusemb-uk")
    before = (place / "ledger.jsonl").read_bytes()
    assert _import(place, SEEDS, "--page", "rusemb-uk") == [f"0 captures put into {place}; 2 were there already"]
    assert (place / "ledger.jsonl").read_bytes() == before


def test_the_time_in_a_name_goes_before_the_page(place: Path, tmp_path: Path) -> None:
    shutil.copy(BEFORE, tmp_path / "2020-07-04T061500Z.txt")
    lines = _import(place, tmp_path / "2020-07-04T061500Z.txt", "--page", "harbour")
    assert lines[1].strip() == "captured 2020-07-04 06:15:00 UTC, by the file's name, 2020-07-04T061500Z"


def test_a_day_in_a_name_is_taken_where_the_page_says_nothing(place: Path, tmp_path: Path) -> None:
    (tmp_path / "page-2020-07-04.txt").write_text("The harbour is open.")
    lines = _import(place, tmp_path / "page-2020-07-04.txt", "--page", "harbour")
    assert lines[1].strip().endswith("2020-07-04, which gives the day alone: 00:00 UTC")


def test_a_capture_whose_time_nothing_tells_is_refused_and_the_others_are_taken(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "page.txt").write_text("The harbour is open.")
    shutil.copy(BEFORE, folder / "july.txt")
    done = monitor("import", folder, "--page", "harbour", "--store", place)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "page.txt does not say when it was captured" in done.stderr
    assert "--at 2020-07-04T05:25Z" in done.stderr
    assert done.stdout.endswith(f"1 capture put into {place}; 1 could not be taken\n")


def test_at_gives_the_time_of_one_file(place: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("The harbour is open.")
    _import(place, tmp_path / "page.txt", "--page", "harbour", "--at", "2020-07-04T08:25+03:00")
    assert [each.at for each in Store(str(place)).captures("harbour")] == [datetime(2020, 7, 4, 5, 25, tzinfo=UTC)]


def test_a_folder_is_imported_in_order_of_time_and_what_is_unchanged_is_a_revisit(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "captures"
    for day, text in ((3, "The harbour is closed."), (1, "The harbour is open."), (2, "The harbour is open.")):
        (folder / f"{day}").mkdir(parents=True)
        (folder / f"{day}" / f"2020-07-0{day}T120000Z.txt").write_text(text)
    _import(place, folder, "--page", "harbour")
    kinds = [json.loads(line)["kind"] for line in (place / "ledger.jsonl").read_text().splitlines()]
    assert kinds == ["resource", "revisit", "resource"]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([BEFORE], ["which page", "--page ID"]),
        ([BEFORE, "--page", "../out"], ["'../out' is no page id", "letters, digits"]),
        ([SEEDS, "--page", "a", "--at", "2020-07-04"], ["2 files are given", "one by one"]),
        ([BEFORE, "--page", "a", "--at", "yesterday"], ["'yesterday' is no time", "2020-07-04T05:25Z"]),
        ([], ["nothing to import", "--git REPO:PATH"]),
    ],
)
def test_an_import_that_makes_no_sense_is_refused(place: Path, arguments: list[str], parts: list[str]) -> None:
    assert_refused(monitor("import", *arguments, "--store", place), *parts)
    assert not place.exists()


def _warc(path: Path, *urls: str) -> Path:
    """A WARC with an answer for each address, a minute apart."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    records = [
        warcs.record(block=head + b"<p>boats of " + url.encode(), url=url, date=f"2021-05-01T08:0{n}:00Z", name=str(n))
        for n, url in enumerate(urls)
    ]
    warcs.write(path, *records, zipped=True)
    return path


def test_a_warc_of_another_maker_is_imported(place: Path, tmp_path: Path) -> None:
    _import(place, _warc(tmp_path / "a.warc.gz", "https://a.example/", "http://www.a.example"), "--page", "a")
    store = Store(str(place))
    assert [store.load(each).body for each in store.captures("a")] == [
        b"<p>boats of https://a.example/",
        b"<p>boats of http://www.a.example",
    ]
    assert verify(store).faults == ()


def test_of_a_warc_of_many_pages_the_one_that_is_named_is_taken(place: Path, tmp_path: Path) -> None:
    path = _warc(tmp_path / "a.warc.gz", "https://a.example/", "https://b.example/")
    done = monitor("import", path, "--page", "a", "--store", place)
    assert_refused(done, "captures of 2 addresses: https://a.example/, https://b.example/", "--url")
    assert _import(place, path, "--page", "a", "--url", "https://b.example/")[-1] == f"1 capture put into {place}"


def test_each_commit_of_a_file_is_a_capture(place: Path, tmp_path: Path) -> None:
    def git(*words: str, **environment: str) -> None:
        subprocess.run(
            ["git", "-C", tmp_path, *words], check=True, capture_output=True, env={**os.environ, **environment}
        )

    git("init", "-q")
    for day in (1, 2, 3):
        (tmp_path / "page.txt").write_text(f"boats {day}")
        git("add", "page.txt")
        moment = f"2020-07-0{day}T12:00:00Z"
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        git(*who, "commit", "-qm", "x", GIT_COMMITTER_DATE=moment, GIT_AUTHOR_DATE=moment)
    _import(place, "--git", f"{tmp_path}:page.txt", "--page", "a")
    assert [each.at.day for each in Store(str(place)).captures("a")] == [1, 2, 3]
    assert _import(place, "--git", f"{tmp_path}:page.txt", "--page", "a")[-1].endswith("3 were there already")


def test_a_broken_archive_gives_what_is_whole_in_it(place: Path, tmp_path: Path) -> None:
    path = _warc(tmp_path / "a.warc.gz", *(f"https://a.example/#{number}" for number in range(3)))
    path.write_bytes(path.read_bytes()[:-80])
    done = monitor("import", path, "--page", "a", "--store", place)
    assert done.returncode == 2
    assert done.stdout.endswith(f"2 captures put into {place}; 1 could not be taken\n"), done.stdout
    assert "a.warc.gz" in done.stderr


# -- naming captures


@pytest.fixture
def seeded(place: Path) -> Path:
    _import(place, SEEDS, "--page", "rusemb-uk")
    return place


def test_captures_are_compared_by_reference(seeded: Path) -> None:
    done = monitor("compare", "rusemb-uk@2020-07-04", "rusemb-uk@latest", "--format", "json", "--store", seeded)
    told = json.loads(done.stdout)
    assert told["page"] == "rusemb-uk"
    assert told["before"]["captured_at"] == "2020-07-04T05:25:00+00:00"
    assert told["before"]["source"] == "rusemb-uk@2020-07-04T05:25:00Z"
    assert told["counts"]["item.withdrawn"] == 10
    files = json.loads(monitor("compare", BEFORE, AFTER, "--format", "json").stdout)
    assert told["counts"] == files["counts"]


@pytest.mark.parametrize(
    ("reference", "seed"),
    [
        ("rusemb-uk@2020-08-02", AFTER),  # its day in UTC
        ("rusemb-uk@2020-08-03", AFTER),  # the date that it shows
        ("rusemb-uk@2020-08-02T21", AFTER),
        ("rusemb-uk@2020-08-02T21:08", AFTER),
        ("rusemb-uk@2020-08-02T21:08:00Z", AFTER),
        ("rusemb-uk@latest", AFTER),
        ("rusemb-uk@previous", BEFORE),
        ("rusemb-uk@first", BEFORE),
        ("2020-07-04", BEFORE),
        ("latest", AFTER),
    ],
)
def test_show_prints_the_bytes_of_the_capture_that_is_meant(seeded: Path, reference: str, seed: str) -> None:
    assert monitor("show", reference, "--store", seeded).stdout == Path(seed).read_text("utf-8")


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("rusemb@latest", ["has no page 'rusemb'", "did you mean rusemb-uk?"]),
        (
            "rusemb-uk@2020-07-20",
            ["no capture of 2020-07-20", "rusemb-uk@2020-07-04T05:25:00Z and rusemb-uk@2020-08-02T21:08:00Z"],
        ),
        ("rusemb-uk@2019-01-01", ["the nearest: rusemb-uk@2020-07-04T05:25:00Z\n"]),
        ("rusemb-uk@2020-02-31", ["names no capture", "latest, previous, first", "2020-08-02T21:08"]),
        ("rusemb-uk@last", ["did you mean rusemb-uk@latest?"]),
        ("RUSEMB-UK@latest", ["did you mean rusemb-uk?"]),
        ("rusemb-uk", ["a page of that name", "rusemb-uk@latest"]),
        ("nothing.txt", ["there is no such file"]),
    ],
)
def test_a_reference_that_fails_says_what_there_is(seeded: Path, reference: str, parts: list[str]) -> None:
    assert_refused(monitor("show", reference, "--store", seeded), *parts)


def test_several_captures_of_a_day_are_refused_with_their_times(place: Path) -> None:
    store = Store(str(place))
    with store.writing() as writer:
        for hour in range(8):
            at = datetime(2020, 7, 4, tzinfo=UTC) + timedelta(hours=hour)
            writer.add("harbour", Snapshot(source="page", body=b"boats %d" % hour, captured_at=at))
    done = monitor("show", "harbour@2020-07-04", "--store", place)
    assert_refused(done, "has 8 captures", "2020-07-04T00:00:00Z", "and 2 more", "harbour@2020-07-04T07:00:00Z")
    assert monitor("show", "harbour@2020-07-04T03", "--store", place).stdout == "boats 3"


@pytest.mark.parametrize("when", ["latest", "2020-07-03", "2020-07-03T12"])
def test_a_reference_to_a_capture_that_is_lost_says_so(place: Path, when: str) -> None:
    _days(place, "boats", "ships", "crane")
    store = Store(str(place))
    last = store.captures("harbour")[-1]
    Path(store.path(last.file)).unlink()
    done = monitor("compare", "harbour@first", f"harbour@{when}", "--store", place)
    assert_refused(done, f"{last.reference} is lost", "such as harbour@2020-07-02", "monitor verify")
    assert monitor("show", "harbour@previous", "--store", place).stdout == "ships"


def test_a_capture_that_was_taken_out_is_not_lost(place: Path) -> None:
    _days(place, "boats", "ships", "crane")
    store = Store(str(place))
    with store.writing() as writer:
        writer.prune(store.entry(store.captures("harbour")[-1]), datetime(2020, 7, 9, tzinfo=UTC))
    assert store.lost("harbour") == []
    assert monitor("show", "harbour@latest", "--store", place).stdout == "ships"


def test_a_file_of_that_name_goes_before_a_reference(
    seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rusemb-uk@latest").write_text("A file.")
    monkeypatch.chdir(tmp_path)
    assert monitor("show", "rusemb-uk@latest", "--store", seeded).stdout == "A file."


def test_show_text_prints_what_a_page_says(place: Path, tmp_path: Path) -> None:
    page = tmp_path / "2020-07-04T0525Z.html"
    page.write_text("<!doctype html><h1>Harbour</h1><script>x</script><p>Boats <b>today</b>.<p>Ships.")
    _import(place, page, "--page", "harbour")
    assert monitor("show", "harbour@latest", "--text", "--store", place).stdout == "Harbour\nBoats today.\nShips.\n"


def test_a_page_of_the_store_is_read_by_its_rules(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("store: kept\npages: [{id: harbour, ignore: .ad}]")
    for day, ad in ((1, "Buy boats"), (2, "Buy ships")):
        page = tmp_path / f"2020-07-0{day}T1200Z.html"
        page.write_text(f"<!doctype html><h1>Harbour</h1><p>Open.<p class=ad>{ad} now, while they are.")
        _import(tmp_path / "kept", page, "--page", "harbour")
    done = monitor(
        "compare", "harbour@first", "harbour@latest", "--config", tmp_path / "config.yaml", "--format", "json"
    )
    assert json.loads(done.stdout)["verdict"] == "identical", done.stderr


def _days(place: Path, *texts: str) -> None:
    """A capture of the page `harbour` for each text, a day apart from 1 July 2020."""
    first = datetime(2020, 7, 1, 12, tzinfo=UTC)
    snapshots = [
        Snapshot("page.txt", text.encode(), first + timedelta(days=day), "text/plain") for day, text in enumerate(texts)
    ]
    with Store(str(place)).writing() as writer:
        writer.add_all([("harbour", each) for each in snapshots])


NEWS = "Harbour news\n\n" + "".join(f"{day:02}.06.2020\nBoats come in at pier {day}\n\n" for day in range(28, 20, -1))
WITHOUT = NEWS.replace("25.06.2020\nBoats come in at pier 25\n\n", "")


@pytest.mark.parametrize("between", [0, 12], ids=["few captures", "many captures"])
def test_the_older_captures_of_the_store_say_what_returns(place: Path, between: int) -> None:
    _days(place, NEWS, *[WITHOUT] * (1 + between), NEWS)
    done = monitor("compare", "harbour@previous", "harbour@latest", "--store", place, "--format", "json")
    told = json.loads(done.stdout)
    assert [change["kind"] for change in told["changes"] if change["significance"] != "routine"] == ["item.returned"]


def test_captures_of_two_pages_are_not_compared(place: Path) -> None:
    _days(place, NEWS)
    _import(place, BEFORE, "--page", "other")
    assert_refused(monitor("compare", "harbour@latest", "other@latest", "--store", place), "harbour and other are two")


# -- list, history and verify


def test_list_says_what_changed_at_each_capture(place: Path) -> None:
    _days(place, NEWS, NEWS, WITHOUT)
    lines = monitor("list", "harbour", "--store", place).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["first", "identical", "changed"]
    assert "was taken off the list" in lines[2]


ERROR_PAGE = "503 Service Unavailable\n\nThe server is temporarily unable to service your request.\n"


def test_after_an_error_page_a_capture_is_compared_with_the_last_good_one(place: Path) -> None:
    _days(place, NEWS, ERROR_PAGE, WITHOUT)
    lines = monitor("list", "harbour", "--store", place).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["first", "suspect", "changed"]
    assert "was taken off the list" in lines[2]


def test_a_capture_that_is_damaged_is_told_by_nobody_as_if_it_were_whole(place: Path) -> None:
    """What the catalogue knew of it before makes no difference."""
    _days(place, NEWS, WITHOUT, NEWS, NEWS)
    assert monitor("list", "harbour", "--store", place).returncode == 0
    assert monitor("history", "harbour", "--store", place).returncode == 0
    _, altered, missing, _ = (Path(Store(str(place)).path(each.file)) for each in Store(str(place)).captures("harbour"))
    altered.write_bytes(altered.read_bytes() + b"x")
    missing.unlink()
    lines = monitor("list", "harbour", "--store", place).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["first", "fault", "fault", "identical"]
    assert lines[1].endswith("is not as it was written")
    assert "is missing: the ledger has it as number 3" in lines[2]
    assert monitor("history", "harbour", "--store", place).stderr.count("\n") == 2


@pytest.mark.parametrize("style", ["text", "json", "html", "markdown", "terminal"])
def test_history_tells_the_story_of_a_page(place: Path, style: str) -> None:
    _days(place, NEWS, WITHOUT, NEWS)
    done = monitor("history", "harbour", "--store", place, "--format", style)
    assert (done.returncode, done.stderr) == (0, "")
    assert "withdrawn" in done.stdout
    assert "returned" in done.stdout


def test_the_captures_in_a_history_are_linked_from_where_it_lies(place: Path, tmp_path: Path) -> None:
    _days(place, NEWS, WITHOUT)
    report = tmp_path / "reports" / "history.html"
    report.parent.mkdir()
    assert monitor("history", "harbour", "--store", place, "--output", report).returncode == 0
    links = re.findall(r'href="([^"#]+\.warc\.gz)"', report.read_text("utf-8"))
    assert links
    assert all((report.parent / link).exists() for link in links)


def test_reindex_reads_everything_anew(place: Path) -> None:
    _days(place, NEWS, NEWS, WITHOUT)
    listed = monitor("list", "harbour", "--store", place).stdout
    (place / "catalogue.sqlite").unlink()
    assert monitor("reindex", "--store", place).stdout == "3 captures of 1 page read and compared anew\n"
    assert monitor("list", "harbour", "--store", place).stdout == listed


def test_list_shows_pages_and_captures(seeded: Path) -> None:
    assert monitor("list", "--store", seeded).stdout.split() == [
        *"rusemb-uk 2 2020-07-04 05:25 to 2020-08-02 21:08 UTC".split()
    ]  # fmt: skip
    lines = monitor("list", "rusemb-uk", "--store", seeded).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["rusemb-uk@2020-07-04T05:25:00Z", "rusemb-uk@2020-08-02T21:08:00Z"]


def test_verify_names_each_fault_on_a_line_of_its_own(seeded: Path) -> None:
    (seeded / "rusemb-uk" / "2020-07-04T052500Z.warc.gz").unlink()
    (seeded / "rusemb-uk" / "copy.txt").write_text("mine")
    done = monitor("verify", "--store", seeded)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "missing: rusemb-uk/2020-07-04T052500Z.warc.gz: the ledger has it as number 1",
        "extra: rusemb-uk/copy.txt: the ledger does not have it",
        f"2 faults in {seeded}",
    ]


def test_a_hash_that_was_kept_proves_that_the_ledger_is_the_same(seeded: Path, tmp_path: Path) -> None:
    head = monitor("verify", "--store", seeded).stdout.splitlines()[1].rpartition(" ")[2]
    (tmp_path / "2021-01-01T0000Z.txt").write_text("Later.")
    _import(seeded, tmp_path / "2021-01-01T0000Z.txt", "--page", "other")
    assert monitor("verify", "--head", head, "--store", seeded).returncode == 0
    other = tmp_path / "other"
    _import(other, AFTER, "--page", "rusemb-uk")
    assert monitor("verify", "--store", other).returncode == 0
    assert "no line of it has the hash" in monitor("verify", "--head", head, "--store", other).stderr


def test_a_store_that_is_not_there_is_said_to_be_missing(place: Path) -> None:
    assert_refused(monitor("verify", "--store", place), "There is no store", "--store FOLDER")
    assert_refused(monitor("list", "--store", place), "is empty", "monitor add URL", "monitor check", "monitor import")


# -- prune


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with a config and a store of two pages, three captures each, the older two long ago."""
    (tmp_path / "config.yaml").write_text(
        "keep: {days: 30, then: nothing}\npages: [{id: harbour}, {id: ferry, keep: {days: 99999}}, {id: pier}]"
    )
    with Store(str(tmp_path / "snapshots")).writing() as writer:
        for page in ("harbour", "ferry"):
            for day in (1, 2, 3):
                at = datetime(2020, 7, day, tzinfo=UTC)
                writer.add(page, Snapshot(source="page", body=b"boats %d" % day, captured_at=at))
    return tmp_path


def test_prune_takes_out_what_the_config_does_not_keep(kept: Path) -> None:
    config = ("--config", kept / "config.yaml")
    assert monitor("prune", "--dry-run", *config).stdout.splitlines() == [
        "harbour@2020-07-02T00:00:00Z would be taken out",
        "1 capture would be taken out",
    ]
    assert monitor("prune", *config).stdout.splitlines()[-1] == "1 capture was taken out"
    assert monitor("prune", *config).stdout == "0 captures were taken out\n"
    assert monitor("verify", *config).stdout.startswith("5 captures of 2 pages, 1 taken out")
    assert len(Store(str(kept / "snapshots")).captures("ferry")) == 3


def test_nothing_is_pruned_unless_the_config_says_so(kept: Path) -> None:
    (kept / "config.yaml").write_text("pages: [{id: harbour}, {id: ferry, keep: {days: 30}}]")
    done = monitor("prune", "harbour", "--config", kept / "config.yaml")
    assert_refused(done, "keeps every capture of harbour", "keep: {days: 365, then: changes}")


def test_a_keep_for_all_holds_for_pages_that_the_config_does_not_name(kept: Path) -> None:
    (kept / "config.yaml").write_text("keep: {days: 30, then: nothing}\npages: [{id: other}]")
    assert monitor("prune", "--config", kept / "config.yaml").stdout.splitlines()[-1] == "2 captures were taken out"


def test_a_picture_is_no_capture_of_a_page(place: Path, tmp_path: Path) -> None:
    (tmp_path / "2020-07-04T0525Z.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    done = monitor("import", tmp_path / "2020-07-04T0525Z.jpg", "--page", "harbour", "--store", place)
    assert done.returncode == 2
    assert "is a JPEG picture; give the page it was taken from" in done.stderr
    assert not (place / "ledger.jsonl").exists()


@pytest.mark.parametrize(("keep", "part"), [("{days: many}", "no whole number"), ("{days: 3, then: x}", "'nothing'")])
def test_a_keep_that_makes_no_sense_is_refused_with_its_line(kept: Path, keep: str, part: str) -> None:
    (kept / "config.yaml").write_text(f"pages:\n  - id: harbour\n    keep: {keep}")
    done = monitor("config", "check", kept / "config.yaml")
    assert done.returncode == 2
    assert "config.yaml:3:" in done.stderr
    assert part in done.stderr


# -- the memory


def test_what_the_catalogue_alone_remembers_is_exported_and_outlives_a_reindex(place: Path, tmp_path: Path) -> None:
    _days(place, NEWS, WITHOUT)
    monitor("reindex", "--store", place)
    with open_catalogue(Store(str(place))) as catalogue, catalogue.writing() as connection:  # type: ignore[union-attr]
        row = {"finding": "abc", "page": "harbour", "file": "f", "kind": "item.withdrawn", "subject": "Boats"}
        connection.execute(insert(tables.acknowledgements).values(**row, at="2020-07-04T12:00:00Z", note="seen"))
    for command in (["reindex"], ["export", "--memory", tmp_path / "memory.jsonl"]):
        assert monitor(*command, "--store", place).returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "memory.jsonl").read_text().splitlines()]
    assert [(row["table"], row["finding"], row["note"]) for row in rows] == [("acknowledgements", "abc", "seen")]
    assert_refused(monitor("export", "--store", place), "--wacz FILE or --memory FILE")
