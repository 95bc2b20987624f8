"""A mailbox: a name and an address, apart. As people write it it is "Night desk" <desk@example.org>, or the address."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import NamedTuple


class Mailbox(NamedTuple):
    """Who a mail is from or for. `name` is as people read it, without quotes; "" where there is none."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the last @ of the address."""
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        return f"{phrase(self.name)} <{self.address}>" if self.name else self.address


def mailbox(text: str) -> Mailbox:
    """The mailbox as people write it; nothing stands in it where the text is none."""
    return Mailbox(*parseaddr(text))


def phrase(name: str) -> str:
    """The name as it stands before an address: in quotes where a sign in it would mean something else (RFC 5322)."""
    if not re.search(r'[()<>\[\]:;@\\,."]', name):
        return name
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
