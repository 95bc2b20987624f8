"""What is told at once: all that the message shows is told by it, in the reader's zone, with the reader's rule."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.change import ChangeKind as Kind, Side, Significance
from monitor.model.comparison import Check, CheckVerdict, Comparison, Unseen
from monitor.model.delivery import Message
from monitor.model.judgement import Place
from monitor.model.page import Page
from monitor.model.reader import Choice, Folder, Mail, Reader, Stdout, Webhook
from monitor.model.request import Secret
from monitor.report import RENDERERS, render
from monitor.report.as_email import subject
from monitor.watch.alerts import alerts_of
from monitor.watch.in_short import findings_of
from tests import samples
from tests.mails import parsed, part
from tests.replacing import replace
from tests.samples import change, compared, side
from tests.test_digest_atom import GRAMMAR, ids as ids_of, tree

FILES = ("harbour/a.warc.gz", "harbour/b.warc.gz")
HARBOUR = Page("harbour", url="https://harbour.example/news")
NOW = datetime(2026, 11, 28, 18, 47, tzinfo=UTC)
DESK = Reader("desk", (Stdout(),), pages=("harbour",), at_once=Significance.ALERT)
GONE = change(Kind.ITEM_WITHDRAWN, "A letter", "it is dated 3 July", before=side("03.07.2020", "A letter"))
NEW = change(Kind.ITEM_PUBLISHED, "A speech", "it is dated 9 July", after=side("09.07.2020", "A speech"))
FEES = change(
    Kind.TEXT_EDITED, "Fees", "one word replaced", before=Side(text="The fee is 5."), after=Side(text="The fee is 6.")
)


def _knows_nothing(*_: object) -> bool:
    return False


def sent(reader: Reader, comparison: Comparison) -> list[Message]:
    return [
        message for message, _ in alerts_of(Place("s", "r", (reader,)), HARBOUR, comparison, FILES, NOW, _knows_nothing)
    ]


def text_of(reader: Reader, comparison: Comparison) -> str:
    [message] = sent(reader, comparison)
    return " ".join(message.content.decode().split())


def ids(comparison: Comparison) -> dict[str, str]:
    return {finding.subject: finding.id for finding, _ in findings_of(comparison, FILES)}


def test_news_that_stands_in_an_alert_is_told_by_it() -> None:
    whole = compared(GONE, NEW)
    [message] = sent(DESK, whole)
    assert "A speech" in message.content.decode()
    assert set(message.findings) == set(ids(whole).values())


def test_news_alone_waits_and_alters_no_alerts_key() -> None:
    assert sent(DESK, compared(NEW)) == []
    [one], [other] = sent(DESK, compared(GONE)), sent(DESK, compared(GONE, NEW))
    assert one.id == other.id


def test_what_the_reader_does_not_want_is_neither_shown_nor_told() -> None:
    whole = compared(GONE, NEW)
    [message] = sent(DESK._replace(lowest=Significance.ALERT), whole)
    assert "A speech" not in message.content.decode()
    assert message.findings == (ids(whole)["A letter"],)


def test_of_two_findings_that_are_called_the_same_each_has_the_id_by_which_digests_know_it() -> None:
    """Though the reader mutes the first of them."""
    teased = replace(GONE, before=replace(side("03.07.2020", "A letter"), teaser="On visas."))
    whole = compared(GONE._replace(before=replace(GONE.before, teaser="On berths.")), teased)
    _, second = (finding.id for finding, _ in findings_of(whole, FILES))
    [message] = sent(DESK._replace(muted=(Choice(words=("berths",)),)), whole)
    assert message.findings == (second,)


def test_a_check_that_a_muted_change_tells_is_muted_with_it() -> None:
    label = "days without an accident"
    still = change(Kind.COUNTER_STALLED, label, "it says 5", before=Side(text="5 days"), after=Side(text="5 days"))
    check = Check("counter", label, CheckVerdict.INCONSISTENT, "35", "5", "it says 5")
    whole = compared(GONE, still, checks=(check,))
    [message] = sent(DESK._replace(muted=(Choice(("counter.*",)),)), whole)
    assert label not in message.content.decode()
    assert message.findings == (ids(whole)["A letter"],)


def test_what_is_routine_to_others_and_raised_for_one_is_told_at_once() -> None:
    moved = change(Kind.ITEM_MOVED, "A letter", before=side("03.07.2020", "A letter"), after=side("", "A letter"))
    reader = DESK._replace(raised=(Choice(("item.moved",)),))
    assert sent(DESK, compared(moved)) == []
    [message] = sent(reader, compared(moved, NEW))
    assert len(message.findings) == 2
    assert ids(compared(NEW))["A speech"] in message.findings


@pytest.mark.parametrize("form", ["text", "terminal", "html", "markdown", "email", "json"])
def test_the_rule_that_makes_it_an_alert_is_told_in_each_form(form: str) -> None:
    rule = "text.* that mentions “fee*”"
    raised = FEES._replace(significance=Significance.ALERT, raised_by=rule)
    said = render(compared(raised, FEES._replace(subject="Berths")), form)
    if form == "email":
        assert all(f"your rule: {rule}" in " ".join(part(parsed(said), kind).split()) for kind in ("plain", "html"))
    elif form == "json":
        assert said.count(rule) == 1
    else:
        plain = " ".join(re.sub(r"[\\│]", "", said).split())
        assert plain.count(f"an alert by your rule: {rule}") == 1


def test_a_reader_is_told_by_which_rule_each_finding_is_an_alert() -> None:
    rules = (Choice(words=("fee",)), Choice(("item.published",), ("harbour",)))
    said = text_of(DESK._replace(raised=rules), compared(GONE, NEW, FEES))
    assert said.count("an alert by your rule:") == 2
    assert "an alert by your rule: what mentions “fee”" in said
    assert "an alert by your rule: item.published on harbour" in said


def captured(hour: int, minute: int = 46) -> datetime:
    return datetime(2026, 11, 28, hour, minute, tzinfo=UTC)


def of_a_day(first: datetime, last: datetime) -> Comparison:
    """Two captures of pages that bear no date."""
    before, after = (
        replace(samples.JULY, page_date=None, captured_at=at, source=f"harbour@{at:%H%M}") for at in (first, last)
    )
    return compared(GONE, before=before, after=after, elapsed_days=(last.date() - first.date()).days)


@pytest.mark.parametrize("form", [each for each in RENDERERS if each != "json"])
def test_the_times_of_the_captures_are_on_the_readers_clock_and_name_it(form: str) -> None:
    said = render(of_a_day(captured(17), captured(18)), form, zone="Europe/Berlin")
    if form == "email":
        said = part(parsed(said), "plain") + part(parsed(said), "html")
    said = " ".join(said.replace("\\", "").split())
    assert "28 November 2026, 18:46 Europe/Berlin → 28 November 2026, 19:46 Europe/Berlin" in said
    assert "60 minutes" in said
    assert "UTC" not in said


def test_the_gap_before_a_finding_is_on_the_readers_clock() -> None:
    gap = Unseen(captured(6), captured(18))
    said = render(of_a_day(captured(6), captured(18))._replace(gap=gap), "text", zone="Asia/Kolkata")
    assert "between 12:16 and 00:16" not in said
    assert "between 28 November, 12:16 Asia/Kolkata, and 29 November 2026, 00:16 Asia/Kolkata" in " ".join(said.split())


def test_json_has_its_times_in_utc_whoever_reads_it() -> None:
    comparison = of_a_day(captured(17), captured(18))
    assert render(comparison, "json", zone="Europe/Berlin") == render(comparison, "json")


def test_an_hour_that_the_clock_shows_twice_turns_no_sides_and_counts_as_an_hour() -> None:
    first = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    said = render(of_a_day(first, first + timedelta(minutes=30)), "text", zone="Europe/Berlin")
    assert "02:50 Europe/Berlin → 25 October 2026, 02:20 Europe/Berlin · 30 minutes" in " ".join(said.split())
    assert "reverse" not in said


def test_a_capture_that_is_known_by_its_day_alone_is_of_that_day_in_each_zone() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (27, 28)]
    said = render(of_a_day(*days), "html", zone="America/New_York")
    assert "27 November 2026" in said
    assert "New_York" not in said


def test_an_alert_is_told_in_the_readers_zone() -> None:
    said = text_of(DESK._replace(zone="Europe/Berlin"), of_a_day(captured(17), captured(18)))
    assert "19:46 Europe/Berlin" in said


LONG = "Notice to mariners 41 on the wreck north of the mole"
BACKDATED = change(
    Kind.ITEM_BACKDATED, LONG, "dated 10 May", after=replace(side("10.05.2020", LONG), date="2020-05-10")
)
OPEN = change(Kind.FIGURE_CHANGED, "Open notices", before=Side(text="6", value=6), after=Side(text="7", value=7))
NAMED = replace(samples.AUGUST, title="Harbour office")


def test_the_subject_is_short_ends_with_a_clause_and_counts_the_rest() -> None:
    said = subject(compared(OPEN, BACKDATED, after=NAMED))
    assert said == f"Harbour office: “{LONG}” is dated 10 May 2020; and one more change"
    assert subject(compared(OPEN, BACKDATED, after=replace(NAMED, title="The harbour office of Westhaven"))) == (
        "The harbour office of Westhaven: one item backdated and a figure changed"
    )
    said = subject(compared(OPEN, GONE, after=NAMED))
    assert said == "Harbour office: “A letter” was taken off the list: older items are still there; and one more change"


def test_the_subject_says_the_gravest_first() -> None:
    raised = NEW._replace(significance=Significance.ALERT)
    assert subject(compared(FEES, OPEN, raised, after=NAMED)).startswith("Harbour office: “A speech” is new; ")


@pytest.mark.parametrize("number", [1, 2, 3, 4, 12, 400])
def test_a_subject_has_room_for_some_120_letters_and_no_half_quotation(number: int) -> None:
    kinds = [kind for kind in Kind if kind.significance is not Significance.ROUTINE]
    changes = [
        change(
            kinds[at % len(kinds)], f"{LONG}, {at}, and all that it says", before=Side(text="a"), after=Side(text="b")
        )
        for at in range(number)
        if kinds[at % len(kinds)] is not Kind.CAPTURE_SUSPECT
    ]
    said = subject(compared(*changes, after=replace(NAMED, title="The office of the harbour " * 9)))
    assert len(said) <= 120
    assert said.count("“") == said.count("”") or said.endswith("…") or "…; and" in said


def test_a_subject_says_how_many_changes_it_leaves_out() -> None:
    many = [GONE._replace(subject=f"Letter {at}") for at in range(30)] + [
        change(kind, "x", before=Side(text="a"), after=Side(text="b"))
        for kind in (Kind.FIELD_CHANGED, Kind.COUNTER_RESET, Kind.STAMP_ADDED, Kind.CLOCK_ADDED, Kind.LIST_APPEARED)
        for _ in range(2)
    ]
    said = subject(compared(*many, after=NAMED))
    counted = "30 items withdrawn, two fields changed, two counters reset, two new lists and four more changes"
    assert said == f"Harbour office: {counted}"


def test_a_webhook_has_the_rule_and_a_mail_goes_out_in_the_readers_zone() -> None:
    channels = (Mail(("desk@example.org",), "m@example.org", "localhost"), Webhook("https://x.example", Secret()))
    reader = DESK._replace(channels=channels, zone="Europe/Berlin", raised=(Choice(words=("fee",)),))
    comparison = of_a_day(captured(17), captured(18))._replace(changes=(FEES,))
    mail, hook = sent(reader, comparison)
    assert "19:46 Europe/Berlin" in part(parsed(mail.content.decode()), "plain")
    assert '"raised_by": "what mentions “fee”"' in hook.content.decode()
    assert mail.findings == hook.findings == tuple(ids(comparison).values())


def test_a_folder_has_the_alert_as_a_page_that_leads_to_the_reports_and_as_an_entry_of_its_feed() -> None:
    """For no digest tells it again."""
    place = Place("s", "reports", (DESK._replace(channels=(Folder("reports/digests"),)),))
    whole = of_a_day(captured(17), captured(18))._replace(changes=(NEW, GONE))
    [(message, _)] = alerts_of(place, HARBOUR, whole, FILES, NOW, _knows_nothing)
    told = json.loads(message.content)
    assert 'href="../index.html"' in told["page"]
    GRAMMAR.assertValid(tree(told["feed"]))
    assert len(ids_of(told["feed"])) == 1
    assert told["feed"].index("A letter") < told["feed"].index("A speech")
    assert all(words in told["feed"] for words in ("A letter", "A speech", "2026-11-28T18:46:00Z", HARBOUR.url or ""))


def test_a_doubted_capture_makes_no_entry_of_a_feed() -> None:
    doubt = change(Kind.CAPTURE_SUSPECT, "the later capture", "it breaks off", after=Side(text="it breaks off"))
    whole = of_a_day(captured(17), captured(18))._replace(changes=(doubt,))
    [message] = sent(DESK._replace(channels=(Folder("site"),)), whole)
    assert json.loads(message.content)["feed"] is None
