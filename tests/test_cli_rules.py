"""The command with a page's rules: whose they are, what is wrong with them, what they make of a snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import AFTER, BEFORE, assert_refused, monitor

CONFIG = """
pages:
  - id: ferry
    ignore: .promo
    lists:
      - select: div.news p
"""
PAGE = (
    "<h1>Ferry company</h1><div class='promo'><p>{}</p></div><div class='{}'>{}</div><p>It sails at noon, always.</p>"
)
ENTRIES = "".join(f"<p>{n} May 2023 <a href='/{n}'>Notice of the ferry no. {n}</a></p>" for n in (9, 6, 3))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with config.yaml and three captures of a page."""
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "before.html").write_text(PAGE.format("Three nights for two", "news", ENTRIES), "utf-8")
    (tmp_path / "after.html").write_text(PAGE.format("Umbrellas, by hand", "news", ENTRIES), "utf-8")
    (tmp_path / "anew.html").write_text(PAGE.format("Umbrellas, by hand", "log", ENTRIES), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_snapshots_are_compared_by_the_rules_of_their_page() -> None:
    told = json.loads(monitor("compare", "before.html", "after.html", "--page", "ferry", "--format", "json").stdout)
    assert (told["page"], told["verdict"], told["changes"]) == ("ferry", "identical", [])
    assert json.loads(monitor("compare", "before.html", "after.html", "--format", "json").stdout)["page"] is None


def test_config_of_another_name_is_named(place: Path) -> None:
    (place / "config.yaml").rename(place / "mine.yaml")
    done = monitor("compare", "before.html", "after.html", "--page", "ferry", "--config", "mine.yaml", "--exit-code")
    assert done.returncode == 0
    assert_refused(monitor("read", "after.html", "--page", "ferry"), "config.yaml", "--config FILE")
    assert_refused(monitor("read", "after.html", "--config", "mine.yaml"), "--page ID")


def test_rule_that_matches_nothing_is_the_finding() -> None:
    done = monitor("compare", "before.html", "anew.html", "--page", "ferry", "--format", "json")
    told = json.loads(done.stdout)
    assert (told["verdict"], list(told["counts"])) == ("suspect", ["capture.suspect"])
    assert "In config.yaml, page ferry, `lists.0.select: div.news p` matches nothing" in told["changes"][0]["reason"]
    assert "lists.0.select" in told["summary"]


def test_ignore_rule_that_matches_in_neither_capture_is_the_finding(place: Path) -> None:
    (place / "config.yaml").write_text(CONFIG.replace(".promo", ".prmo"), "utf-8")
    told = json.loads(monitor("compare", "before.html", "after.html", "--page", "ferry", "--format", "json").stdout)
    suspect = [each for each in told["changes"] if each["kind"] == "capture.suspect"]
    assert (told["verdict"], len(suspect), told["limits"]) == ("suspect", 2, [])
    assert all("In config.yaml, page ferry, `ignore.0: .prmo` matches nothing" in each["reason"] for each in suspect)
    assert "ignore.0: .prmo" in told["summary"]
    assert told["counts"].keys() - {"capture.suspect"}


@pytest.mark.parametrize("sides", [("before.html", "plain.html"), ("plain.html", "before.html")], ids=" ".join)
def test_ignore_rule_that_matches_in_one_capture_is_a_limit(place: Path, sides: tuple[str, str]) -> None:
    plain = PAGE.format("", "news", ENTRIES).replace("<div class='promo'><p></p></div>", "")
    (place / "plain.html").write_text(plain, "utf-8")
    told = json.loads(monitor("compare", *sides, "--page", "ferry", "--format", "json").stdout)
    assert (told["verdict"], told["changes"]) == ("identical", [])
    assert "`ignore.0: .promo` matches nothing" in " ".join(told["limits"])


def test_history_is_read_by_the_same_rules(place: Path) -> None:
    (place / "past").mkdir()
    for day in range(1, 9):
        page = PAGE.format(f"Advert of day {day}", "news", ENTRIES.replace("no. 3", f"no. 3{'' if day < 5 else '!'}"))
        (place / "past" / f"2023-05-{day:02}T060000Z.html").write_text(page, "utf-8")
    (place / "2023-06-01T060000Z.html").write_text((place / "after.html").read_text("utf-8"), "utf-8")
    page = (place / "after.html").read_text("utf-8").replace("at noon", "at one")
    (place / "2023-06-02T060000Z.html").write_text(page, "utf-8")
    sides = ("2023-06-01T060000Z.html", "2023-06-02T060000Z.html", "--format", "json")
    told = json.loads(monitor("compare", *sides, "--page", "ferry", "--history", "past").stdout)
    assert (told["page"], list(told["counts"])) == ("ferry", ["text.edited"])


def test_unknown_page_is_one_line_with_the_nearest_name() -> None:
    assert_refused(monitor("read", "after.html", "--page", "fery"), "no page 'fery'", "did you mean ferry?")
    assert_refused(monitor("read", "after.html", "--page", "zzz"), "no page 'zzz'", "it has ferry")


def test_wrong_config_is_one_line_and_all_of_it_on_request(place: Path) -> None:
    (place / "config.yaml").write_text(CONFIG + "    titel: x\n    url: x\n", "utf-8")
    refused = monitor("read", "after.html", "--page", "ferry")
    assert_refused(refused, "config.yaml:7:5: pages.0.titel: no such key", "1 more: monitor config check")
    done = monitor("config", "check")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 2)
    assert done.stderr.startswith("config.yaml:7:5: pages.0.titel: no such key; did you mean title?\n")


def test_right_config_is_said_to_be() -> None:
    done = monitor("config", "check", "config.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "config.yaml: 1 page, nothing wrong\n", "")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["config"], ["Missing argument 'ACTION'"]),
        (["config", "chek"], ["'monitor config chek'", "monitor config check"]),
        (["config", "schema", "config.yaml"], ["leave the file out: monitor config schema"]),
        (["config", "check", "a", "b"], ["Unexpected argument 'b'"]),
        (["config", "check", "nowhere.yaml"], ["nowhere.yaml cannot be read"]),
    ],
    ids=" ".join,
)
def test_wrong_call_says_in_one_line_what_and_how(arguments: list[str], parts: list[str]) -> None:
    assert_refused(monitor(*arguments), *parts)


def test_text_capture_says_that_selectors_do_not_apply() -> None:
    done = monitor("compare", BEFORE, AFTER, "--page", "ferry", "--format", "json")
    assert any(
        "the selectors in config.yaml, page ferry do not apply" in limit for limit in json.loads(done.stdout)["limits"]
    )


# -- explain


def test_explanation_tells_each_block_and_its_rule() -> None:
    shown = monitor("read", "after.html", "--explain", "--page", "ferry").stdout
    assert "rule ignore.0: .promo" in shown
    assert "list 1 item 3" in shown
    assert shown.startswith("ferry · after.html · ")


def test_explanation_goes_into_a_page(place: Path) -> None:
    assert monitor("read", "after.html", "--explain", "--html", "--output", "why.html").returncode == 0
    assert (place / "why.html").read_text("utf-8").startswith("<!doctype html>")
    assert monitor("read", "after.html", "--explain", "--output", "other.html").returncode == 0
    assert (place / "other.html").read_text("utf-8") == (place / "why.html").read_text("utf-8")


def test_explanation_is_json_on_request() -> None:
    told = json.loads(monitor("read", "after.html", "--explain", "--format", "json", "--page", "ferry").stdout)
    assert (told["page"], told["blocks"][1]["became"]) == ("ferry", "ignored")


@pytest.mark.parametrize("options", [["--html"], ["--format", "html"], ["--output", "reading.html"]], ids=" ".join)
def test_reading_is_no_page_without_an_explanation(options: list[str]) -> None:
    done = monitor("read", "after.html", *options)
    assert_refused(done, "--explain" if "--output" not in options else "html")
