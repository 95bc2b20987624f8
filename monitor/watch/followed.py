"""An address that a page leads to ↔ the id under which its captures are kept: `PAGE.item-…` or `PAGE.file-…`."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal

from monitor.model.page import LONGEST_ID

if TYPE_CHECKING:
    from monitor.store.folder import Store

_HASH_LENGTH = 12


def id_of(page: str, kind: Literal["item", "file"], url: str) -> str:
    """The id for an address; a page's own id that is too long for that is cut."""
    digits = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:_HASH_LENGTH]
    tail = f".{kind}-{digits}"
    return page[: LONGEST_ID - len(tail)] + tail


def is_led_to(id: str, page: str) -> bool:  # noqa: A002  the word of config.yaml
    """Whether that page led to what is kept under that id, which has the page's own before it, as far as that fits."""
    owner = owner_of(id)
    return owner != id and page[: LONGEST_ID - len(id) + len(owner)] == owner


def owner_of(id: str) -> str:  # noqa: A002  the word of config.yaml
    """The page that led to what is kept under that id; the id itself where none did."""
    return re.sub(rf"\.(item|file)-[0-9a-f]{{{_HASH_LENGTH}}}$", "", id)


def own_pages(store: Store) -> list[str]:
    """The ids of a store's pages, without those of the addresses that they led to."""
    return [each for each in store.pages() if owner_of(each) == each]
