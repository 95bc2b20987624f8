"""Addresses of documents: what is handed out as a file and not shown as a page."""

from __future__ import annotations

SUFFIXES = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".zip")


def is_document(url: str) -> bool:
    """Whether the path of an address, absolute or not, ends as the name of such a file does."""
    return url.partition("#")[0].partition("?")[0].lower().endswith(SUFFIXES)
