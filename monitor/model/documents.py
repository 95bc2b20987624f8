"""Addresses of documents: what is handed out as a file and not shown as a page."""

from __future__ import annotations

SUFFIXES = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".zip")


def is_document(url: str) -> bool:
    """Whether the path of an address, absolute or not, ends as the name of such a file does."""
    path = url.partition("#")[0].partition("?")[0]
    scheme, mark, rest = path.partition("//")
    if mark and (not scheme or scheme.endswith(":")):
        path = rest.partition("/")[2]  # a host may end so too
    return path.lower().endswith(SUFFIXES)
