"""The entries of config.yaml → the nouns that the program works with."""

from __future__ import annotations

from monitor.config.entries import ConfigEntry, KeepEntry, PageEntry, WatchedEntry
from monitor.config.expect_entries import ExpectEntry
from monitor.config.merged import merged
from monitor.config.reader_nouns import readers_of
from monitor.config.request_entries import BrowserEntry, CookieEntry, HeaderEntry, HostEntry, LoginEntry, RequestEntry
from monitor.model.expectation import Expectations, ExpectedClock, ExpectedCounter, ExpectedField
from monitor.model.page import Config, Keep, MetricsPlace, Page, Timestamps
from monitor.model.request import Browser, Host, Login, Request, Secret
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules
from monitor.model.schedule import Schedule

_LIMITS = {"ca_file", "user_agent", "most_bytes", "connect", "read", "whole"}  # of one name here and there


def config_of(found: ConfigEntry, source: str) -> Config:
    """The config that an entry says; `source` is its file."""
    return Config(
        source=source,
        pages=tuple(_page(merged(each, found.defaults), source, found.keep) for each in found.pages),
        store=found.store,
        keep=_keep(found.keep),
        timestamps=Timestamps(**dict(found.timestamps)) if found.timestamps else Timestamps(),
        reports=found.reports,
        reports_url=f"{found.reports_url.rstrip('/')}/" if found.reports_url else None,
        hosts=tuple(_host(each) for each in found.hosts),
        metrics=MetricsPlace(**dict(found.metrics)) if found.metrics else None,
        readers=readers_of(found),
    )


def _page(entry: PageEntry, source: str, keep: KeepEntry | None) -> Page:
    return Page(
        id=entry.id,
        title=entry.title,
        url=entry.url,
        rules=_rules(entry, f"{source}, page {entry.id}"),
        keep=_keep(entry.keep or keep),
        schedule=_schedule(entry) if entry.url else None,
        expect=_expectations(entry.expect),
        tags=tuple(dict.fromkeys(entry.tags)),
        request=_request(entry.request),
        browser=_browser(entry.browser) if entry.browser else None,
        told_after=entry.told_after,
        asks_items=entry.ask_items,
        reads_documents=entry.documents,
        tell=tuple(dict.fromkeys(entry.tell)),
    )


def _rules(entry: PageEntry, source: str) -> Rules:
    return Rules(
        ignore=tuple(entry.ignore),
        only=tuple(entry.only),
        lists=tuple(ListRule(**dict(each)) for each in entry.lists),
        fields=tuple(FieldRule(**dict(each)) for each in entry.fields),
        counters=tuple(CounterRule(**dict(each)) for each in entry.counters),
        lead=LeadRule(**dict(entry.lead)) if entry.lead else None,
        source=source,
        zone=entry.zone,
        lag=entry.lag,
    )


def _keep(entry: KeepEntry | None) -> Keep | None:
    return Keep(**dict(entry)) if entry else None


def _schedule(entry: WatchedEntry) -> Schedule | None:
    if not (entry.every or entry.at or entry.cron):
        return None
    times = tuple(sorted(set(entry.at)))
    return Schedule(every=round(entry.every or 0), at=times, cron=entry.cron, zone=entry.zone or Schedule().zone)


def _expectations(entry: ExpectEntry) -> Expectations:
    return Expectations(
        counters=tuple(ExpectedCounter(each.label, each.origin, each.inclusive) for each in entry.counters),
        clocks=tuple(ExpectedClock(**dict(each)) for each in entry.clocks),
        fields=tuple(ExpectedField(**dict(each)) for each in entry.fields),
    )


def _request(entry: RequestEntry) -> Request:
    proxy = Secret(entry.proxy, entry.proxy_env, entry.proxy_file)
    return Request(
        headers=tuple((each.name, _secret(each)) for each in entry.headers),
        cookies=tuple((each.name, _secret(each)) for each in entry.cookies),
        login=_login(entry.login) if entry.login else None,
        proxy=proxy if any(proxy) else None,
        obeys_robots=entry.robots == "obey",
        **{key: value for key, value in entry if key in _LIMITS},
    )


def _secret(entry: HeaderEntry | CookieEntry) -> Secret:
    return Secret(entry.value, entry.value_env, entry.value_file)


def _login(entry: LoginEntry) -> Login:
    return Login(entry.user, Secret(env=entry.password_env, file=entry.password_file))


def _browser(entry: BrowserEntry) -> Browser:
    return Browser(wait_for=entry.wait_for, dismiss=tuple(entry.dismiss), width=entry.width, height=entry.height)


def _host(entry: HostEntry) -> Host:
    return Host(entry.host, entry.private, entry.pause, entry.parallel)
