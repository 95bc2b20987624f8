"""An envelope, a subject, two parts → a complete mail. What a page wrote stands in its bodies, and encoded in its head.

The head is made here line by line, and looked at once more when the mail is whole: one in which anything else stands is
not let out.
"""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from typing import NamedTuple

from monitor.errors import OutputError
from monitor.model.envelope import Envelope
from monitor.report.mail_headers import NAMES, header_lines

_NAMES = frozenset({*NAMES, "MIME-Version", "Content-Type"})
_LONGEST_LINE = 998  # RFC 5322, 2.1.1
_END = "\r\n"


class Parts(NamedTuple):
    """What a mail holds: the same as text and as HTML. `attached` is a file's name and text, where there is one.

    `key` is of letters and digits, and in none of the texts: it parts them.
    """

    text: str
    html: str
    key: str
    attached: tuple[str, str] | None = None


def mail(facts: Envelope, subject: str, parts: Parts) -> str:
    """The mail as ASCII with CRLF line ends: encoded, a complete .eml. Raises OutputError where its head is none."""
    message = EmailMessage(policy=policy.SMTP.clone(cte_type="7bit"))
    message.set_content(parts.text)
    message.add_alternative(parts.html, subtype="html")
    boundary = f"part-{parts.key}"
    message.set_boundary(boundary)
    if parts.attached:
        name, content = parts.attached
        boundary = f"whole-{parts.key}"
        message.make_mixed(boundary=boundary)
        message.add_attachment(content, filename=name)
    made = header_lines(facts, subject) + message.as_bytes().decode("ascii")
    if fault := fault_of(made, boundary):
        raise OutputError(f"A mail was not made: {fault}", "that is a fault of this program, please report it")
    return made


def fault_of(made: str, boundary: str) -> str | None:
    """What is wrong with the head of a mail: with its lines, with what they are called, or with where it ends."""
    if re.search(r"(?<!\r)\n|\r(?!\n)", made):
        return "it has half a line end"
    head, _, body = made.partition(_END + _END)
    if not body.startswith(f"--{boundary}{_END}"):
        return "its head ends before its parts begin"
    lines = head.split(_END)
    if any(len(line) > _LONGEST_LINE or not line.isascii() or not line.isprintable() for line in lines):
        return "a line of its head is no line of a mail"
    if any(line.startswith(" ") and not line.strip() for line in lines) or lines[0].startswith(" "):
        return "a line of its head continues nothing"
    names = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    odd = [name for name in names if name not in _NAMES or names.count(name) > 1]
    return f"its head has a line {odd[0][:40]!a}" if odd else None
