"""How a page is asked for: what the request bears, how long to wait, how much to take, and what a host is allowed."""

from __future__ import annotations

from typing import NamedTuple

MOST_BYTES = 20 * 1024**2  # of a page, with its content coding and without; the largest pages in use have some 10 MB
CONNECT, READ, WHOLE = 10.0, 30.0, 120.0  # seconds: browsers give up on a silent server after 30 to 300


class Secret(NamedTuple):
    """A text that may be secret: itself, or the name of an environment variable or of a file that holds it.

    A file's last line end is none of it; a relative file is beside config.yaml.
    """

    value: str | None = None
    env: str | None = None
    file: str | None = None


class Login(NamedTuple):
    """A name and a password for HTTP's basic authentication."""

    user: str
    password: Secret


class Request(NamedTuple):
    """What is sent, and the limits of what comes back. Times are in seconds, `whole` for redirects and retries too.

    `headers` and `cookies` are names and values; they and `login` go to the page's own host and to no other.
    `proxy` is an address like http://host:port, `ca_file` a file of root certificates that are trusted beside the
    usual ones, relative to config.yaml. `most_bytes` holds before content decoding and again after it.
    """

    headers: tuple[tuple[str, Secret], ...] = ()
    cookies: tuple[tuple[str, Secret], ...] = ()
    login: Login | None = None
    proxy: Secret | None = None
    ca_file: str | None = None
    user_agent: str | None = None
    obeys_robots: bool = True
    most_bytes: int = MOST_BYTES
    connect: float = CONNECT
    read: float = READ
    whole: float = WHOLE


class Browser(NamedTuple):
    """How a page that needs JavaScript is opened. `wait_for` is a CSS selector that must be there before it is taken.

    `dismiss` are selectors of what is clicked away first, cookie banners mostly; one that is not there is passed over.
    `width` and `height` are those of the window, in CSS pixels.
    """

    wait_for: str | None = None
    dismiss: tuple[str, ...] = ()
    width: int = 1280
    height: int = 1024


class Host(NamedTuple):
    """How a host is treated: "intranet.example", "127.0.0.1" or, for one port alone, "127.0.0.1:8000".

    Only where `is_private_allowed` may its addresses be private ones. `pause` is the time in seconds between the end of
    one request and the beginning of the next, `parallel` how many may run at a time.
    """

    host: str
    is_private_allowed: bool = False
    pause: float = 1.0
    parallel: int = 1


class Validators(NamedTuple):
    """What a server gave with a page to ask later whether it is still the same: its ETag and its Last-Modified.

    They are sent back to the letter; a clock of one's own is never sent. `url` is the address that gave them, the last
    one where there were redirections: they are sent to it and to no other. None is the page's own. `capture` is the
    store's file of the capture with which they came, whose body "not modified" is said of.
    """

    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None
    capture: str | None = None
