"""Digests of invented pages: usual, quiet, of one page, of many, in many scripts, and one whose texts try to act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from monitor.model.change import ChangeKind as Kind, Edit, Side, Significance
from monitor.model.comparison import Unseen
from monitor.model.digest import (
    CommonGap,
    Course,
    Digest,
    DigestPage,
    Doubted,
    LeftOut,
    Note,
    Turn,
    Undelivered,
    Upshot,
)
from monitor.model.failure import Failure
from monitor.model.overview import State
from monitor.model.schedule import Missed
from tests.samples import spans

UNTIL = datetime(2026, 11, 28, 6, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)
REACH = "not in the list of 28 November, which still reaches back to 3 November"


def ago(hours: float) -> datetime:
    return UNTIL - timedelta(hours=hours)


def file_of(page: str, at: datetime) -> str:
    return f"{page}/{at:%Y-%m-%dT%H%M%SZ}.html"


def turn(
    page: str,
    kind: str,
    subject: str,
    hours: float = 1,
    reason: str = "the reason",
    *,
    significance: Significance | None = None,
    **rest: Any,
) -> Turn:
    at = ago(hours)
    usual = Kind(kind).significance if kind in {each.value for each in Kind} else Significance.ALERT
    id_ = f"{crc32(f'{page} {kind} {subject[:99]!a} {hours}'.encode()):08x}"
    return Turn(
        id=id_,
        at=at,
        since=at - timedelta(hours=6),
        kind=kind,
        significance=significance or usual,
        subject=subject,
        reason=reason,
        report=file_of(page, at),
        **rest,
    )


def upshot(*turns: Turn, **rest: Any) -> Upshot:
    last = turns[-1]
    made = {
        "shown": last.shown,
        "kind": last.kind,
        "significance": last.significance,
        "subject": last.subject,
        "reason": last.reason,
        "before": last.before,
        "after": last.after,
        "spans": last.spans,
        "edits": last.edits,
    }
    return Upshot(turns=turns, **{**made, **rest})


def item(title: str, day: str | None = None, **rest: Any) -> Side:
    return Side(text=title, title=title, date=day, **rest)


def page_of(id_: str, state: State, *told: Upshot, **rest: Any) -> DigestPage:
    reports = sorted({each.report for one in told for each in one.turns if each.report})
    made = {
        "title": id_.replace("-", " ").title(),
        "url": f"https://{id_}.example/news",
        "language": "en",
        "captures": 4,
        "last_at": ago(0.5),
        "reports": tuple(reports),
        "command": f"monitor history {id_} --since 2026-11-27",
    }
    return DigestPage(id_, state, upshots=told, **{**made, **rest})


def gone(page: str, title: str, day: str, hours: float = 1) -> Upshot:
    return upshot(
        turn(
            page,
            "item.withdrawn",
            title,
            hours,
            f"dated {day}; {REACH}",
            shown=(f"dated {day}",),
            before=item(title, day, url=f"https://{page}.example/{day}"),
        )
    )


def new(page: str, title: str, day: str | None = "2026-11-28", hours: float = 1, **rest: Any) -> Upshot:
    return upshot(
        turn(
            page,
            "item.published",
            title,
            hours,
            f"dated {day}; after the snapshot of 27 November",
            shown=(f"dated {day}",),
            after=item(title, day, url=f"https://{page}.example/{day}"),
            **rest,
        )
    )


def port() -> DigestPage:
    id_ = "westhaven-port"
    was, mid, now = "Berth 4 closed until further notice", "Berth 4 closed until Monday", "Berth 4 open"
    edit = Edit("title", was, now, spans("Berth 4 [-closed until further notice-] {+open+}"))
    retitled = upshot(
        turn(
            id_,
            "item.retitled",
            was,
            20,
            "the title was edited",
            shown=("the title was edited",),
            before=item(was),
            after=item(mid),
        ),
        turn(
            id_,
            "item.retitled",
            mid,
            8,
            "the title was edited",
            shown=("the title was edited",),
            before=item(mid),
            after=item(now),
        ),
        before=item(was, "2026-11-20"),
        after=item(now, "2026-11-20"),
        edits=(edit,),
        subject=was,
    )
    came = upshot(
        turn(id_, "item.published", "Draft: fees of 2027", 14, "dated today", after=item("Draft: fees of 2027")),
        turn(id_, "item.withdrawn", "Draft: fees of 2027", 2, REACH, before=item("Draft: fees of 2027")),
        course=Course.CAME_AND_WENT,
        before=None,
        after=None,
    )
    return page_of(
        id_,
        State.ALERT,
        gone(id_, "Notice to mariners 41: wreck north of the mole", "2026-11-12"),
        gone(id_, "Notice to mariners 39: dredging in the fairway", "2026-11-05"),
        retitled,
        came,
        new(id_, "Notice to mariners 44: pilot station moved", "2026-11-28"),
        new(id_, "Notice to mariners 43: buoy 7 unlit", "2026-11-27", 9),
        title="Port Authority of Westhaven",
    )


def bridge() -> DigestPage:
    id_ = "eastbrook-bridge"
    label = "days have passed since the bridge of Eastbrook was closed"
    side = Side(text=f"412 {label}", value=412, unit="day", origin="2025-10-12")
    counted = turn(id_, "counter.stalled", label, 1, "still 412 days, though a day has passed", before=side, after=side)
    return page_of(
        id_,
        State.ALERT,
        upshot(*(counted._replace(at=ago(hours)) for hours in (19, 13, 7, 1))),
        title="Bridge Office of Eastbrook",
    )


def council() -> DigestPage:
    id_ = "northport-council"
    old, fresh = "+44 20 7946 0018", "+44 20 7946 0019"
    field = turn(
        id_,
        "field.changed",
        "Enquiries",
        3,
        "another number",
        shown=("another number",),
        significance=Significance.NOTABLE,
        before=Side(text=old, label="Enquiries", value=old),
        after=Side(text=fresh, label="Enquiries", value=fresh),
    )
    text = turn(
        id_,
        "text.edited",
        "Meetings",
        3,
        "two words replaced",
        shown=("two words replaced",),
        place="Meetings",
        before=Side(text="Meetings are open and must be announced."),
        after=Side(text="Meetings are closed and should be announced."),
        spans=spans("Meetings are [-open-] {+closed+} and [-must-] {+should+} be announced."),
    )
    return page_of(
        id_,
        State.NEWS,
        new(id_, "Minutes of 26 November", hours=3),
        new(id_, "Agenda of 3 December", hours=3),
        upshot(field),
        upshot(text, place="Meetings", note=Note(ago(24 * 9), "asked the clerk; an answer is due")),
        title="Town Council of Northport",
    )


def blind() -> DigestPage:
    id_ = "ashby-water"
    reason = "ashby-water.example does not answer within 30 seconds"
    return page_of(
        id_,
        State.FAILING,
        title="Water Works of Ashby",
        last_at=ago(31),
        captures=0,
        failures=(Failure(id_, ago(30), ago(1), 12, reason),),
    )


def doubted() -> DigestPage:
    doubt = Doubted(2, ago(8), ago(2), "the page is 2 KB and says “Access denied”", lasts=True)
    return page_of("southmere-planning", State.SUSPECT, title="Planning Office of Southmere", doubts=(doubt,))


def back() -> DigestPage:
    id_ = "kingsley-school"
    failure = Failure(id_, ago(20), ago(12), 5, "the server answered with 503 (Service Unavailable)", over_at=ago(11))
    gap = Unseen(ago(22), ago(11), (failure,), (Missed(ago(21), ago(13), 3),))
    return page_of(id_, State.EXPECTED, title="School Board of Kingsley", failures=(failure,), gaps=(gap,))


ROUTINE = (("counter.advanced", 41), ("item.aged_off", 12), ("date.advanced", 93), ("clock.ticked", 8))


def usual() -> Digest:
    return Digest(
        SINCE,
        UNTIL,
        (blind(), doubted(), port(), bridge(), council(), back()),
        reader="press",
        zone="Europe/Berlin",
        expected=93,
        waiting=1,
        checked_at=ago(0.2),
        comparisons=402,
        routine=ROUTINE,
        dealt_with=2,
        muted=3,
        command="monitor digest --reader press --since 2026-11-27",
    )


def lost() -> Digest:
    """Of a quiet time in which two messages did not arrive, one of them with a subject that tries to act."""
    subjects = ("Westhaven: two items withdrawn", '<b onclick="x()">\r\nBcc: a@b.example\u202e</b>')
    answers = ("550 5.1.1 no such mailbox", "452 the disk is full <script>x()</script>")
    undelivered = tuple(
        Undelivered(f"{number:024x}", "press", "mail", "desk@press.example", subject, ago(150), ago(9), 31, answer,
                    f"monitor outbox --resend {number:012x}")
        for number, (subject, answer) in enumerate(zip(subjects, answers, strict=True))
    )  # fmt: skip
    return quiet()._replace(undelivered=undelivered)


def outage() -> Digest:
    """Of a time in which nobody looked, and before which three pages could not be captured for some hours."""
    reason = "the server answered with 503 (Service Unavailable)"
    pages = []
    for id_, title in (("quay", "Quay of Ashby"), ("mole", "Mole Office"), ("lock", "Lock of Kingsley")):
        failure = Failure(id_, ago(20), ago(18), 3, reason, over_at=ago(17))
        gap = Unseen(ago(21), ago(17), (failure,), (), is_outage=True)
        pages.append(page_of(id_, State.EXPECTED, title=title, failures=(failure,), gaps=(gap,)))
    names = tuple(f"Office {number}" for number in range(12))
    ids = tuple(f"office-{number}" for number in range(12))
    gaps = (
        CommonGap(ago(21), ago(17), ("office-1",), ("Office 1",), attempts=2),
        CommonGap(ago(14), ago(4), ids, names, missed=24, is_outage=True),
    )
    return quiet()._replace(pages=tuple(pages), gaps=gaps, expected=83, unseen=12)


def told_before() -> Digest:
    """Of which the reader was told a part at once."""
    command = "monitor digest --since 2026-11-27 --reader desk"
    return single()._replace(told_before=5, lighter=1, expected=3, command=command)


def fails() -> Digest:
    """What is told at once of a page that cannot be captured."""
    page = blind()._replace(captures=0, last_at=None)
    return Digest(ago(30), UNTIL, (page,), reader="press", zone="Europe/Berlin", is_alert=True)


def is_back() -> Digest:
    """And that it can be again."""
    over = fails().pages[0].failures[0]._replace(over_at=UNTIL)
    page = fails().pages[0]._replace(state=State.EXPECTED, failures=(over,))
    return fails()._replace(pages=(page,))


def quiet() -> Digest:
    return Digest(
        SINCE,
        UNTIL,
        expected=98,
        checked_at=ago(0.2),
        comparisons=392,
        routine=ROUTINE[:2],
        command="monitor digest --since 2026-11-27",
    )


def single() -> Digest:
    return Digest(ago(6), UNTIL, (port(),), reader="desk", comparisons=1, command="monitor digest --reader desk")


def scripts() -> Digest:
    """Pages in Russian, Arabic, Chinese and Hebrew."""
    named = {
        "posolstvo": ("ru", "Посольство в Лондоне", "Ответ пресс-секретаря посольства на вопрос СМИ"),
        "mina": ("ar", "هيئة ميناء الغرب", "إشعار للبحارة رقم ٤١: حطام شمال الرصيف (Berth 4)"),
        "gangkou": ("zh-Hans", "西港港务局", "航行通告第41号：防波堤以北沉船，船舶须绕行"),
        "namal": ("he", "רשות הנמל", "הודעה לימאים 41: ספינה טרופה"),
    }
    pages = []
    for id_, (language, title, subject) in named.items():
        edit = Edit("title", subject, f"{subject} 2", spans(f"{subject} {{+2+}}"))
        edited = upshot(
            turn(
                id_,
                "item.retitled",
                subject,
                1,
                "the title was edited",
                before=item(subject),
                after=item(f"{subject} 2"),
            ),
            edits=(edit,),
        )
        pages.append(
            page_of(
                id_,
                State.ALERT,
                gone(id_, subject, "2026-11-12"),
                edited,
                new(id_, title),
                title=title,
                language=language,
            )
        )
    return Digest(SINCE, UNTIL, tuple(pages), zone="Asia/Shanghai", expected=3, checked_at=UNTIL, comparisons=16)


def many(count: int = 1000, each: int = 10) -> Digest:
    """`count` pages with `each` findings."""
    pages = []
    for number in range(count):
        id_ = f"page-{number}"
        found = [
            gone(id_, f"Notice {at} of page {number}: a title as long as they are on most of the pages", "2026-11-12")
            if at % 5 == 0
            else new(id_, f"Statement {at} of page {number}: what the office has to say on the matter")
            for at in range(each)
        ]
        pages.append(page_of(id_, State.ALERT if number % 3 == 0 else State.NEWS, *found))
    pages.sort(key=lambda page: page.state is State.NEWS)
    left = LeftOut(40, ("page-x", "page-y"), 12, 81, "monitor digest --since 2026-11-27 --format json")
    return Digest(
        SINCE,
        UNTIL,
        tuple(pages),
        expected=12,
        comparisons=count * each,
        routine=ROUTINE,
        left_out=left,
        checked_at=UNTIL,
        command="monitor digest --since 2026-11-27",
    )


HOSTILE = (
    "</style></title></svg><script>alert(1)</script>",
    "Notice\r\nBcc: victim@example.org\r\n\r\n<b>body</b>",
    "\u202eevil\u202c \x1b[31m\x07 \x9b2J",
    "zero\u200bwidth\u2060\ufeff and \u2028 lines \u2029",
    "{{ 7*7 }}{% raw %} ${7*7}",
    "'\"><img src=x onerror=alert(1)>",
    "<![CDATA[ ]]> <!-- --> &amp; <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
    "=?utf-8?q?Subject?= lone \ud800 surrogate \x00 nul",
    "[link](javascript:alert(1)) ![i](https://x.example/i.png) <https://x.example>",
    "x" * 1_000_000,
    "<td " * 250_000,
)
_BAD = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/\r\nSet-Cookie: a=b",
    " java\tscript:alert(1)",
    "vbscript:x",
    "file:///etc/passwd",
)


def hostile() -> Digest:
    """Every text and address tries to act."""
    pages = []
    for number, text in enumerate(HOSTILE):
        bad = _BAD[number % len(_BAD)]
        id_ = f"page-{number}"
        side = Side(text=text, title=text, date="2026-11-12", url=bad, teaser=text, values=((text, text),))
        edit = Edit(
            "title",
            text,
            text[:400] + "!",
            spans(f"{text[:400].replace('[-', '').replace('{+', '')} {{+{text[:50]}+}}"),
        )
        told = (
            upshot(turn(id_, "item.withdrawn", text, 1, text, before=side)),
            upshot(turn(id_, "item.retitled", text, 1, text, before=side, after=side, edits=(edit,)), raised_by=text),
            upshot(turn(id_, "text.edited", text, 1, text, before=side, after=side._replace(text="b"), place=text)),
            upshot(turn(id_, "field.changed", text, 1, text, before=side, after=side._replace(text=text[:9]))),
            upshot(turn(id_, "check.clock", text, 1, text), note=Note(ago(9), text)),
        )
        failure = Failure(id_, ago(9), ago(8), 3, text, over_at=ago(7))
        pages.append(
            page_of(
                id_,
                State.ALERT,
                *told,
                title=text,
                url=bad,
                language=text[:20],
                command=f"monitor {text}",
                failures=(failure,),
                doubts=(Doubted(1, ago(4), ago(3), text),),
                left_out=3,
                short=(text,),
            )
        )
    left = LeftOut(2, tuple(HOSTILE[:2]), 1, 1, HOSTILE[2])
    return Digest(
        SINCE,
        UNTIL,
        tuple(pages),
        reader="desk",
        expected=1,
        comparisons=11,
        left_out=left,
        tags=HOSTILE[:3],
        routine=((HOSTILE[0], 3),),
        command=HOSTILE[1],
    )


DIGESTS: dict[str, Callable[[], Digest]] = {
    "usual": usual,
    "quiet": quiet,
    "single": single,
    "scripts": scripts,
    "hostile": hostile,
    "lost": lost,
    "fails": fails,
    "back": is_back,
    "outage": outage,
    "told_before": told_before,
}


def named(name: str) -> Digest:
    """The digest of that name, or one of many pages."""
    return many() if name == "many" else DIGESTS[name]()
