"""An explanation tells of every block once: what it became, and why. It is the reading's own, and changes nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from monitor import read
from monitor.capture.from_file import load
from monitor.model.explanation import Became, Explanation
from monitor.model.rules import FieldRule, ListRule, Rules
from monitor.model.snapshot import Snapshot
from monitor.read.explain import explain
from monitor.report import EXPLANATION_RENDERERS, render_explanation, schema
from monitor.report.columns import columns_of

ROOT = Path(__file__).resolve().parent.parent
CAPTURES = [
    *sorted((ROOT / "seeds").iterdir()),
    *sorted(path for folder in (ROOT / "tests" / "cases").iterdir() for path in folder.glob("after.*")),
]
ENTRIES = "".join(f"<li>{9 - n} May 2021 <a href=/{n}>Notice of the harbour, number {n}</a></li>" for n in range(5))
PAGE = f"""<!doctype html><title>Harbour</title><nav><a href=/>Home</a></nav><h1>Harbour</h1><p>9 May 2021</p>
<p>Moscow: 12:30</p><p>London: 10:30</p><p>Telephone: +44 20 7946 0000</p>
<p>41 days have passed since the quay was closed</p><p>Ships at the quay: 17</p><div class=ad>Buy boats</div>
<h2>News</h2><ul>{ENTRIES}</ul><p><a href=/all>All news</a></p>
<h2>Hours</h2><p>The office is open from nine to four.</p><footer>Harbour, Quay 1</footer>"""


def explained(page: str = PAGE, rules: Rules | None = None) -> Explanation:
    return explain(Snapshot(source="page.html", body=page.encode(), media_type="text/html"), rules)


def became(found: Explanation) -> dict[str, str]:
    return {block.text: block.became.value for block in found.blocks}


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.parent.name)
def test_an_explained_reading_is_the_reading(path: Path) -> None:
    snapshot = load(str(path))
    found = explain(snapshot)
    assert found.reading == read(snapshot)
    assert all(block.why for block in found.blocks)


def test_every_noun_is_named_and_has_its_ground() -> None:
    found = explained()
    told = {
        "Home": "furniture", "Harbour": "title", "9 May 2021": "page date", "Moscow: 12:30": "clock",
        "London: 10:30": "clock", "Telephone: +44 20 7946 0000": "field", "Ships at the quay: 17": "figure",
        "41 days have passed since the quay was closed": "counter", "Buy boats": "section", "News": "list heading",
        "All news": "closing link", "Hours": "section", "Harbour, Quay 1": "furniture",
        "The office is open from nine to four.": "section",
    }  # fmt: skip
    assert {text: each for text, each in became(found).items() if text in told} == told
    grounds = {block.text: block.why for block in found.blocks}
    assert grounds["41 days have passed since the quay was closed"].endswith("41 days, counted up")
    assert grounds["The office is open from nine to four."] == "text under “Hours”"
    assert "in <footer>" in grounds["Harbour, Quay 1"] or "footer" in grounds["Harbour, Quay 1"]


def test_items_are_numbered_within_their_list() -> None:
    items = [block for block in explained().blocks if block.became is Became.LIST_ITEM]
    assert [(block.number, block.entry) for block in items] == [(1, n) for n in range(1, 6)]
    assert items[0].why == "repeats 5 times: entries that the markup sets apart, 5 with a date"


def test_what_a_rule_took_names_the_rule() -> None:
    rules = Rules(ignore=(".ad",), lists=(ListRule("li"),), fields=(FieldRule("footer", name="Address"),))
    found = explained(rules=rules)
    grounds = {block.text: (block.became.value, block.why) for block in found.blocks}
    assert grounds["Buy boats"] == ("ignored", "rule ignore.0: .ad")
    assert grounds["Harbour, Quay 1"] == ("field", "rule fields.0: footer")
    assert {block.why for block in found.blocks if block.became is Became.LIST_ITEM} == {"rule lists.0: li"}
    assert [(use.key, use.many) for use in found.rules] == [
        ("ignore.0", 1), ("lists.0.select", 5), ("fields.0.select", 1),
    ]  # fmt: skip


def test_what_only_leaves_out_is_told() -> None:
    found = explained(rules=Rules(only=("ul",)))
    assert became(found)["Home"] == "ignored"
    assert Counter(block.became for block in found.blocks)[Became.LIST_ITEM] == 5


TAGS = st.sampled_from(["div", "p", "ul", "li", "h2", "article", "nav", "span"])
TEXTS = st.sampled_from(["4 May 2021", "Moscow: 12:30", "Sold: 14", "<a href=/x>A notice of the harbour</a>", "boats"])
PARTS = st.lists(
    st.tuples(TAGS, st.sampled_from(["", " class=x"]), TEXTS).map(lambda part: "<{0}{1}>{2}</{0}>".format(*part)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(PARTS, st.sampled_from([None, Rules(ignore=(".x",)), Rules(lists=(ListRule(".x"),)), Rules(only=(".x",))]))
def test_every_block_has_one_fate(parts: list[str], rules: Rules | None) -> None:
    page = "".join(parts)
    found = explained(page, rules)
    words = " ".join(block.text for block in found.blocks).split()
    amid = [] if rules is None or not rules.ignore else re.sub(r"<span class=x>.*?</span>", "", page)
    shown = re.sub(r"<[^>]*>", " ", "".join(amid) or page).split()
    assert Counter(words) <= Counter(re.sub(r"<[^>]*>", " ", page).split())
    assert set(shown) >= set(words)
    assert found.reading == read(Snapshot(source="page.html", body=page.encode(), media_type="text/html"), rules)


# -- how it looks


@pytest.mark.parametrize("format", EXPLANATION_RENDERERS)
def test_every_block_is_shown(format: str) -> None:
    shown = " ".join(render_explanation(explained(), format, width=200).split())
    for text in ("Harbour", "Moscow: 12:30", "Notice of the harbour, number 3", "All news", "Ships at the quay: 17"):
        assert text in shown


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("format", ["text", "terminal"])
def test_no_line_is_wider_than_asked(format: str, width: int) -> None:
    lines = render_explanation(explained(), format, width=width).splitlines()
    assert max(map(columns_of, lines)) <= width


@pytest.mark.parametrize("format", EXPLANATION_RENDERERS)
def test_nothing_of_a_page_acts(format: str) -> None:
    page = PAGE.replace("Buy boats", "&lt;script&gt;alert(1)&lt;/script&gt; \x1b[31m \u202e")
    shown = render_explanation(explained(page), format)
    assert "<script" not in shown or format in ("text", "terminal", "json")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_page_asks_for_nothing_and_runs_nothing() -> None:
    shown = render_explanation(explained(), "html")
    assert "default-src 'none'" in shown
    assert not re.search(r"<script|<link rel=.stylesheet|src=|url\(|@import|href=.http", shown)


def test_json_has_a_block_for_each() -> None:
    found = explained(rules=Rules(ignore=(".ad",)))
    told = json.loads(render_explanation(found, "json"))
    Draft202012Validator(json.loads(schema("explanation"))).validate(told)
    assert told["schema"] == "monitor.explanation/1"
    assert [each["text"] for each in told["blocks"]] == [block.text for block in found.blocks]
    assert told["rules"] == [{"rule": "ignore.0", "selector": ".ad", "matches": 1}]


def test_data_have_no_blocks_and_say_so() -> None:
    feed = json.dumps([{"title": f"Notice of the harbour, number {n}", "date": f"2021-05-0{n}"} for n in range(1, 5)])
    found = explain(Snapshot(source="feed.json", body=feed.encode(), media_type="application/json"))
    assert (len(found.reading.lists), found.blocks) == (1, ())
    assert "1 of the lists is read from data" in render_explanation(found, "text")
    assert "The capture shows no text." in render_explanation(found, "html")


def test_what_a_block_becomes_is_what_the_schema_names() -> None:
    named = json.loads(schema("explanation"))["properties"]["blocks"]["items"]["properties"]["became"]["enum"]
    assert named == [each.value for each in Became]
