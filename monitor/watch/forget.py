"""What reading and comparing remember of the lines of pages → forgotten, by a process that goes from page to page.

It is remembered for the other capture of the same page; the lines of a thousand others fill 20 MB.
"""

from __future__ import annotations

import sys

_PACKAGES = ("monitor.read.", "monitor.compare.")


def forget() -> None:
    """Empty the memories that have a limit; those without one hold patterns and words, and stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_PACKAGES):
            for each in vars(module).values():
                if hasattr(each, "cache_parameters") and each.cache_parameters()["maxsize"]:
                    each.cache_clear()
