"""What holds for every text: its lines broken anew say the same; one thing done to it is told as that, and alone."""

from __future__ import annotations

import textwrap
from random import Random

from hypothesis import given, settings, strategies as st

from monitor.compare import compare
from monitor.model.snapshot import Snapshot
from monitor.read import read

_NOUNS = """garden ferry harbour licence member account payment invoice keeper window letter council meadow bridge
lantern carrier ticket passenger winter board answer month notice service device page visitor delivery office""".split()
_VERBS = "keeps sends checks returns stores shares repairs opens closes counts reports collects announces".split()
_KINDS = "written quiet former yearly public private small heavy early common special separate full".split()
_LINKS = "unless because although while before after".split()
_STRANGE = "zeppelin"  # a word that no invented sentence has

Policy = list[tuple[str, list[list[str]]]]


def _noun(random: Random) -> str:
    return f"{random.choice(('the', 'every', 'any'))} {random.choice(_KINDS)} {random.choice(_NOUNS)}"


def _sentence(random: Random) -> str:
    said = f"{_noun(random)} {random.choice(_VERBS)} {_noun(random)} of {_noun(random)}"
    if random.random() < 0.5:
        said += f" {random.choice(_LINKS)} {_noun(random)} {random.choice(_VERBS)} {_noun(random)}"
    return f"{said[0].upper()}{said[1:]}."


def _paragraph(random: Random) -> list[str]:
    return [_sentence(random) for _ in range(random.choice((1, 2, 2, 3, 5)))]


def _heading(random: Random) -> str:
    return f"{random.choice(_KINDS)} {random.choice(_NOUNS)} and {random.choice(_NOUNS)}".capitalize()


def _policy(random: Random) -> Policy:
    sizes = [random.randint(1, 5) for _ in range(random.randint(2, 6))]
    return [(_heading(random), [_paragraph(random) for _ in range(size)]) for size in sizes]


def _long_policy(random: Random) -> Policy:
    """Of two or three broken lines nobody can tell at which column they were broken."""
    return [*_policy(random), (_heading(random), [[_sentence(random) for _ in range(6)]])]


def _as_html(policy: Policy) -> bytes:
    sections = "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{' '.join(each)}</p>\n" for each in paragraphs)
        for heading, paragraphs in policy
    )
    frame = '<nav><a href="/berths">Berths</a> <a href="/tides">Tides</a></nav>'
    return f"<html><body>{frame}<main><h1>Terms of the lake</h1>{sections}</main></body></html>".encode()


def _as_text(policy: Policy, width: int) -> bytes:
    blocks = ["TERMS OF THE LAKE"]
    for heading, paragraphs in policy:
        blocks += [heading, *(textwrap.fill(" ".join(each), width) for each in paragraphs)]
    return "\n\n".join(blocks).encode()


def _told(before: bytes, after: bytes, media_type: str = "text/html") -> list[str]:
    sides = [read(Snapshot(source="terms", body=body, media_type=media_type)) for body in (before, after)]
    return sorted(change.kind.value for change in compare(*sides).changes)


def _edited(policy: Policy, section: int, at: int, paragraph: list[list[str]]) -> Policy:
    heading, paragraphs = policy[section]
    return [*policy[:section], (heading, [*paragraphs[:at], *paragraph, *paragraphs[at + 1 :]]), *policy[section + 1 :]]


def _place(policy: Policy, random: Random) -> tuple[int, int, list[str]]:
    section = random.randrange(len(policy))
    at = random.randrange(len(policy[section][1]))
    return section, at, policy[section][1][at]


def _long_place(policy: Policy, random: Random) -> tuple[int, int, list[str]]:
    """A paragraph of several sentences; the first one gets another where there is none."""
    places = [
        (number, at, each)
        for number, (_, paragraphs) in enumerate(policy)
        for at, each in enumerate(paragraphs)
        if len(each) > 1
    ]
    if not places:
        policy[0][1][0].append(_sentence(random))
        return 0, 0, policy[0][1][0]
    return random.choice(places)


@given(st.randoms(use_true_random=False), st.integers(40, 90), st.integers(40, 90))
@settings(max_examples=40)
def test_lines_broken_elsewhere_are_no_change(random: Random, one: int, other: int) -> None:
    policy = _long_policy(random)
    assert _told(_as_text(policy, one), _as_text(policy, other), "text/plain") == []


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_word_edited_is_one_edit(random: Random) -> None:
    policy = _long_policy(random)
    section, at, paragraph = _place(policy, random)
    words = " ".join(paragraph).split()
    words[random.randrange(len(words))] = _STRANGE
    after = _edited(policy, section, at, [[" ".join(words)]])
    assert _told(_as_html(policy), _as_html(after)) == ["text.edited"]
    assert _told(_as_text(policy, 72), _as_text(after, 72), "text/plain") == ["text.edited"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_sentence_put_in_or_taken_out_is_one_edit(random: Random) -> None:
    policy = _policy(random)
    section, at, paragraph = _long_place(policy, random)
    gone = random.randrange(len(paragraph))
    after = _edited(policy, section, at, [[*paragraph[:gone], *paragraph[gone + 1 :]]])
    assert _told(_as_html(policy), _as_html(after)) == ["text.edited"]
    assert _told(_as_html(after), _as_html(policy)) == ["text.edited"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_paragraph_put_in_or_taken_out_is_told_alone(random: Random) -> None:
    policy = _policy(random)
    section, at, paragraph = _place(policy, random)
    new = [[_sentence(random).replace(" of ", f" of a {_STRANGE} and "), _sentence(random)], paragraph]
    after = _edited(policy, section, at, new if random.random() < 0.5 else new[::-1])
    assert _told(_as_html(policy), _as_html(after)) == ["text.added"]
    assert _told(_as_html(after), _as_html(policy)) == ["text.removed"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_paragraph_split_or_joined_is_moved_and_nothing_else(random: Random) -> None:
    policy = _policy(random)
    section, at, paragraph = _long_place(policy, random)
    cut = random.randrange(1, len(paragraph))
    after = _edited(policy, section, at, [paragraph[:cut], paragraph[cut:]])
    assert _told(_as_html(policy), _as_html(after)) == ["text.moved"]
    assert _told(_as_html(after), _as_html(policy)) == ["text.moved"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_paragraph_elsewhere_is_moved_and_nothing_else(random: Random) -> None:
    policy = [*_policy(random), (_heading(random), [_paragraph(random), _paragraph(random)])]
    section, at, paragraph = _place(policy, random)
    policy[section][1].append(_paragraph(random))
    without = _edited(policy, section, at, [])
    there = random.randrange(len(policy))
    paragraphs = without[there][1]
    spot = random.randint(0, len(paragraphs))
    after = [*without]
    after[there] = (without[there][0], [*paragraphs[:spot], paragraph, *paragraphs[spot:]])
    assert set(_told(_as_html(policy), _as_html(after))) <= {"text.moved"}


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_one_heading_put_in_or_taken_out_is_told_alone(random: Random) -> None:
    policy = _policy(random)
    policy[0][1].append(_paragraph(random))
    heading, paragraphs = policy[0]
    cut = random.randrange(1, len(paragraphs))
    after = [(heading, paragraphs[:cut]), (f"On the {_STRANGE}", paragraphs[cut:]), *policy[1:]]
    assert _told(_as_html(policy), _as_html(after)) == ["text.added"]
    assert _told(_as_html(after), _as_html(policy)) == ["text.removed"]
