"""A name on the command line → what each block of that snapshot became, and why. Never writes anything."""

from __future__ import annotations

from typing import BinaryIO

from monitor.model.explanation import Explanation
from monitor.model.page import Page
from monitor.read.explain import explain
from monitor.watch.load_named import load_named
from monitor.watch.project import Project
from monitor.watch.read_page import located


def explain_snapshot(
    name: str, project: Project, *, page: Page | None = None, stdin: BinaryIO | None = None
) -> Explanation:
    """The explanation of a snapshot's reading, by the rules of the `page` it shows; "-" stands for `stdin`.

    Raises InputError where it holds no readable text.
    """
    named = load_named(name, project, stdin=stdin)
    page = page or named.page
    if page is None:
        return explain(named.snapshot)
    return explain(located(named.snapshot, page), page.rules)._replace(page=page.id)
