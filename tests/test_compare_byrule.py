"""A rule that matches in one of two captures only hides what it may have made itself, and nothing else."""

from __future__ import annotations

import pytest

from monitor import compare, read
from monitor.model.comparison import Comparison
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules
from monitor.model.snapshot import Snapshot
from monitor.report.wording import opening

RULES = [
    Rules(only=(".none", "body")),
    Rules(lists=(ListRule(".none"),)),
    Rules(lists=(ListRule("li", teaser="p.none"),)),
    Rules(fields=(FieldRule(".none"),)),
    Rules(fields=(FieldRule(".bell", value="b.none"),)),
    Rules(counters=(CounterRule(".none"),)),
    Rules(lead=LeadRule(".none")),
]
ENTRIES = [f"<li>{9 - n} May 2021 <a href=/n/{n}>Notice of the harbour no. {n}</a></li>" for n in range(6)]


def page(name: str = "bell", verb: str = "may", entries: list[str] = ENTRIES) -> str:
    return (
        f"<h1>Harbour</h1><p>Boats {verb} enter the basin on weekdays, at any tide.</p>"
        f"<div class={name}>Bell: 0700</div>"
        f"<ul>{''.join(entries)}</ul><p>The harbour is as old as the town, and older than its church.</p>"
    )


def compared(before: str, after: str, rules: Rules) -> Comparison:
    return compare(*(read(Snapshot("page", each.encode(), media_type="text/html"), rules) for each in (before, after)))


def kinds(found: Comparison) -> list[str]:
    return [change.kind.value for change in found.changes if change.kind.value != "capture.suspect"]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_rule_that_matches_in_neither_capture_hides_nothing(rules: Rules) -> None:
    after = page(verb="must not", entries=[*ENTRIES[:2], *ENTRIES[3:]])
    found = compared(page(), after, rules)
    assert kinds(found) == kinds(compared(page(), after, Rules()))
    assert (found.set_aside, set(kinds(found))) == (0, {"item.withdrawn", "text.edited"})


@pytest.mark.parametrize("turned", [False, True])
def test_edit_beside_a_rule_that_matches_in_one_capture_is_told(*, turned: bool) -> None:
    pages = [page("bell", "may"), page("gong", "must not")]
    before, after = reversed(pages) if turned else pages
    found = compared(before, after, Rules(fields=(FieldRule(".bell"),)))
    assert kinds(found) == ["text.edited"]


def test_paragraph_gone_beside_a_rule_that_matches_in_one_capture_is_told() -> None:
    after = page().replace("<p>The harbour is as old as the town, and older than its church.</p>", "")
    found = compared(page("gong"), after, Rules(counters=(CounterRule("p.none"),), fields=(FieldRule(".bell"),)))
    assert kinds(found) == ["text.removed"]


def test_what_is_not_told_is_counted_and_not_said_to_be_nothing() -> None:
    rules = Rules(fields=(FieldRule(".bell", name="Night line", value="b"),))
    before = page().replace("Bell: 0700", "<b>0700</b> rings at the quay house")
    found = compared(before, before.replace("class=bell", "class=gong"), rules)
    assert kinds(found) == []
    assert found.set_aside
    assert "No other change was found" not in opening(found)
    assert "not told" in opening(found)
