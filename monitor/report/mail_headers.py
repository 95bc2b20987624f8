"""An envelope → the header lines of a mail that must stand as they are: the library would break long ones apart."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime

from monitor.model.envelope import Envelope
from monitor.report.neutral import safe_url

_LONGEST_HEADER = 900  # RFC 5322 wants lines under 998
_MOST_THREAD = 10


def header_lines(facts: Envelope) -> str:
    """Date, names, list and thread, each line with its CRLF; none that could not stand there."""
    lines = {
        "Date": format_datetime(facts.date) if facts.date else None,
        "Message-ID": facts.message_id,
        "List-Id": f"<{facts.list_id}>" if facts.list_id else None,
        "Auto-Submitted": "auto-generated",
        "Precedence": "list" if facts.list_id else None,
        "X-Monitor-Key": facts.key,
        **_thread(facts.thread),
        **_unsubscribe(facts),
    }
    return "".join(f"{head}: {value}\r\n" for head, value in lines.items() if value and _can_stand(value))


def unsubscribing(facts: Envelope) -> list[str]:
    """The line of the text part that says how to be told no more, which the HTML part has as a link."""
    url = safe_url(facts.unsubscribe)
    return [f"Unsubscribe: {url}"] if url else []


def _thread(thread: tuple[str, ...]) -> Mapping[str, str]:
    return {"In-Reply-To": thread[-1], "References": "\r\n ".join(thread[-_MOST_THREAD:])} if thread else {}


def _unsubscribe(facts: Envelope) -> Mapping[str, str]:
    """RFC 8058: at one click, and only in mails that are signed."""
    url = safe_url(facts.unsubscribe)
    if not url or not url.lower().startswith("https:") or not facts.is_signed:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _can_stand(value: str) -> bool:
    """Whether each of its lines is short, and of printable ASCII."""
    return all(len(line) <= _LONGEST_HEADER and line.isascii() and line.isprintable() for line in value.split("\r\n "))
