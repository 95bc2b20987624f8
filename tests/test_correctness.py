"""The benchmark of correctness: what counts as found, and that a score below the baseline is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import correctness, series
from benchmarks.tally import Tally, fallen

LIST = "<!doctype html><title>Notices</title><h1>Notices</h1><ul>{}</ul>"
ENTRY = '<li><span>{} May 2023</span> <a href="https://harbour.example.org/{}">Notice {} on the {} lights</a></li>'
COLOURS = ("red", "green", "amber", "white", "blue", "violet")


def page(*numbers: int) -> str:
    return LIST.format("".join(ENTRY.format(n + 1, n, n, COLOURS[n]) for n in numbers))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one series: a notice came, the other pair is quiet; one fact is no fact."""
    place = tmp_path / "notices"
    place.mkdir()
    for day, numbers in ((6, (4, 3, 2, 1, 0)), (7, (5, 4, 3, 2, 1, 0)), (8, (5, 4, 3, 2, 1, 0))):
        (place / f"2023-05-0{day}T000000Z.html").write_text(page(*numbers), "utf-8")
    pair: dict[str, list[str]] = {"edited": [], "removed": []}
    truth = {
        "pairs": [
            {"a": "2023-05-06T000000Z.html", "b": "2023-05-07T000000Z.html", "added": ["5 on the violet"], **pair},
            {"a": "2023-05-07T000000Z.html", "b": "2023-05-08T000000Z.html", "added": [], **pair},
        ]
    }
    (place / "truth.json").write_text(json.dumps(truth), "utf-8")
    return tmp_path


def test_part_of_a_title_in_whole_words_is_found(folder: Path) -> None:
    counts = series.score(str(folder / "notices")).counts
    assert (counts["items found"], counts["items"], counts["claimed right"], counts["claimed"]) == (1, 1, 1, 1)
    assert (counts["quiet kept"], counts["quiet"], counts["stray"]) == (1, 1, 0)


def test_part_of_a_word_is_not_found(folder: Path) -> None:
    truth = folder / "notices" / "truth.json"
    truth.write_text(truth.read_text("utf-8").replace("violet", "viol"), "utf-8")
    tally = series.score(str(folder / "notices"))
    assert (tally.counts["items found"], tally.counts["claimed right"], tally.counts["stray"]) == (0, 0, 1)
    assert any("missed, added: '5 on the viol'" in line for line in tally.misses)


def test_a_long_fact_makes_a_page_of_lines() -> None:
    pair = {"added": ["word " * 60], "removed": []}
    assert series.is_of_lines({"pairs": [pair]})
    assert not series.is_of_lines({"pairs": [{"added": ["a title"], "removed": []}]})


def test_a_worse_score_and_a_new_fault_are_named() -> None:
    pinned = {"notices": {"recall": 1.0, "stray": 0}, "elsewhere": {"recall": 1.0}}
    assert fallen({"notices": {"recall": 1.0, "stray": 0}}, pinned) == []
    assert fallen({"notices": {"recall": 0.5, "stray": 2}}, pinned) == [
        "notices: recall fell from 1 to 0.5",
        "notices: stray rose from 0 to 2",
    ]


def test_nothing_to_find_is_no_score() -> None:
    assert Tally().scores() == {}


def test_the_labelled_cases_are_not_below_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    assert correctness.main([]) == 0, capsys.readouterr().err
    assert "labelled cases" in capsys.readouterr().out


def test_a_score_below_the_baseline_ends_with_status_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = [str(folder), "--baseline", str(folder / "baseline.json")]
    assert correctness.main([*where, "--renew-baseline"]) == 0
    assert correctness.main(where) == 0
    truth = folder / "notices" / "truth.json"
    truth.write_text(truth.read_text("utf-8").replace("violet", "viol"), "utf-8")
    assert correctness.main([*where, "--misses"]) == 1
    assert "notices: recall fell from 1 to 0" in capsys.readouterr().err
