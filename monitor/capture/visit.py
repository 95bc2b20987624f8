"""The way from a page's address to the answer that counts: where redirections lead, what was said, the time left."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import httpx

from monitor.capture.asking import Letter, Sender
from monitor.capture.connections import Answer
from monitor.capture.urls import NoAddressError, url_of
from monitor.errors import CaptureError
from monitor.model.request import Request, Validators

_MOST_REDIRECTIONS = 10  # browsers follow 20; pages in use have one or two
_REDIRECTIONS = frozenset((301, 302, 303, 307, 308))
_LONGEST_SHOWN = 100  # letters of an address that somebody else wrote
_REMEDY = "look at it in a browser, and give the address where it ends"


class Visit:
    """One capture of a page on its way. Raises CaptureError where a secret that it sends is not there."""

    def __init__(self, page: httpx.URL, request: Request, validators: Validators | None, folder: str) -> None:
        self.page, self.request, self.left = page, request, request.whole
        self.answers: list[Answer] = []
        self.notes: list[tuple[str, str]] = []
        self._sender = Sender(page, request, folder)
        self._validators = validators
        self._given = httpx.Cookies()
        self._seen: set[_Step] = set()

    def spend(self, seconds: float) -> bool:
        """Whether there is so much time left. If so, or if it is spent already, it is gone."""
        self.left -= seconds
        return self.left > 0

    def letter(self, url: httpx.URL) -> Letter:
        """What is sent to an address."""
        return self._sender.letter(url, self._validators_for(url), self._cookie(url))

    def check(self, answer: Answer) -> None:
        """Raise CaptureError where an answer is none to what was asked."""
        url = answer.exchange.url
        if answer.exchange.status == 304 and self._validators_for(url_of(url)) is None:
            what = f"{url}: it says that it is as it was (304), which nobody asked"
            raise CaptureError(what, "it is tried again later", is_passing=True)

    def next_after(self, url: httpx.URL, answer: Answer) -> httpx.URL | None:
        """Take down an answer; the address to which it sends those who ask, None where it is the page.

        Raises CaptureError where that leads nowhere, in a circle or too far.
        """
        self._seen.add(_Step(str(url), self._cookie(url)))
        self.answers.append(answer)
        self._take_cookies(url, answer)
        status, place = answer.exchange.status, _place(answer)
        if status == 206:
            self.notes.append(("fault", "it is a part of the page (206), though all of it was asked for"))
        if status not in _REDIRECTIONS or not place:
            return None
        following = _joined(url, place)
        if _Step(str(following), self._cookie(following)) in self._seen:
            raise CaptureError(f"{self.page}: it leads in a circle, by {_shown(str(following))}", _REMEDY)
        if len(self.answers) > _MOST_REDIRECTIONS:
            raise CaptureError(f"{self.page}: it leads on more than {_MOST_REDIRECTIONS} times", _REMEDY)
        if (url.scheme, following.scheme) == ("https", "http"):
            self.notes.append(("downgrade", f"{url} leads to {following}, where anybody on the way can write"))
        return following

    @property
    def confirmed(self) -> str | None:
        """The capture, by its file, of which the last answer says that the page is still so."""
        is_confirmed = self.answers[-1].exchange.status == 304
        return self._validators.capture if self._validators and is_confirmed else None

    def _validators_for(self, url: httpx.URL) -> Validators | None:
        validators = self._validators
        if validators is None or not (validators.etag or validators.last_modified):
            return None
        asked = url_of(validators.url) if validators.url else self.page
        return validators if url == asked else None

    def _cookie(self, url: httpx.URL) -> str | None:
        """The cookies that servers gave on this way and that go to an address."""
        if not self._given:
            return None
        asking = httpx.Request("GET", url)
        self._given.set_cookie_header(asking)
        cookie: str | None = asking.headers.get("Cookie")
        return cookie

    def _take_cookies(self, url: httpx.URL, answer: Answer) -> None:
        if any(name.lower() == b"set-cookie" for name, _ in answer.lines):
            asked = httpx.Request("GET", url)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the standard library prints its trace for a date that is none
                self._given.extract_cookies(httpx.Response(200, headers=list(answer.lines), request=asked))


class _Step(NamedTuple):
    """An address and the cookies with which it was asked; a page may send on to itself to set one."""

    url: str
    cookie: str | None


def _place(answer: Answer) -> str:
    """Where the answer leads, as servers write it: in UTF-8 if they use more than ASCII, some in Latin-1."""
    raw = next((value for name, value in answer.lines if name.lower() == b"location"), b"").strip()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _joined(url: httpx.URL, place: str) -> httpx.URL:
    try:
        return url_of(place, url).copy_with(fragment=None)
    except NoAddressError as error:
        raise CaptureError(f"{url}: it leads to {_shown(place)}, which is {error}", _REMEDY) from error


def _shown(place: str) -> str:
    short = place if len(place) <= _LONGEST_SHOWN else f"{place[:_LONGEST_SHOWN]}…"
    return repr(short)
