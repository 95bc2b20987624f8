"""Claims about the head of a mail: what stands in a title is read as it stands there, and does nothing."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given, strategies as st

from monitor.config.addresses import mail_address
from monitor.model.envelope import Envelope
from monitor.model.mailbox import Mailbox, mailbox
from monitor.report import render, render_digest
from monitor.report.as_email import subject
from monitor.report.mail_headers import NAMES, header_lines
from monitor.report.mail_message import fault_of
from monitor.report.neutral import neutral
from monitor.report.wording import digests as wording
from tests import digests, samples
from tests.replacing import replace

TO = Envelope("monitor <m@example.org>", ("desk@example.org",), datetime(2026, 11, 28, 6, tzinfo=UTC), key="k1")
TRICKS = (
    "=?utf-8?q?=0D=0ABcc:_evil=40example.org?=",
    "=?utf-8?b?DQoNCjxoMT5oaTwvaDE+?=",
    "=?utf-8?q?=E2=80=AEgpj.exe?=",
    "=?utf-8?q?a?= =?utf-8?q?=0A_b?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0ABcc=3A_x=3F=3D?=",
    "News =?us-ascii?Q?=0D=0A=0D=0A?=\r\nBcc: a@b.example",
    "=?utf-8*en?q?=0A?= =?x-unknown?q?=FF?= =?utf-8?b?!!!?=",
    '"a" <b@c.example>, d@e.example; (comment) \\',
    "Hafen\u202e\u2066\x1b[31m\x00\ud800 \u2028 \u00a0 Straße 港务局 👩🏽‍🚢",
    "x" * 500,
    "й" * 500,
)
SCRAPS = ("=?", "?=", "utf-8", "?q?", "?b?", "=0D=0A", "=0A", "_", " ", "\r\n", "é", "DQo=", "Bcc:")
HOSTILE = st.one_of(
    st.sampled_from(TRICKS), st.text(max_size=300), st.lists(st.sampled_from(SCRAPS)).map("".join)
).filter(bool)


def read_by_all(raw: str) -> list[Any]:
    """As Python's policies read it, from bytes and from text."""
    said = raw.encode("ascii")
    return [email.message_from_bytes(said, policy=each) for each in (policy.default, policy.SMTP, policy.compat32)]


def subjects(raw: str) -> list[str]:
    """The subject as each reader of mails has it."""
    *modern, old = (message["Subject"] for message in read_by_all(raw))
    return [*map(str, modern), str(make_header(decode_header(old)))]


def flat(text: str) -> str:
    return " ".join(text.split())


@given(HOSTILE)
def test_a_subject_is_read_as_it_was_given(text: str) -> None:
    raw = f"{header_lines(TO, text)}\r\n"
    for said in subjects(raw):
        assert flat(said) == flat(neutral(text))
    assert {name for message in read_by_all(raw) for name in message} <= {*NAMES}
    assert all(message.get_payload() == "" for message in read_by_all(raw))


@given(HOSTILE)
def test_the_lines_of_a_subject_are_those_that_mail_wants(text: str) -> None:
    lines = header_lines(TO, text).rpartition("Subject: ")[2].removesuffix("\r\n").split("\r\n")
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert all(line.startswith(" ") and line.strip() for line in lines[1:])
    assert max(map(len, [f"Subject: {lines[0]}", *lines[1:]])) <= 76
    assert max(map(len, " ".join(lines).split(" "))) <= 75


@pytest.mark.parametrize("text", TRICKS)
def test_a_title_adds_nothing_to_the_mail_of_a_comparison(text: str) -> None:
    edited = samples.edited()
    told = replace(edited, after=replace(edited.after, title=text), page_title=text)
    usual, raw = render(edited, "email", envelope=TO), render(told, "email", envelope=TO)
    for said in subjects(raw):
        assert flat(said) == flat(subject(told))
    _is_alike(raw, usual)


@pytest.mark.parametrize("text", TRICKS)
def test_a_title_or_a_tag_adds_nothing_to_a_digest(text: str) -> None:
    usual = digests.single()
    told = usual._replace(pages=(usual.pages[0]._replace(title=text),), tags=(text,))
    raw = render_digest(told, "email", envelope=TO)
    for said in subjects(raw):
        assert flat(said) == flat(wording.subject(told))
    _is_alike(raw, render_digest(usual, "email", envelope=TO))


def _is_alike(raw: str, usual: str) -> None:
    """Both have the same headers and the same parts, whoever reads them."""
    for hostile, tame in zip(read_by_all(raw), read_by_all(usual), strict=True):
        assert hostile.keys() == tame.keys()
        assert not hostile.defects
        assert [each.get_content_type() for each in hostile.walk()] == [each.get_content_type() for each in tame.walk()]
    head, _, rest = raw.partition("\r\n\r\n")
    assert rest.startswith("--part-")
    assert re.findall(r"(?m)^[A-Za-z-]+(?=:)", head) == re.findall(
        r"(?m)^[A-Za-z-]+(?=:)", usual.partition("\r\n\r\n")[0]
    )


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("Subject: a\r\nBcc: b@example.org", "'Bcc'"),
        ("Subject: a\r\nSubject: b", "'Subject'"),
        ("Subject: a\r\n\r\n<h1>hi</h1>", "ends before"),
        ("Subject: a\nBcc: b", "half a line end"),
        ("Subject: a\rBcc: b", "half a line end"),
        ("Subject: a\r\n \r\n b", "continues nothing"),
        (" Subject: a", "continues nothing"),
        ("Subject: \u202e", "no line of a mail"),
        ("Subject: " + "a" * 999, "no line of a mail"),
    ],
)
def test_a_head_in_which_anything_else_stands_is_not_let_out(head: str, fault: str) -> None:
    assert fault in (fault_of(f"{head}\r\n\r\n--part-1\r\n", "part-1") or "")
    assert fault_of("Subject: a\r\n b\r\nTo: c@d.example\r\n\r\n--part-1\r\n", "part-1") is None


# -- who it is from and for


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Monitor, Desk" <m@example.org>', "Monitor, Desk"),
        ('"Desk: News; (a) [b]" <m@example.org>', "Desk: News; (a) [b]"),
        ('"desk@home" <m@example.org>', "desk@home"),
        (r'"the \"night\" desk" <m@example.org>', 'the "night" desk'),
        ("Night desk <m@example.org>", "Night desk"),
        ("Redaktion Küste <m@example.org>", "Redaktion Küste"),
        ('"Küste, Nord" <m@example.org>', "Küste, Nord"),
        ('"=?utf-8?q?=0D=0ABcc:_x?=" <m@example.org>', "=?utf-8?q?=0D=0ABcc:_x?="),
        (f'"{"Harbour office, " * 8}" <m@example.org>', "Harbour office, " * 8),
        ("m@example.org", ""),
    ],
)
def test_a_name_and_an_address_are_kept_apart(text: str, name: str) -> None:
    written = mail_address(text)
    assert mailbox(written) == Mailbox(name, "m@example.org")
    assert mail_address(written) == written
    sent = Envelope(written, (written, "b@c.example"))
    modern, _, old = read_by_all(f"{header_lines(sent, 'a')}\r\n")
    assert [each.addr_spec for each in modern["From"].addresses] == ["m@example.org"]
    assert [each.addr_spec for each in modern["To"].addresses] == ["m@example.org", "b@c.example"]
    called, address = parseaddr(flat(old["From"]))
    assert (flat(str(make_header(decode_header(called)))), address) == (flat(name), "m@example.org")


@pytest.mark.parametrize(
    "text", ["Monitor, Desk <m@example.org>", "a@b.example, c@d.example", "=?utf-8?q?a?=@example.org", "desk", "<>"]
)
def test_what_is_no_single_mailbox_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        mail_address(text)
