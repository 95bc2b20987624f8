"""What holds for all pages: a page against itself, the sides swapped, one fate for each item, and growth."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter as Tally
from collections.abc import Iterable

from hypothesis import given, settings, strategies as st

from monitor.compare import compare
from monitor.model.change import Change
from monitor.model.comparison import Verdict
from monitor.model.reading import Clock, Counter, Field, Figure, Item, ItemList, Lead, Reading
from tests.compare_builders import item, reading

_ENDINGS = {
    **dict.fromkeys(("published", "backdated", "backfilled", "added", "returned", "appeared"), "came"),
    **dict.fromkeys(("withdrawn", "aged_off", "removed", "vanished"), "went"),
    **dict.fromkeys(("drifted", "stalled", "reset"), "moved wrongly"),
}
_MIRROR = {"came": "went", "went": "came"}

_WORDS = (
    "attack",
    "embassy",
    "letter",
    "minister",
    "talks",
    "Minsk",
    "gas",
    "press",
    "a",
    "of",
    "the",
    "9М729",
    "news",
)
titles = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)
dates = st.none() | st.integers(1, 28).map(lambda day: f"2020-06-{day:02}") | st.sampled_from(("2020-06", "14:30"))
urls = st.none() | st.integers(1, 12).map(lambda number: f"https://example.org/{number}")


@st.composite
def items(draw: st.DrawFn) -> Item:
    figures = draw(st.none() | st.integers(0, 9))
    return item(
        draw(titles),
        draw(dates),
        draw(urls),
        teaser=draw(st.none() | titles),
        values=((("Section", draw(st.sampled_from(("Home", "World")))),) if draw(st.booleans()) else ()),
        figures=(Figure(label="Views", value=figures, text=str(figures)),) if figures is not None else (),
    )


lists = st.builds(
    lambda entries, heading: ItemList(items=tuple(entries), heading=heading),
    st.lists(items(), max_size=6),
    st.sampled_from((None, "News", "Archive")),
)
leads = st.none() | st.builds(
    lambda title, paragraphs: Lead(title=title, paragraphs=tuple(paragraphs)), titles, st.lists(titles, max_size=4)
)
counters = st.builds(
    lambda value, label, direction: Counter(
        label=label, text=f"{value} days {label}", value=value, unit="day", direction=direction
    ),
    st.integers(0, 60),
    st.sampled_from(("since the attack", "since the fair", "until the vote")),
    st.sampled_from(("up", "down")),
)


@st.composite
def pages(draw: st.DrawFn) -> Reading:
    return reading(
        day=draw(st.none() | st.sampled_from(("2020-06-10", "2020-06-20", "2020-07-04"))),
        lists=draw(st.lists(lists, max_size=3)),
        sections=draw(
            st.lists(
                st.tuples(st.sampled_from((None, "Visas", "Customs")), st.lists(titles, min_size=1, max_size=3)),
                max_size=3,
            )
        ),
        title=draw(st.none() | titles),
        lead=draw(leads),
        counters=tuple(draw(st.lists(counters, max_size=3))),
        fields=tuple(
            Field(label=label, value=value)
            for label, value in draw(st.lists(st.tuples(st.sampled_from(("Phone", "Mail")), titles), max_size=2))
        ),
        clocks=(Clock(place="Moscow", time="08:25", zone="Europe/Moscow"),) if draw(st.booleans()) else (),
        furniture=tuple(draw(st.lists(titles, max_size=3))),
    )


@given(pages())
@settings(max_examples=40)
def test_page_against_itself_changes_nothing(page: Reading) -> None:
    found = compare(page, page)
    assert found.changes == ()
    assert found.verdict is Verdict.IDENTICAL


@given(pages(), pages())
@settings(max_examples=150)
def test_swapping_the_sides_gives_the_same_subjects_in_mirrored_classes(one: Reading, other: Reading) -> None:
    there, back = compare(one, other), compare(other, one)
    assert _told(there.changes) == _mirrored(_told(back.changes))


@given(pages(), pages())
@settings(max_examples=40)
def test_every_item_has_one_fate(one: Reading, other: Reading) -> None:
    for found in (compare(one, other), compare(other, one)):
        told = [change for change in found.changes if change.kind.value.startswith("item.")]
        for side, page in (("before", one if found.before is one else other), ("after", found.after)):
            named = Tally(_key(change, side) for change in told if getattr(change, side))
            shown = Tally[tuple[str | None, str | None, str | None]](
                (each.title, each.url, each.teaser) for each in _all_items(page)
            )
            assert all(count <= shown[key] for key, count in named.items())


@given(pages())
@settings(max_examples=40)
def test_white_space_quotes_and_dashes_never_matter(page: Reading) -> None:
    from tests.replacing import replace

    def rewritten(text: str) -> str:
        return text.replace(" ", " \u00a0 ").replace("a", "a\u00ad")

    other = replace(
        page,
        sha256="other",
        title=rewritten(page.title) if page.title else None,
        lists=tuple(
            each._replace(items=tuple(replace(one, title=rewritten(one.title)) for one in each.items))
            for each in page.lists
        ),
        sections=tuple(each._replace(paragraphs=tuple(map(rewritten, each.paragraphs))) for each in page.sections),
        furniture=tuple(map(rewritten, page.furniture)),
    )
    found = compare(page, other)
    assert found.changes == ()
    assert found.verdict is Verdict.IDENTICAL


@given(pages(), pages())
@settings(max_examples=40)
def test_each_change_has_a_subject_and_a_reason_in_one_sentence(one: Reading, other: Reading) -> None:
    for change in compare(one, other).changes:
        assert change.subject
        assert change.reason
        assert "\n" not in change.reason
        assert not change.reason.endswith(".")
        assert not {"threshold", "score", "matcher"} & set(change.reason.split())


def test_work_grows_in_step_with_the_list() -> None:
    """Counted in calls of Python functions, which no busy machine changes."""
    small, large = _calls(200), _calls(2_000)
    assert large < 13 * small


def test_work_grows_in_step_where_nothing_is_the_same() -> None:
    small, large = _calls(200, changed="all"), _calls(2_000, changed="all")
    assert large < 13 * small


def test_nothing_heavy_is_imported_until_it_is_needed() -> None:
    heavy = ("rapidfuzz", "deepdiff", "difflib", "zoneinfo", "json", "rich")
    code = f"import sys, monitor.compare; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def _calls(count: int, changed: str = "some") -> int:
    def page(salt: str) -> Reading:
        step = 1 if changed == "all" else 100
        return reading(
            [
                item(
                    f"Report {number * 7919} on the {number * 104729} case"
                    if number % step
                    else f"{salt} word{number}{salt}",
                    f"2020-{12 - number * 11 // count:02}-{28 - number * 300 // count % 28:02}",
                )
                for number in range(count)
            ]
        )

    calls = 0

    def count_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before, after = page("a"), page("b")
    sys.setprofile(count_call)
    try:
        compare(before, after)
    finally:
        sys.setprofile(None)
    return calls


def _told(changes: Iterable[Change]) -> Tally[tuple[str, str, str]]:
    told: Tally[tuple[str, str, str]] = Tally()
    for change in changes:
        noun, _, ending = change.kind.value.partition(".")
        told[noun, _ENDINGS.get(ending, ending), change.subject] += 1
    return told


def _mirrored(told: Tally[tuple[str, str, str]]) -> Tally[tuple[str, str, str]]:
    return Tally(
        {(noun, _MIRROR.get(ending, ending), subject): count for (noun, ending, subject), count in told.items()}
    )


def _key(change: Change, side: str) -> tuple[str | None, str | None, str | None]:
    said = getattr(change, side)
    return said.title, said.url, said.teaser


def _all_items(page: Reading) -> list[Item]:
    from monitor.compare.articles import lead_item

    return [*([lead_item(page.lead)] if page.lead else []), *(each for one in page.lists for each in one.items)]
