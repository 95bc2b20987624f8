"""Claims about a digest as a mail: two parts of one meaning, right in programmes that drop half of it, and small."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest

from monitor.model.digest import Digest
from monitor.model.envelope import Envelope
from monitor.report import render_digest
from monitor.report.wording import digests as wording
from tests import digests as made
from tests.mails import Shown, parsed, part

CUT_OFF = 102_000  # bytes of HTML after which Gmail shows no more
LARGEST = 100_000
NAMES = [*made.DIGESTS, "many"]
ENVELOPE = Envelope(
    sender="Port watch <watch@example.org>",
    to=("desk@example.org", "Night desk <night@example.org>"),
    date=datetime(2026, 11, 28, 6, 5, tzinfo=UTC),
    message_id="<digest.20261128.press@example.org>",
    list_id="press.watch.example.org",
    unsubscribe="https://watch.example.org/unsubscribe?reader=" + "a" * 160,
    is_signed=True,
    key="press/2026-11-28",
)
BASE = "https://reports.example.org/"
# What Outlook's Word engine knows of none of: without them the mail must be read all the same.
UNKNOWN_TO_WORD = r"\b(?:flex|grid|position|float|calc|var)\b\s*[:(]|--[a-z]"


def raw(name: str, envelope: Envelope | None = ENVELOPE) -> str:
    return render_digest(made.named(name), "email", envelope=envelope, link_base=BASE)


def words(html: str) -> str:
    bare = re.sub(r"<head>.*?</head>|<!--.*?-->|<style.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())


# -- the whole


def test_it_is_as_it_was_when_somebody_read_it(golden: Callable[[str, str], None]) -> None:
    golden("digest/usual.eml", raw("usual"))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_whole_and_of_two_parts(name: str) -> None:
    message = parsed(raw(name))
    assert not message.defects
    alternative = message if name != "many" else next(message.iter_parts())
    assert alternative.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in alternative.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_ascii_with_the_line_ends_of_mail(name: str) -> None:
    said = raw(name)
    assert said.isascii()
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", said)
    assert max(map(len, said.split("\r\n"))) <= 998  # RFC 5322, 2.1.1


# -- headers


def test_headers_are_what_the_channel_says() -> None:
    message = parsed(raw("usual"))
    assert message["From"] == "Port watch <watch@example.org>"
    assert message["To"] == "desk@example.org, Night desk <night@example.org>"
    assert message["Date"] == "Sat, 28 Nov 2026 06:05:00 +0000"
    assert message["Message-ID"] == ENVELOPE.message_id
    assert message["List-Id"] == "<press.watch.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Monitor-Key"] == "press/2026-11-28"
    assert message["Subject"] == wording.subject(made.usual())


def test_unsubscribing_takes_one_click_where_the_mail_is_signed() -> None:
    head = raw("usual").partition("\r\n\r\n")[0]
    assert f"List-Unsubscribe: <{ENVELOPE.unsubscribe}>\r\n" in head  # not folded, not encoded
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    for kind in ("plain", "html"):
        assert str(ENVELOPE.unsubscribe) in part(parsed(raw("usual")), kind)
    for other in (ENVELOPE._replace(is_signed=False), ENVELOPE._replace(unsubscribe="http://watch.example.org/")):
        assert "List-Unsubscribe" not in raw("usual", other)


def test_a_mail_hangs_on_the_thread_that_the_channel_names() -> None:
    thread = ("<one@example.org>", "<two@example.org>")
    message = parsed(raw("single", ENVELOPE._replace(thread=thread)))
    assert message["References"].split() == list(thread)
    assert message["In-Reply-To"] == "<two@example.org>"
    assert parsed(raw("single"))["References"] is None


def test_without_an_envelope_it_names_nobody_and_no_time() -> None:
    message = parsed(raw("usual", None))
    assert message["From"] == "monitor <monitor@localhost>"
    assert message["To"] is None
    assert message["Date"] is None
    assert message["Message-ID"] is None


def test_no_title_adds_a_header_or_a_part() -> None:
    hostile, usual = parsed(raw("hostile")), parsed(raw("usual"))
    assert set(hostile.keys()) == set(usual.keys())
    for text in made.HOSTILE:
        page = made.usual().pages[2]._replace(title=text)
        message = parsed(render_digest(made.usual()._replace(pages=(page,)), "email", envelope=ENVELOPE))
        assert set(message.keys()) == set(usual.keys())
        assert len(list(message.iter_parts())) == 2
        assert str(message["Subject"]).isprintable()
        assert len(str(message["Subject"])) <= 160


def test_a_header_that_is_no_line_is_left_out() -> None:
    odd = ENVELOPE._replace(list_id="a\r\nBcc: b@example.org", key="x\ny", message_id="<é@x>")
    message = parsed(raw("usual", odd))
    assert message["Bcc"] is None
    assert message["List-Id"] is None
    assert message["X-Monitor-Key"] is None


# -- two parts of one meaning


@pytest.mark.parametrize("name", ["usual", "quiet", "single", "scripts", "many"])
def test_both_parts_say_the_same(name: str) -> None:
    message = parsed(raw(name))
    text, html = " ".join(part(message, "plain").split()), words(part(message, "html"))
    for line in wording.opening(made.named(name)):
        assert line.text in text
        assert line.text in html
    for page in made.named(name).pages[:20]:
        assert page.name in text
        assert page.name in html
        for upshot in page.upshots[:2]:
            subject = upshot.after.text if upshot.after and upshot.edits else upshot.subject
            assert (subject.split()[0] in text) == (subject.split()[0] in html)


def test_the_text_part_is_one_that_a_ticket_system_shows() -> None:
    for name in ("usual", "quiet", "single", "many"):
        lines = part(parsed(raw(name)), "plain").splitlines()
        assert [line for line in lines if len(line) > 78 and "://" not in line] == []
        assert not [line for line in lines if line.startswith(("From ", ">", "--"))]
    assert "Report: https://reports.example.org/westhaven-port/" in part(parsed(raw("usual")), "plain")


# -- what programmes drop


@pytest.mark.parametrize("name", NAMES)
def test_every_word_has_its_looks_inline(name: str) -> None:
    html = re.sub(r"<style.*?</style>", "", part(parsed(raw(name)), "html"), flags=re.DOTALL)
    preview = " ".join(line.text for line in wording.opening(made.named(name)))
    assert [text for text in Shown(html).bare if text != preview] == []


def test_nothing_in_it_needs_what_word_does_not_know() -> None:
    html = part(parsed(raw("usual")), "html")
    inline = " ".join(re.findall(r'style="([^"]*)"', html))
    assert not re.search(UNKNOWN_TO_WORD, inline)
    assert Shown(html).tags.isdisjoint({"script", "link", "svg", "details", "form", "img", "button", "video", "iframe"})
    assert "url(" not in html


def test_tables_are_for_layout_and_say_so() -> None:
    html = part(parsed(raw("usual")), "html")
    assert all('role="presentation"' in table for table in re.findall(r"<table[^>]*>", html))


def test_marks_outlive_the_loss_of_all_styles() -> None:
    html = re.sub(r' style="[^"]*"|<style.*?</style>', "", part(parsed(raw("usual")), "html"), flags=re.DOTALL)
    assert re.search(r"Berth 4 <del[^>]*>closed until further notice</del> <ins[^>]*>open</ins>", html)


def test_rules_for_the_dark_and_for_phones_stay() -> None:
    html = part(parsed(raw("usual")), "html")
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media (max-width: 480px)" in html
    assert '<meta name="color-scheme" content="light dark">' in html


# -- hostile texts


def test_page_text_stays_text_in_mail() -> None:
    hostile, usual = (Shown(part(parsed(raw(name)), "html")) for name in ("hostile", "usual"))
    assert hostile.tags <= usual.tags
    assert not [link for link in hostile.links if not link.startswith("https://")]
    for kind in ("plain", "html"):
        said = part(parsed(raw("hostile")), kind)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", said)


# -- size


@pytest.mark.parametrize("make", [made.many, lambda: made.many(10_000, 1), lambda: made.many(1, 10_000), made.hostile])
def test_the_html_part_is_below_what_programmes_cut_off(make: Callable[[], Digest]) -> None:
    html = part(parsed(render_digest(make(), "email", envelope=ENVELOPE, link_base=BASE)), "html")
    assert len(html.encode()) <= LARGEST < CUT_OFF


def test_what_has_no_room_is_attached_as_text_and_that_is_said() -> None:
    message = parsed(raw("many"))
    attached = list(message.iter_attachments())
    assert [(each.get_content_type(), each.get_filename()) for each in attached] == [
        ("text/plain", "digest-2026-11-28.txt")
    ]
    whole = attached[0].get_content()
    assert "Notice 5 of page 999" in whole
    assert "Notice 5 of page 999" not in part(message, "html")
    for kind in ("plain", "html"):
        assert "had no room for is in the attached text" in words(part(message, kind))


def test_what_has_room_has_no_attachment() -> None:
    assert list(parsed(raw("usual")).iter_attachments()) == []
