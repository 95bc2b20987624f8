"""The small parts: folding, look-alikes, addresses, word-level spans, order, likeness."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from monitor.compare import links
from monitor.compare.fold import fold, skeleton, stray_letters, words
from monitor.compare.likeness import Weights, candidates, likeness
from monitor.compare.order import longest_run, out_of_order
from monitor.compare.redating import order
from monitor.compare.sides import sides_of
from monitor.compare.words import joined, said, spans
from tests.compare_builders import reading, when


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b\u00a0c", "a b c"),
        ("“quoted”", '"quoted"'),
        ("it’s", "it's"),
        ("1945–2020", "1945-2020"),
        ("peace — war", "peace - war"),
        ("and so on…", "and so on..."),
        ("co\u00adoperation", "cooperation"),
        ("e\u0301tat", "état"),
    ],
)
def test_folding_makes_equal_what_a_reader_sees_as_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("9М729", "9M729"), ("News", "news"), ("attack", "attacks"), ("1,5", "1.5")]
)
def test_folding_keeps_apart_what_a_reader_sees_as_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_skeleton_is_the_same_for_look_alike_letters_and_cases() -> None:
    assert skeleton("The 9М729 Missile!") == skeleton("the 9M729 missile")


def test_unspaced_scripts_have_words_of_two_signs() -> None:
    assert words("日本語です") == ["日本", "本語", "語で", "です"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the 9М729 missile", [("9М729", "М", "Cyrillic")]),
        ("the 9M729 missile", []),
        ("Cтатья о выборах в Москве", [("Cтатья", "C", "Latin")]),
        ("сеть 5G в Москве", []),
        ("the newspaper Правда wrote", []),
    ],
)
def test_stray_letters_are_found_where_they_pass_for_others(text: str, found: list[tuple[str, str, str]]) -> None:
    assert stray_letters(text) == found


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/a/?b=2&a=1",
        "https://example.org/a?a=1&b=2#part",
        "https://EXAMPLE.org:443/a?utm_source=x&a=1&b=2&gclid=7",
        "//example.org/a?mc_cid=1&a=1&b=2",
    ],
)
def test_addresses_of_one_page_have_one_identity(url: str) -> None:
    assert links.identity(url) == "example.org/a?a=1&b=2"


@pytest.mark.parametrize("url", ["https://example.org/A", "https://example.org/a?id=2", "https://m.example.org/a"])
def test_addresses_of_other_pages_have_another_identity(url: str) -> None:
    assert links.identity(url) != links.identity("https://example.org/a")


def test_parameters_only_are_kept_where_the_path_is_empty() -> None:
    assert links.identity("https://example.org?p=12") == "example.org?p=12"
    assert links.host("https://example.org?p=12") == "example.org"


SENTENCES = st.lists(st.sampled_from("the a cat dog sat on mat – “mat” m\u00e4t".split()), max_size=25).map(" ".join)
MIXED = st.text("ab .京海市はท่ี \n", max_size=20)


@given(SENTENCES, SENTENCES)
def test_spans_give_back_both_sides(before: str, after: str) -> None:
    found = spans(before, after)
    assert fold("".join(each.text for each in found if each.op != "insert")) == fold(before)
    assert "".join(each.text for each in found if each.op != "delete") == after


@given(MIXED, MIXED)
def test_spans_carry_their_blanks_whatever_the_script(before: str, after: str) -> None:
    found = spans(before, after)
    assert "".join(each.text for each in found if each.op != "insert") == " ".join(before.split())
    assert "".join(each.text for each in found if each.op != "delete") == " ".join(after.split())


@given(st.lists(st.tuples(MIXED, MIXED), max_size=4))
def test_joined_spans_of_several_texts_part_them_with_one_blank(pairs: list[tuple[str, str]]) -> None:
    found = joined([spans(*pair) for pair in pairs])
    for side, without in ((0, "insert"), (1, "delete")):
        texts = (" ".join(pair[side].split()) for pair in pairs)
        assert said(found, without) == " ".join(text for text in texts if text)


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        (
            "Update: 1,100+ Signers so far",
            "Update: 1,200+ Signers so far",
            [("delete", "1,100+"), ("insert", "1,200+")],
        ),
        ("政府决定在北京建设新机场", "政府决定在上海建设新机场", [("delete", "北京"), ("insert", "上海")]),
        (
            "東京で会議を開いた。",
            "東京で選挙を行った。",
            [("delete", "会議"), ("insert", "選挙"), ("delete", "開い"), ("insert", "行っ")],
        ),
        ("the cat sat", "the old cat sat", [("insert", " old")]),
    ],
)
def test_only_what_was_touched_is_marked(before: str, after: str, touched: list[tuple[str, str]]) -> None:
    assert [tuple(each) for each in spans(before, after) if each.op != "equal"] == touched


@given(SENTENCES)
def test_spans_of_one_text_are_one_equal_stretch(text: str) -> None:
    assert [each.op for each in spans(text, text)] == (["equal"] if text else [])


@given(SENTENCES, SENTENCES)
def test_no_two_neighbouring_spans_have_one_operation(before: str, after: str) -> None:
    found = [each.op for each in spans(before, after)]
    assert all(one != other for one, other in pairwise(found))


def test_words_that_only_happen_to_be_equal_between_two_rewritten_parts_are_not_kept() -> None:
    found = spans("we never met the envoy of that country", "they said that the two sides agreed on it")
    assert [each.op for each in found] == ["delete", "insert"]


@given(st.permutations(range(8)))
def test_out_of_order_names_the_same_ones_seen_from_both_sides(positions: list[int]) -> None:
    seen_from_there = [positions.index(value) for value in range(8)]
    assert {positions[index] for index in out_of_order(positions)} == out_of_order(seen_from_there)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_longest_run_is_as_long_as_the_longest_never_falling_subsequence(values: list[int]) -> None:
    best = [0] * len(values)
    for index, value in enumerate(values):
        best[index] = 1 + max((best[at] for at in range(index) if values[at] <= value), default=0)
    assert longest_run(values)[0] == max(best, default=0)


def test_words_that_all_texts_share_say_nothing() -> None:
    texts = [words(f"statement by the ministry concerning {what}") for what in ("gas", "oil", "tea", "war", "sea")]
    weights = Weights(texts, texts)
    assert likeness(texts[0], texts[1], weights) < 0.5
    assert likeness(texts[0], [*texts[0], "again"], weights) > 0.5


def test_candidates_are_few_where_all_texts_are_made_of_common_words() -> None:
    texts = {number: [f"w{(number * 7 + step) % 40}" for step in range(6)] for number in range(2_000)}
    assert len(candidates(texts, texts)) < 20 * len(texts)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2020-06-01", "2020-06-03", 1),
        ("2020-06-03", "2020-06-01", -1),
        ("2020-06", "2020-06-03", 0),
        ("2020-06", "2020-07", 1),
        ("2020-07-03", "14:30", 1),
        ("14:30", "14:30", 0),
        ("2020-07-04", "3 h", 0),
    ],
)
def test_dates_are_compared_at_the_precision_that_both_give(before: str, after: str, expected: int) -> None:
    one, other = when(before), when(after)
    assert one
    assert other
    assert order(one, other, sides_of(reading(), reading())) == expected


def test_edits_at_both_ends_of_a_book_are_two_edits() -> None:
    words = [f"word{number % 9_000}x{number}" if number % 3 else "the" for number in range(30_000)]
    edited = [*words[:10], "came", *words[10:-10], *words[-9:]]
    found = [(each.op, each.text.strip()) for each in spans(" ".join(words), " ".join(edited)) if each.op != "equal"]
    assert found == [("insert", "came"), ("delete", words[-10])]
