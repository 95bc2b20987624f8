"""What counts as a date, in which language and order, and what does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from monitor.model.reading import When
from monitor.read.dates import find_dates, leading_date, read_date, trailing_date
from monitor.read.day_order import day_month_order
from monitor.read.languages import MONTHS, WEEKDAYS, fold, is_weekday, month_of


def _read(text: str, **options: bool) -> When:
    when = read_date(text, **options)  # type: ignore[arg-type]
    assert when is not None, text
    return when


RANGES = """
5–7 June 2024|5-7 June 2024|5 – 7 June 2024|5th to 7th June 2024|from 5 to 7 June 2024|June 5–7, 2024|June 5 – 7, 2024
June 5-7, 2024|June 05-07, 2024|Jun. 05-07 2024
June 5 – June 7, 2024|5 June – 7 June 2024|Wednesday 5 June 2024 – Friday 7 June 2024|2024-06-05 – 2024-06-07
05.–07.06.2024|05.06. – 07.06.2024|05.06.2024 - 07.06.2024|05/06/2024 – 07/06/2024|vom 5. bis 7. Juni 2024
du 5 au 7 juin 2024|del 5 al 7 de junio de 2024|5 a 7 de junho de 2024|с 5 по 7 июня 2024|5–7 czerwca 2024
2024年6月5日〜7日|2024年6月5日至7日|2024年6月5日～6月7日
"""


@pytest.mark.parametrize("text", RANGES.replace("\n", "|").strip("|").split("|"))
def test_range_of_days_begins_on_its_first_and_is_whole(text: str) -> None:
    when = _read(text)
    assert (when.year, when.month, when.day, when.days, when.text) == (2024, 6, 5, 2, text)
    told = find_dates(f"The hall is open, {text}, to all.")
    assert [(each.when.day, each.when.days) for each in told] == [(5, 2)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("30 May – 2 June", (None, 5, 30, 3)),
        ("28 December – 3 January 2025", (2024, 12, 28, 6)),
        ("28 February – 1 March 2024", (2024, 2, 28, 2)),
        ("6月5日〜7日", (None, 6, 5, 2)),
    ],
)
def test_range_takes_what_its_first_day_lacks_from_its_last(text: str, facts: tuple[int | None, ...]) -> None:
    when = _read(text)
    assert (when.year, when.month, when.day, when.days) == facts


@pytest.mark.parametrize(
    "text", ["June 5 – 7 pm", "June 5 - 12 new items", "7–5 June 2024", "June 5, 10:00 – 12:00", "10–12"]
)
def test_dash_behind_a_date_makes_no_range_of_what_is_no_day(text: str) -> None:
    assert all(each.when.days == 0 for each in find_dates(text))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("April 18-21, 2016", (2016, 18, 3)),
        ("June 7-12, 2016", (2016, 7, 5)),
        ("April 18-21", (None, 18, 3)),
        ("April 21-18", (None, 21, 0)),
        ("18-Apr-21", (2021, 18, 0)),
        ("18.Apr.21", (2021, 18, 0)),
    ],
)
def test_second_day_of_a_range_is_no_year(text: str, facts: tuple[int | None, ...]) -> None:
    (found,) = find_dates(f"Stone and Tile Fair, {text}")
    assert (found.when.year, found.when.day, found.when.days) == facts


def test_two_digits_of_a_year_behind_dashes_count_where_a_time_follows_and_nothing_else_stands() -> None:
    found = read_date("12-04-14, 01:09 PM", order="mdy")
    assert found is not None
    assert (found.year, found.month, found.day, found.clock) == (2014, 12, 4, "13:09")
    assert read_date("12-04-14") is None
    assert read_date("22-10-15, 9:00-18:00") is None
    assert all(each.when.year is None for each in find_dates("Tel. 22-10-15, 9:00 to 18:00"))


def _facts(text: str) -> dict[str, object]:
    when = _read(text)
    names = ("year", "month", "day", "clock", "utc_offset", "ago")
    return {name: getattr(when, name) for name in names if getattr(when, name) is not None}


THIRD_OF_AUGUST = """
3 August 2020|August 3, 2020|August 3rd, 2020|3rd of August 2020|3rd August, 2020|Aug 3 2020|Aug. 3, 2020|3 AUG 2020
3-Aug-2020|03-Aug-20|3 Aug '20|Monday, 3 August 2020|Mon, 03 Aug 2020|3 August 2020 (Monday)|[3 August 2020]
2020-08-03|2020/8/3|2020.08.03|2020-Aug-03|2020 August 3|03.08.2020|3.8.2020|3. 8. 2020|03-08-2020|03 / 08 / 2020
3 августа 2020|3 августа 2020 г.|Пн, 3 августа 2020 года|3 авг. 2020|3 серпня 2020 р.|понеділок, 3 серпня 2020
3. August 2020|Montag, 3. August 2020|Mo., 3. Aug. 2020|3 août 2020|lundi 3 août 2020|3 AOÛT 2020|3 aout 2020
3 de agosto de 2020|lunes, 3 de agosto de 2020|3 ago 2020|3 agosto 2020|lunedì 3 agosto 2020
segunda-feira, 3 de agosto de 2020
3 augustus 2020|maandag 3 augustus 2020|3 sierpnia 2020|3 sierpnia 2020 r.|3 Ağustos 2020|3 Ağustos 2020 Pazartesi
3 أغسطس 2020|٣ أغسطس ٢٠٢٠|3 آب 2020|۳ اوت ۲۰۲۰|3 באוגוסט 2020|3 Αυγούστου 2020|Δευτέρα 3 Αυγούστου 2020
2020年8月3日|2020 年 8 月 3 日|2020年8月3日(月)|2020年8月3日 星期一|2020년 8월 3일|2020년 8월 3일 (월)|2020. 8. 3.
3 अगस्त 2020|सोमवार, 3 अगस्त 2020|3 augusti 2020|måndag 3 augusti 2020|3. august 2020|mandag den 3. august 2020
3. elokuuta 2020|maanantai 3. elokuuta 2020|3. srpna 2020|pondělí 3. srpna 2020|luni, 3 august 2020
2020. augusztus 3.|3 Agustus 2020|Senin, 3 Agustus 2020|3 tháng 8 năm 2020|3 tháng 8, 2020|3 Tháng Tám, 2020
03 2020-08|3 2020/08|3 2020年8月|Thứ Hai, ngày 3 tháng 8, 2020|3\u00a0August\u00a02020
13 ذو الحجة 1441 هـ الموافق 03/08/2020 م|الاثنين 13 ذو الحجة 1441هـ، الموافق 3 أغسطس 2020م
"""


@pytest.mark.parametrize("text", [form for line in THIRD_OF_AUGUST.strip().splitlines() for form in line.split("|")])
def test_a_day_is_the_same_in_every_language_and_order(text: str) -> None:
    assert _facts(text) == {"year": 2020, "month": 8, "day": 3}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("July 2020", {"year": 2020, "month": 7}),
        ("agosto de 2020", {"year": 2020, "month": 8}),
        ("2020年8月", {"year": 2020, "month": 8}),
        ("2020-08", {"year": 2020, "month": 8}),
        ("08/2020", {"year": 2020, "month": 8}),
        ("4 July", {"month": 7, "day": 4}),
        ("8月3日", {"month": 8, "day": 3}),
        ("25/07", {"month": 7, "day": 25}),
        ("25.07.", {"month": 7, "day": 25}),
        ("29 February", {"month": 2, "day": 29}),
        ("1er août 2020", {"year": 2020, "month": 8, "day": 1}),
        ("3 كانون الثاني 2020", {"year": 2020, "month": 1, "day": 3}),
        ("3 HAZİRAN 2020", {"year": 2020, "month": 6, "day": 3}),
        ("25.07.20", {"year": 2020, "month": 7, "day": 25}),
        ("25.07.95", {"year": 1995, "month": 7, "day": 25}),
        ("18 June 1815", {"year": 1815, "month": 6, "day": 18}),
        ("07/25/2020", {"year": 2020, "month": 7, "day": 25}),
    ],
)
def test_a_date_is_as_precise_as_the_page_and_no_more(text: str, facts: dict[str, object]) -> None:
    assert _facts(text) == facts


@pytest.mark.parametrize(
    ("text", "clock", "utc_offset"),
    [
        ("14:30", "14:30", None),
        ("9:30", "09:30", None),
        ("8 a.m.", "08:00", None),
        ("12:05 am", "00:05", None),
        ("10:36:30 pm EDT", "22:36:30", -240),
        ("14:30 UTC", "14:30", 0),
        ("27 April 2020, 08:00 GMT+5:30", "08:00", 330),
        ("2020-07-25T10:36:30.123Z", "10:36:30", 0),
        ("2020-07-25T10:36:30+05:30", "10:36:30", 330),
        ("2020-07-25 10:36", "10:36", None),
        ("Mon, 03 Aug 2020 10:00:00 -0700", "10:00:00", -420),
        ("Montag, 3. August 2020, 14.30 Uhr", "14:30", None),
        ("lundi 3 août 2020 à 14h30", "14:30", None),
        ("3 августа 2020 года в 14:30 МСК", "14:30", 180),
        ("3. august 2020 kl. 14.30", "14:30", None),
        ("August 3rd, 2020 at 10:36 p.m. ET", "22:36", None),
        ("14:30 UTC on 25 July 2020", "14:30", 0),
        ("2020年8月3日(月) 14:30", "14:30", None),
        ("2020年8月3日 下午2:30", "14:30", None),
    ],
)
def test_a_time_keeps_its_clock_and_its_zone(text: str, clock: str, utc_offset: int | None) -> None:
    when = _read(text)
    assert (when.clock, when.utc_offset) == (clock, utc_offset)
    assert when.is_full == any(mark in text for mark in ("20-", "2020"))


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("just now", 0),
        ("5m ago", 300),
        ("5 min. ago", 300),
        ("3h", 10800),
        ("an hour ago", 3600),
        ("2 hours ago", 7200),
        ("2 days, 3 hours ago", 183600),
        ("yesterday", 86400),
        ("вчера", 86400),
        ("час назад", 3600),
        ("3 дня назад", 259200),
        ("2 години тому", 7200),
        ("vor 3 Tagen", 259200),
        ("vor einer Stunde", 3600),
        ("il y a 2 heures", 7200),
        ("il y a une heure", 3600),
        ("hace 5 minutos", 300),
        ("há 2 horas", 7200),
        ("2 ore fa", 7200),
        ("3 uur geleden", 10800),
        ("3 godziny temu", 10800),
        ("3 gün önce", 259200),
        ("منذ 3 ساعات", 10800),
        ("לפני 3 שעות", 10800),
        ("πριν 3 ώρες", 10800),
        ("3 घंटे पहले", 10800),
        ("2小时前", 7200),
        ("3時間前", 10800),
        ("3시간 전", 10800),
        ("for 2 timer siden", 7200),
        ("2 timmar sedan", 7200),
        ("3 tuntia sitten", 10800),
        ("před 3 dny", 259200),
        ("acum 2 ore", 7200),
        ("3 órája", 10800),
        ("3 jam yang lalu", 10800),
        ("3 giờ trước", 10800),
    ],
)
def test_a_relative_time_stays_an_offset(text: str, ago: int) -> None:
    assert _facts(text) == {"ago": ago}


def test_yesterday_keeps_its_time_of_day() -> None:
    assert _facts("Yesterday at 14:30") == {"ago": 86400, "clock": "14:30"}


NO_DATES = """
31.02.2020|30 February 2020|29.02.2019|25:61|4.1|12.10|1.2.3|2-1|16:90|2020|192.168.1.1|+44 (0) 203 668 7474
Active cases: 19868|853 days|10 out of 20|Embassy press officer's reply
Vladivostok, September 4, 2019|2020.3.1|May|Monday
"""


@pytest.mark.parametrize("text", [form for line in NO_DATES.strip().splitlines() for form in line.split("|")])
def test_a_text_that_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


NO_DATES_IN_PROSE = """
nginx 1.10.12 and macOS 10.12.15|Unity 2020.3.12|call +7 495 123-45-67|call 8-800-555-35-35|sort code 12-34-56
ISBN 978-3-16-148410-0|in 2019-2020 and 2020-21|Regulation 2016/679|open 24/7|1/2 or 50/50 or 9/11|it costs $12.05.20
page 3 of 10|10 out of 20|set 5 alarms|you may 5 times|they march 2000 miles|S/2020/123|CVE-2020-1234|9M729 and START-3
at 192.168.10.20|won 2-1|see John 3:16|a ratio of 16:9|31.02.2020|1 800 555 2020|https://x.org/2020/07/25/a
v2020.07.25|file-2020-07-25.html|in 5 minutes|for 5 years|Section 4.1.2|00:1b:44:11
5 mars a day keeps|853 days have passed|+44 203 668
"""


@pytest.mark.parametrize("text", [form for line in NO_DATES_IN_PROSE.strip().splitlines() for form in line.split("|")])
def test_numbers_in_prose_are_no_dates(text: str) -> None:
    found = find_dates(text)
    assert [each for each in found if each.when.text != "5 mars"] == []


def test_a_year_alone_counts_only_where_it_is_asked_for() -> None:
    assert read_date("2020") is None
    assert _read("2020", year_alone=True).year == 2020
    assert read_date("3020", year_alone=True) is None


def test_dates_in_prose_come_from_left_to_right_with_their_places() -> None:
    text = "On Monday 3 August 2020 at 14:30 UTC, as on 27.04.2020, we met; 2 hours ago it was July 2019."
    found = find_dates(text)
    assert [text[each.start : each.end] for each in found] == [
        "Monday 3 August 2020 at 14:30 UTC",
        "27.04.2020",
        "2 hours ago",
        "July 2019",
    ]
    assert find_dates(text, limit=2) == found[:2]


def test_a_weekday_of_the_next_date_is_not_the_last_ones() -> None:
    assert [each.when.text for each in find_dates("Friday 13 March, Saturday 14 March and Sunday")] == [
        "Friday 13 March",
        "Saturday 14 March",
    ]


def test_a_small_word_that_is_a_weekday_elsewhere_is_no_weekday() -> None:
    assert [each.when.text for each in find_dates("to 8th March, 2020 to all, la 9 March 2020")] == [
        "8th March, 2020",
        "9 March 2020",
    ]


@pytest.mark.parametrize(
    ("text", "date_text", "rest"),
    [
        ("24.06.2020 - President's speech", "24.06.2020", "President's speech"),
        ("[25 July 2020] Statement", "25 July 2020", "Statement"),
        ("20-Jun-2018: Beta 6", "20-Jun-2018", "Beta 6"),
        ("Jul 25, 2020 | Title", "Jul 25, 2020", "Title"),
        ("25 July 2020 Title", "25 July 2020", "Title"),
        ("  25 July 2020, Moscow", "25 July 2020", "Moscow"),
        ("14:30 News", "14:30", "News"),
        ("2 hours ago | Title", "2 hours ago", "Title"),
        ("July 2020: Title", "July 2020", "Title"),
        ("Yesterday: Title", "Yesterday", "Title"),
        ("10.12.15 – Title", "10.12.15", "Title"),
        ("3 августа 2020 г. — Заявление", "3 августа 2020 г.", "Заявление"),
        ("2020年8月3日 声明", "2020年8月3日", "声明"),
    ],
)
def test_a_leading_date_is_parted_from_its_title(text: str, date_text: str, rest: str) -> None:
    found = leading_date(text)
    assert found is not None
    assert (found[0].text, found[1]) == (date_text, rest)


@pytest.mark.parametrize(
    "text",
    [
        "25 July 2020 was a day",
        "4 July celebrations",
        "4 July Celebrations",
        "Yesterday, all was well",
        "2-1 victory",
        "24/7 - service",
        "1.2.3 released",
        "25 July 2020",
        "",
    ],
)
def test_a_sentence_that_begins_with_a_date_has_no_leading_date(text: str) -> None:
    assert leading_date(text) is None


@pytest.mark.parametrize(
    ("text", "date_text", "rest"),
    [
        ("Изменения в nginx 1.23.4      28.03.2023", "28.03.2023", "Изменения в nginx 1.23.4"),
        ("Title (25 July 2020)", "25 July 2020", "Title"),
        ("Title - 25.07.2020", "25.07.2020", "Title"),
        ("Vladivostok, September 4, 2019", "September 4, 2019", "Vladivostok"),
        ("Title | July 2020", "July 2020", "Title"),
        ("Title\u00a0· 2 hours ago", "2 hours ago", "Title"),
    ],
)
def test_a_trailing_date_is_parted_from_its_title(text: str, date_text: str, rest: str) -> None:
    found = trailing_date(text)
    assert found is not None
    assert (found[0].text, found[1]) == (date_text, rest)


@pytest.mark.parametrize("text", ["They met in July 2020", "Meeting on 4 July", "nginx 1.23.4", "25 July 2020", ""])
def test_a_sentence_that_ends_with_part_of_a_date_has_no_trailing_date(text: str) -> None:
    assert trailing_date(text) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/08/2020", "25/07/2020"], "dmy"),
        (["03/08/2020", "07/25/2020"], "mdy"),
        (["25/07/2020", "07/25/2020"], "dmy"),
        (["07/25/2020", "25/07/2020"], "dmy"),
        (["03/08/2020", "1/2/2020"], "auto"),
        (["Posted 07/25/2020 by us"], "mdy"),
        (["no date", "2020-07-25", "1.25.2020.7"], "auto"),
        (["12/05 Open", "11/29 Qualifier", "11/15"], "mdy"),
        (["12/05 Open", "11/29 Qualifier", "15/11"], "auto"),
        (["1/20 Harbour", "2/20 Bridge", "12/20 Market"], "auto"),
        (["11/29 Open", "11/15", "25/07/2020"], "dmy"),
        (["12-04-14, 01:09 PM", "11-29-14, 10:15 AM"], "mdy"),
        (["12-04-14", "11-29-14"], "auto"),
        ([], "auto"),
    ],
)
def test_the_order_of_day_and_month_comes_from_the_dates_that_leave_no_choice(texts: list[str], order: str) -> None:
    assert day_month_order(texts) == order


def test_an_ambiguous_date_is_read_in_the_pages_order() -> None:
    by_order = {order: read_date("03/08/2020", order=order) for order in ("auto", "dmy", "mdy")}
    assert {order: when and when.month for order, when in by_order.items()} == {"auto": 8, "dmy": 8, "mdy": 3}
    impossible = read_date("25/07/2020", order="mdy")
    assert impossible is not None
    assert impossible.month == 7


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([each for each in MONTHS if each != "vi"]))
def test_every_month_name_of_every_language_reads_back(day: date, language: str) -> None:
    for name in MONTHS[language].split("|")[day.month - 1].split():
        when = _read(f"{day.day} {name.replace('+', ' ')} {day.year}")
        assert (when.year, when.month, when.day) == (day.year, day.month, day.day)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_numeric_dates_read_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%dT00:00Z"):
        assert _read(day.strftime(form)).span(None) == (day, day)
    american = read_date(day.strftime("%m/%d/%Y"), order="mdy")
    assert american is not None
    assert american.span(None) == (day, day)


@given(st.text(alphabet="0123456789 .,:/-–apmJuly2020августаT+Z()[]月日年\u00a0\n", max_size=60))
def test_no_text_breaks_the_reader_and_what_is_found_is_in_order(text: str) -> None:
    end = 0
    for each in find_dates(text):
        assert end <= each.start < each.end
        assert each.when.text == " ".join(text[each.start : each.end].split())
        end = each.end
    for parted in (leading_date(text), trailing_date(text)):
        assert parted is None or (parted[1] and parted[1] in text)
    whole = read_date(text)
    assert whole is None or whole.is_relative or whole.clock or whole.month


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_searched(text: str) -> None:
    find_dates(text)
    read_date(text)
    leading_date(text)
    trailing_date(text)


def test_a_page_of_numbers_is_read_in_linear_time() -> None:
    short, long = "1 day, 12:30, 3.4 x " * 500, "1 day, 12:30, 3.4 x " * 5000
    assert len(find_dates(long)) == 10 * len(find_dates(short))


def test_no_month_name_means_two_months() -> None:
    months: dict[str, int] = {}
    for language, line in MONTHS.items():
        for number, names in enumerate(line.split("|"), 1):
            for name in names.split() if language != "vi" else ():
                assert months.setdefault(fold(name), number) == number, name
                assert month_of(name.replace("+", " ")) == number


@pytest.mark.parametrize("language", WEEKDAYS)
def test_a_weekday_before_a_date_belongs_to_it(language: str) -> None:
    for word in WEEKDAYS[language].split():
        name = word.replace("+", " ")
        assert is_weekday(name.upper())
        assert _read(f"{name.capitalize()}, 3.8.2020").is_full, name


def test_a_day_is_counted_on_from_the_date_found() -> None:
    found = find_dates("4 July 2020 and 3 August 2020")
    days = [each.when.span(None) for each in found]
    assert days[0] is not None
    assert days[1] is not None
    assert days[1][0] - days[0][0] == timedelta(days=30)


def test_a_day_that_a_month_has_not_is_no_date_in_the_plainest_form_either() -> None:
    assert leading_date("29.02.2021 - Statement by the ministry") is None
    assert leading_date("29.02.2020 - Statement by the ministry") is not None
