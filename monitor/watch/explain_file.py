"""A name on the command line → what each block of that snapshot became, and why. Never writes anything."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.model.explanation import Explanation
from monitor.model.page import Page
from monitor.read.explain import explain
from monitor.watch.read_page import located


def explain_file(source: str, *, page: Page | None = None, stdin: BinaryIO | None = None) -> Explanation:
    """The explanation of a file's reading, by the rules of the `page` it shows; "-" stands for `stdin`.

    Raises InputError where it holds no readable text.
    """
    snapshot = load(source, stdin=stdin)
    if page is None:
        return explain(snapshot)
    return explain(located(snapshot, page), page.rules)._replace(page=page.id)
