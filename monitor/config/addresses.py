"""Addresses of mail and of services, and kinds of findings, as they are written → the same, if there can be such."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.config.places import address, host
from monitor.model.change import ChangeKind
from monitor.model.mailbox import mailbox
from monitor.model.rules import shortened

MAIL_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^[^@]+@[^@]+$"}

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
# Findings that are no change: what a check finds, and a page's new form.
_MORE_KINDS = (
    *(f"check.{each}" for each in ("counter", "clock", "date", "order", "field")),
    "form.changed",
)


def mail_address(text: str) -> str:
    """ "desk@example.org" or "Desk <desk@example.org>", a name with a comma in quotes. Raises ValueError."""
    found = mailbox(text)
    local, at, domain = found.address.rpartition("@")
    if not at or any(not sign.isprintable() for sign in text) or not re.fullmatch(_LOCAL, local) or "=?" in local:
        raise ValueError(f"{shortened(text)!r} is no address of mail; write one like desk@example.org")
    if text.strip() != found.address and not text.strip().endswith(f"<{found.address}>"):
        raise ValueError(f"{shortened(text)!r} is no single address; write one, and others as a list")
    if mailbox(str(found)) != found:
        raise ValueError(f"{shortened(text)!r} has a name that mail cannot bear; write it without quotes and brackets")
    host(domain)
    return str(found)


def https(text: str) -> str:
    """An address that is asked over TLS. Raises ValueError."""
    if not text.startswith("https://"):
        raise ValueError(f"{shortened(text)!r} must begin with https://; mail programs ask no other")
    return address(text)


def dns_label(text: str) -> str:
    """A word of letters, digits, dots, dashes and underscores. Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?", text):
        raise ValueError(f"{shortened(text)!r} is no name; write letters, digits, dots and dashes")
    return text


def kind_of_finding(text: str) -> str:
    """ "item.withdrawn", or "item.*" for several kinds. Raises ValueError."""
    known = (*(each.value for each in ChangeKind), *_MORE_KINDS)
    if text in known or (text.endswith("*") and any(each.startswith(text[:-1]) for each in known)):
        return text
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped kind waits for it

    near = get_close_matches(text, known, n=1)
    meant = f"did you mean {near[0]}?" if near else "write one of the kinds of the reference, or item.* for several"
    raise ValueError(f"{shortened(text)!r} is no kind of finding; {meant}")
