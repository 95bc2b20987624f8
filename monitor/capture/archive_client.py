"""An address of a web archive → its answer as sent: one request at a time, with pauses, and as long as it may be."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple

import httpx

from monitor.capture.passing import PASSING, seconds_asked

PAUSE = 1.0  # seconds between two requests; archives ask for no more than one in a second
_WAITS = (5.0, 30.0, 120.0)  # seconds before asking again where the archive does not say how long
_LONGEST_WAIT = 600.0  # seconds; where it asks for more, its wish is met by ending
_MOST_REDIRECTIONS = 5
_SECONDS_OF_SILENCE = 60.0
_HEADERS = {
    "User-Agent": f"monitor/{version('monitor')} (brings in the captures of one page, one request at a time)",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept": "*/*",
}


class Answer(NamedTuple):
    """What the archive sent: header names in their own letters, the body with its content coding on."""

    url: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of the first header of that name, in Latin-1."""
        wanted = name.lower().encode()
        return next((value.decode("latin-1") for key, value in self.headers if key.lower() == wanted), None)

    @property
    def is_memento(self) -> bool:
        """Whether it is a capture, whatever its status, and not what the archive itself has to say."""
        return self.header("Memento-Datetime") is not None


class UnansweredError(Exception):
    """There was no answer, or none that can be used. `is_final`: asking for anything more would be of no use."""

    def __init__(self, what: str, *, is_final: bool = False) -> None:
        super().__init__(what)
        self.is_final = is_final


class ArchiveClient:
    """Asks one archive. Its pauses are taken by `sleep`, which is given seconds."""

    def __init__(self, *, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pause, self._sleep = pause, sleep
        self._has_asked = self._has_been_answered = False
        self._client: httpx.Client | None = None

    def close(self) -> None:
        """Hang up. Who asks again calls again, and has waited as if the line had stayed open."""
        if self._client:
            self._client.close()
        self._client = None

    def get(self, url: str, *, most: int) -> Answer:
        """The answer, after the archive's own redirections; those that it has captured are answers.

        Raises UnansweredError: no such address, no answer after some waiting, a body of more than `most` bytes.
        """
        for _ in range(_MOST_REDIRECTIONS):
            answer, following = self._patiently(url, most)
            if following is None:
                return answer
            if httpx.URL(following).raw_host != httpx.URL(url).raw_host:
                raise UnansweredError("it leads out of the archive")
            url = following
        raise UnansweredError("it leads in a circle")

    def _patiently(self, url: str, most: int) -> tuple[Answer, str | None]:
        complaint = ""
        for wait in (*_WAITS, None):
            asked_for = None
            try:
                answer, following = self._once(url, most)
                if answer.is_memento or answer.status not in PASSING:
                    return answer, following
                complaint, asked_for = (
                    f"it answers with status {answer.status}",
                    seconds_asked(answer.header("Retry-After")),
                )
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise UnansweredError(f"it is no address ({error})", is_final=True) from error
            except httpx.TransportError as error:
                complaint = f"no answer ({str(error) or type(error).__name__})"
                if not self._has_been_answered and isinstance(error, httpx.ConnectError):
                    break
            if wait is not None:
                self._wait(wait if asked_for is None else asked_for)
        raise UnansweredError(complaint)

    def _wait(self, seconds: float) -> None:
        if seconds > _LONGEST_WAIT:
            raise UnansweredError(f"it asks to be left alone for {seconds:,.0f} seconds", is_final=True)
        self._sleep(seconds)

    def _once(self, url: str, most: int) -> tuple[Answer, str | None]:
        """The answer as it is, and where the archive itself sends those who ask."""
        if self._has_asked and self._pause:
            self._sleep(self._pause)
        self._has_asked = True
        self._client = self._client or httpx.Client(headers=_HEADERS, timeout=_SECONDS_OF_SILENCE)
        with self._client.stream("GET", url) as response:
            self._has_been_answered = True
            body = _body(response, most)
            answer = Answer(str(response.url), response.status_code, tuple(response.headers.raw), body)
            following = response.next_request
            return answer, str(following.url) if following and not answer.is_memento else None


def _body(response: httpx.Response, most: int) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_raw():
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            raise UnansweredError(f"it sends more than {most:,} bytes")
    return b"".join(chunks)
