"""A reader: somebody who is told what changed, of which pages, from which significance on, when, and by which channels.

A channel is a kind of way there: a reader has at most one of each.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from monitor.model.change import Significance
from monitor.model.request import Login, Secret
from monitor.model.schedule import Schedule

Security = Literal["starttls", "tls", "none"]

MOST_MAIL_BYTES = 10 * 1024**2  # many servers refuse mails of more; those of a digest have some 100 KB


class Dkim(NamedTuple):
    """What a mail is signed with (RFC 6376): the name under which the domain's DNS has the public key, and the other.

    The domain is that of the sender's address.
    """

    selector: str
    key: Secret


class Mail(NamedTuple):
    """By SMTP: one mail to each address of `to`, from `sender`, through `server`.

    With `security` "starttls" or "tls" the server's certificate is verified, by the roots in `ca_file` too (relative to
    config.yaml). `unsubscribe` is an https address that takes a reader off the list at one click (RFC 8058), which
    needs `dkim`. A mail of more than `most_bytes` is not sent.
    """

    to: tuple[str, ...]
    sender: str
    server: str
    port: int = 587
    security: Security = "starttls"
    login: Login | None = None
    ca_file: str | None = None
    unsubscribe: str | None = None
    dkim: Dkim | None = None
    most_bytes: int = MOST_MAIL_BYTES


class Folder(NamedTuple):
    """Into a folder that may be served as a static site: pages, and a feed. A relative `path` is beside config.yaml.

    `url` is the address at which the folder is served, None where it is read from the disk.
    """

    path: str
    url: str | None = None


class Webhook(NamedTuple):
    """As JSON to an address, signed with a secret that its receiver has too; `key` names which secret that is."""

    url: str
    secret: Secret
    key: str = "1"


class Apprise(NamedTuple):
    """By whatever service the address, which holds its credentials, is one of (extra `notify`)."""

    url: Secret


class Stdout(NamedTuple):
    """On the standard output of the command that delivers."""


Channel = Mail | Folder | Webhook | Apprise | Stdout


class Choice(NamedTuple):
    """Findings of one of the `kinds` ("item.withdrawn", "item.*"), on one of the `pages`, that mention one of `words`.

    What is empty holds for all. Words are whole ones, in any case; "sanction*" is any that begin so.
    """

    kinds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Quiet(NamedTuple):
    """Hours in which nothing is sent: from a time of the day ("22:00") until another, the next day's where earlier."""

    since: str
    until: str


class Reader(NamedTuple):
    """A reader's entry in config.yaml. `id` is the short name, unique among the readers.

    `pages` are the ids of all pages this reader is told of: those named in the entry, those that bear one of its tags,
    and those that name the reader themselves; all there are where neither says which. Findings below `lowest` are not
    told. The digest goes out by `schedule`; without one only when somebody sends it. Findings of `at_once` or graver do
    not wait for it; None where all do. A digest without findings is sent only if `wants_empty`. What `raised` chooses
    is an alert for this reader, what `muted` chooses is not told; what both choose is raised.
    `zone` is the IANA name of the time zone of the schedule, of the quiet hours, and of the dates that are shown.
    """

    id: str
    channels: tuple[Channel, ...] = ()
    pages: tuple[str, ...] = ()
    lowest: Significance = Significance.NOTABLE
    schedule: Schedule | None = None
    at_once: Significance | None = None
    quiet: Quiet | None = None
    wants_empty: bool = False
    raised: tuple[Choice, ...] = ()
    muted: tuple[Choice, ...] = ()
    zone: str = "UTC"

    @property
    def looks_for_words(self) -> bool:
        """Whether what a page says decides whether the reader is told."""
        return any(choice.words for choice in (*self.raised, *self.muted))
