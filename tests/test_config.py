"""config.yaml is read as it is meant, and each thing wrong with it is named with its place and the mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.config import load, parse
from monitor.config.entries import all_entries
from monitor.errors import ConfigError, InputError
from monitor.model.request import Host
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules
from monitor.model.schedule import Schedule

ROOT = Path(__file__).resolve().parent.parent


BOMB = "\n".join(f"{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 10)}]" for n in range(9))


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as raised:
        parse(text)
    return raised.value.problems


def page(*lines: str) -> str:
    return "\n".join(["pages:", "  - id: ferry", *(f"    {line}" for line in lines), ""])


def test_rules_are_what_the_file_says() -> None:
    [found] = parse(
        page(
            "title: Ferry company",
            "url: https://ferry.example.org/",
            "ignore: [.promo, '#cookies']",
            "only: main",
            "lists:",
            "  - select: div.news li",
            "    title: h3",
            "    date: time@datetime",
            "fields:",
            "  - {select: .bell, name: Night bell}",
            "counters: .boast",
            "lead: article.top",
        )
    ).pages
    assert (found.id, found.title, found.url) == ("ferry", "Ferry company", "https://ferry.example.org/")
    assert found.rules == Rules(
        ignore=(".promo", "#cookies"), only=("main",),
        lists=(ListRule("div.news li", title="h3", date="time@datetime"),),
        fields=(FieldRule(".bell", name="Night bell"),), counters=(CounterRule(".boast"),),
        lead=LeadRule("article.top"), source="config.yaml, page ferry",
    )  # fmt: skip


def test_page_without_rules_has_none() -> None:
    assert parse(page()).pages[0].rules.is_empty


def test_key_without_a_value_is_a_key_left_out() -> None:
    assert parse(page("title:", "ignore:", "lead:")).pages == parse(page()).pages


def test_yes_and_no_are_words_and_not_what_old_yaml_made_of_them() -> None:
    assert parse(page("title: no")).pages[0].title == "no"


@pytest.mark.parametrize("title", ["2020-99-99", "2020-01-01", "0xff", "1e999", "9" * 6000, "1:99:99", "true", "="])
def test_every_value_is_the_text_that_stands_there(title: str) -> None:
    assert parse(page(f"title: {title}")).pages[0].title == title


def test_curly_quotes_in_a_title_are_the_pages_own() -> None:
    assert parse(page("title: “Ferries”")).pages[0].title == "“Ferries”"


def test_keys_are_taken_over_from_another_entry_where_it_says_so() -> None:
    found = parse("pages:\n - &x {id: a, title: A, lead: h2}\n - {<<: *x, id: b, title: B}").pages
    assert [(each.id, each.title, each.rules.lead) for each in found] == [
        ("a", "A", LeadRule("h2")),
        ("b", "B", LeadRule("h2")),
    ]


def test_an_anchor_that_stands_twice_is_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    assert parse("pages: [{id: &x a, title: &x b, url: &x 'https://x.example.org'}]").pages[0].title == "b"
    assert not recwarn.list


def test_what_is_wrong_is_one_short_line() -> None:
    long = "a" * 100_000
    for text in (
        page(f"title: [{long}]"),
        f"pages: [{{id: '{long} b'}}]",
        page(f"{long[:900]}: x"),
        page(f"only: {long}<"),
    ):
        assert all(len(each) < 300 and "\n" not in each for each in problems(text))


def test_the_example_is_right() -> None:
    config = load(str(ROOT / "config.yaml"))
    assert [each.id for each in config.pages] == ["rusemb-uk"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (page("titel: x"), "config.yaml:3:5: pages.0.titel: no such key; did you mean title?"),
        (page("zzz: x"), "config.yaml:3:5: pages.0.zzz: no such key; the keys here are id, title, url, ignore, only"),
        (page("lists:", "  - slect: li"), "config.yaml:4:9: pages.0.lists.0.select: is missing; add it"),
        (page("title: [x]"), "config.yaml:3:5: pages.0.title: must be a text, not a list"),
        (
            "pages: []\ntimestamps: {url: stamps}",
            "config.yaml:2:14: timestamps.url: 'stamps' is no address of a time-stamp",
        ),
        ("pages: []\ntimestamps: {ca_file: ' '}", "config.yaml:2:14: timestamps.ca_file: the file has no name"),
        (
            "pages: []\ntimestamps: {ca: x}",
            "config.yaml:2:14: timestamps.ca: no such key; the keys here are url, ca_file",
        ),
        ("pages: []\nmetrics: {port: 0}", "config.yaml:2:11: metrics.port: '0' is"),
        (
            "pages: []\nmetrics: {file: x}",
            "config.yaml:2:11: metrics.file: no such key; did you mean textfile?",
        ),
        ("pages: []\ntimestamps: x", "config.yaml:2:1: timestamps: must have keys of its own; the keys here are url"),
        (page("ignore: ['div..x']"), "config.yaml:3:14: pages.0.ignore.0: 'div..x' is no CSS selector"),
        (page("lists:", "  - select: '>> li'"), "config.yaml:4:9: pages.0.lists.0.select: '>> li' is no CSS selector"),
        (page("ignore: ''"), "config.yaml:3:5: pages.0.ignore.0: the selector is empty"),
        (page("ignore: '5'"), "config.yaml:3:5: pages.0.ignore.0: '5' is no CSS selector"),
        (page("lead: [x]"), "config.yaml:3:5: pages.0.lead: must have keys of its own; the keys here are select"),
        (page("counters: {select: p, unit: moon}"), "pages.0.counters.0.unit: 'moon' is none of those known; write"),
        (page("url: ferry"), "config.yaml:3:5: pages.0.url: 'ferry' is no address of a page"),
        ("pages: [{id: a b}]", "config.yaml:1:10: pages.0.id: 'a b' is no id; use letters"),
        ("pages: [{id: “ferry”}]", "config.yaml:1:10: pages.0.id: “ is a curly quote, and part of the text; write"),
        (page("every: “6h”"), "config.yaml:3:5: pages.0.every: “ is a curly quote, and part of the text; write"),
        (page("„title“: x"), "config.yaml:3:5: pages.0.„title“: „ is a curly quote, and part of the text; write"),
        (page("request: {robots: “obey”}"), "pages.0.request.robots: “ is a curly quote, and part of the text; write"),
        ("pages: [{title: x}]", "pages.0.id: is missing; add it"),
        ("pages: [{id: a}, {id: a}]", "pages.1.id: another page has the same id; give each its own"),
        ("pages: [{id: a, id: b}]", "a key stands here twice; give each key once"),
        ("pages: [", "config.yaml:1:9: this is no YAML: a bracket is opened and never closed"),
        ("a:\n\t- b", "config.yaml:2:1: this is no YAML: a tab stands here; use spaces"),
        (page("\turl: x"), "config.yaml:3:5: this is no YAML: a tab stands here; use spaces"),
        ("pages:\n  - \tid: a", "config.yaml:2:5: this is no YAML: a tab stands here; use spaces"),
        (page("title: @x"), "config.yaml:3:12: this is no YAML: a sign that may not begin a text; quote the text"),
        (
            "a:\n  - b: c\n   d: e",
            "config.yaml:3:4: this is no YAML: this line stands further in or out than its neighb",
        ),
        ("title: Ferries: news", "config.yaml:1:15: this is no YAML: a colon too many"),
        ("", "config.yaml:1:1: is empty; write keys with what belongs to them; the keys here are pages"),
        ("text", "config.yaml:1:1: must have keys of its own; the keys here are pages"),
        ("pages: [{id: a\u0007}]", "config.yaml:1:15: the character '\\x07' cannot stand in YAML; take it out"),
        ("pages:\n - id: '\u0000'", "config.yaml:2:9: the character"),
        ("pages: !!omap []", "config.yaml:1:8: the tag tag:yaml.org,2002:omap means nothing here; leave it out"),
        ("pages: [{id: !!int a}]", "config.yaml:1:14: the tag tag:yaml.org,2002:int means nothing here"),
        ("pages: [{? [x] : 3}]", "a key must be a word before a colon"),
        ("pages: [{~: 3}]", "config.yaml:1:10: a key must be a word before a colon"),
        ("pages: *none", "config.yaml:1:8: this is no YAML: found undefined alias 'none'; put &none before"),
        ("pages: &a [*a]", "config.yaml:1:12: this is no YAML: found undefined alias 'a'"),
        ("pages: []\n---\npages: []", "config.yaml:2:1: another document begins here"),
        ("pages: " + "[" * 5000, "config.yaml:1:27: stands more than 20 deep in other entries"),
        ("pages: " + "{a: " * 3000, "stands more than 20 deep in other entries"),
        (BOMB, "entries, aliases (*) counted; shorten it"),
        (page('title: "\\UFFFFFFFF"'), "config.yaml:3:5: what follows is no YAML; mind the escapes"),
        (page("ignore: '::before'"), "config.yaml:3:5: pages.0.ignore.0: '::before' is no CSS selector"),
        (page(f"only: '{':not(' * 3000}a{')' * 3000}'"), "is no CSS selector (it has more than 2,000 letters)"),
        (page(f"only: '{':is(' * 11}a{')' * 11}'"), "is no CSS selector (its brackets stand more than 10 deep)"),
        (page("<<: 5"), "config.yaml:3:5: << takes keys over from elsewhere"),
        ("pages:", "config.yaml:1:1: pages: must be a list"),
        ("schedule: daily\npages: []", "config.yaml:1:1: schedule: no such key; the keys here are pages"),
    ],
)
def test_problem_has_its_place_and_its_mend(text: str, problem: str) -> None:
    assert any(problem in each for each in problems(text)), problems(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    found = problems(page("titel: x", "url: ferry", "lists:", "  - title: h3", "lead: '::'"))
    assert [each.split(":")[1] for each in found] == ["3", "4", "6", "7"]


def test_error_for_a_person_is_the_first_and_how_many_more() -> None:
    with pytest.raises(ConfigError, match=r"titel: no such key.*\(1 more: monitor config check lists them\)"):
        parse(page("titel: x", "url: ferry"))


@pytest.mark.parametrize("body", [b"pages: [{id: \xff}]", None], ids=["not UTF-8", "missing"])
def test_file_that_cannot_be_read_is_named(tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "my.yaml"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(InputError, match=r"my\.yaml"):
        load(str(path))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a mark"])
def test_a_byte_that_is_not_utf8_has_its_place(tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "my.yaml").write_bytes(mark + "pages:\r\n  - id: a\r\n    title: Fähre ".encode() + b"F\xe4hre\r\n")
    with pytest.raises(InputError, match=r"my\.yaml:3:19: the byte 0xe4 is not UTF-8; save the file as UTF-8"):
        load(str(tmp_path / "my.yaml"))


def test_byte_order_mark_of_an_editor_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("\ufeffpages: [{id: a}]", "utf-8")
    assert [each.id for each in load(str(tmp_path / "my.yaml")).pages] == ["a"]


def test_the_example_is_right_with_every_comment_taken_off() -> None:
    """Each key stands in it, commented or not."""
    text = (ROOT / "config.yaml").read_text("utf-8")
    whole = re.sub(r"^( {4})?# (?=( *)(?:- )?[a-z_]+:)", r"\1", text, flags=re.MULTILINE)
    config = parse(whole)
    [found] = config.pages
    assert found.schedule == Schedule(every=6 * 3600, zone="Europe/London")
    assert found.url
    assert all(found.rules)
    assert all((found.expect.counters, found.expect.clocks, found.expect.fields))
    assert found.request.login
    assert found.browser
    assert (config.hosts, config.cautions) == ((Host("intranet.example", True, 2.0, 2),), ())
    for entry in all_entries():
        assert all(f"{key}:" in whole for key in entry.named_keys()), entry
