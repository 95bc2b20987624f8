"""Claims about the feed of findings: valid, read by readers, with names that stay, and nothing in it acts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from monitor.model.digest import Digest
from monitor.report import render_digest
from tests import digests as made

BASE = "https://reports.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))
NAMES = [*made.DIGESTS, "many"]


def feed(digest: Digest, link_base: str | None = BASE) -> str:
    return render_digest(digest, "atom", link_base=link_base)


def tree(said: str) -> Any:
    return etree.fromstring(said.encode())


def ids(said: str) -> list[str]:
    return [each.findtext(f"{ATOM}id") for each in tree(said).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("link_base", [None, "../", BASE])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid_by_the_grammar_of_the_rfc(name: str, link_base: str | None) -> None:
    GRAMMAR.assertValid(tree(feed(made.named(name), link_base)))


def test_the_grammar_refuses_what_is_no_feed() -> None:
    whole = feed(made.usual())
    for wrong in (
        re.sub(r"<id>.*?</id>", "", whole, count=1),
        re.sub(r"<updated>.*?</updated>", "<updated>yesterday</updated>", whole, count=1),
        whole.replace('<content type="xhtml">', '<content type="xhtml"><p/>', 1),
        whole.replace("<entry>", "<entry><title>a second one</title>", 1),
    ):
        assert not GRAMMAR.validate(tree(wrong))


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_the_rules_that_the_grammar_gives_as_schematron(name: str) -> None:
    root = tree(feed(made.named(name)))
    assert root.findall(f"{ATOM}author")
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.findall(f"{ATOM}link[@rel='alternate']") or entry.findall(f"{ATOM}content")


@pytest.mark.parametrize("name", NAMES)
def test_readers_of_feeds_find_nothing_wrong(name: str) -> None:
    read = feedparser.parse(feed(made.named(name)).encode())
    assert not read.bozo
    assert len(read.entries) == len(ids(feed(made.named(name))))
    assert all(each.id and each.title and each.updated_parsed and each.content for each in read.entries)


def test_there_is_one_entry_for_each_comparison_the_newest_first() -> None:
    read = feedparser.parse(feed(made.usual()).encode())
    found = {(page.id, turn.at) for page in made.usual().pages for each in page.upshots for turn in each.turns}
    assert len(read.entries) == len(found)
    assert [each.updated for each in read.entries] == sorted((each.updated for each in read.entries), reverse=True)


def test_ids_are_the_same_in_each_later_feed() -> None:
    later = made.usual()._replace(
        since=made.ago(10), until=made.ago(-24), pages=(*made.many(3).pages, *made.usual().pages), reader="desk"
    )
    assert set(ids(feed(made.usual()))) < set(ids(feed(later)))
    assert set(ids(feed(made.usual(), None))) < set(ids(feed(later)))
    assert len(set(ids(feed(later)))) == len(ids(feed(later)))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids(feed(later)))


def test_ids_are_those_that_readers_of_feeds_have_seen() -> None:
    assert ids(feed(made.usual()))[0] == "urn:uuid:990262b6-c27d-59fb-a0b4-517922f356fd"


def test_feeds_of_two_readers_are_two_feeds() -> None:
    both = [made.usual(), made.usual()._replace(reader="desk"), made.usual()._replace(tags=("ports",))]
    assert len({tree(feed(each)).findtext(f"{ATOM}id") for each in both}) == 3


def test_an_entry_links_to_its_report_and_its_page() -> None:
    entry = feedparser.parse(feed(made.single()).encode()).entries[0]
    assert entry.link == f"{BASE}westhaven-port/2026-11-28T050000Z.html"
    assert [each.href for each in entry.links if each.rel == "related"] == ["https://westhaven-port.example/news"]
    assert (
        feedparser.parse(feed(made.single(), "../").encode()).entries[0].link == "https://westhaven-port.example/news"
    )


def test_titles_say_the_page_and_what_changed() -> None:
    titles = [each.title for each in feedparser.parse(feed(made.usual()).encode()).entries]
    assert "Port Authority of Westhaven: two items withdrawn and one published" in titles
    assert "Town Council of Northport: a field changed, two items published and a passage edited" in titles


def test_texts_bear_their_language_and_direction() -> None:
    said = list(tree(feed(made.scripts())).iter("{http://www.w3.org/1999/xhtml}bdi"))
    assert {each.get("lang") for each in said} == {"ru", "ar", "zh-Hans", "he"}
    assert {each.get("dir") for each in said} == {"auto"}


def test_no_text_becomes_markup_or_an_address_that_acts() -> None:
    hostile, plain = tree(feed(made.hostile())), tree(feed(made.usual()))
    assert {each.tag for each in hostile.iter()} <= {each.tag for each in plain.iter()}
    known = {(each.tag, name) for each in plain.iter() for name in each.attrib}
    assert {(each.tag, name) for each in hostile.iter() for name in each.attrib} <= known
    links = [each.get("href") for each in hostile.iter(f"{ATOM}link")]
    assert all(link.startswith("https://") for link in links)
    for entry in feedparser.parse(feed(made.hostile()).encode(), sanitize_html=False).entries:
        assert "<script" not in entry.content[0].value
        assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", entry.content[0].value)
