"""What config.yaml says of readers: who is told of what, by which way; and what people get wrong in it."""

from __future__ import annotations

import pytest

from monitor.config import parse
from monitor.model.change import Significance
from monitor.model.reader import Apprise, Choice, Dkim, Folder, Mail, Quiet, Reader, Stdout, Webhook
from monitor.model.request import Login, Secret
from monitor.model.schedule import Schedule
from tests.test_config import problems

MAIL = "mail: {from: m@example.org, server: smtp.example.org}\n"
PAGES = """\
pages:
  - {id: ferry, tags: [north, travel]}
  - {id: harbour, tags: north}
  - {id: policy}
"""


def readers(*entries: str, pages: str = PAGES, mail: str = MAIL) -> tuple[Reader, ...]:
    return parse(f"{mail}readers: [{', '.join(f'{{{each}}}' for each in entries)}]\n{pages}").readers


def only(entry: str) -> Reader:
    [found] = readers(f"id: desk, {entry}")
    return found


def wrong(entry: str, mail: str = MAIL) -> list[str]:
    return [each.partition(": ")[2] for each in problems(f"{mail}readers: {{id: desk, {entry}}}\n{PAGES}")]


# -- the ways there


def test_a_reader_takes_over_how_mail_is_sent_key_by_key() -> None:
    mail = "mail: {from: m@example.org, server: smtp.example.org, login: {user: m, password_env: P}, security: tls}\n"
    [desk, other] = readers(
        "id: desk, mail: Desk <desk@example.org>",
        "id: other, mail: {to: [a@b.example, c@b.example], server: localhost, security: none, port: 2525}",
        mail=mail,
    )
    login = Login("m", Secret(env="P"))
    assert desk.channels == (
        Mail(("Desk <desk@example.org>",), "m@example.org", "smtp.example.org", 465, "tls", login),
    )
    assert other.channels == (
        Mail(("a@b.example", "c@b.example"), "m@example.org", "localhost", 2525, "none", login),
    )  # fmt: skip


def test_all_channels_may_lead_to_one_reader() -> None:
    entry = (
        "mail: {to: a@b.example, dkim: {selector: s1, key_file: k.pem}, unsubscribe: 'https://b.example/off'}, "
        "folder: site, webhook: {url: 'https://b.example/in', secret_env: S}, apprise: {url_file: n.txt}, stdout: yes"
    )
    mail, *others = only(entry).channels
    assert isinstance(mail, Mail)
    assert (mail.dkim, mail.unsubscribe) == (Dkim("s1", Secret(file="k.pem")), "https://b.example/off")
    webhook = Webhook("https://b.example/in", Secret(env="S"), "1")
    assert others == [Folder("site"), webhook, Apprise(Secret(file="n.txt")), Stdout()]


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_from_how_the_connection_is_secured(security: str, port: int) -> None:
    [mail] = only(f"mail: {{to: a@b.example, security: {security}}}").channels
    assert isinstance(mail, Mail)
    assert mail.port == port


# -- the pages


@pytest.mark.parametrize(
    ("entry", "pages"),
    [
        ("stdout: yes", ("ferry", "harbour", "policy")),
        ("stdout: yes, pages: policy", ("policy",)),
        ("stdout: yes, tags: north", ("ferry", "harbour")),
        ("stdout: yes, tags: travel, pages: [policy]", ("ferry", "policy")),
    ],
)
def test_pages_are_named_by_id_or_tag_and_are_all_without_either(entry: str, pages: tuple[str, ...]) -> None:
    assert only(entry).pages == pages


def test_a_page_names_its_readers_itself_and_by_the_defaults() -> None:
    pages = "defaults: {tell: a}\npages: [{id: x}, {id: y, tell: [b]}, {id: z, tell: []}]\n"
    a, b = readers("id: a, stdout: yes", "id: b, stdout: yes, pages: z", pages=pages)
    assert (a.pages, b.pages) == (("x",), ("y", "z"))


# -- what, and when


def test_an_alert_at_once_and_the_rest_in_the_daily_digest_is_one_setting() -> None:
    desk = only("stdout: yes, at_once: alert, at: 7:30, zone: Europe/London, quiet: 22:00-7:00, empty: yes")
    assert (desk.at_once, desk.lowest) == (Significance.ALERT, Significance.NOTABLE)
    assert desk.schedule == Schedule(at=("07:30",), zone="Europe/London")
    assert (desk.quiet, desk.zone, desk.wants_empty) == (Quiet("22:00", "07:00"), "Europe/London", True)


def test_findings_are_raised_and_muted_by_kind_page_and_words() -> None:
    desk = only(
        "stdout: yes, raise: [{words: [visa, sanction*]}, {kind: text.edited, page: policy}], mute: {kind: figure.*}"
    )
    assert desk.raised == (Choice(words=("visa", "sanction*")), Choice(("text.edited",), ("policy",)))
    assert desk.muted == (Choice(("figure.*",)),)


# -- mistakes


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("stdout: yes, pages: ferri", "readers.pages: 'ferri' is no page; did you mean ferry?"),
        ("stdout: yes, pages: [ferry, quay]", "readers.pages.1: 'quay' is no page; there is ferry, harbour, policy"),
        ("stdout: yes, tags: [nort]", "readers.tags.0: 'nort' is no tag of a page; did you mean north?"),
        ("stdout: yes, raise: {kind: text.edit}", "readers.0.raise.0.kind.0: 'text.edit' is no kind of finding; did you mean text.edited?"),
        ("stdout: yes, mute: [{page: quay}]", "readers.mute.0.page: 'quay' is no page; there is ferry, harbour, policy"),
        ("stdout: yes, mute: {}", "readers.0.mute.0: chooses all there is; write kind, page or words"),
        ("stdout: yes, quiet: 22:00", "readers.0.quiet: '22:00' are no hours; write two times of the day, like 22:00-07:00"),
        ("stdout: yes, quiet: 22-7", "readers.0.quiet: '22' is no time of the day; write \"22:00\""),
        ("stdout: yes, quiet: 7:00-07:00", "readers.0.quiet: '7:00-07:00' are no hours or all of them; write two times that differ"),
        ("stdout: yes, at: 7:00, every: 1d", "readers.0.at: every stands here too; keep one of them"),
        ("stdout: yes, at_once: grave", "readers.0.at_once: 'grave' is none of those known; write 'notable', 'alert' or 'never'"),
        ("at: 7:00", "readers.id: has no way to be told; write mail, folder, webhook, apprise or stdout"),
        ("mail: desk", "readers.0.mail.to.0: 'desk' is no address of mail; write one like desk@example.org"),
        ("mail: 'a@b.example, c@b.example'", "readers.0.mail.to.0: 'a@b.example, c@b.example' is no single address; write one, and others as a list"),
        ("mail: {to: a@b.example, port: 99999}", "readers.0.mail.port: '99999' is no whole number from 1 to 65,535; write one like 587"),
        ("mail: {to: a@b.example, sender: c@b.example}", "readers.0.mail.sender: no such key; write from"),
        ("mail: {to: a@b.example, login: {user: x, password: y}}", "readers.0.mail.login.password: nothing secret may stand here in the clear; write password_env: NAME or password_file: FILE"),
        ("mail: {to: a@b.example, unsubscribe: 'http://b.example'}", "readers.0.mail.unsubscribe: 'http://b.example' must begin with https://; mail programs ask no other"),
        ("webhook: {url: 'https://b.example'}", "readers.0.webhook: is not whole; write secret_env or secret_file with it"),
        ("webhook: {url: 'https://b.example', secret: x}", "readers.0.webhook.secret: nothing secret may stand here in the clear; write secret_env: NAME or secret_file: FILE"),
        ("apprise: {url: 'json://x'}", "readers.0.apprise.url: nothing secret may stand here in the clear; write url_env: NAME or url_file: FILE"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_key_and_the_mend(entry: str, problem: str) -> None:
    assert problem in wrong(entry)


def test_mail_needs_an_origin_and_a_server_here_or_for_all() -> None:
    assert wrong("mail: a@b.example", mail="mail: {server: smtp.example.org}\n") == [
        "readers.mail: does not say the address it comes from; write from here, or in mail for all readers"
    ]
    assert wrong("mail: {to: a@b.example, from: c@b.example}", mail="") == [
        "readers.mail: does not say the server that takes it; write server here, or in mail for all readers"
    ]


def test_unknown_and_repeated_readers_are_told_with_their_lines() -> None:
    text = (
        "readers:\n  - {id: desk, stdout: yes}\n  - {id: desk, stdout: yes}\n"
        "defaults: {tell: dask}\npages: [{id: a, tell: [desk, who]}]\n"
    )
    assert problems(text) == (
        "config.yaml:3:6: readers.1.id: another reader has the same id; give each its own",
        "config.yaml:4:12: defaults.tell: 'dask' is no reader; did you mean desk?",
        "config.yaml:5:30: pages.0.tell.1: 'who' is no reader; there is desk",
    )


def test_what_may_not_be_meant_so_is_worth_a_word() -> None:
    text = f"{MAIL}readers: [{{id: desk, mail: {{to: a@b.example, security: none, login: {{user: x, password_env: P}}}}}}]\n{PAGES}"
    assert [each.partition(": ")[2] for each in parse(text).cautions] == [
        "readers.0.id: is told nothing by itself; write at_once, or every, at or cron, or send with monitor digest",
        "readers.0.mail: the password goes there unencrypted; write security: starttls where the server has it",
    ]
