"""Lists of an archive's captures: TimeMaps and the lines of CDX servers, as several programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from monitor.capture.timemaps import Memento, http_date, in_cdx, in_link_format, raw_address

URL = "https://www.example.org/a?b=c,d"
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)

TIMEMAP = """<https://www.example.org/a?b=c,d>; rel="original",
<https://archive.example/timemap/link/https://www.example.org/a>; rel="self"; from="Fri",
<https://archive.example/timemap/2/https://www.example.org/a>;rel="timemap";type="application/link-format"
 , <https://archive.example/web/https://www.example.org/a>; rel=timegate,
<https://archive.example/web/20240301120000/https://www.example.org/a?b=c,d>; rel="first memento";
    datetime="Fri, 01 Mar 2024 12:00:00 GMT",
<https://archive.example/web/20240302120000mp_/https://www.example.org/a?b=c,d>; datetime="rubbish"; rel="memento last",
<https://archive.example/web/here/>; rel="memento"; datetime="rubbish"
"""


def test_mementos_and_further_lists_are_found_in_a_timemap() -> None:
    timemap = in_link_format(TIMEMAP, "example.org/a")
    assert [(each.at, each.url, each.status) for each in timemap.mementos] == [
        (NOON, URL, None),
        (NOON.replace(day=2), URL, None),
    ]
    assert timemap.further == ("https://archive.example/timemap/2/https://www.example.org/a",)


def test_a_memento_is_asked_for_in_its_raw_form() -> None:
    raw = "https://archive.example/web/20240301120000id_/https://www.example.org/a?b=c,d"
    first, last = in_link_format(TIMEMAP, URL).mementos
    assert raw_address(first, "https://other.example/") == raw
    assert raw_address(last, "https://other.example/") == raw.replace("0301", "0302")
    assert raw_address(Memento(NOON, URL), "https://archive.example/web/") == raw


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("org,example)/a 20240301120000 https://www.example.org/a?b=c,d text/html 200 ABCDEF 310", 200),
        ("org,example)/a 20240301120000 https://www.example.org/a?b=c,d warc/revisit - ABCDEF 310", None),
        ("org,example)/a 20240301120000 https://www.example.org/a?b=c,d text/html 301 ABC - - 310 0 a.warc.gz", 301),
        ('org,example)/a 20240301120000 {"url": "https://www.example.org/a?b=c,d", "status": "404"}', 404),
        ('org,example)/a 20240301120000 {"url": "https://www.example.org/a?b=c,d", "mime": "warc/revisit"}', None),
    ],
    ids=["seven fields", "revisit", "eleven fields", "CDXJ", "CDXJ revisit"],
)
def test_lines_of_cdx_servers_are_read(line: str, status: int | None) -> None:
    assert in_cdx(f" CDX N b a m s k\n{line}\n").mementos == (Memento(NOON, URL, status),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>Not Found 20240301120000 x</body>",
        "a 20241301120000 http://x/ a 200",
        'a 20240301120000 {"url"',
        "a 2024 http://x/",
    ],
)
def test_what_is_no_cdx_has_no_mementos(text: str) -> None:
    assert in_cdx(text).mementos == ()


def test_dates_of_http_are_utc() -> None:
    assert http_date("Fri, 01 Mar 2024 13:00:00 +0100") == NOON
    assert http_date("yesterday") is None
    assert http_date(None) is None


@given(st.text())
def test_no_text_whatever_raises(text: str) -> None:
    in_cdx(text)
    in_link_format(text, URL)
    in_cdx(f"a 20240301120000 {text}")
    in_link_format(f"<http://x/>; {text}", URL)
