"""A key that means nothing where it stands → what is meant by it, as near as that can be told."""

from __future__ import annotations

from monitor.config.document import Location
from monitor.config.entries import ConfigEntry, PageEntry, WatchedEntry, entry_at
from monitor.config.request_entries import CookieEntry, HeaderEntry, RequestEntry
from monitor.config.shapes import Entry, listed
from monitor.config.times import SCHEDULES
from monitor.model.rules import shortened

_SECRETS = frozenset("apikey api_key auth authorization pass passphrase passwd password pwd secret token".split())
# What other programs, and people, call what is called otherwise here.
_MEANT = {
    "schedule": listed(SCHEDULES), "interval": "every", "period": "every", "frequency": "every", "time": "at",
    "times": "at", "crontab": "cron", "timezone": "zone", "time_zone": "zone", "tz": "zone", "name": "title",
    "link": "url", "address": "url", "uri": "url", "labels": "tags", "tag": "tags", "javascript": "browser",
    "timeout": "connect, read or whole", "max_size": "most_bytes", "verify": "ca_file, for a certificate of your own",
    "wait": "wait_for", "delay": "pause", "username": "user", "folder": "store", "exclude": "ignore",
    "filter": "ignore or only", "sender": "from", "recipients": "to", "email": "mail", "smtp": "mail", "host": "server",
    "alert": "at_once", "immediate": "at_once", "significance": "lowest", "kinds": "kind", "users": "readers",
    "quiet_hours": "quiet",
}  # fmt: skip


def unknown_key(location: Location) -> str:
    """What is wrong with the key that a location ends in, and what to write."""
    key, entry = str(location[-1]), entry_at(location[:-1])
    if f"{key}_env" in entry.named_keys() or key.lower() in _SECRETS:
        return f"nothing secret may stand here in the clear; {_secret_mend(key, entry)}"
    if meant := _meant(key, entry):
        return f"no such key; {meant}"
    elsewhere = _elsewhere(key, entry)
    return f"no such key here; {elsewhere}" if elsewhere else f"no such key; {keys_at(location[:-1])}"


def _meant(key: str, entry: type[Entry]) -> str:
    """What to write for a key that has another name here, or is mistyped."""
    known = entry.named_keys()
    meant = _MEANT.get(key.lower(), "")
    if meant.replace(",", " ").partition(" ")[0] in known:
        return f"write {meant}"
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped key waits for it

    if near := get_close_matches(key, list(known), n=1):
        return f"did you mean {near[0]}?"
    return f"write name: {shortened(key)} with {listed(entry.NEEDED)}" if entry in (HeaderEntry, CookieEntry) else ""


def _secret_mend(key: str, entry: type[Entry]) -> str:
    if f"{key}_env" in entry.named_keys():
        return f"write {key}_env: NAME or {key}_file: FILE"
    if "password_env" in entry.named_keys():
        return "write password_env: NAME or password_file: FILE"
    return "write request.login with password_env: NAME or password_file: FILE, or request.headers with value_env: NAME"


def _elsewhere(key: str, entry: type[Entry]) -> str:
    """Where the key belongs, if it is one of another entry nearby."""
    if key in RequestEntry.model_fields and "request" in entry.named_keys():
        return "write it below request"
    if key in WatchedEntry.model_fields and entry is ConfigEntry:
        return "write it below defaults, or in a page"
    return "write it in a page" if key in PageEntry.model_fields and entry in (ConfigEntry, WatchedEntry) else ""


def keys_at(location: Location) -> str:
    """The keys that may stand where a location leads."""
    return f"the keys here are {', '.join(entry_at(location).named_keys())}"
