"""Where snapshots come from → Snapshot: opens what a person names, and never reads what it says.

From what is there: files, archives, histories
    from_file, from_folder, from_git, from_memento, from_wacz, from_warc
    found         what these give: captures, and faults between them (opening: of files that cannot be opened)
    warc_records, messages, requests, originals
                  what stands in a WARC file, and what belongs together of it
    archive_client, timemaps, addresses
                  a web archive, what it lists, and what makes an address that of one page

From a server
    over_http     the page's server, asked (asking: what for; visit: along redirections; passing: whether again)
    politeness    a queue for each host (robots: what a site allows; hosts: what config.yaml says of it)
    connections   kept and used again (wire, layers: what came over them; trust: certificates; urls: what is asked for)
    guard         what may be connected to (private: what may not, and why); complaints says what goes wrong
    own_lines, revealing
                  secrets of a page: to whom they go, and where they stand
    posting       messages, handed to servers by the same guard

From a browser
    in_browser    a page, made by Chromium (chromium, browser_page)
    browser_proxy its only way out (browser_side, way_out)
"""

from __future__ import annotations

import sys

# Where click is installed, httpx loads a command line of its own, and rich and pygments for it: 60 ms and 4 MB of each
# command that captures. What stands as None among the modules is not there, and httpx does without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
