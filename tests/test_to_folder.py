"""A folder of messages: pages, one feed over all digests, and an index, which lead to each other and to the reports."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from monitor.model.delivery import Delivered, Occasion, State
from monitor.model.digest import Digest
from monitor.model.filed import FEED, INDEX, Filed
from monitor.model.page import Page
from monitor.model.reader import Folder
from monitor.report import merge_feeds, render_digest, render_messages
from monitor.report.digest_as_atom import MOST
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.folder import Store
from monitor.watch.asked_digest import Asked
from monitor.watch.compare_captures import compare_captures
from monitor.watch.deliver_due import Post
from monitor.watch.find_named import find_reader
from monitor.watch.folder_links import Links, links_of
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.send_digest import send_digest
from tests import digests as made
from tests.stored import NOON, notices, put
from tests.test_digest_atom import GRAMMAR, ids, tree

DAY = timedelta(days=1)
BASE = "https://reports.example.org/"


def feed(digest: Digest) -> str:
    return render_digest(digest, "atom", link_base=BASE)


# -- the feed


def later(digest: Digest, days: int) -> Digest:
    """The same findings so many days later, as other ones."""
    pages = tuple(
        page._replace(
            upshots=tuple(
                each._replace(turns=tuple(turn._replace(at=turn.at + days * DAY) for turn in each.turns))
                for each in page.upshots
            )
        )
        for page in digest.pages
    )
    return digest._replace(pages=pages, since=digest.since + days * DAY, until=digest.until + days * DAY)


@pytest.mark.parametrize("name", made.DIGESTS)
def test_a_feed_keeps_what_it_had_and_is_valid(name: str) -> None:
    old, new = feed(made.usual()), feed(later(made.DIGESTS[name](), 1))
    whole = merge_feeds(new, old)
    GRAMMAR.assertValid(tree(whole))
    assert set(ids(whole)) == {*ids(old), *ids(new)}
    entries = re.findall(r"(?s)<entry>.*?</entry>", whole)
    assert set(entries) == {*re.findall(r"(?s)<entry>.*?</entry>", old), *re.findall(r"(?s)<entry>.*?</entry>", new)}
    updated = re.findall(r"<updated>(.*?)</updated>", whole)
    assert updated == sorted(updated, reverse=True)


def test_a_quiet_digest_empties_no_feed_and_none_changes_its_name() -> None:
    old, quiet = feed(made.usual()), feed(made.quiet())
    whole = merge_feeds(quiet, old)
    assert ids(whole) == ids(old)
    assert tree(whole).findtext("{*}id") == tree(old).findtext("{*}id")
    assert tree(whole).findtext("{*}updated") == tree(old).findtext("{*}updated")
    assert merge_feeds(old, quiet).count("<entry>") == len(ids(old))


def test_a_feed_that_is_merged_twice_is_the_same() -> None:
    old, new = feed(made.usual()), feed(later(made.single(), 1))
    once = merge_feeds(new, old)
    assert merge_feeds(new, once) == once
    assert merge_feeds(new, new) == new


def test_a_feed_has_the_newest_two_hundred_entries() -> None:
    whole = feed(made.usual())
    for day in range(1, MOST // 2):
        whole = merge_feeds(feed(later(made.usual(), day)), whole)
    GRAMMAR.assertValid(tree(whole))
    assert len(ids(whole)) == len(set(ids(whole))) == MOST
    assert ids(feed(later(made.usual(), MOST // 2 - 1)))[0] == ids(whole)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "no feed",
        "<feed/>",
        feed(made.usual())[:-9],
        feed(made.usual()).replace("<generator>monitor<", "<generator>another<"),
        feed(made.usual()).replace("  <entry>", " <entry>"),
        feed(made.usual()).replace("<feed", "<!DOCTYPE feed [<!ENTITY e 'x'>]><feed"),
    ],
)
def test_a_feed_that_is_broken_or_anothers_is_not_gone_on_with(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"it is|somebody"):
        merge_feeds(feed(made.usual()), wrong)


# -- the index


def filed(name: str, subject: str, occasion: Occasion | None = Occasion.DIGEST) -> Filed:
    at = datetime.strptime(name[:18], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC) if "T" in name else None
    return Filed(name, subject, datetime.fromisoformat(name[:10]).date(), at, occasion)


class Read(HTMLParser):
    """The index as it is read: headings, times, links with their words, and all addresses that a browser asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.days: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self.links.append((told["href"] or "", ""))
        self.asked += [value or "" for name, value in attrs if name in ("src", "srcset", "action", "onclick")]
        self.asked += [told["href"] or ""] if tag == "link" else []
        if tag not in ("meta", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "h2" in self._open and data.strip():
            self.days.append(data.strip())
        if "a" in self._open:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)


def test_the_index_has_all_messages_by_day_the_newest_first_on_the_readers_clock() -> None:
    names = (
        "2026-11-27T063000Z-digest-11111111.html",
        "2026-11-28T063000Z-digest-22222222.html",
        "2026-11-28T064000Z-alert-33333333.html",
        "2026-11-27T233000Z-alert-44444444.html",
        "2026-11-20.html",
    )
    page = render_messages([filed(name, f"Subject of {name[:17]}") for name in names], zone="Europe/Berlin")
    read = Read(page)
    assert read.days == ["28 November 2026", "27 November 2026", "20 November 2026"]
    in_order = (names[2], names[1], names[3], names[0], names[4])
    assert [href for href, _ in read.links[1:]] == list(in_order)
    assert read.links[1][1] == "Subject of 2026-11-28T064000"
    assert all(words in page for words in (">07:40<", ">07:30<", ">00:30<", "Five messages · times in Europe/Berlin"))


def test_the_index_needs_nothing_else_and_nothing_in_it_acts() -> None:
    page = render_messages([filed("2026-11-28T063000Z-digest-22222222.html", text) for text in made.HOSTILE[:9]])
    assert Read(page).asked == ["data:,"]
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page
    assert "\u202e" not in page


def test_days_long_past_are_folded_away() -> None:
    days = [datetime(2026, 11, 28, tzinfo=UTC) - at * DAY for at in range(400)]
    found = [filed(f"{day:%Y-%m-%dT%H%M%SZ}-digest-11111111.html", "News") for day in days]
    page = render_messages(found)
    assert page.index("1 November 2026") < page.index("<summary>") < page.index("1 September 2026")
    assert page.count("<li>") == 400


# -- where it lies


@pytest.mark.parametrize(
    ("path", "url", "reports_url", "links"),
    [
        ("site", None, None, Links(None, None, None)),
        ("site", "https://x.example/site", None, Links(None, None, "https://x.example/site/")),
        ("reports/digests", None, None, Links("../", None, None)),
        ("reports/a/b", None, None, Links("../../", None, None)),
        ("reports", None, None, Links("./", None, None)),
        ("reports/my digests", None, BASE, Links(BASE, BASE, f"{BASE}my%20digests/")),
        ("reports/digests", "https://x.example/r/d/", None, Links("../", "https://x.example/r/", "https://x.example/r/d/")),
        ("site", None, BASE, Links(BASE, BASE, None)),
        ("reportsite", None, None, Links(None, None, None)),
    ],
)  # fmt: skip
def test_a_folder_within_the_reports_leads_to_them(
    tmp_path: Path, path: str, url: str | None, reports_url: str | None, links: Links
) -> None:
    assert links_of(Folder(path, url), str(tmp_path), str(tmp_path / "reports"), reports_url) == links


class Place:
    """A project with captures of a page and a reader's folder, to which a digest of each day is delivered."""

    def __init__(self, folder: Path, channel: str = "reports/digests", more: str = "") -> None:
        self.folder, self.store = folder, Store(str(folder / "snapshots"))
        self.site = folder / channel
        reader = f"{{id: desk, folder: {channel}, zone: Europe/Berlin, empty: yes}}"
        (folder / "config.yaml").write_text(f"{more}readers: [{reader}]\npages: [{{id: harbour}}]\n")

    def digest(self, day: int, *titles: str) -> list[str]:
        """Send the digest of a day in which the page had these titles; what is said of it."""
        put(self.store, notices(*titles), first=day)
        compare_captures(self.store, Page("harbour"))
        project = Project(str(self.folder / "config.yaml"))
        now = NOON + day * DAY + timedelta(hours=1)
        send_digest(project, find_reader("desk", project.config), Asked(), now)
        return list(self._delivered(project, now))

    def _delivered(self, project: Project, now: datetime) -> Iterator[str]:
        with catalogue_of(project.store) as catalogue:
            assert catalogue
            told: list[Delivered] = []

            async def work() -> None:
                async with Post(project, catalogue, told.append, lambda: now) as post:
                    await post.deliver()

            asyncio.run(work())
            assert {each.state for each in Deliveries(catalogue).listed()} == {State.SENT}
        yield from (each.said for each in told)

    def entries(self) -> list[str]:
        return ids((self.site / FEED).read_text("utf-8"))

    def index(self) -> Read:
        return Read((self.site / INDEX).read_text("utf-8"))


def test_digests_are_kept_in_a_feed_and_an_index_though_one_has_nothing_to_tell(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.digest(0, "boats", "ships")
    place.digest(1, "quays", "boats", "ships")
    first = place.entries()
    place.digest(2, "quays", "boats", "ships")
    assert place.entries() == first
    assert len(first) == 1
    place.digest(3, "mines", "quays", "boats", "ships")
    assert place.entries()[1:] == first
    read = place.index()
    assert read.days == ["7 July 2020", "6 July 2020", "5 July 2020", "4 July 2020"]
    with catalogue_of(place.store) as catalogue:
        assert catalogue
        subjects = [each.message.subject for each in Deliveries(catalogue).listed()]
    assert [words for href, words in read.links if href.startswith("2020")] == subjects[::-1]
    assert "all quiet on one page" in subjects[2]
    assert all((place.site / href).exists() for href, _ in read.links if href.startswith("2020"))


def test_pages_and_index_lead_to_the_reports_and_the_index_to_the_feed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.digest(0, "boats", "ships")
    place.digest(1, "quays", "boats", "ships")
    hrefs = [href for href, _ in place.index().links]
    assert "../index.html" in hrefs
    assert FEED in hrefs
    newest = next(href for href in hrefs if href.startswith("2020"))
    page = (place.site / newest).read_text("utf-8")
    assert 'href="../index.html"' in page


def test_a_feed_that_is_served_leads_to_the_index_beside_it_and_to_the_reports(tmp_path: Path) -> None:
    place = Place(tmp_path, more=f"reports_url: {BASE}\n")
    place.digest(0, "boats", "ships")
    links = re.findall(r'<link rel="(.*?)".*?href="(.*?)"', (place.site / FEED).read_text("utf-8"))
    assert links == [("alternate", f"{BASE}digests/{INDEX}"), ("self", f"{BASE}digests/{FEED}")]
    assert urljoin(links[0][1], "../index.html") == f"{BASE}index.html"


def test_what_stood_in_the_place_of_the_feed_is_set_aside_with_a_line(tmp_path: Path) -> None:
    place = Place(tmp_path, "site")
    place.site.mkdir()
    (place.site / FEED).write_bytes(b"not ours \xff")
    [said] = place.digest(0, "boats", "ships")
    aside = f"{FEED}.2020-07-04T130000Z"
    assert f"is {aside} now" in said
    assert (place.site / aside).read_bytes() == b"not ours \xff"
    GRAMMAR.assertValid(tree((place.site / FEED).read_text("utf-8")))


def test_an_index_of_somebody_elses_stays(tmp_path: Path) -> None:
    place = Place(tmp_path, "site")
    place.site.mkdir()
    (place.site / INDEX).write_text("<h1>My site</h1>")
    [said] = place.digest(0, "boats", "ships")
    assert "index.html there is none of these messages, and stays as it is" in said
    assert (place.site / INDEX).read_text() == "<h1>My site</h1>"


def test_what_else_lies_in_the_folder_is_no_message_and_a_digest_by_hand_is_one(tmp_path: Path) -> None:
    place = Place(tmp_path, "site")
    place.site.mkdir()
    (place.site / "2020-07-01.html").write_text("<title>Digest of 1 July &amp; more</title>")
    (place.site / "2020-99-01.html").write_text("<title>no day</title>")
    (place.site / "2020-07-02T999999Z-digest-00000000.html").write_text("no time")
    (place.site / "notes.html").write_text("<title>Notes</title>")
    place.digest(0, "boats", "ships")
    assert place.index().days == ["4 July 2020", "1 July 2020"]
    assert ("2020-07-01.html", "Digest of 1 July & more") in place.index().links
