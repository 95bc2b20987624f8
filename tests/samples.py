"""Comparisons made by hand, as compare would hand them to report: one for each thing a report must get right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Significance, Span
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.reading import Clock, Counter, Field, Item, ItemList, Lead, Link, Reading, When
from tests.replacing import replace

JULY = Reading(
    source="seeds/july.txt",
    sha256="82a3f40ddacaa79d" * 4,
    size=21298,
    media_type="text/plain",
    language="en",
    page_date=When(text="4 July 2020", year=2020, month=7, day=4),
    fields=(Field(label="Consular queries", value="+44 (0) 203 668 7474", target="tel:+442036687474"),),
    clocks=(
        Clock(place="Moscow", time="08:25", zone="Europe/Moscow"),
        Clock(place="London", time="06:25", zone="Europe/London"),
    ),
)
AUGUST = replace(
    JULY,
    source="seeds/august.txt",
    sha256="b0f2619614c4f6e8" * 4,
    size=27125,
    page_date=When(text="3 August 2020", year=2020, month=8, day=3),
    clocks=(
        Clock(place="Moscow", time="00:08", zone="Europe/Moscow"),
        Clock(place="London", time="22:08", zone="Europe/London"),
    ),
)
SALISBURY = "have passed since the Salisbury incident - no credible information or response"
GLUSHKOV = "have passed since the death of Nikolay Glushkov on British soil - no credible information or response"
ANSWERS = "Foreign Minister Sergey Lavrov’s answers to questions from Rossiyskaya Gazeta, February 10, 2020"
INTERVIEW = "Foreign Minister Sergey Lavrov’s interview with the MIC Izvestia, Vladivostok, September 4, 2019"
GONE = (
    (
        "24.06.2020",
        "President Vladimir Putin's speech at the military parade marking 75th anniversary of Great Victory",
    ),
    (
        "19.06.2020",
        "Foreign Minister Sergey Lavrov’s statement and answers to media questions during a joint conference",
    ),
    ("18.06.2020", "Article by President of Russia Vladimir Putin '75th Anniversary of the Great Victory'"),
    (
        "18.06.2020",
        "Article co-authored by Foreign Minister Sergey Lavrov and Ivica Dacic published in Rossiyskaya Gazeta",
    ),
    (
        "17.06.2020",
        "Comment by the Information and Press Department on US Officials’ Statements on Russia's manipulation",
    ),
    (
        "02.06.2020",
        "Appeal by the Federation Council to the parliaments of foreign States and the peoples of the world",
    ),
    ("28.05.2020", "Foreign Minister Sergey Lavrov’s article about the world amid the coronavirus pandemic"),
    ("27.05.2020", "Foreign Minister Sergey Lavrov’s remarks and answers to questions at the joint news conference"),
    ("16.05.2020", "Foreign Minister Sergey Lavrov’s interview with the RBC media holding on current issues"),
    ("14.05.2020", "Minister Sergey Lavrov’s statement and answers to media questions at a news conference"),
)
PUBLISHED = (
    (
        "25.07.2020",
        '"Concerning the sensational report on Russia". Article from News Agency "RIA Novosti", 23 July 2020',
    ),
    ("16.07.2020", "The Human Rights Situation in Ukraine - Report of the Ministry of Foreign Affairs"),
    ("16.07.2020", "Embassy comment concerning today’s unfriendly statements by Foreign Secretary Dominic Raab"),
    ("06.07.2020", "Embassy comment on the UK announcement of sanctions over the Magnitsky case"),
)
BACKDATED = (
    ("29.06.2020", "Embassy press officer’s reply to a media question on British media reports on Russian “collusion”"),
    ("16.05.2020", "Ambassador Andrei Kelin's letter to Financial Times"),
    ("15.05.2020", "Ambassador Andrei Kelin's letter to The Times"),
)
BACKFILLED = (
    ("11.05.2020", "Statement by the Foreign Ministry concerning US attempts to rewrite the history of the Victory"),
    ("08.05.2020", "Telephone conversation between Russian President Vladimir Putin and Boris Johnson"),
    ("07.05.2020", "Press release on Foreign Minister Sergey Lavrov’s telephone conversation with Dominic Raab"),
)


def change(kind: Kind, subject: str, reason: str = "the reason", **rest: object) -> Change:
    """A change of its kind's usual significance."""
    return Change(kind=kind, subject=subject, reason=reason, **{"significance": kind.significance, **rest})  # type: ignore[arg-type]


def compared(*changes: Change, **rest: object) -> Comparison:
    """A comparison of July with August, thirty days apart."""
    return Comparison(**{"before": JULY, "after": AUGUST, "elapsed_days": 30, "changes": changes, **rest})  # type: ignore[arg-type]


def spans(text: str) -> tuple[Span, ...]:
    """Spans written as a report marks them: "the [-attack-] {+incident+} of May"."""
    ops = {"[-": ("delete", "-]"), "{+": ("insert", "+}")}
    made = []
    while text:
        start = min((at for mark in ops if (at := text.find(mark)) >= 0), default=len(text))
        if equal := text[:start].strip():
            made.append(Span(op="equal", text=equal))
        if start < len(text):
            op, end = ops[text[start : start + 2]]
            stop = text.index(end, start)
            made.append(Span(op=op, text=text[start + 2 : stop]))
            start = stop + 2
        text = text[start:]
    return tuple(made)


def footer_line(marked: str) -> Change:
    """An edited line of the page's furniture."""
    marks = spans(marked)
    before, after = ("".join(span.text for span in marks if span.op != op) for op in ("insert", "delete"))
    return change(
        Kind.TEXT_EDITED,
        after,
        "in the page's furniture, not in what it says; one word deleted in the same paragraph",
        significance=Significance.ROUTINE,
        before=Side(text=before),
        after=Side(text=after),
        spans=marks,
        place="furniture",
    )


def iso(date: str) -> str:
    return "-".join(reversed(date.split(".")))


def item(date: str, title: str) -> Item:
    day, month, year = map(int, date.split("."))
    return Item(title=title, date=When(text=date, year=year, month=month, day=day))


def side(date: str, title: str, **rest: Any) -> Side:
    return Side(text=f"{date} - {title}", date=iso(date), title=title, **rest)


def seed_like() -> Comparison:
    """Two captures of an embassy's page whose list was replaced as a whole."""
    teaser = "The decision by the British Government reflects the self-declared status of the UK."
    more = Link(text="all messages")
    old = tuple(item(*each) for each in GONE)
    new = tuple(item(*each) for each in (*PUBLISHED, *BACKDATED, *BACKFILLED))
    before = replace(JULY, lists=(ItemList(items=old, more=more),), lead=Lead(title="Answers"))
    after = replace(AUGUST, lists=(ItemList(items=new, more=more),), lead=Lead(title="Interview"))
    reach = "not in the list of 3 August, which still reaches back to 7 May"
    return compared(
        change(
            Kind.LIST_REPLACED,
            "list of 10 items",
            "none of its ten items is left; the list of 3 August reaches back to 7 May",
            significance=Significance.ALERT,
            before=Side(text="10 items"),
            after=Side(text="10 items"),
        ),
        *(
            change(
                Kind.ITEM_WITHDRAWN,
                title,
                f"dated {date}; {reach}",
                shown=(f"dated {date}",),
                before=side(date, title),
            )
            for date, title in GONE
        ),
        *(
            change(
                Kind.ITEM_PUBLISHED,
                title,
                f"dated {date}; after the snapshot of 4 July 2020",
                shown=(f"dated {date}",),
                after=side(date, title, teaser=teaser),
            )
            for date, title in PUBLISHED
        ),
        *(
            change(
                Kind.ITEM_BACKDATED,
                title,
                f"dated {date}; not in the list of 4 July, which reached back to 14 May",
                shown=(f"dated {date}",),
                after=side(date, title, teaser=teaser, url="https://example.org/news/" + iso(date)),
            )
            for date, title in BACKDATED
        ),
        *(
            change(
                Kind.ITEM_BACKFILLED,
                title,
                f"dated {date}; beyond the list of 4 July, which ended at 14 May",
                shown=(f"dated {date}",),
                after=side(date, title),
            )
            for date, title in BACKFILLED
        ),
        change(
            Kind.LEAD_REPLACED,
            INTERVIEW,
            "another article; dated 4 September 2019, it is the older of the two",
            before=Side(
                text=ANSWERS,
                title=ANSWERS,
                date="2020-02-10",
            ),
            after=Side(
                text=INTERVIEW,
                title=INTERVIEW,
                date="2019-09-04",
            ),
        ),
        *routine_header(),
        before=before,
        after=after,
        checks=(
            *(counter_check(SALISBURY, "883", "883"), counter_check(GLUSHKOV, "875", "875")),
            Check(
                check="clock",
                subject="Moscow and London",
                verdict=CheckVerdict.CONSISTENT,
                reason="right for summer time; the page date of 3 August is Moscow's, in London it was still 2 August",
                expected="2 h apart",
                found="2 h apart",
            ),
            Check(
                check="date",
                subject="page date",
                verdict=CheckVerdict.CONSISTENT,
                reason="the page date moved on by 30 days",
                expected="3 August 2020",
                found="3 August 2020",
            ),
        ),
        limits=("Neither file names its capture time; the page dates are taken for it.",),
    )


def routine_header() -> tuple[Change, ...]:
    """What thirty days do to the page's header."""
    return (
        change(
            Kind.DATE_ADVANCED,
            "page date",
            "30 days later",
            before=Side(text="4 July 2020", date="2020-07-04"),
            after=Side(text="3 August 2020", date="2020-08-03"),
        ),
        *(
            change(
                Kind.CLOCK_TICKED,
                place,
                "another time of day",
                before=Side(text=f"{place}: {old}", place=place, time=old, zone=f"Europe/{place}"),
                after=Side(text=f"{place}: {new}", place=place, time=new, zone=f"Europe/{place}"),
            )
            for place, old, new in (("Moscow", "08:25", "00:08"), ("London", "06:25", "22:08"))
        ),
        counter(Kind.COUNTER_ADVANCED, SALISBURY, 853, 883, "2018-03-04"),
        counter(Kind.COUNTER_ADVANCED, GLUSHKOV, 845, 875, "2018-03-12"),
    )


def counter(kind: Kind, label: str, old: int, new: int, origin: str, reason: str = "30 days asked for") -> Change:
    return change(
        kind,
        label,
        reason,
        before=Side(text=f"{old} days {label}", value=old, unit="day", origin=origin),
        after=Side(text=f"{new} days {label}", value=new, unit="day", origin=origin),
    )


def counter_check(label: str, expected: str, found: str) -> Check:
    verdict = CheckVerdict.CONSISTENT if expected == found else CheckVerdict.INCONSISTENT
    reason = f"{expected} was asked for after 30 days"
    return Check(check="counter", subject=label, verdict=verdict, reason=reason, expected=expected, found=found)


def identical() -> Comparison:
    return compared(after=JULY, elapsed_days=0, is_equal=True)


def routine() -> Comparison:
    return compared(*routine_header(), checks=seed_like().checks)


def stalled() -> Comparison:
    """Only a counter stands still."""
    stalled = counter(Kind.COUNTER_STALLED, SALISBURY, 853, 853, "2018-03-04", "still 853 though 30 days have passed")
    return compared(stalled, checks=(counter_check(SALISBURY, "883", "853"),))


def edited() -> Comparison:
    """One edit of each sort, in several scripts."""
    return compared(
        change(
            Kind.ITEM_RETITLED,
            "Заявление посольства об инциденте в Солсбери",
            "the same address, another title",
            before=Side(
                text="04.03.2018 Заявление посольства о нападении в Солсбери",
                title="Заявление посольства о нападении в Солсбери",
                date="2018-03-04",
                url="https://example.org/ru/1",
            ),
            after=Side(
                text="04.03.2018 Заявление посольства об инциденте в Солсбери",
                title="Заявление посольства об инциденте в Солсбери",
                date="2018-03-04",
                url="https://example.org/ru/1",
            ),
            edits=(
                Edit(
                    part="title",
                    before="Заявление посольства о нападении в Солсбери",
                    after="Заявление посольства об инциденте в Солсбери",
                    spans=spans("Заявление посольства [-о нападении-]{+об инциденте+} в Солсбери"),
                ),
                Edit(part="section", before="Политика", after="Общество", spans=spans("[-Политика-]{+Общество+}")),
            ),
        ),
        change(
            Kind.ITEM_REDATED,
            "خطاب السفير إلى الصحيفة",
            "the same title and address, another date",
            before=Side(text="2 June 2020 خطاب السفير إلى الصحيفة", title="خطاب السفير إلى الصحيفة", date="2020-06-02"),
            after=Side(text="4 June 2020 خطاب السفير إلى الصحيفة", title="خطاب السفير إلى الصحيفة", date="2020-06-04"),
            edits=(Edit(part="date", before="2 June 2020", after="4 June 2020", spans=spans("[-2-]{+4+} June 2020")),),
        ),
        change(
            Kind.ITEM_EDITED,
            "外交部发言人就英国制裁答记者问",
            "the same title and date, another teaser",
            before=Side(
                text="外交部发言人就英国制裁答记者问",
                title="外交部发言人就英国制裁答记者问",
                date="2020-07-16",
                teaser="英方的决定是错误的。",
            ),
            after=Side(
                text="外交部发言人就英国制裁答记者问",
                title="外交部发言人就英国制裁答记者问",
                date="2020-07-16",
                teaser="英方的决定是非常错误的。",
            ),
            edits=(
                Edit(
                    part="teaser",
                    before="英方的决定是错误的。",
                    after="英方的决定是非常错误的。",
                    spans=spans("英方的决定是 {+非常+} 错误的。"),
                ),
            ),
        ),
        change(
            Kind.FIELD_CHANGED,
            "Consular queries",
            "dials another number",
            before=Side(text="+44 (0) 203 668 7474", label="Consular queries", value="+44 (0) 203 668 7474"),
            after=Side(text="+44 (0) 203 668 7475", label="Consular queries", value="+44 (0) 203 668 7475"),
            spans=spans("+44 (0) 203 668 [-7474-]{+7475+}"),
        ),
        change(
            Kind.TEXT_EDITED,
            "Visas",
            "three words of a paragraph",
            place="Visas",
            before=Side(
                text="Applicants must book an appointment at least ten working days ahead and bring two photographs."
            ),
            after=Side(
                text="Applicants should book an appointment at least five working days ahead and bring two photographs."
            ),
            spans=spans(
                "Applicants [-must-]{+should+} book an appointment at least [-ten-]{+five+} working days ahead"
                " and bring two photographs."
            ),
        ),
        change(
            Kind.TEXT_ADDED,
            "Visas",
            "a paragraph that was not there",
            place="Visas",
            after=Side(text="From 1 August 2020 all applications are made online."),
        ),
        counter(Kind.COUNTER_DRIFTED, SALISBURY, 853, 879, "2018-03-08", "moved by 26 where 30 days have passed"),
        checks=(
            counter_check(SALISBURY, "883", "879"),
            Check(
                check="clock",
                subject="Moscow and London",
                verdict=CheckVerdict.INCONSISTENT,
                reason="in summer Moscow is two hours ahead of London",
                expected="2 h apart",
                found="3 h apart",
            ),
            Check(
                check="order",
                subject="News",
                verdict=CheckVerdict.INCONSISTENT,
                is_standing=True,
                reason="three items stand out of the order of their dates, as in the earlier snapshot",
            ),
            Check(check="date", subject="page date", verdict=CheckVerdict.UNDECIDED, reason="no capture time is known"),
            Check(
                check="clock",
                subject="Moscow and Port Salé",
                verdict=CheckVerdict.UNDECIDED,
                reason="the time zone of Port Salé is not known",
            ),
        ),
    )


HOSTILE = (
    "Click <b>here</b>\x1b[31m\x1b]8;;evil\x07\r\nBcc: x@y <script>alert(1)</script> \u202egnp.exe"
    " [x](javascript:alert) | *b* _i_ `c` \x9b2J"
)


def hostile() -> Comparison:
    """Every text of the page tries to get out of the report."""
    bad = Side(text=HOSTILE, title=HOSTILE, date="2020-07-16", url="javascript:alert(1)", teaser=HOSTILE)
    reading = replace(
        AUGUST, source=HOSTILE, title=HOSTILE, language='x"><script>', fields=(Field(label=HOSTILE, value="1"),)
    )
    return compared(
        change(Kind.CAPTURE_SUSPECT, HOSTILE, HOSTILE),
        change(Kind.ITEM_PUBLISHED, HOSTILE, HOSTILE, after=bad),
        change(
            Kind.ITEM_RETITLED,
            HOSTILE,
            HOSTILE,
            before=bad,
            after=bad,
            edits=(Edit(part=HOSTILE, before=HOSTILE, after=HOSTILE + "2", spans=(Span(op="insert", text=HOSTILE),)),),
        ),
        change(Kind.TEXT_ADDED, HOSTILE, HOSTILE, after=Side(text=HOSTILE), place=HOSTILE),
        counter(Kind.COUNTER_STALLED, HOSTILE, 1, 1, "2018-03-04", HOSTILE),
        before=reading,
        after=reading,
        checks=(
            Check(
                check="clock",
                subject=HOSTILE,
                verdict=CheckVerdict.INCONSISTENT,
                reason=HOSTILE,
                expected=HOSTILE,
                found=HOSTILE,
            ),
        ),
        limits=(HOSTILE,),
        page=HOSTILE,
    )


def suspect() -> Comparison:
    reason = "the later file breaks off in the middle of the list, and is a third of the earlier one"
    missing = change(
        Kind.ITEM_REMOVED,
        "Ambassador's letter",
        "missing from a capture that is not whole",
        before=side("16.05.2020", "Ambassador's letter"),
    )
    return compared(change(Kind.CAPTURE_SUSPECT, "the snapshot of 3 August", reason), missing)


def backwards() -> Comparison:
    """The sides in reverse."""
    added = [
        change(Kind.ITEM_ADDED, title, "the sides are in reverse", after=side(date, title)) for date, title in GONE
    ]
    return compared(*added, before=AUGUST, after=replace(JULY, source="my seeds/july.txt"), elapsed_days=-30)


def undated() -> Comparison:
    """Nothing tells when either capture was made."""
    bare = replace(JULY, page_date=None, fields=(), clocks=())
    counters = (Counter(label=SALISBURY, text=f"853 days {SALISBURY}", value=853, unit="day", direction="up"),)
    added = change(
        Kind.ITEM_ADDED, "A link without a date", "undated", after=Side(text="A link", title="A link without a date")
    )
    return compared(
        added,
        before=replace(bare, counters=counters),
        after=replace(bare, source="seeds/august.txt"),
        elapsed_days=None,
        limits=("No date tells how far the snapshots are apart.",),
    )


def huge(count: int = 10_000) -> Comparison:
    """A list of thousands, every hundredth of its entries new and the rest moved to another host."""
    moved = (
        change(
            Kind.ITEM_RELINKED,
            f"Entry {index}",
            "old.example became new.example",
            significance=Significance.ALERT,
            group="relinked-1",
            before=Side(text=f"Entry {index}", title=f"Entry {index}", url=f"https://old.example/{index}"),
            after=Side(text=f"Entry {index}", title=f"Entry {index}", url=f"https://new.example/{index}"),
            edits=(Edit(part="url", before=f"https://old.example/{index}", after=f"https://new.example/{index}"),),
        )
        for index in range(count)
    )
    new = (
        change(
            Kind.ITEM_PUBLISHED,
            f"New entry {index}",
            "dated after the snapshot of 4 July 2020",
            after=side("05.07.2020", f"New entry {index}"),
        )
        for index in range(count // 2)
    )
    return compared(*moved, *new)


def figures() -> Comparison:
    """Two labelled numbers, written as two languages write them."""
    return compared(
        *(
            change(
                Kind.FIGURE_CHANGED,
                label,
                f"was {was} and is now {now}",
                shown=(f"was {was} and is now {now}",),
                before=Side(text=was, label=label, value=old),
                after=Side(text=now, label=label, value=new),
            )
            for label, was, now, old, new in (
                ("Jobs lost", "6,200", "6,020", 6200, 6020),
                ("Casos activos", "19.868", "20.835", 19868, 20835),
            )
        )
    )


def sameday() -> Comparison:
    """Two captures of one day, a few hours apart."""
    before = replace(JULY, captured_at=datetime(2020, 7, 4, 5, 25, tzinfo=UTC))
    after = replace(JULY, source="seeds/evening.txt", captured_at=datetime(2020, 7, 4, 20, 1, tzinfo=UTC))
    return compared(
        change(
            Kind.TITLE_CHANGED, "Newsroom", "another heading", before=Side(text="News"), after=Side(text="Newsroom")
        ),
        before=before,
        after=after,
        elapsed_days=0,
    )


SAMPLES: dict[str, Callable[[], Comparison]] = {
    "seed-like": seed_like,
    "edited": edited,
    "hostile": hostile,
    "suspect": suspect,
    "identical": identical,
    "routine": routine,
    "stalled": stalled,
    "backwards": backwards,
    "undated": undated,
    "sameday": sameday,
    "figures": figures,
    "mass": lambda: huge(48),
}
