"""The address of a page → a Snapshot of what its server answers, asked for politely and within limits.

Each address on the way goes past the guard and robots.txt and waits its turn in its host's queue. What passes (no
connection, a server that is busy) is asked for again; what does not is said in one line.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

import httpx

from monitor.capture.complaints import too_large, too_slow
from monitor.capture.connections import Answer, Connections
from monitor.capture.guard import Guard, RefusedError
from monitor.capture.passing import PASSING, seconds_asked
from monitor.capture.politeness import Clock, Politeness, Queue
from monitor.capture.robots import Robots
from monitor.capture.urls import host_of, port_of, url_of
from monitor.capture.visit import Visit
from monitor.codings import Decoded, decoded
from monitor.errors import CaptureError
from monitor.model.request import Host, Request, Validators
from monitor.model.snapshot import Snapshot

_PAUSES = (2.0, 10.0)  # seconds before asking again what did not answer; a server that restarts is back by then
_LARGE = 64 * 1024  # bytes of a coded body; above, it is decoded in a thread, for it may unfold to all it may have


class HttpClient:
    """Asks servers, for all pages of a run. `hosts` are config.yaml's, `folder` is where it stands."""

    def __init__(self, guard: Guard, hosts: Sequence[Host], *, folder: str, clock: Clock | None = None) -> None:
        self._guard, self._folder, self._clock = guard, folder, clock or Clock()
        self._connections = Connections(guard, folder, self._clock)
        self._politeness = Politeness(hosts, self._clock)
        self._robots = Robots(self.fetch, self._clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connections.close()

    async def fetch(self, url: str, request: Request, validators: Validators | None = None) -> Snapshot:
        """The page as its server gives it now, whatever the status; `validators` ask for it only if it is another.

        Raises CaptureError: it may not be asked for, there is no answer, or none that can be used.
        """
        self._guard.check(url)  # before it is taken for an address at all
        visit = Visit(url_of(url.partition("#")[0]), request, validators, self._folder)
        following: httpx.URL | None = visit.page
        while following is not None:
            following = await self._step(following, visit)
        return await _snapshot(url, visit)

    async def _step(self, url: httpx.URL, visit: Visit) -> httpx.URL | None:
        """Ask one address; what it leads to, None where it is the page. A refusal names the page that led there."""
        try:
            if visit.answers:
                self._guard.check(str(url))
            await self._obey(url, visit.request)
            answer = await self._patiently(url, visit)
        except RefusedError as error:
            if not visit.answers:
                raise
            raise RefusedError(f"{visit.page}: it leads on, but {error.what}", error.remedy) from error
        return visit.next_after(url, answer)

    async def may_ask(self, url: str, request: Request) -> None:
        """Raise CaptureError where robots.txt does not allow the address; the pause that it asks for is kept."""
        self._guard.check(url)
        await self._obey(httpx.URL(url), request)

    @asynccontextmanager
    async def turn(self, url: str, request: Request) -> AsyncIterator[None]:
        """A place in the queue of the page's host, for who asks by other means than this client.

        Raises CaptureError as `may_ask` does, and where the host has asked to be left alone.
        """
        await self.may_ask(url, request)
        async with self._queue(httpx.URL(url)).turn(request.whole):
            yield

    async def _obey(self, url: httpx.URL, request: Request) -> None:
        if request.obeys_robots:
            self._queue(url).slow_down(await self._robots.check(url, request))

    def _queue(self, url: httpx.URL) -> Queue:
        return self._politeness.queue(host_of(url), port_of(url))

    async def _patiently(self, url: httpx.URL, visit: Visit) -> Answer:
        """The answer of one address, or the last of several that were no better.

        What the host asks for is granted, and binds the other pages too; where it is more than there is time for, its
        answer is taken as it is.
        """
        for pause in (*_PAUSES, None):
            outcome = await self._in_turn(url, visit)
            if isinstance(outcome, Answer) and outcome.exchange.status not in PASSING:
                return outcome
            asked = _asked(outcome)
            self._queue(url).leave_alone(asked)
            if pause is None or not visit.spend(max(asked, pause)):
                break
            await self._clock.sleep(max(asked, pause))
        if isinstance(outcome, CaptureError):
            raise outcome
        return outcome

    async def _in_turn(self, url: httpx.URL, visit: Visit) -> Answer | CaptureError:
        """What came of asking once, a fault that passes included. Waiting for the turn costs the visit no time."""
        async with self._queue(url).turn(visit.request.whole):
            began = self._clock.now()
            try:
                async with asyncio.timeout(visit.left):
                    answer = await self._connections.ask(url, visit.letter(url), visit.request)
                    visit.check(answer)
                    return answer
            except TimeoutError:
                return too_slow(str(url), visit.request.whole)
            except CaptureError as error:
                if not error.is_passing:
                    raise
                return error
            finally:
                visit.spend(self._clock.now() - began)


def _asked(outcome: Answer | CaptureError) -> float:
    wish = outcome.exchange.header("Retry-After") if isinstance(outcome, Answer) else None
    return seconds_asked(wish) or 0.0


async def _snapshot(source: str, visit: Visit) -> Snapshot:
    answer, request = visit.answers[-1], visit.request
    exchange = answer.exchange
    page = await _decoded(exchange.body, exchange.header("Content-Encoding"), request.most_bytes)
    if page.is_cut:
        raise too_large(exchange.url, request.most_bytes)
    return Snapshot(
        source=source,
        body=page.body,
        captured_at=answer.at,
        media_type=exchange.header("Content-Type"),
        url=exchange.url,
        exchanges=tuple(each.exchange for each in visit.answers),
        notes=(*visit.notes, *((("fault", page.fault),) if page.fault else ())),
        confirmed=visit.confirmed,
    )


async def _decoded(body: bytes, coding: str | None, most: int) -> Decoded:
    if coding is None or len(body) < _LARGE:
        return decoded(body, coding, most=most)
    return await asyncio.to_thread(decoded, body, coding, most=most)
