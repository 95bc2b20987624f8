"""The readers' entries in config.yaml → the readers, each with the pages that are told there and the channels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.config.merged import merged
from monitor.model.change import Significance
from monitor.model.reader import (
    MOST_MAIL_BYTES,
    Apprise,
    Channel,
    Choice,
    Dkim,
    Folder,
    Mail,
    Quiet,
    Reader,
    Stdout,
    Webhook,
)
from monitor.model.request import Login, Secret
from monitor.model.schedule import Schedule

if TYPE_CHECKING:
    from monitor.config.entries import ConfigEntry, PageEntry
    from monitor.config.reader_entries import (
        AppriseEntry,
        ChoiceEntry,
        DkimEntry,
        MailEntry,
        ReaderEntry,
        SmtpEntry,
        WebhookEntry,
    )
    from monitor.config.request_entries import LoginEntry

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def readers_of(found: ConfigEntry) -> tuple[Reader, ...]:
    """The readers of a config."""
    pages = [merged(page, found.defaults) for page in found.pages]
    return tuple(_reader(each, pages, found.mail) for each in found.readers)


def _reader(entry: ReaderEntry, pages: Sequence[PageEntry], smtp: SmtpEntry) -> Reader:
    return Reader(
        id=entry.id,
        channels=tuple(_channels(entry, smtp)),
        pages=tuple(_pages(entry, pages)),
        lowest=Significance(entry.lowest),
        schedule=_schedule(entry),
        at_once=None if entry.at_once == "never" else Significance(entry.at_once),
        quiet=Quiet(*entry.quiet) if entry.quiet else None,
        wants_empty=entry.empty,
        raised=tuple(map(_choice, entry.raised)),
        muted=tuple(map(_choice, entry.mute)),
        zone=entry.zone,
    )


def _pages(entry: ReaderEntry, pages: Sequence[PageEntry]) -> Iterator[str]:
    """The pages that the entry names, those with one of its tags, those that name the reader; or all."""
    is_all = not (entry.pages or entry.tags or any(entry.id in page.tell for page in pages))
    for page in pages:
        if is_all or page.id in entry.pages or entry.id in page.tell or set(entry.tags).intersection(page.tags):
            yield page.id


def _schedule(entry: ReaderEntry) -> Schedule | None:
    if not (entry.every or entry.at or entry.cron):
        return None
    return Schedule(round(entry.every or 0), tuple(sorted(set(entry.at))), entry.cron, entry.zone)


def _choice(entry: ChoiceEntry) -> Choice:
    return Choice(tuple(entry.kind), tuple(entry.page), tuple(entry.words))


def _channels(entry: ReaderEntry, smtp: SmtpEntry) -> Iterator[Channel]:
    if entry.mail:
        yield _mail(merged(entry.mail, smtp))
    if entry.folder:
        yield Folder(entry.folder.path, entry.folder.url)
    if entry.webhook:
        yield Webhook(entry.webhook.url, _webhook_secret(entry.webhook), entry.webhook.key)
    if entry.apprise:
        yield _apprise(entry.apprise)
    if entry.stdout:
        yield Stdout()


def _mail(entry: MailEntry) -> Mail:
    return Mail(
        to=tuple(dict.fromkeys(entry.to)),
        sender=entry.sender or "",
        server=entry.server or "",
        port=entry.port or _PORTS[entry.security],
        security=entry.security,
        login=_login(entry.login) if entry.login else None,
        ca_file=entry.ca_file,
        unsubscribe=entry.unsubscribe,
        dkim=_dkim(entry.dkim) if entry.dkim else None,
        most_bytes=entry.most_bytes or MOST_MAIL_BYTES,
    )


def _login(entry: LoginEntry) -> Login:
    return Login(entry.user, Secret(env=entry.password_env, file=entry.password_file))


def _dkim(entry: DkimEntry) -> Dkim:
    return Dkim(entry.selector, Secret(env=entry.key_env, file=entry.key_file))


def _webhook_secret(entry: WebhookEntry) -> Secret:
    return Secret(env=entry.secret_env, file=entry.secret_file)


def _apprise(entry: AppriseEntry) -> Apprise:
    return Apprise(Secret(env=entry.url_env, file=entry.url_file))
