"""Servers that mean harm or are broken: each costs its own limit of time and memory and one clear line, and no more."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import brotli
import pytest

from monitor.errors import CaptureError
from monitor.model.request import Request
from monitor.model.snapshot import Snapshot
from tests.sites import (
    PAGE,
    Certificate,
    Reply,
    Script,
    StoppedClock,
    answer,
    asking,
    certificate,
    leading,
    open_to,
    root_file,
    secured,
    site,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = 60_000_000  # bytes that a bomb unfolds to; PATIENT allows 200,000
SLACK = 5.0  # seconds over a limit: a busy machine
PATIENT = Request(obeys_robots=False, most_bytes=200_000, connect=20.0, read=20.0, whole=60.0)
MEMORY = 8_000_000  # bytes that one of them may take at its worst


def ask(reply: Reply, request: Request = PATIENT) -> tuple[Snapshot | CaptureError, Snapshot]:
    """What comes of a page that answers so, and of a good one of another server that is asked for beside it."""

    async def both() -> tuple[Snapshot | CaptureError, Snapshot]:
        async with asking(clock=StoppedClock()) as client, site(bad=reply) as bad, site(good=answer()) as good:

            async def fetch_bad() -> Snapshot | CaptureError:
                try:
                    return await client.fetch(f"{bad.url}/bad", request)
                except CaptureError as error:
                    return error

            pair = await asyncio.gather(fetch_bad(), client.fetch(f"{good.url}/good", PATIENT))
            return pair[0], pair[1]

    return asyncio.run(both())


def refused(reply: Reply, request: Request = PATIENT) -> CaptureError:
    """The one line with which a page is given up that answers so, while another page is not touched by it."""
    began = monotonic()
    found, beside = ask(reply, request)
    assert monotonic() - began < request.whole + SLACK
    assert isinstance(found, CaptureError), found
    assert beside.body == PAGE
    assert "\n" not in str(found)
    assert found.remedy
    return found


def taken(reply: Reply) -> Snapshot:
    """The snapshot of a page that answers so."""
    found, beside = ask(reply)
    assert isinstance(found, Snapshot), found
    assert beside.body == PAGE
    return found


def said(*parts: bytes, pause: float = 0.0, ends: bool = True) -> Script:
    """A script that writes the parts, with a pause behind each, and hangs up."""

    async def script(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        if ends:
            writer.close()

    return script


def for_ever(part: bytes, start: bytes = b"", pause: float = 0.0) -> Script:
    """A script that never ends writing the same."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return script


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE)
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


# Each with the one limit that it is to run into. No pause before a second try has room in 1.9 seconds.
SILENCE = PATIENT._replace(read=0.3, whole=1.9)
BEGINNING = PATIENT._replace(connect=0.4, read=0.4, whole=1.9)
WHOLE = PATIENT._replace(whole=0.8)
ENDLESS = {
    "no answer": (for_ever(b"", pause=1), SILENCE, "silent for 0.3 s"),
    "a head byte by byte": (for_ever(b"x", b"HTTP/1.1 200 OK\r\nX: ", 0.02), BEGINNING, "no answer began within 0.8 s"),
    "a flood of hints": (
        for_ever(b"HTTP/1.1 103 Hints\r\n\r\n" * 20, pause=0.001),
        BEGINNING,
        "no answer began within",
    ),
    "a body byte by byte": (for_ever(b"x", HEAD + b"\r\n", 0.02), WHOLE, "did not answer in full within 0.8 s"),
    "a chunk byte by byte": (for_ever(b"1\r\nx\r\n", CHUNKED, 0.02), WHOLE, "did not answer in full within 0.8 s"),
    "an endless body": (for_ever(b"x" * 50_000, HEAD + b"\r\n"), PATIENT, "larger than 200,000 bytes"),
    "an endless row of chunks": (
        for_ever(b"c350\r\n" + b"x" * 50_000 + b"\r\n", CHUNKED),
        PATIENT,
        "than 200,000 bytes",
    ),
    "many small chunks": (for_ever(b"1\r\nx\r\n" * 1000, CHUNKED), PATIENT, "pieces of a few bytes each"),
    "endless header lines": (for_ever(b"X-Line: some words\r\n" * 100, HEAD), PATIENT, "more than 100 KB"),
    "one endless header line": (for_ever(b"x" * 5000, HEAD + b"X: "), PATIENT, "more than 100 KB"),
    "endless trailers": (for_ever(b"X-Line: words\r\n" * 100, CHUNKED + b"0\r\n"), PATIENT, "more than 100 KB"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_given_up_at_a_limit(name: str) -> None:
    script, request, line = ENDLESS[name]
    assert line in str(refused(script, request))


@pytest.mark.parametrize("lines", [b"X: " + b"x" * 1_000_000, b"X-Line: some words\r\n" * 50_000], ids=["one", "many"])
def test_header_of_a_megabyte_is_refused(lines: bytes) -> None:
    assert "the header of its answer has more than 100 KB" in str(refused(HEAD + lines + b"\r\n\r\n" + PAGE))


def test_a_thousand_header_lines_are_kept() -> None:
    lines = [f"X-{number}: {number}" for number in range(1000)]
    assert taken(answer(PAGE, *lines)).exchanges[-1].header("X-999") == "999"


# -- bombs


def bombs() -> dict[str, bytes]:
    from backports import zstd

    gzipped = gzip.compress(b"\0" * BOMB, 9)
    squeezed = brotli.Compressor(quality=4)
    return {
        "gzip": gzipped,
        "gzip, gzip": gzip.compress(gzip.compress(b"\0" * BOMB, 9)),
        "deflate": zlib.compress(b"\0" * BOMB, 9),
        "br": squeezed.process(b"\0" * BOMB) + squeezed.finish(),
        "zstd": zstd.compress(b"\0" * BOMB),
    }


@pytest.fixture(scope="module")
def unfolding() -> dict[str, bytes]:
    return bombs()


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "deflate", "br", "zstd"])
def test_bomb_takes_no_more_memory_than_is_allowed(coding: str, unfolding: dict[str, bytes]) -> None:
    reply = answer(unfolding[coding], f"Content-Encoding: {coding}")
    tracemalloc.start()
    try:
        error = refused(reply)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "larger than 200,000 bytes" in str(error)
    assert peak < MEMORY


def test_endless_body_takes_no_more_memory_than_is_allowed() -> None:
    tracemalloc.start()
    try:
        refused(for_ever(b"x" * 50_000, HEAD + b"\r\n"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY


# -- lengths and codings


def test_answer_shorter_than_its_length_breaks_off() -> None:
    error = refused(said(HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE))
    assert f"its answer breaks off (received {len(PAGE)} bytes, expected 1000)" in str(error)
    assert error.is_passing


LONGER = {
    "length": HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
    "chunks": CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
}


@pytest.mark.parametrize("name", LONGER)
def test_what_comes_behind_an_answer_is_no_other_pages_answer(name: str) -> None:
    reply = LONGER[name] + answer(b"what nobody asked")

    async def after_it() -> list[Snapshot]:
        async with asking() as client, site(bad=reply, good=answer(b"the right page")) as made:
            return [await client.fetch(f"{made.url}/{name}", PATIENT) for name in ("bad", "good")]

    bad, good = asyncio.run(after_it())
    assert bad.body == (b"" if name == "no content" else PAGE)
    assert good.body == b"the right page"


def test_chunks_that_break_off_are_named() -> None:
    error = refused(said(CHUNKED + b"100\r\n" + PAGE))
    assert "its answer breaks off (incomplete chunked read)" in str(error)
    assert error.is_passing


@pytest.mark.parametrize("size", [b"zzz", b"-5", b"0x10", b"1" * 40, b""], ids=repr)
def test_sizes_of_chunks_that_are_none_are_named(size: bytes) -> None:
    assert "what it answers is no HTTP" in str(refused(CHUNKED + size + b"\r\n" + PAGE + b"\r\n0\r\n\r\n"))


def test_two_lengths_that_differ_are_no_http() -> None:
    assert "no HTTP" in str(refused(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"))


def test_gzip_of_two_members_is_read_whole() -> None:
    body = gzip.compress(PAGE) + gzip.compress(b"<p>More.")
    found = taken(answer(body, "Content-Encoding: gzip"))
    assert (found.body, found.payload, found.notes) == (PAGE + b"<p>More.", body, ())


def test_gzip_that_breaks_off_is_kept_as_far_as_it_goes_and_says_so() -> None:
    found = taken(answer(gzip.compress(PAGE * 50)[:-20], "Content-Encoding: gzip"))
    assert found.body.startswith(PAGE)
    assert found.notes == (("fault", "its gzip stream breaks off"),)


def test_coding_that_is_none_leaves_the_body_and_says_so() -> None:
    found = taken(answer(PAGE, "Content-Encoding: gzip"))
    assert (found.body, found.notes) == (PAGE, (("fault", "it is not gzip, as its header says"),))


def test_declared_charset_is_kept_however_wrong() -> None:
    found = taken(answer("Паром".encode(), "Content-Type: text/html; charset=shift_jis"))
    assert (found.media_type, found.body.decode()) == ("text/html; charset=shift_jis", "Паром")


# -- no HTTP


def test_line_of_a_complaint_is_short() -> None:
    assert len(str(refused(HEAD + b"\xff" * 90_000 + b"\r\n\r\n"))) < 400


@pytest.mark.parametrize(
    "junk",
    [PAGE + b"\r\n\r\n", bytes(range(256)) * 4, b"\r\n\r\n", b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 99999 OK\r\n\r\n"],
    ids=["HTTP/0.9", "binary", "empty lines", "no status", "long status"],
)
def test_what_is_no_http_is_said_to_be_none(junk: bytes) -> None:
    assert "what it answers is no HTTP" in str(refused(said(junk)))


def test_server_that_hangs_up_without_an_answer_is_named() -> None:
    error = refused(said())
    assert "it hung up without an answer" in str(error)
    assert error.is_passing


def test_server_that_resets_the_connection_is_named() -> None:
    error = refused(reset)
    assert "the connection broke off" in str(error)
    assert error.is_passing


# -- statuses


def test_not_modified_without_being_asked_is_no_capture() -> None:
    error = refused(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert "as it was (304), which nobody asked" in str(error)
    assert error.is_passing


def test_no_content_is_a_capture_of_nothing() -> None:
    found = taken(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert (found.exchanges[-1].status, found.body) == (204, b"")


def test_part_of_a_page_says_so() -> None:
    found = taken(answer(PAGE[:10], "Content-Range: bytes 0-9/64", status="206 Partial Content"))
    assert found.notes == (("fault", "it is a part of the page (206), though all of it was asked for"),)


# -- redirections


PLACES = {
    "javascript:alert(1)": "no address of a page",
    "file:///etc/passwd": "no address of a page",
    "data:text/html,hello": "no address of a page",
    "mailto:someone": "no address of a page",
    "http://[::1": "which is no address",
    "http://host.invalid:99999999/": "no address of a page",
    "http://" + "x" * 70_000: "which is no address",
    "http://x\x01y/": "which is no address",
    "http://127.0.0.1/" + "a" * 16_000: "which is no address that can be kept: it has more than 16,000 letters",
    "http://user:password@127.0.0.1/": "a name and a password in it",
}


@pytest.mark.parametrize("place", PLACES)
def test_redirection_to_no_page_is_refused(place: str) -> None:
    error = refused(leading(place))
    assert PLACES[place] in str(error)
    assert "password@" not in str(error)


def test_redirection_to_nowhere_is_the_page_itself() -> None:
    assert taken(leading("")).exchanges[-1].status == 302


def test_redirection_to_itself_is_a_circle() -> None:
    assert "it leads in a circle" in str(refused(leading("/bad")))


def test_redirection_in_a_circle_of_two_is_a_circle() -> None:
    async def asked() -> None:
        async with asking() as client, site(a=leading("/b"), b=leading("/a")) as made:
            await client.fetch(f"{made.url}/a", PATIENT)

    with pytest.raises(CaptureError, match=r"it leads in a circle, by .*/a"):
        asyncio.run(asked())


def test_redirections_without_end_are_given_up() -> None:
    pages: dict[str, Reply] = {f"p{number}": leading(f"/p{number + 1}") for number in range(50)}

    async def asked() -> None:
        async with asking() as client, site(**pages) as made:
            with pytest.raises(CaptureError, match="it leads on more than 10 times"):
                await client.fetch(f"{made.url}/p0", PATIENT)
            assert len(made.asked) == 11

    asyncio.run(asked())


@pytest.mark.parametrize("place", ["/caf\u00e9".encode(), b"/caf%C3%A9"], ids=["raw", "escaped"])
def test_redirection_beyond_ascii_is_followed(place: bytes) -> None:
    async def asked() -> Snapshot:
        async with asking() as client, site(start=leading(place)) as made:
            made.pages["/caf%C3%A9"] = [answer()]
            return await client.fetch(f"{made.url}/start", PATIENT)

    assert asyncio.run(asked()).body == PAGE


# -- TLS


async def over_tls(url: str, folder: Path, request: Request = PATIENT) -> CaptureError:
    async with asking(folder=str(folder), clock=StoppedClock()) as client:
        with pytest.raises(CaptureError) as caught:
            await client.fetch(url.replace("http://", "https://"), request._replace(ca_file=root_file(folder)))
    return caught.value


CERTIFICATES: dict[str, tuple[Callable[[], Certificate], str]] = {
    "expired": (lambda: certificate(days=-1), "its certificate has expired"),
    "of another host": (lambda: certificate("other.example"), "its certificate is of another host"),
    "signed by itself": (lambda: certificate(is_own=True), "its certificate is signed by itself"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificate_that_proves_nothing_is_refused(name: str, tmp_path: Path) -> None:
    made, line = CERTIFICATES[name]

    async def asked() -> CaptureError:
        async with site(secured(made(), tmp_path), page=answer()) as bad:
            error = await over_tls(f"{bad.url}/page", tmp_path)
            assert bad.heads == []
            return error

    error = asyncio.run(asked())
    assert line in str(error)
    assert not error.is_passing


def test_root_that_nobody_named_is_not_trusted(tmp_path: Path) -> None:
    async def asked() -> None:
        async with site(secured(certificate(), tmp_path), page=answer()) as made, asking() as client:
            with pytest.raises(CaptureError, match=r"leads to no root that is trusted; .* name it as ca_file"):
                await client.fetch(f"{made.url}/page", PATIENT)

    asyncio.run(asked())


SPOKEN = {
    "plain text": (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what it speaks is no TLS"),
    "garbage": (bytes(range(256)), "what it speaks is no TLS"),
    "nothing": (b"", "hung up while the connection was being secured"),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_what_is_no_tls_is_said_to_be_none(name: str, tmp_path: Path) -> None:
    words, line = SPOKEN[name]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(words)

    async def asked() -> CaptureError:
        async with open_to(serve) as url:
            return await over_tls(url, tmp_path)

    assert line in str(asyncio.run(asked()))


def frame(kind: int, payload: bytes, flags: int = 0, stream: int = 0) -> bytes:
    return len(payload).to_bytes(3) + bytes((kind, flags)) + stream.to_bytes(4) + payload


SETTINGS = frame(4, b"")
HTTP2 = {
    "garbage": (bytes(range(256)) * 10, "what it answers is no HTTP"),
    "an end": (SETTINGS + frame(7, bytes(4) + (2).to_bytes(4)), "its answer breaks off"),
    "a reset": (SETTINGS + frame(3, (2).to_bytes(4), stream=1), "what it answers is no HTTP"),
    "junk for header lines": (SETTINGS + frame(1, b"\xff" * 50, flags=4, stream=1), "what it answers is no HTTP"),
    "endless header lines": (SETTINGS + frame(1, b"", stream=1) + frame(9, bytes(16_000), stream=1) * 99, "no HTTP"),
    "nothing": (b"", "hung up without an answer"),
}


@pytest.mark.parametrize("name", HTTP2)
def test_what_is_no_http2_is_said_to_be_none(name: str, tmp_path: Path) -> None:
    words, line = HTTP2[name]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(words)
        while words and await reader.read(1000):
            pass

    async def asked() -> CaptureError:
        async with open_to(serve, secured(certificate(), tmp_path, "h2")) as url:
            return await over_tls(url, tmp_path)

    assert line in str(asyncio.run(asked()))


def test_silence_in_the_middle_of_the_handshake_is_no_connection(tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            pass

    async def asked() -> CaptureError:
        async with open_to(serve) as url:
            return await over_tls(url, tmp_path, PATIENT._replace(connect=0.3, whole=1.9))

    assert "no connection within 0.3 s" in str(asyncio.run(asked()))


def test_nobody_there_is_named() -> None:
    async def asked() -> None:
        async with open_to(_nobody) as url:
            pass
        async with asking(clock=StoppedClock()) as client:
            await client.fetch(url, PATIENT)

    with pytest.raises(CaptureError, match="nothing answers at this address") as caught:
        asyncio.run(asked())
    assert caught.value.is_passing


async def _nobody(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None: ...
