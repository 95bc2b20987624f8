"""A page's captures in the store → what changed at each since the last good one before it, in short."""

from __future__ import annotations

from typing import NamedTuple

from monitor.model.page import Page
from monitor.store import names
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.line import Line
from monitor.watch.read_captures import catalogue_of
from monitor.watch.step import Step

__all__ = ["Step", "Steps", "compare_captures", "compare_with"]


class Steps(NamedTuple):
    """One step a capture, in order of time. `notices` are lines for the user about the catalogue."""

    steps: tuple[Step, ...]
    notices: tuple[str, ...] = ()


def compare_captures(store: Store, page: Page) -> Steps:
    """What changed at each of the page's captures. Raises StoreError where a newer version made the catalogue."""
    with catalogue_of(store) as catalogue:
        found = compare_with(catalogue, store, page)
        return Steps(found, tuple(catalogue.notices if catalogue else ()))


def compare_with(catalogue: Catalogue | None, store: Store, page: Page) -> tuple[Step, ...]:
    """The same with a catalogue that is open, or without one; captures that the ledger alone has are among them."""
    recorded = store.recorded(page.id)  # first, for a capture that is put in meanwhile has its line before its name
    line = Line(catalogue, store, page)
    steps = {step.capture.file: step._replace(comparison=None, followed=None) for step in line.steps()}
    lost = ((each, store.fault(each)) for each in recorded if each.file not in steps)
    steps |= {each.file: Step(each, fault=fault) for each, fault in lost if fault}
    return tuple(sorted(steps.values(), key=lambda step: names.order(step.capture)))
