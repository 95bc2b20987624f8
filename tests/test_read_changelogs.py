"""Changelogs: each release is an item with its day, and what stands below it is its text."""

from __future__ import annotations

import pytest

from monitor import compare
from monitor.model.reading import Item, Reading
from monitor.read.versions import is_version, release_of
from tests.formats import captured

_SAID = {
    "3.1.0": "A lantern on the pier",
    "3.0.1": "A rusty hinge",
    "3.0.0": "The second pier",
    "2.9.4": "A loose plank",
}
_DAYS = {"3.1.0": "2024-05-20", "3.0.1": "2024-04-18", "3.0.0": "2024-03-02", "2.9.4": "2024-02-11"}
_UNRELEASED = "## Unreleased\n\n"


def markdown(form: str, versions: tuple[str, ...] = tuple(_SAID), above: str = "") -> Reading:
    releases = (
        f"## {form.format(each, _DAYS[each])}\n\n"
        f"### Added\n\n- {_SAID[each]}.\n- More ropes.\n\n### Fixed\n\n- A bell.\n"
        for each in versions
    )
    return captured("# Changelog\n\n" + above + "\n".join(releases), "text/markdown")


def html(versions: tuple[str, ...] = tuple(_SAID), above: str = "") -> Reading:
    releases = "".join(
        f"<h2>{each} - {_DAYS[each]}</h2><h3>Added</h3><ul><li>{_SAID[each]}.</li><li>More ropes.</li></ul>"
        f"<h3>Fixed</h3><ul><li>A bell.</li></ul>"
        for each in versions
    )
    return captured(f"<html><body><h1>Changelog</h1>{above}{releases}</body></html>", "text/html")


def items(reading: Reading) -> tuple[Item, ...]:
    [only] = reading.lists
    return only.items


def days(reading: Reading) -> dict[str, str | None]:
    return {each.title.strip("[]"): each.date and each.date.text for each in items(reading)}


def told(before: Reading, after: Reading) -> list[tuple[str, str]]:
    return [(each.kind.value, each.subject.strip("[]")) for each in compare(before, after).changes if each.is_finding]


@pytest.mark.parametrize("form", ["[{}] - {}", "{} - {}", "v{} – {}", "{} / {}", "{} ({})", "Version {} - {}"])
def test_each_heading_with_a_version_and_a_day_is_a_release(form: str) -> None:
    found = items(markdown(form))
    assert [each.title.strip("[]").removeprefix("Version ").lstrip("v") for each in found] == list(_DAYS)
    assert [each.date and each.date.text for each in found] == list(_DAYS.values())
    assert [each.teaser for each in found] == [f"Added {said}. More ropes. Fixed A bell." for said in _SAID.values()]


def test_headings_of_markup_with_a_version_and_a_day_are_releases() -> None:
    assert days(html()) == _DAYS
    assert items(html()) == items(markdown("{} - {}"))


def test_a_new_release_is_published() -> None:
    older = tuple(_SAID)[1:]
    assert told(markdown("[{}] - {}", older), markdown("[{}] - {}")) == [("item.published", "3.1.0")]
    assert told(html(older), html()) == [("item.published", "3.1.0")]


@pytest.mark.parametrize(("text", "is_one"), [
    ("2.4.0", True), ("[1.0.0-rc.1]", True), ("v3.2", True), ("Release 12.0.3", True),
    ("10.30", False), ("At 9.15", False), ("12.04.2024", False), ("4.1 bar", False), ("12.0K views", False),
    ("Chapter 2", False),
])  # fmt: skip
def test_a_version_is_told_from_days_times_and_amounts(text: str, is_one: bool) -> None:
    assert is_version(text, in_heading=False) is is_one


@pytest.mark.parametrize("below", ["", "### Added\n\n- A net.\n\n### Fixed\n\n- A bell.\n\n"])
def test_a_heading_without_a_day_leaves_the_releases_below_it_a_list(below: str) -> None:
    for form in ("[{}] - {}", "{} ({})"):
        assert told(markdown(form), markdown(form, above=_UNRELEASED + below)) == [("item.added", "Unreleased")]


def test_a_heading_of_markup_without_a_day_leaves_the_releases_below_it_a_list() -> None:
    above = "<h2>Unreleased</h2><h3>Added</h3><ul><li>A net.</li></ul><h3>Fixed</h3><ul><li>A bell.</li></ul>"
    assert days(html(above=above)) == {"Unreleased": None} | _DAYS


def _with_definitions(versions: tuple[str, ...]) -> Reading:
    said = "\n".join(f"## [{each}] - {_DAYS[each]}\n\n- {_SAID[each]}, see [the plan][Plan].\n" for each in versions)
    defined = "\n".join(f"[{each}]: https://x.example/{each}" for each in versions)
    return captured(f'# Changelog\n\n{said}\n{defined}\n[plan]: https://x.example/plan "Plan"\n', "text/markdown")


def test_a_line_that_defines_a_link_is_the_link_and_no_text() -> None:
    page = _with_definitions(tuple(_SAID))
    assert [(each.title, each.url) for each in items(page)] == [(each, f"https://x.example/{each}") for each in _SAID]
    assert items(page)[0].teaser == f"{_SAID['3.1.0']}, see the plan."
    assert page.sections == ()
    assert told(_with_definitions(tuple(_SAID)[1:]), page) == [("item.published", "3.1.0")]


@pytest.mark.parametrize("text", ["See [1] and [note].", "[^1]: A footnote.", "[Keeper]: opens the gate"])
def test_brackets_that_nothing_defines_are_text(text: str) -> None:
    [section] = captured(f"# Rules\n\n{text}\n\n[gate]: https://x.example/gate\n", "text/markdown").sections
    assert section.paragraphs == (text,)


def _of_two_levels(versions: tuple[str, ...]) -> Reading:
    headings = (("#" if each.endswith(".0") else "##") + f" {each} ({_DAYS[each]})" for each in versions)
    said = (f"{heading}\n\n### Fixes\n\n- A bell." for heading in headings)
    return captured("# Changelog\n\n" + "\n\n".join(said), "text/markdown")


def test_releases_under_headings_of_two_levels_are_one_list() -> None:
    page = _of_two_levels(tuple(_SAID))
    assert days(page) == _DAYS
    assert {each.teaser for each in items(page)} == {"Fixes A bell."}
    assert told(_of_two_levels(tuple(_SAID)[1:]), page) == [("item.published", "3.1.0")]


def test_headings_of_two_levels_that_name_no_versions_are_no_one_list() -> None:
    days = "".join(
        f"<h2>{boat} wins (2 {month} 2024)</h2><p>By a length.</p><h3>Night race (3 {month} 2024)</h3><p>Calm.</p>"
        for month, boat in (("May", "Heron"), ("June", "Auk"))
    )
    found = items(captured(f"<html><body><h1>Races</h1>{days}</body></html>", "text/html"))
    assert [each.title for each in found] == ["Heron wins", "Auk wins"]


def test_parts_of_a_document_that_name_days_in_their_text_are_no_list() -> None:
    parts = "".join(
        f"<h2>{name}</h2><h3>Rules</h3><p>In force since {day} May 2024.</p><h3>Fees</h3><p>None.</p>"
        for day, name in enumerate(("Piers", "Boats", "Nets"), 3)
    )
    page = f"<html><body><h1>Harbour</h1>{parts}<h2>Bells</h2><h3>Rules</h3><h3>Fees</h3><p>None.</p></body></html>"
    assert captured(page, "text/html").lists == ()


@pytest.mark.parametrize(
    ("form", "day", "title"),
    [
        ("= {} ({})", "20240520", "3.1.0"),
        ("Version {} released {}", "2024-05-20", "Version 3.1.0"),
        ("Release {} - {} 13:40:37 -0700", "2024-05-20", "Release 3.1.0"),
        ("Версия {} от {}", "20.05.2024", "Версия 3.1.0"),
    ],
)
def test_line_of_a_version_and_its_day_heads_a_release_of_a_plain_text(form: str, day: str, title: str) -> None:
    compact = day.isdigit()
    days = [day, "20240418" if compact else "18.04.2024" if "." in day else "2024-04-18"]
    releases = (
        f"{form.format(version, day)}\n\n* {said}. The gate was shut on 2024-01-07\n* More ropes.\n"
        for (version, said), day in zip(_SAID.items(), days, strict=False)
    )
    first, second = items(captured("\n".join(releases), "text/plain"))
    assert (first.title, first.date and first.date.day, second.date and second.date.day) == (title, 20, 18)
    assert first.teaser == "A lantern on the pier. The gate was shut on 2024-01-07 More ropes."


def test_ornament_before_a_version_and_marks_of_code_around_its_day_are_no_part_of_them() -> None:
    assert days(markdown("🌈 {} `{}`")) == _DAYS


@pytest.mark.parametrize("text", ["Berth 10.5 closed since 2024-05-01", "At 10.30 2024-05-01"])
def test_number_and_day_in_a_sentence_are_no_release(text: str) -> None:
    assert release_of(text) is None


def test_line_that_signs_an_entry_dates_what_stands_above_it() -> None:
    def log(*versions: str) -> Reading:
        entries = (
            f"harbour ({version}) stable; urgency=low\n\n  * New upstream version {version}:\n"
            f"    - Gate shut from 2023-11-05 through 2023-12-02\n    - Lantern lit since 2023-10-30\n"
            f"  * {_SAID[version]}.\n\n -- Ann Smith <ann@example.org>  Mon, {_DAYS[version]} 17:53:35 +0100\n"
            for version in versions
        )
        return captured("\n".join(entries), "text/plain")

    assert [(each.title, each.date and each.date.day) for each in items(log(*_SAID))] == [
        ("harbour (3.1.0) stable; urgency=low", 20),
        ("harbour (3.0.1) stable; urgency=low", 18),
        ("harbour (3.0.0) stable; urgency=low", 2),
        ("harbour (2.9.4) stable; urgency=low", 11),
    ]
    assert told(log("3.0.1", "3.0.0", "2.9.4"), log(*_SAID)) == [
        ("item.published", "harbour (3.1.0) stable; urgency=low")
    ]


def test_bullets_that_begin_with_a_word_and_a_colon_are_text_of_their_release() -> None:
    text = "## {} - {}\n\n- Harbour: a lantern on the pier.\n- Harbour: another rope.\n- {}: a rusty hinge.\n"
    words = ("Gate", "Pier", "Boat", "Lake")
    releases = (text.format(*each, word) for each, word in zip(_DAYS.items(), words, strict=True))
    first = items(captured("# Changelog\n\n" + "\n".join(releases), "text/markdown"))[0]
    assert first.values == ()
    assert first.teaser == "Harbour: a lantern on the pier. Harbour: another rope. Gate: a rusty hinge."


def test_label_that_a_bullet_of_each_release_has_once_is_a_value() -> None:
    releases = (f"## {version} - {day}\n\n- Author: Ann Smith\n- More ropes.\n" for version, day in _DAYS.items())
    first = items(captured("# Changelog\n\n" + "\n".join(releases), "text/markdown"))[0]
    assert first.values == (("Author", "Ann Smith"),)


def test_words_with_colons_under_headings_of_a_series_are_no_fields() -> None:
    parts = "".join(
        f"## {each}\n\n### Fixed\n\n- Gate: shut at night\n- Pier: open by day\n\n" for each in ("1.1", "1.0")
    )
    assert captured("# Changelog\n\n" + parts, "text/markdown").fields == ()


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: the following things are likely to be dropped in the next\nrelease of the harbour.\n",
        "Bring with you:\n- a rope of ten metres\n- a lantern\n",
    ],
)
def test_sentence_that_goes_on_and_several_bullets_are_no_value(text: str) -> None:
    assert captured(f"# Harbour\n\n{text}", "text/markdown").fields == ()


def test_last_release_keeps_all_its_bullets_however_short_the_others_are() -> None:
    def log(*versions: str) -> Reading:
        said = {version: "- More ropes.\n" * (2 if version == "3.1.0" else 1) for version in versions}
        said["2.9.4"] = "".join(f"- Lantern no. {number} is lit.\n" for number in range(6))
        releases = "\n".join(f"## {version} - {_DAYS[version]}\n\n{text}" for version, text in said.items())
        return captured(f"# Changelog\n\n{releases}\n# Licence\n\nAll rights are ours.\n", "text/markdown")

    assert told(log("3.0.1", "3.0.0", "2.9.4"), log(*_DAYS)) == [("item.published", "3.1.0")]
    assert items(log(*_DAYS))[-1].teaser == " ".join(f"Lantern no. {number} is lit." for number in range(6))
