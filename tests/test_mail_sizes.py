"""Claims about how large mails and reports get: no page can write so much that its own alert does not go out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from monitor.model.change import ChangeKind as Kind, Edit, Side, Significance, Span
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.digest import Digest, DigestPage, Doubted, LeftOut, Note, Undelivered
from monitor.model.envelope import Envelope
from monitor.model.failure import Failure
from monitor.model.overview import State
from monitor.report import render, render_digest
from monitor.report.mail_layout import LARGEST, LARGEST_TEXT
from tests import digests as made, samples
from tests.mails import parsed, part
from tests.replacing import replace

TO = Envelope("monitor <m@example.org>", ("desk@example.org",), unsubscribe="https://watch.example.org/" + "u" * 3000)
BASE = "https://reports.example.org/"
MOST_SENT = 6_000_000  # bytes of a mail: servers take 10 MB
# One byte or four, escaped or not, with a column, with two or with none.
_SIGNS = ("x", "& ", "<a>", '"', "\u00a0", "й", "港", "a\u0301\u0301\u0301", "\U000e0041", "\u200b", "\u202e", "W ord ")
_TEXTS = st.builds(lambda sign, count: sign * count, st.sampled_from(_SIGNS), st.sampled_from((1, 90, 1_500, 6_000)))


def _address(text: str) -> str:
    return "https://a.example/" + "".join(filter(str.isalnum, text)) + "y" * len(text)


def _page(number: int, state: State, text: str, found: int) -> DigestPage:
    id_ = f"page-{number}"
    side = Side(text=text, title=text, date="2026-11-12", url=_address(text), teaser=text, values=((text, text),) * 3)
    edit = Edit("title", text, f"{text}!", (Span("delete", text), Span("insert", f"{text}!")) * 2)
    told = [
        made.upshot(
            made.turn(id_, kind, text, 1, text, before=side, after=side, edits=(edit,)), raised_by=text,
            note=Note(made.ago(9), text),
        )
        for kind in ("item.withdrawn", "item.retitled", "field.changed", "text.edited", "check.clock")
        for _ in range(found)
    ]  # fmt: skip
    return made.page_of(
        id_, state, *told, title=text, url=_address(text), command=f"monitor {text}", left_out=3, short=(text,) * 9,
        failures=(Failure(id_, made.ago(9), made.ago(8), 3, text),) * found,
        doubts=(Doubted(1, made.ago(4), made.ago(3), text),),
    )  # fmt: skip


def _digest(text: str, pages: int, found: int) -> Digest:
    states = (State.ALERT, State.FAILING, State.SUSPECT, State.NEWS)
    lost = Undelivered("a" * 24, text, text, text, text, made.ago(9), made.ago(8), 3, text, f"monitor {text}")
    return Digest(
        made.SINCE, made.UNTIL, tuple(_page(at, states[at % 4], text, found) for at in range(pages)),
        reader="desk", tags=(text,) * 50, routine=((text, 3),) * 9, command=f"monitor {text}", undelivered=(lost,) * 20,
        left_out=LeftOut(20, (text,) * 20, 1, 1, f"monitor {text}"),
    )  # fmt: skip


def _comparison(text: str, found: int) -> Comparison:
    side = Side(
        text=text, title=text, label=text, value=text, url=_address(text), teaser=text, values=((text, text),) * 3
    )
    changes = [
        samples.change(kind, text, text, significance=Significance.ALERT, before=side, after=side, place=text,
                       spans=(Span("delete", text), Span("insert", f"{text}!")) * 2)
        for kind in Kind for _ in range(found)
    ]  # fmt: skip
    check = Check("clock", text, CheckVerdict.INCONSISTENT, text, text, text)
    before, after = (replace(each, title=text, limits=(text,) * 30) for each in (samples.JULY, samples.AUGUST))
    told = samples.compared(*changes, before=before, after=after)
    return replace(told, checks=(check,) * found, limits=(text,) * 30, page="harbour")


def _assert_fits(raw: str) -> None:
    mail = parsed(raw)
    assert len(part(mail, "html").encode()) <= LARGEST
    assert len(part(mail, "plain").encode()) <= LARGEST_TEXT + 20_000  # line ends of mail, and addresses of ours
    assert len(raw) <= MOST_SENT


@settings(max_examples=6, deadline=timedelta(seconds=60))
@given(_TEXTS, st.sampled_from((1, 30)), st.sampled_from((0, 1)))
def test_a_digest_of_whatever_pages_write_fits_into_a_mail(text: str, pages: int, found: int) -> None:
    _assert_fits(render_digest(_digest(text, pages, found), "email", envelope=TO, link_base=BASE))


@settings(max_examples=6, deadline=timedelta(seconds=60))
@given(_TEXTS, st.sampled_from((0, 1)), st.sampled_from((None, BASE + "r" * 2000)))
def test_an_alert_on_whatever_a_page_writes_fits_into_a_mail(text: str, found: int, report: str | None) -> None:
    _assert_fits(render(_comparison(text, found), "email", envelope=TO, report=report))


@pytest.mark.parametrize("format", ["text", "terminal", "markdown", "html"])
def test_no_report_grows_by_a_title_of_megabytes(format: str) -> None:
    usual = samples.compared(*samples.edited().changes)
    long = replace(usual, after=replace(usual.after, title="T" * 6_000_000, limits=("L" * 1_000_000,)))
    assert len(render(long, format)) - len(render(usual, format)) < 8_000


def test_what_a_mail_has_no_room_for_is_said_with_where_it_is() -> None:
    told = _comparison("й" * 6_000, 3)
    mail = parsed(render(told, "email", envelope=TO, report=BASE))
    for kind in ("plain", "html"):
        assert "whole report" in " ".join(part(mail, kind).split())
    crowded = parsed(render_digest(_digest("й" * 1_500, 40, 1), "email", envelope=TO, link_base=BASE))
    assert len(list(crowded.iter_attachments())) == 1


def test_addresses_that_a_mail_has_no_room_for_are_left_out_and_the_pages_told() -> None:
    pages = [made.page_of(f"p{at}", State.ALERT, made.gone(f"p{at}", "Notice", "2026-11-12"),
                          url="https://a.example/?q=" + "x" * 6_000) for at in range(30)]  # fmt: skip
    mail = parsed(render_digest(made.usual()._replace(pages=tuple(pages)), "email", envelope=TO))
    html = part(mail, "html")
    assert "x" * 1_000 not in html
    assert all(f"P{at}</bdi>" in html for at in range(30))
