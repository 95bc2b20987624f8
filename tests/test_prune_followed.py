"""`monitor prune` and what a page led to: it is kept as long as the page's own captures are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.page import LONGEST_ID
from monitor.store.folder import Store
from monitor.watch.followed import id_of, is_led_to
from monitor.watch.project import Project
from monitor.watch.prune_store import prune_store
from tests.stored import NOON, put

LONG = "harbour-" + "x" * (LONGEST_ID - 8)


@pytest.mark.parametrize("page", ["harbour", "harbour.item-0123456789ab", LONG])
def test_the_keep_of_a_page_holds_for_what_it_led_to(tmp_path: Path, page: str) -> None:
    store = Store(str(tmp_path / "snapshots"))
    item = id_of(page, "item", "https://harbour.example/minutes")
    for each in (page, item, "other"):
        put(store, "one", "two", "three", "four", page=each)
    (tmp_path / "config.yaml").write_text(
        f"pages:\n  - id: {page}\n    keep: {{days: 1, then: nothing}}\n  - id: other\n"
    )
    project = Project(str(tmp_path / "config.yaml"), is_needed=True)
    assert len(list(prune_store(project, [], NOON + timedelta(days=30)))) == 4
    assert [len(store.captures(each)) for each in (page, item, "other")] == [2, 2, 4]


def test_a_page_whose_id_is_the_beginning_of_anothers_led_to_nothing_of_it() -> None:
    kept = id_of("harbour-office", "file", "https://harbour.example/a.pdf")
    assert is_led_to(kept, "harbour-office")
    assert not is_led_to(kept, "harbour")
    assert not is_led_to("harbour", "harbour")
