"""Address → what makes it the address of this and no other page. Opens no connection and follows no redirection."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

# Parameters that say where a reader came from, not what is shown: by name, and by the start of the name.
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid yclid msclkid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _ga _gl _openstat xtor "
    "cmpid wt.mc_id vero_id wickedid ysclid epik srsltid jsessionid phpsessid".split()
)
_TRACKING_STARTS = ("utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "_hs", "oly_", "at_medium", "at_campaign")
_PORTS = (":80", ":443")


@lru_cache(maxsize=4096)
def identity(url: str) -> str:
    """The address less scheme, `www.`, trailing slash, fragment and tracking parameters, parameters in order."""
    where, path, query = _parts(url)
    if not query:
        return where + path
    return f"{where}{path}?{query}"


def host(url: str) -> str:
    """The host in lower case without `www.`; "" for an address without one."""
    return _parts(url)[0]


def way(url: str) -> str:
    """The address without its host: what stays when a site moves."""
    _, path, query = _parts(url)
    return f"{path}?{query}" if query else path


def are_same(one: str, other: str) -> bool:
    """Whether two addresses may be one: where one of them names no host, its path alone says so."""
    if identity(one) == identity(other):
        return True
    if host(one) and host(other):
        return False
    first, last = (way(each).removeprefix("./") for each in (one, other))
    return first == last or any(
        not short.startswith("/") and long.endswith(f"/{short}")
        for short, long in ((first, last), (last, first))
        if short
    )


@lru_cache(maxsize=4096)
def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and what matters of the query; of a page that a web archive keeps those of the page."""
    at = url.find("/http", 8)
    if at > 0 and url[:at].rpartition("/")[2][:14].rstrip("abcdefghijklmnopqrstuvwxyz_").isdigit():
        url = url[at + 1 :]
    scheme, mark, rest = url.strip().partition("//")
    if not mark or (scheme and not scheme.endswith(":")):
        where, path = "", url.strip()
    else:
        where, slash, path = rest.partition("/")
        path = slash + path
        if "?" in where or "#" in where:
            where, path = _detach(*_detach(where, path, "?"), "#")
    path = path.partition("#")[0]
    path, _, query = path.partition("?")
    path = path.partition(";jsessionid=")[0]
    return _bare_host(where), path.rstrip("/"), _bare_query(query) if query else ""


def _detach(where: str, path: str, mark: str) -> tuple[str, str]:
    """A query or fragment that follows the host at once belongs to the path."""
    at = where.find(mark)
    return (where, path) if at < 0 else (where[:at], where[at:] + path)


def _bare_host(where: str) -> str:
    where = where.lower().removeprefix("www.")
    for port in _PORTS if ":" in where else ():
        where = where.removesuffix(port)
    return where


def _bare_query(query: str) -> str:
    kept = [part for part in query.replace("&amp;", "&").split("&") if part and not _is_tracking(part)]
    return "&".join(sorted(kept))


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_STARTS)


def less_day(address: str, day: date) -> str | None:
    """The address without that day, month and year as addresses write them; None where it has no such day."""
    forms = (f"{day:%Y/%m/%d}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%Y/%m%d}")
    rest = address
    for form in forms:
        rest = rest.replace(form, "")
    if rest == address:
        return None
    for form in (f"{day:%Y/%m}", f"{day:%Y-%m}", f"{day:%Y%m}"):
        rest = rest.replace(form, "")
    return rest
