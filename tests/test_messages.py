"""HTTP messages of web archives: heads stay as they came, chunks come off, wrong ones cost nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from monitor.capture.messages import parted
from monitor.model.snapshot import Exchange

HEAD = b"HTTP/1.1 200 OK\r\nServer: caf\xe9  \r\nTRANSFER-encoding:  chunked\r\nContent-Encoding: gzip\r\n\r\n"
KEPT = HEAD.replace(b"TRANSFER-encoding:", b"X-Crawler-Transfer-Encoding:")


def test_only_the_name_of_the_transfer_coding_changes_in_the_head() -> None:
    assert parted(HEAD + b"5\r\nhello\r\n0\r\n\r\n") == (KEPT, b"hello", None)


def test_a_message_without_chunks_is_cut_and_nothing_else() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n"
    assert parted(head + b"5\r\nhello\r\n0\r\n\r\n") == (head, b"5\r\nhello\r\n0\r\n\r\n", None)
    assert parted(head[:-4]) == (head[:-4], b"", None)


def test_a_head_with_bare_line_feeds_can_be_read() -> None:
    head, body, _ = parted(b"HTTP/1.0 404 No\nContent-Type: text/html\n\nbody\r\n\r\n")
    assert (Exchange("", head, body).status, Exchange("", head, body).header("content-type")) == (404, "text/html")
    assert body == b"body\r\n\r\n"


def test_bytes_that_are_no_message_are_all_body() -> None:
    assert parted(b"<html>\r\n\r\n") == (b"", b"<html>\r\n\r\n", None)


@pytest.mark.parametrize(
    "body",
    [
        b"5;name=value\r\nhello\r\n0\r\nTrailer: kept\r\n\r\n",
        b"5   \r\nhello\r\n000\r\n\r\n",
        b"0005\r\nhello\r\n0",
        b"5\nhello\n0\n\n",
        b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
    ],
    ids=["extension and trailer", "padding", "zeros", "bare line feeds", "two chunks"],
)
def test_chunks_are_joined_however_they_are_written(body: bytes) -> None:
    assert parted(HEAD + body)[1:] == (b"hello", None)


@pytest.mark.parametrize(
    ("body", "whole", "fault"),
    [
        (b"", b"", None),
        (b"<html>a page</html>", b"<html>a page</html>", "its header says chunked, which it is not"),
        (b"<html>\r\na page</html>", b"<html>\r\na page</html>", "its header says chunked, which it is not"),
        (b"3\r\nhello\r\n0\r\n\r\n", b"3\r\nhello\r\n0\r\n\r\n", "its header says chunked, which it is not"),
        (b"5\r\nhello\r\nxyz\r\nthe rest", b"helloxyz\r\nthe rest", "its chunks are damaged"),
        (b"5\r\nhello\r\n-1\r\nthe rest", b"hello-1\r\nthe rest", "its chunks are damaged"),
        (b"5\r\nhello\r\n3\r\nthe rest", b"hello3\r\nthe rest", "its chunks are damaged"),
        (b"5\r\nhello\r\n9\r\nthe", b"hellothe", "its last chunk breaks off"),
        (b"5\r\nhello\r\n", b"hello", "its last chunk breaks off"),
    ],
)
def test_wrong_chunks_give_what_there_is_and_say_so(body: bytes, whole: bytes, fault: str | None) -> None:
    assert parted(HEAD + body) == (KEPT, whole, fault)


@given(st.lists(st.binary(min_size=1, max_size=40)))
def test_what_was_chunked_is_joined(parts: list[bytes]) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert parted(HEAD + body) == (KEPT, b"".join(parts), None)


@given(st.binary(max_size=100))
def test_no_bytes_whatever_raise_or_are_lost_in_a_head(message: bytes) -> None:
    assert parted(b"HTTP/1.1 200 OK\r\n\r\n" + message).body == message
    parted(HEAD + message)
    parted(message)
