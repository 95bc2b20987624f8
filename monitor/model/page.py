"""A page that is watched: its id, its title, where it comes from, how to read it. And all of them: the config."""

from __future__ import annotations

from typing import Literal, NamedTuple

from monitor.model.rules import Rules

Then = Literal["changes", "nothing"]

LONGEST_ID = 100  # letters: a file name may have 255 bytes on every system in use
ID_RULE = "use letters, digits, dots, dashes and underscores, and begin with a letter or digit"
_PARTS = frozenset("-_.")
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
        and all(each.isalnum() or each in _PARTS for each in text)
        and text[0].isalnum()
        and text[-1] != "."
        and text.lower().partition(".")[0] not in _TAKEN
    )


class Keep(NamedTuple):
    """How long captures are kept: all for so many days; of the older ones those that found a change, or nothing."""

    days: int
    then: Then = "changes"


class Page(NamedTuple):
    """A page's entry in config.yaml. `id` is its short name, unique among the pages; without `keep` all are kept."""

    id: str
    title: str | None = None
    url: str | None = None
    rules: Rules = Rules()
    keep: Keep | None = None


class Timestamps(NamedTuple):
    """Who signs the ledger: the authority's address, and the file with the root certificate that leads to it."""

    url: str | None = None
    ca_file: str | None = None


class Config(NamedTuple):
    """What config.yaml says; `source` is the file, `store` the folder of the snapshots.

    `keep` holds for pages that have none of their own, and for those that the config does not name.
    """

    source: str
    pages: tuple[Page, ...] = ()
    store: str = "snapshots"
    keep: Keep | None = None
    timestamps: Timestamps = Timestamps()
