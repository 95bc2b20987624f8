"""What config.yaml says of watching pages: when, how, what they ought to say; and what people get wrong in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.config import load, parse
from monitor.model.expectation import Expectations, ExpectedClock, ExpectedCounter, ExpectedField
from monitor.model.page import Keep, MetricsPlace, Page
from monitor.model.request import Browser, Host, Login, Request, Secret
from monitor.model.schedule import Schedule
from tests.test_config import problems

PAGE = """\
pages:
  - id: ferry
    url: https://ferry.example.org/
"""


def page(*lines: str) -> str:
    return PAGE + "".join(f"    {line}\n" for line in lines)


def only(*lines: str) -> Page:
    [found] = parse(page(*lines)).pages
    return found


def with_defaults(defaults: str, *lines: str) -> Page:
    [found] = parse(f"defaults: {defaults}\n{page(*lines)}").pages
    return found


# -- when


@pytest.mark.parametrize(
    ("line", "schedule"),
    [
        ("every: 90s", Schedule(every=90)),
        ("every: 15m", Schedule(every=900)),
        ("every: 6 h", Schedule(every=6 * 3600)),
        ("every: 1h 30m", Schedule(every=5400)),
        ("every: 1D", Schedule(every=86400)),
        ("every: 6H 30m", Schedule(every=6 * 3600 + 1800)),
        ("every: 2w", Schedule(every=14 * 86400)),
        ("at: 7:00", Schedule(at=("07:00",))),
        ("at: ['19:00', '07:00', '7:00']", Schedule(at=("07:00", "19:00"))),
        ("cron: '0  9 * * MON-FRI'", Schedule(cron="0 9 * * mon-fri")),
        ("cron: '*/15 8-18 1,15 jan-mar *'", Schedule(cron="*/15 8-18 1,15 jan-mar *")),
        ("cron: '0 9 * * monday,thurs'", Schedule(cron="0 9 * * mon,thu")),
        ("cron: '0 9 29 february *'", Schedule(cron="0 9 29 feb *")),
    ],
)
def test_a_page_is_captured_when_the_file_says(line: str, schedule: Schedule) -> None:
    assert only(line).schedule == schedule


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sun-thu", "sun,mon-thu"),
        ("fri-mon", "fri-sun,mon"),
        ("sat-sun", "sat-sun"),
        ("mon,sat-tue", "mon,sat-sun,mon-tue"),
    ],
)
def test_weekdays_over_the_end_of_the_week_are_two_ranges(written: str, meant: str) -> None:
    assert only(f"cron: 0 9 * * {written}").schedule == Schedule(cron=f"0 9 * * {meant}")


def test_the_zone_is_that_of_the_times_and_of_the_pages_days() -> None:
    found = only("at: '07:00'", "zone: Europe/London")
    assert (found.schedule, found.zone) == (Schedule(at=("07:00",), zone="Europe/London"), "Europe/London")


@pytest.mark.parametrize("lines", [(), ("every: never",), ("every:",), ("at: []",)])
def test_a_page_without_a_schedule_is_captured_only_when_asked(lines: tuple[str, ...]) -> None:
    assert only(*lines).schedule is None


def test_a_line_of_cron_alone_loads_the_scheduler(tmp_path: Path) -> None:
    import subprocess
    import sys

    for line, is_loaded in (("every: 6h", False), ("cron: 0 9 * * mon", True)):
        (tmp_path / "config.yaml").write_text(page(line))
        code = "import sys; from monitor.config import load; load(sys.argv[1]); print('apscheduler' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path / "config.yaml"], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"{is_loaded}\n"


# -- how


def test_a_request_is_what_the_file_says() -> None:
    found = only(
        "request:",
        "  headers: [{name: Accept-Language, value: en}, {name: X-Key, value_env: KEY}]",
        "  cookies: {name: session, value_file: session.txt}",
        "  login: {user: desk, password_env: DESK_PASSWORD}",
        "  proxy: http://proxy.example:3128",
        "  ca_file: private-ca.pem",
        "  user_agent: monitor (desk@example.org)",
        "  robots: ignore",
        "  most_bytes: 1.5 MB",
        "  connect: 500ms",
        "  read: 1m",
        "  whole: 5m",
    ).request
    assert found == Request(
        headers=(("Accept-Language", Secret("en")), ("X-Key", Secret(env="KEY"))),
        cookies=(("session", Secret(file="session.txt")),),
        login=Login("desk", Secret(env="DESK_PASSWORD")),
        proxy=Secret("http://proxy.example:3128"),
        ca_file="private-ca.pem",
        user_agent="monitor (desk@example.org)",
        obeys_robots=False,
        most_bytes=3 * 512 * 1024,
        connect=0.5,
        read=60,
        whole=300,
    )


def test_what_is_left_out_is_as_the_nouns_have_it() -> None:
    assert only() == Page("ferry", url="https://ferry.example.org/", rules=only().rules)
    config = parse(page())
    assert (config.store, config.reports, config.hosts, config.cautions) == ("snapshots", "reports", (), ())
    assert config.reports_url is None


@pytest.mark.parametrize("end", ["", "/"])
def test_the_address_of_the_reports_ends_with_a_slash(end: str) -> None:
    config = parse(f"reports_url: https://example.org/reports{end}\n{PAGE}")
    assert config.reports_url == "https://example.org/reports/"


@pytest.mark.parametrize(
    ("line", "browser"),
    [
        ("browser: yes", Browser()),
        ("browser: ON", Browser()),
        ("browser: no", None),
        ("browser: off", None),
        (
            "browser: {wait_for: '#news', dismiss: '#accept', width: 800, height: 600}",
            Browser("#news", ("#accept",), 800, 600),
        ),
    ],
)
def test_a_browser_opens_the_page_where_the_file_says(line: str, browser: Browser | None) -> None:
    assert only(line).browser == browser


def test_hosts_are_what_the_file_says() -> None:
    text = "hosts: [{host: 127.0.0.1:8000, private: yes, pause: 0s, parallel: 4}, {host: Intranet.Example.}, {host: '[::1]:80'}, {host: '::1'}]"
    assert parse(f"{text}\n{PAGE}").hosts == (
        Host("127.0.0.1:8000", True, 0.0, 4), Host("intranet.example"), Host("[::1]:80"), Host("::1"),
    )  # fmt: skip


def test_expectations_are_what_the_file_says() -> None:
    found = only(
        "expect:",
        "  counters: [{label: Salisbury, origin: 2018-03-04, inclusive: yes}]",
        "  clocks: {place: Moscow, zone: Europe/Moscow}",
        "  fields: [{label: Consular  queries, value: '+44 (0) 203 668 7474'}]",
    )
    assert found.expect == Expectations(
        (ExpectedCounter("Salisbury", date(2018, 3, 4), is_inclusive=True),),
        (ExpectedClock("Moscow", "Europe/Moscow"),),
        (ExpectedField("Consular queries", "+44 (0) 203 668 7474"),),
    )


def test_the_rest_of_a_page_is_what_the_file_says() -> None:
    found = only(
        "tags: [embassies, uk, uk]", "told_after: 5", "ask_items: No", "documents: true", "lag: 3d", "keep: {days: 30}"
    )
    assert (found.tags, found.told_after, found.asks_items, found.reads_documents, found.rules.lag, found.keep) == (
        ("embassies", "uk"), 5, False, True, 3, Keep(30),
    )  # fmt: skip


def test_metrics_go_where_the_file_says() -> None:
    assert parse(f"metrics: {{port: 9112, textfile: out/monitor.prom}}\n{PAGE}").metrics == MetricsPlace(
        9112, "out/monitor.prom"
    )


# -- defaults


def test_a_page_takes_over_what_it_does_not_say_itself() -> None:
    found = with_defaults("{every: 6h, zone: Asia/Tokyo, tags: [a], told_after: 5, keep: {days: 9}}", "tags: [b]")
    assert found.schedule == Schedule(every=6 * 3600, zone="Asia/Tokyo")
    assert (found.zone, found.tags, found.told_after, found.keep) == ("Asia/Tokyo", ("b",), 5, Keep(9))


def test_a_schedule_of_the_page_leaves_out_every_schedule_of_the_defaults() -> None:
    assert with_defaults("{every: 6h}", "at: '07:00'").schedule == Schedule(at=("07:00",))
    assert with_defaults("{cron: 0 9 * * mon}", "every: never").schedule is None
    assert with_defaults("{every: 6h}", "every:").schedule == Schedule(every=6 * 3600)


def test_a_page_without_an_address_has_no_schedule_by_default() -> None:
    assert parse("defaults: {every: 6h}\npages: [{id: a}]").pages[0].schedule is None


def test_nested_keys_are_taken_over_one_by_one_and_lists_as_a_whole() -> None:
    found = with_defaults(
        "{request: {user_agent: desk, read: 9s, headers: [{name: A, value: a}]}, expect: {clocks: [{place: X, zone: UTC}]}}",
        "request: {read: 5s, headers: [{name: B, value: b}]}",
        "expect: {fields: [{label: L, value: V}]}",
    )
    assert found.request == Request(headers=(("B", Secret("b")),), user_agent="desk", read=5.0)
    assert found.expect == Expectations((), (ExpectedClock("X", "UTC"),), (ExpectedField("L", "V"),))


def test_one_proxy_leaves_out_the_other_wherever_it_stands() -> None:
    found = with_defaults("{request: {proxy: 'http://a:1'}}", "request: {proxy_env: PROXY}")
    assert found.request.proxy == Secret(env="PROXY")


@pytest.mark.parametrize(
    ("line", "browser"),
    [
        ("browser: no", None),
        ("browser: yes", Browser("main", width=800)),
        ("browser: {width: 900}", Browser("main", width=900)),
        ("title: x", Browser("main", width=800)),
    ],
)
def test_a_browser_of_the_defaults_can_be_kept_changed_and_left_out(line: str, browser: Browser | None) -> None:
    assert with_defaults("{browser: {wait_for: main, width: 800}}", line).browser == browser


def test_a_problem_in_the_defaults_is_told_once_and_there() -> None:
    text = (
        "defaults:\n  every: 5s\npages:\n  - {id: a, url: 'https://a.example'}\n  - {id: b, url: 'https://b.example'}\n"
    )
    assert problems(text) == ("config.yaml:2:3: defaults.every: '5s' is too short; write at least 10s",)


def test_a_keep_for_all_is_the_last_that_is_asked() -> None:
    text = "keep: {days: 1}\ndefaults: {keep: {days: 2}}\npages: [{id: a, keep: {days: 3}}, {id: b}]"
    config = parse(text)
    assert (config.keep, [each.keep for each in config.pages]) == (Keep(1), [Keep(3), Keep(2)])


# -- what people get wrong


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["every: 6 hours"], "4:5: pages.0.every: '6 hours' is no length of time; write 6h"),
        (["every: 60"], "4:5: pages.0.every: '60' is no length of time; write 60s or 60m, with its unit"),
        (["every: 1M"], "4:5: pages.0.every: '1M' is no length of time: m is a minute; for a month write 30d"),
        (["every: 1h 30 M"], "4:5: pages.0.every: '1h 30 M' is no length of time: m is a minute; for a month write 30d"),
        (["request: {read: 1M}"], "4:15: pages.0.request.read: '1M' is no length of time: m is a minute; write it small"),
        (["every: 30 MIN"], "4:5: pages.0.every: '30 MIN' is no length of time; write 30m"),
        (["every: 6"], "4:5: pages.0.every: '6' is no length of time; write 6m or 6h, with its unit"),
        (["every: 999999999"], "4:5: pages.0.every: '999999999' is no length of time; write one like 6h"),
        (["every: daily"], "4:5: pages.0.every: 'daily' is no length of time; write 1d"),
        (["every: 5 bananas"], "4:5: pages.0.every: '5 bananas' is no length of time; write one like 6h"),
        (["every: 5s"], "4:5: pages.0.every: '5s' is too short; write at least 10s"),
        (["every: 500d"], "4:5: pages.0.every: '500d' is too long; write at most 366d"),
        (["every: [6h]"], "4:5: pages.0.every: must be a text, not a list"),
        (["every: 6h", "at: '07:00'"], "5:5: pages.0.at: every stands here too; keep one of them"),
        (["cron: 0 9 * * mon", "every: never"], "4:5: pages.0.cron: every stands here too; keep one of them"),
        (["at: 7am"], "4:5: pages.0.at.0: '7am' is no time of the day; write \"07:00\""),
        (["at:", "  - 07:00", "  - 7.30 pm"], "6:9: pages.0.at.1: '7.30 pm' is no time of the day; write \"19:30\""),
        (["at: 24:00"], "4:5: pages.0.at.0: '24:00' is no time of the day; write \"00:00\""),
        (["at: noon"], "4:5: pages.0.at.0: 'noon' is no time of the day; write one from \"00:00\" to \"23:59\""),
        (["zone: Europe/Londn"], "4:5: pages.0.zone: 'Europe/Londn' is no time zone; write Europe/London"),
        (["zone: london"], "4:5: pages.0.zone: 'london' is no time zone; write Europe/London"),
        (["zone: CEST"], "4:5: pages.0.zone: 'CEST' is no time zone; write Europe/Berlin"),
        (["zone: GMT+1"], "4:5: pages.0.zone: 'GMT+1' is no time zone; write one like Europe/London, or UTC"),
        (["zone: ../../etc/passwd"], "is no time zone; write one like Europe/London, or UTC"),
        (["zone: Europe"], "4:5: pages.0.zone: 'Europe' is no time zone; write one like"),
        (["cron: 0 9 * * 1-5"], "4:5: pages.0.cron: '1-5': weekdays have names here"),
        (["cron: 0 9 * * 1-5"], "write mon-fri"),
        (["cron: 0 9 * * 0,6"], "write sun,sat"),
        (["cron: 0 9 * * 7"], "write sun"),
        (["cron: 0 9 * * */2"], "write sun,tue,thu,sat"),
        (["cron: 0 9 * * mon-fri/2"], "write names like mon,wed or mon-fri"),
        (["cron: 0 9 * *"], "4:5: pages.0.cron: '0 9 * *' has 4 fields; write five fields like 0 9 * * mon-fri"),
        (["cron: '@daily'"], "4:5: pages.0.cron: @daily is not known here; write 0 0 * * *"),
        (["cron: 0 25 * * *"], "the last value (25) is higher than the maximum value (23)"),
        (["cron: 0 9 * foo *"], 'Invalid month name "foo"'),
        (["cron: 5x 9 * * *"], "'5x 9 * * *' is no line of cron"),
        (["cron: 61 25 * * *"], "'61 25 * * *' is no line of cron (the last value (61) is higher than the maximum value (59); the last value (25)"),
        (["cron: 61 9 * * 1-5"], "'61 9 * * *' is no line of cron (the last value (61) is higher than the maximum value (59)); write"),
        (["cron: 61 9 * * 1-5"], "minute, hour, day, month, weekday; '1-5': weekdays have names here, for some count"),
        (["cron: 0 9 ? * *"], "4:5: pages.0.cron: '?' means nothing in a line of cron"),
        (["cron: 0 9 30 feb *"], "'0 9 30 feb *' never comes: no such month has that day"),
        (["cron: 0 9 1 * mon"], "4:5: pages.0.cron: a day of the month and a weekday stand side by side"),
        (["schedule: daily"], "4:5: pages.0.schedule: no such key; write every, at or cron"),
        (["interval: 6h"], "4:5: pages.0.interval: no such key; write every"),
        (["timezone: UTC"], "4:5: pages.0.timezone: no such key; write zone"),
        (["headers: []"], "4:5: pages.0.headers: no such key here; write it below request"),
        (["lag: 3"], "4:5: pages.0.lag: '3' is no number of days from 1d to 365d; write one like 3d"),
        (["told_after: never"], "4:5: pages.0.told_after: 'never' is no whole number from 1 to 1,000; write one like 3"),
        (["ask_items: maybe"], "4:5: pages.0.ask_items: 'maybe' is neither yes nor no; write yes or no"),
        (["tags: [uk, '']"], "4:16: pages.0.tags.1: is empty; fill it in, or leave it out"),
        (["browser: chrome"], "4:5: pages.0.browser: 'chrome' is neither yes nor no; write yes or no"),
        (["browser: {width: 20}"], "4:15: pages.0.browser.width: '20' is no whole number from 200 to 10,000"),
        (["browser: {wait_for: 'a@href'}"], "4:15: pages.0.browser.wait_for: 'a@href' names an attribute"),
        (["browser: [yes]"], "4:5: pages.0.browser: must have keys of its own; the keys here are wait_for"),
        (["expect: {counters: [{label: a}]}"], "4:25: pages.0.expect.counters.0.origin: is missing; add it"),
        (["expect: {counters: {label: a, origin: 4.3.2018}}"], "'4.3.2018' is no day; write year, month and day"),
        (["expect: {counters: {label: a, origin: 2018-02-30}}"], "2018-02-30 is in no calendar (day is out of range"),
        (["expect: {clocks: {place: Moscow, zone: Moskow}}"], "4:14: pages.0.expect.clocks.0.zone: 'Moskow' is no time zone; write Europe/Moscow"),
        (["expect: {fields: {select: x}}"], "pages.0.expect.fields.0.select: no such key; the keys here are label, value"),
        (["expect: {conters: []}"], "4:14: pages.0.expect.conters: no such key; did you mean counters?"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_page_has_its_place_and_its_mend(lines: list[str], problem: str) -> None:
    assert any(problem in each for each in problems(page(*lines))), problems(page(*lines))


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        ("{login: {user: desk, password: hunter2}}", "4:35: pages.0.request.login.password: nothing secret may stand here"),
        ("{login: {user: desk, password: hunter2}}", "in the clear; write password_env: NAME or password_file: FILE"),
        ("{login: {user: desk, password_env: 'hunter2!'}}", "4:35: pages.0.request.login.password_env: is no name of an"),
        ("{login: {user: desk}}", "pages.0.request.login: is not whole; write password_env or password_file with it"),
        ("{login: {user: desk, password_env: A, password_file: b}}", "password_file: password_env stands here too"),
        ("{login: {user: 'desk:hunter2', password_env: A}}", "pages.0.request.login.user: the user's name is empty, or has"),
        ("{password: hunter2}", "write request.login with password_env: NAME or password_file: FILE"),
        ("{headers: {name: Authorization, value: hunter2}}", "Authorization looks like a secret; write value_env: NAME or"),
        ("{headers: {name: X-Api-Key, value: hunter2}}", "X-Api-Key looks like a secret; write value_env: NAME or"),
        ("{cookies: {name: session, value: hunter2}}", "session looks like a secret; write value_env: NAME or value_file"),
        ("{headers: {name: X-Note, value: '${HUNTER2}'}}", "nothing is filled in here; write value_env: HUNTER2"),
        ("{headers: {name: X-Note}}", "is not whole; write value, value_env or value_file with it"),
        ("{headers: {X-Note: a}}", "pages.0.request.headers.0.X-Note: no such key; write name: X-Note with value, value_env"),
        ('{headers: {name: X-Note, value: "hunter2\\nX: y"}}', "a header is one line; take the line break out"),
        ("{headers: {name: X-Note, value: hüнter2}}", "a header has letters of ASCII alone"),
        ("{headers: {name: 'X Note:', value: a}}", "'X Note:' is no name of a header; write one like Accept-Language"),
        ("{headers: {name: User-Agent, value: a}}", "User-Agent is set for each request as it needs it; write user_agent"),
        ("{headers: {name: If-Modified-Since, value: a}}", "is set for each request as it needs it; leave it out"),
        ("{cookies: {name: 'a=b', value: c}}", "'a=b' is no name of a cookie"),
        ("{cookies: {name: a, value: 'hunter2; c'}}", "a cookie's value has no blanks, quotes, commas, semicolons"),
        ('{user_agent: "a\\r\\nX: y"}', "pages.0.request.user_agent: a header is one line"),
        ("{proxy: 'http://u:hunter2@proxy:80'}", "pages.0.request.proxy: a password stands in it; write proxy_env: NAME or"),
        ("{proxy: 'proxy.example:3128'}", "'proxy.example:3128' is no address of a proxy; write one like http://proxy"),
        ("{proxy: 'http://a:80', proxy_file: b}", "4:37: pages.0.request.proxy_file: proxy stands here too; keep one"),
        ("{robots: no}", "'no' is none of those known; write 'obey' or 'ignore'"),
        ("{most_bytes: 20}", "'20' is no size; write one like 20 MB or 500 KB"),
        ("{most_bytes: 5 GB}", "'5 GB' is not from 1 KB to 1 GB; write one like 20 MB or 500 KB"),
        ("{timeout: 5s}", "4:15: pages.0.request.timeout: no such key; write connect, read or whole"),
        ("{connect: 0s}", "'0s' is too short; write at least 100ms"),
        ("fast", "pages.0.request: must have keys of its own; the keys here are headers, cookies, login"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_request_has_its_mend_and_shows_no_secret(request_: str, problem: str) -> None:
    found = problems(page(f"request: {request_}"))
    assert any(problem in each for each in found), found
    assert not any("hunter2" in each or "hüнter2" in each for each in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pages: [{id: a, every: 6h}]", "1:17: pages.0.every: there is no address to capture; write url, or leave this out"),
        ("pages: [{id: a, url: 'https://u:p@x'}]", "pages.0.url: a user or a password stands in the address; write"),
        ("pages: [{id: a, url: 'https://x:99999/'}]", "'https://x:99999/' is no address of a page; write it as a browser"),
        ("pages: [{id: a, url: 'https://'}]", "'https://' is no address of a page; write it as a browser shows it"),
        ("pages: [{id: a}, {id: A}]", "1:19: pages.1.id: differs from 'a' by capitals alone, and their folders are one"),
        ("defaults: {url: 'https://x'}\npages: []", "1:12: defaults.url: no such key here; write it in a page"),
        ("every: 6h\npages: []", "1:1: every: no such key here; write it below defaults, or in a page"),
        ("defaults: {every: 6h, at: '7:00'}\npages: []", "1:23: defaults.at: every stands here too; keep one of them"),
        ("reports: ./snapshots/\npages: []", "1:1: reports: the reports would lie among the snapshots; give each a folder"),
        ("store: reports\npages: []", "1:1: store: the reports would lie among the snapshots; give each a folder of its"),
        ("readers: [{id: a, folder: snapshots/a}]\npages: []", "readers.0.folder: what is told would lie among the snaps"),
        ("readers: [{id: a, folder: {path: x, url: 'https://x/'}}]\nstore: x\npages: []", "readers.0.folder: what is told"),
        ("hosts: [{host: 'https://x/'}]\npages: []", "1:10: hosts.0.host: is an address; write its host alone"),
        ("hosts: [{host: '*.example'}]\npages: []", "'*.example' names many hosts; write each by itself"),
        ("hosts: [{host: a}, {host: A.}]\npages: []", "1:21: hosts.1.host: this host has an entry above; write all its keys"),
        ("hosts: [{host: 'a:http'}]\npages: []", "'a:http' has no port from 1 to 65535 behind its colon"),
        ("hosts: [{host: 127.1}]\npages: []", "'127.1' is no host; write a name or an address like intranet.example or"),
        ("hosts: [{host: '2130706433'}]\npages: []", "'2130706433' is no host; write a name or an address"),
        ("hosts: [{host: bücher.example}]\npages: []", "write xn--bcher-kva.example"),
        ("hosts: [{host: a, pause: 2}]\npages: []", "1:19: hosts.0.pause: '2' is no length of time; write 2s or 2m, with"),
        ("hosts: [{host: a, parallel: 0}]\npages: []", "hosts.0.parallel: '0' is no whole number from 1 to 100; write"),
        ("hosts: [{host: a, delay: 2s}]\npages: []", "1:19: hosts.0.delay: no such key; write pause"),
        ("metrics: {port: 70000}\npages: []", "1:11: metrics.port: '70000' is no whole number from 1 to 65,535; write one like 9109"),
        ("metrics: {textfile: a.txt}\npages: []", "'a.txt' is no file that the node exporter reads; write one like"),
        ("hosts: [127.0.0.1]\npages: []", "1:9: hosts.0: must have keys of its own; the keys here are host, private"),
    ],
)  # fmt: skip
def test_a_mistake_beside_the_pages_has_its_place_and_its_mend(text: str, problem: str) -> None:
    assert any(problem in each for each in problems(text)), problems(text)


def test_all_of_it_is_told_at_once() -> None:
    text = (
        "every: 6h\nhosts: [{host: a}, {host: a}]\ndefaults: {told_after: x}\n"
        "pages:\n - {id: a, url: x}\n - {id: A, at: 7am, request: {read: 5}}\n"
    )
    assert [each.split(":")[1:4] for each in problems(text)] == [
        ["1", "1", " every"], ["2", "21", " hosts.1.host"], ["3", "12", " defaults.told_after"], ["5", "12", " pages.0.url"],
        ["6", "5", " pages.1.id"], ["6", "12", " pages.1.at.0"], ["6", "31", " pages.1.request.read"],
    ]  # fmt: skip


# -- what may be meant so


@pytest.mark.parametrize(
    ("url", "is_told"),
    [("http://intranet.example/", True), ("https://intranet.example/", False), ("http://127.0.0.1:8000/", False)],
)
def test_a_password_that_goes_unencrypted_is_worth_a_word(tmp_path: Path, url: str, is_told: bool) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        f"defaults: {{request: {{login: {{user: desk, password_env: A}}}}}}\npages:\n  - id: a\n    url: {url}\n"
    )
    said = f"{path}:4:5: pages.0.url: the login, or what is secret in the request, goes there unencrypted; "
    assert [each.partition("write")[0] for each in load(str(path)).cautions] == ([said] if is_told else [])
