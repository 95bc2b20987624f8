"""An envelope and a subject → the header lines of a mail, which must stand as they are.

The library would break long ones apart, and take what looks like an encoded word for what it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime

from monitor.model.envelope import Envelope
from monitor.model.mailbox import Mailbox, mailbox, phrase
from monitor.report.mail_words import FOLD, LOOKS_ENCODED, encoded, header_words, is_plain
from monitor.report.neutral import safe_url

_LONGEST_HEADER = 900  # RFC 5322 wants lines under 998
_LONGEST_NAME = 60  # with its address: it stands on a line of 76 with what the header is called
_MOST_THREAD = 10
_OF_TEXTS = ("From", "To", "Subject")  # those in which encoded words may stand
NAMES = (
    "Date", "Message-ID", "List-Id", "Auto-Submitted", "Precedence", "X-Monitor-Key", "In-Reply-To", "References",
    "List-Unsubscribe", "List-Unsubscribe-Post", "From", "To", "Subject",
)  # fmt: skip
"""Of all header lines that there can be."""


def header_lines(facts: Envelope, subject: str) -> str:
    """All that is not about the parts, each line with its CRLF; none that could not stand there."""
    lines = {
        "Date": format_datetime(facts.date) if facts.date else None,
        "Message-ID": facts.message_id,
        "List-Id": f"<{facts.list_id}>" if facts.list_id else None,
        "Auto-Submitted": "auto-generated",
        "Precedence": "list" if facts.list_id else None,
        "X-Monitor-Key": facts.key,
        **_thread(facts.thread),
        **_unsubscribe(facts),
        "From": _mailbox(mailbox(facts.sender)),
        "To": f",{FOLD}".join(_mailbox(mailbox(each)) for each in facts.to),
        "Subject": header_words(subject, len("Subject: ")),
    }
    return "".join(f"{head}: {value}\r\n" for head, value in lines.items() if value and _can_stand(head, value))


def unsubscribing(facts: Envelope) -> list[str]:
    """The line of the text part that says how to be told no more, which the HTML part has as a link."""
    url = safe_url(facts.unsubscribe)
    return [f"Unsubscribe: {url}"] if url else []


def _mailbox(whose: Mailbox) -> str:
    """The name in quotes or encoded, and the address, on a line of its own where both are long."""
    if not whose.name:
        return whose.address
    name = phrase(whose.name)
    if not is_plain(name) or len(name) > _LONGEST_NAME:
        name = encoded(whose.name, len("From: "))
    return f"{name}{FOLD if FOLD in name or len(name) + len(whose.address) > _LONGEST_NAME else ' '}<{whose.address}>"


def _thread(thread: tuple[str, ...]) -> Mapping[str, str]:
    return {"In-Reply-To": thread[-1], "References": FOLD.join(thread[-_MOST_THREAD:])} if thread else {}


def _unsubscribe(facts: Envelope) -> Mapping[str, str]:
    """RFC 8058: at one click, and only in mails that are signed."""
    url = safe_url(facts.unsubscribe)
    if not url or not url.lower().startswith("https:") or not facts.is_signed:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _can_stand(head: str, value: str) -> bool:
    """Whether each of its lines is short, of printable ASCII, and says what it shows."""
    if LOOKS_ENCODED in value and head not in _OF_TEXTS:
        return False
    return all(len(line) <= _LONGEST_HEADER and line.isascii() and line.isprintable() for line in value.split(FOLD))
