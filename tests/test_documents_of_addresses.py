"""Which addresses lead to a document: by the end of their path, and not by that of a host."""

from __future__ import annotations

import pytest

from monitor.model.documents import is_document


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x.pdf", "/files/Fees.PDF?v=2#page=3", "minutes.docx", "//a.example/a//b.zip", "a//b.csv"],
)
def test_a_file_that_is_handed_out_is_one(url: str) -> None:
    assert is_document(url)


@pytest.mark.parametrize(
    "url", ["https://files.zip", "//files.zip/", "https://a.example/pdf", "/x?file=a.pdf", "#a.pdf", ""]
)
def test_a_page_and_a_host_are_none(url: str) -> None:
    assert not is_document(url)
