"""Content codings come off whole, in part where they break off, and never larger than allowed."""

from __future__ import annotations

import gzip
import random
import sys
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given, strategies as st

from monitor.codings import decoded, is_coded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST = 1_000_000
TEXT = b"A page of which nobody knows how it was sent. " * 400
NOISE = random.Random(1).randbytes(200_000)


def deflated_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
coded = pytest.mark.parametrize("coding", CODERS)


@coded
@pytest.mark.parametrize("body", [b"", b"a", TEXT, NOISE], ids=["nothing", "one byte", "text", "noise"])
def test_what_was_put_on_comes_off(coding: str, body: bytes) -> None:
    assert decoded(CODERS[coding](body), coding, most=MOST) == (body, None)


@given(st.binary(max_size=300), st.lists(st.sampled_from(sorted(CODERS)), max_size=4))
def test_codings_come_off_in_the_reverse_of_their_order(body: bytes, codings: list[str]) -> None:
    packed = body
    for coding in codings:
        packed = CODERS[coding](packed)
    assert decoded(packed, ", ".join(codings).upper(), most=MOST) == (body, None)


@pytest.mark.parametrize("coding", [None, "", "identity", " , none"])
def test_a_body_without_a_coding_is_as_it_came(coding: str | None) -> None:
    assert decoded(TEXT, coding, most=MOST) == (TEXT, None)
    assert not is_coded(coding)
    assert is_coded("gzip")


def test_a_bare_deflate_stream_is_read_as_browsers_do() -> None:
    assert decoded(deflated_raw(TEXT), "deflate", most=MOST) == (TEXT, None)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_all_members_are_read_and_junk_behind_them_is_dropped(coding: str) -> None:
    packed = b"".join(CODERS[coding](part) for part in (TEXT, b"", NOISE))
    assert decoded(packed, coding, most=MOST) == (TEXT + NOISE, None)
    for junk in (b"\0" * 512, b"\n", b"\x1f", b"<!-- cached -->"):
        assert decoded(packed + junk, coding, most=MOST) == (TEXT + NOISE, None)


def test_thousands_of_empty_members_are_read() -> None:
    assert decoded(gzip.compress(b"") * 20_000 + gzip.compress(b"end"), "gzip", most=MOST) == (b"end", None)


@coded
@pytest.mark.parametrize("body", [TEXT, NOISE], ids=["text", "noise"])
def test_a_body_that_breaks_off_gives_what_there_is_and_says_so(coding: str, body: bytes) -> None:
    packed = CODERS[coding](body)
    for kept in (5, len(packed) // 2, len(packed) - 1):
        found = decoded(packed[:kept], coding, most=MOST)
        assert found.fault == f"its {coding.removeprefix('x-')} stream breaks off"
        assert body.startswith(found.body)
    assert len(found.body) > len(body) * 0.9 or coding in {"br", "zstd"}


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_damage_in_the_middle_leaves_what_came_before(coding: str) -> None:
    body = random.Random(2).randbytes(900_000)
    packed = bytearray(CODERS[coding](body))
    packed[len(packed) // 2 :] = b"\xff" * 300_000
    found = decoded(bytes(packed), coding, most=MOST)
    assert found.fault in {f"its {coding} stream is damaged", f"its {coding} stream breaks off"}
    assert found.body[:200_000] == body[:200_000]


@coded
def test_a_body_that_never_was_coded_is_as_it_came(coding: str) -> None:
    page = b"<!doctype html><title>A page</title>" + TEXT
    assert decoded(page, coding, most=MOST) == (page, f"it is not {coding.removeprefix('x-')}, as its header says")


def test_a_coding_nobody_knows_is_named() -> None:
    assert decoded(TEXT, "gzip, shout", most=MOST) == (TEXT, "its content coding 'shout' is not known")


@pytest.mark.parametrize("many", [9, 500, 50_000])
def test_codings_without_end_are_none(many: int) -> None:
    told = decoded(TEXT, ",".join(["gzip"] * many), most=MOST)
    assert told == (TEXT, f"it has {many} content codings, one on another")


@coded
def test_a_bomb_is_cut_at_the_limit_and_takes_no_more_memory(coding: str) -> None:
    bomb = CODERS[coding](bytes(30_000_000))
    tracemalloc.start()
    try:
        found = decoded(bomb, coding, most=1_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == (bytes(1_000), "it is larger than 1,000 bytes")
    assert peak < 2_000_000


def test_a_bomb_in_a_bomb_is_cut_too() -> None:
    bomb = gzip.compress(gzip.compress(bytes(30_000_000)))
    assert decoded(bomb, "gzip, gzip", most=5) == (bytes(5), "it is larger than 5 bytes")


def test_a_body_of_the_limits_size_is_whole() -> None:
    assert decoded(gzip.compress(TEXT), "gzip", most=len(TEXT)) == (TEXT, None)


@given(st.binary(max_size=200), st.sampled_from(sorted(CODERS)), st.integers(0, 100))
def test_no_bytes_whatever_raise(body: bytes, coding: str, most: int) -> None:
    assert len(decoded(body, coding, most=most).body) <= most
