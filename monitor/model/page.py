"""A page that is watched: its id, its title, where it comes from, how to read it. And all of them: the config."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor.model.expectation import Expectations
from monitor.model.request import Browser, Host, Request
from monitor.model.rules import Rules
from monitor.model.schedule import Schedule

if TYPE_CHECKING:
    from monitor.model.reader import Reader

Then = Literal["changes", "nothing"]

LONGEST_ID = 100  # letters: a file name may have 255 bytes on every system in use
ID_RULE = "use letters, digits, dots, dashes and underscores, and begin with a letter or digit"
_PARTS = dict.fromkeys(map(ord, "-_."))
# What stands in the store beside the folders of its pages, by the first word of its name.
_TAKEN = frozenset(("catalogue", "ledger", "readme", "timestamps"))


def is_page_id(text: str) -> bool:
    """Whether a text may name a page, and so a folder of the store: letters, digits, dots, dashes and underscores.

    It begins with a letter or digit and ends in no dot: no id leads out of the store, is hidden, or is a file of its
    own there.
    """
    return (
        0 < len(text) <= LONGEST_ID
        and text.isascii()
        and text.translate(_PARTS).isalnum()
        and text[0].isalnum()
        and text[-1] != "."
        and text.lower().partition(".")[0] not in _TAKEN
    )


class Keep(NamedTuple):
    """How long captures are kept: all for so many days; of the older ones those that found a change, or nothing."""

    days: int
    then: Then = "changes"


class Page(NamedTuple):
    """A page's entry in config.yaml. `id` is its short name, unique among the pages; without `keep` all are kept.

    Without a `schedule` it is captured only when somebody asks. `browser` is None where no browser is needed.
    `told_after` is how many captures in a row must fail before that is told. `asks_items` is whether the address of an
    item that changed suspiciously is asked for, `reads_documents` whether files behind items are held against those of
    before. `tell` are the ids of readers who are told of it, beside those who name it.
    """

    id: str
    title: str | None = None
    url: str | None = None
    rules: Rules = Rules()
    keep: Keep | None = None
    schedule: Schedule | None = None
    expect: Expectations = Expectations()
    tags: tuple[str, ...] = ()
    request: Request = Request()
    browser: Browser | None = None
    told_after: int = 3
    asks_items: bool = True
    reads_documents: bool = False
    tell: tuple[str, ...] = ()

    @property
    def zone(self) -> str | None:
        """The IANA name of the time zone in which its days are counted; UTC without one."""
        return self.rules.zone


class Timestamps(NamedTuple):
    """Who signs the ledger: the authority's address, and the file with the root certificate that leads to it."""

    url: str | None = None
    ca_file: str | None = None


class MetricsPlace(NamedTuple):
    """Where metrics for Prometheus go: a port of this machine that serves them, a file for its node exporter."""

    port: int | None = None
    textfile: str | None = None


class Config(NamedTuple):
    """What config.yaml says; `source` is the file, `store` the folder of the snapshots, `reports` that of the reports.

    `reports_url` is the address at which that one is served, with a slash at its end; None where it is not. `keep`
    holds for pages that have none of their own, and for those that the config does not name. `cautions` are lines on
    what is right and may still not be meant so.
    """

    source: str
    pages: tuple[Page, ...] = ()
    store: str = "snapshots"
    keep: Keep | None = None
    timestamps: Timestamps = Timestamps()
    reports: str = "reports"
    hosts: tuple[Host, ...] = ()
    cautions: tuple[str, ...] = ()
    metrics: MetricsPlace | None = None
    readers: tuple[Reader, ...] = ()
    reports_url: str | None = None
