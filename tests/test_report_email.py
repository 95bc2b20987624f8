"""Claims about the mail: complete, the same in both parts, right in programmes that drop half of it, and small."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest

from monitor.model.change import ChangeKind as Kind, Side, Significance
from monitor.model.comparison import Comparison
from monitor.report import render
from monitor.report.wording import opening
from tests import samples
from tests.mails import Shown
from tests.replacing import replace

NINE = datetime(2020, 8, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", ["edited"])
def test_mail_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"email/{name}.eml", render(samples.SAMPLES[name](), "email", now=NINE))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_mail_is_whole_and_of_two_parts(name: str) -> None:
    message = _message(name)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects
    assert message["Subject"]


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_mail_is_ascii_with_the_line_ends_of_mail(name: str) -> None:
    raw = render(samples.SAMPLES[name](), "email")
    assert raw.isascii()
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split("\r\n"))) <= 998  # RFC 5322, 2.1.1


def test_it_leads_to_the_whole_report_where_that_has_an_address() -> None:
    address = "https://reports.example.org/harbour/2020-08-04T090000Z.html"
    message = email.message_from_string(
        render(samples.SAMPLES["edited"](), "email", report=address), policy=policy.default
    )
    text, html = (part.get_content() for part in message.iter_parts())
    assert f"The whole report: {address}" in text
    assert f'<a href="{address}"' in html
    assert "The whole report" not in render(samples.SAMPLES["edited"](), "text")


def test_a_title_cannot_add_a_header() -> None:
    message = _message("hostile")
    assert message["Bcc"] is None
    assert set(message.keys()) == {"From", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type"}


def test_the_date_is_the_one_it_is_given_and_none_otherwise() -> None:
    assert _parsed(render(samples.stalled(), "email", now=NINE))["Date"] == "Tue, 04 Aug 2020 09:00:00 +0000"
    assert _message("stalled")["Date"] is None


def test_a_dated_mail_has_a_name_of_its_own_and_the_same_one_each_time() -> None:
    names = [_parsed(render(samples.stalled(), "email", now=NINE))["Message-ID"] for _ in range(2)]
    assert names[0] == names[1]
    assert re.fullmatch(r"<20200804090000\.[0-9a-f]{32}@localhost>", names[0])
    assert _parsed(render(samples.edited(), "email", now=NINE))["Message-ID"] not in names
    assert _message("stalled")["Message-ID"] is None


def test_the_subject_names_the_page_then_what_changed() -> None:
    gone = samples.change(Kind.ITEM_WITHDRAWN, "A letter", before=samples.side("16.05.2020", "A letter"))
    new = samples.change(Kind.ITEM_PUBLISHED, "A speech", after=samples.side("06.07.2020", "A speech"))
    page = replace(samples.AUGUST, title="News")
    message = _parsed(render(samples.compared(gone, new, after=page), "email"))
    said = "“A letter” was taken off the list: older items are still there; “A speech” is new"
    assert message["Subject"] == f"News: {said}"


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_both_parts_open_with_the_same_words(name: str) -> None:
    text, html = _parts(name)
    said = " ".join(opening(samples.SAMPLES[name]()).split())
    assert said in " ".join(text.split())
    assert said in _words(html)


def test_the_text_part_carries_every_mark_of_the_html_part() -> None:
    text, html = _parts("edited")
    marks = re.findall(r"\{\+.*?\+\}|\[-.*?-\]", _words(html))
    assert len(marks) > 10
    assert [mark for mark in marks if mark not in " ".join(text.split())] == []


@pytest.mark.parametrize("dropped", [r"<style.*?</style>", r"</?(?:ins|del)\b[^>]*>", r' style="[^"]*"'])
def test_marks_outlive_what_a_programme_drops(dropped: str) -> None:
    bare = _words(re.sub(dropped, "", _parts("edited")[1], flags=re.DOTALL))
    assert "Applicants [-must-] {+should+} book" in bare
    assert "[-words-] are gone, {+words+} are new" in bare


def test_the_signs_are_explained_only_where_there_are_any() -> None:
    assert "are new" in _words(_parts("edited")[1])
    assert "are new" not in _words(_parts("seed-like")[1])


def test_the_html_part_uses_what_mail_programmes_know() -> None:
    html = _parts("edited")[1]
    inline = " ".join(re.findall(r'style="([^"]*)"', html))
    assert not re.search(r"<(script|link|svg|details|form|img|button)\b|url\(", html)
    assert not re.search(r"\b(position|float|flex|grid|calc|var)\b\s*[:(]", inline)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_word_has_its_looks_inline(name: str) -> None:
    html = re.sub(r"<style.*?</style>", "", _parts(name)[1], flags=re.DOTALL)
    assert Shown(html).bare == []


def test_page_text_stays_text_in_mail() -> None:
    html = _parts("hostile")[1]
    assert "<script" not in html
    assert "javascript:alert" not in " ".join(re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize("make", [samples.huge, lambda: _of_every_kind(40)], ids=["huge", "of every kind"])
def test_mail_stays_under_what_programmes_cut_off(make: Callable[[], Comparison]) -> None:
    html = _html(render(make(), "email"))
    assert len(html.encode()) <= 100_000
    assert "more: --format json lists all" in html


def _of_every_kind(count: int) -> Comparison:
    side = Side(text="A long text. " * 500, title="A long title " * 50, url="https://example.org/" + "x" * 500)
    changes = [
        samples.change(
            kind,
            f"{index} A long subject " * 20,
            f"reason {index} " * 50,
            significance=Significance.ALERT,
            before=side,
            after=side,
            spans=samples.spans("[-gone and-]{+new and+} " * 20),
        )
        for kind in Kind
        for index in range(count)
    ]
    return samples.compared(*changes)


def _message(name: str) -> EmailMessage:
    return _parsed(render(samples.SAMPLES[name](), "email"))


def _parsed(raw: str) -> EmailMessage:
    message = email.message_from_bytes(raw.encode("ascii"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _parts(name: str) -> tuple[str, str]:
    text, html = (part.get_content() for part in _message(name).iter_parts())
    return text, html


def _html(raw: str) -> str:
    _, html = (part.get_content() for part in _parsed(raw).iter_parts())
    return str(html)


def _words(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)).split())
