"""A reader's folder, and where the reports lie → how what is written there leads to them, and to itself."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import quote, urljoin

from monitor.model.filed import INDEX
from monitor.model.reader import Folder


class Links(NamedTuple):
    """What stands before a report's file in links, each with a slash at its end, None where there is no way.

    `reports` is for pages, which may be read from the disk, `reports_address` for feeds, which are read from anywhere.
    `address` is that of the folder itself.
    """

    reports: str | None
    reports_address: str | None
    address: str | None

    @property
    def reports_index(self) -> str | None:
        """The index of the reports, as seen from a page."""
        return None if self.reports is None else f"{self.reports}{INDEX}"


def links_of(channel: Folder, beside: str, reports: str, reports_url: str | None) -> Links:
    """Those of a folder, a relative one of which is `beside` config.yaml; `reports_url` ends with a slash.

    The folder of the reports is copied and served as a whole: from a folder within it, the way to them is always there.
    """
    up, down = _ways(os.path.join(beside, channel.path), reports)
    address = f"{channel.url.rstrip('/')}/" if channel.url else None
    if address is None and reports_url and down:
        address = urljoin(reports_url, down)
    reports_address = reports_url or (urljoin(address, up) if address and up else None)
    return Links(reports_url or up, reports_address, address)


def _ways(folder: str, reports: str) -> tuple[str | None, str | None]:
    """From a folder within the folder of the reports up to that, and from that down: ../ and digests/."""
    inner, outer = os.path.realpath(folder), os.path.realpath(reports)
    if os.path.commonpath((inner, outer)) != outer:
        return None, None
    return _as_link(os.path.relpath(outer, inner)), _as_link(os.path.relpath(inner, outer))


def _as_link(path: str) -> str:
    return f"{quote(os.fsencode(path.replace(os.sep, '/')))}/"
