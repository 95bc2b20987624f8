"""A change: one typed difference between two readings. Here stand the kinds, what each means, and how grave it is."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import NamedTuple


class Significance(str, Enum):
    """How much a change matters to the page's reader."""

    ROUTINE = "routine"  # what time does to such a page
    NOTABLE = "notable"  # news
    ALERT = "alert"  # what a reader would want to know somebody did


GRAVITY = tuple(Significance)  # from the lightest on


class ChangeKind(str, Enum):
    """Every kind of change, with its usual significance, its definition and an example.

    A single change may be graver or lighter than its kind (`item.relinked` to another host, a figure inside an item):
    `Change.significance` is what holds.
    """

    significance: Significance
    definition: str
    example: str

    def __new__(cls, value: str, significance: str = "", definition: str = "", example: str = "") -> ChangeKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.significance = Significance(significance)
        member.definition = definition
        member.example = example
        return member

    # fmt: off
    ITEM_PUBLISHED = "item.published", "notable", "only after; dated on or after the earlier snapshot day less the page's lag", "a press release of yesterday"
    ITEM_BACKDATED = "item.backdated", "alert", "only after; dated earlier than that, though the earlier list reached past that date and did not show it", "a statement dated three weeks before it turned up"
    ITEM_BACKFILLED = "item.backfilled", "notable", "only after; dated at or beyond the earlier list's reach, so the earlier list could not have shown it", "a list of ten that now shows twenty"
    ITEM_ADDED = "item.added", "notable", "only after; undated, or the evidence decides nothing", "a new link in a box without dates"
    ITEM_RETURNED = "item.returned", "notable", "only after; an older snapshot had it, and it had been withdrawn or removed since", "a statement that was down for a week"
    ITEM_AGED_OFF = "item.aged_off", "routine", "only before; dated at or beyond the later list's reach, and no more went this way than items came in", "the last of ten, when a new first came"
    ITEM_WITHDRAWN = "item.withdrawn", "alert", "only before; though the later list still reaches past its date", "a statement missing between its neighbours"
    ITEM_REMOVED = "item.removed", "notable", "only before; the evidence decides neither", "a link gone from a box without dates"
    ITEM_RETITLED = "item.retitled", "alert", "the same item, another title", "'attack' became 'incident'"
    ITEM_REDATED = "item.redated", "alert", "the same item, another date", "2 June became 4 June"
    ITEM_RELINKED = "item.relinked", "notable", "the same item, another address; alert where the host differs", "/news/12 became /news/12-b"
    ITEM_EDITED = "item.edited", "notable", "the same item, another teaser or another labelled value", "221 cases became 259 in the summary"
    ITEM_MOVED = "item.moved", "routine", "survivors in another order, another list, or between list and lead", "two items of one day swapped"
    LIST_REPLACED = "list.replaced", "routine", "a list of at least three items kept none; alert where the later list reaches past one of the lost ones", "ten items, then ten others"
    LIST_APPEARED = "list.appeared", "notable", "a whole list came", "a new box 'Press releases'"
    LIST_VANISHED = "list.vanished", "alert", "a whole list went", "the box 'Press releases' is gone"
    TITLE_CHANGED = "title.changed", "notable", "the page's own title", "'News' became 'Newsroom'"
    LEAD_REPLACED = "lead.replaced", "notable", "another article stands in full", "an interview instead of a speech"
    LEAD_APPEARED = "lead.appeared", "notable", "a first article stands in full", "an interview above the list"
    LEAD_VANISHED = "lead.vanished", "notable", "no article stands in full any more", "only the list is left"
    LEAD_EDITED = "lead.edited", "alert", "the same article, its text touched", "a sentence dropped from a speech"
    FIELD_CHANGED = "field.changed", "alert", "a header field has another value", "another consular telephone number"
    FIELD_ADDED = "field.added", "alert", "a header field came", "a second telephone number"
    FIELD_REMOVED = "field.removed", "alert", "a header field went", "the telephone number is gone"
    DATE_ADVANCED = "date.advanced", "routine", "the page date moved with the time between the snapshots", "4 July, then 3 August, thirty days apart"
    DATE_STALLED = "date.stalled", "notable", "the page date did not move as the captures did", "still 4 July a month later"
    DATE_REVERSED = "date.reversed", "alert", "the page date went back though the capture is the later one", "3 August, then 4 July"
    STAMP_ADVANCED = "stamp.advanced", "routine", "a date the page states about itself moved on", "Last updated 1 June, then 3 June"
    STAMP_REVERSED = "stamp.reversed", "alert", "a date the page states about itself went back", "Last updated 3 June, then 1 June"
    STAMP_ADDED = "stamp.added", "notable", "a date the page states about itself came", "a first 'Last updated'"
    STAMP_REMOVED = "stamp.removed", "notable", "a date the page states about itself went", "'Last updated' is gone"
    CLOCK_TICKED = "clock.ticked", "routine", "a place's clock shows another time", "Moscow 08:25, then 00:08"
    CLOCK_ADDED = "clock.added", "notable", "a place's clock came", "a clock for Beijing"
    CLOCK_REMOVED = "clock.removed", "notable", "a place's clock went", "the clock of London is gone"
    COUNTER_ADVANCED = "counter.advanced", "routine", "moved as the elapsed days ask, or the elapsed time is unknown", "853 days, thirty days later 883"
    COUNTER_STALLED = "counter.stalled", "alert", "did not move though it had to", "853 days, thirty days later 853"
    COUNTER_DRIFTED = "counter.drifted", "alert", "moved by another amount than the elapsed time", "853 days, thirty days later 879"
    COUNTER_RESET = "counter.reset", "alert", "went against its direction, in order of time", "853 days, thirty days later 12"
    COUNTER_REWORDED = "counter.reworded", "alert", "the same counter, another sentence", "'the incident' became 'the attack'"
    COUNTER_ADDED = "counter.added", "notable", "a counter came", "a third count of days"
    COUNTER_REMOVED = "counter.removed", "alert", "a counter went", "the count of days is gone"
    FIGURE_CHANGED = "figure.changed", "notable", "a labelled number has another value; inside an item routine", "Active cases: 19868, then 20835"
    FIGURE_ADDED = "figure.added", "notable", "a labelled number came; inside an item routine", "a first 'Migrated: 1'"
    FIGURE_REMOVED = "figure.removed", "notable", "a labelled number went; inside an item routine", "'Migrated' is gone"
    TEXT_ADDED = "text.added", "notable", "a paragraph came; in furniture routine", "a new paragraph on visas"
    TEXT_REMOVED = "text.removed", "notable", "a paragraph went; in furniture routine", "the paragraph on visas is gone"
    TEXT_EDITED = "text.edited", "notable", "a paragraph was touched; in furniture routine", "'must' became 'should'"
    TEXT_MOVED = "text.moved", "routine", "a paragraph stands elsewhere", "visas above customs, then below"
    CAPTURE_SUSPECT = "capture.suspect", "alert", "the snapshot looks like no honest capture of the page", "a page that breaks off in the middle"
    # fmt: on


class Span(NamedTuple):
    """A stretch of an edit: `op` is "equal", "insert" or "delete".

    Spans carry their blanks: the equal and inserted ones joined with nothing between are the text after, white space
    collapsed; the equal and deleted ones the text before, but for quotes, dashes and the like where these alone differ.
    """

    op: str
    text: str


class Side(NamedTuple):
    """One side of a change: what the page says, verbatim with white space collapsed, and its typed values.

    Which of them a kind fills: item `date title url teaser values`; lead `title date`; counter `value unit origin`; page
    date and stamp `date`; clock `place time zone`; field and figure `label value`. `date` and `origin` are ISO 8601.
    """

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    teaser: str | None = None
    label: str | None = None
    value: int | float | str | None = None
    unit: str | None = None
    origin: str | None = None
    place: str | None = None
    time: str | None = None
    zone: str | None = None
    values: tuple[tuple[str, str], ...] = ()


class Edit(NamedTuple):
    """One touched part of an item: `part` is "title", "date", "url", "teaser", "place" or the label of a value."""

    part: str
    before: str | None
    after: str | None
    spans: tuple[Span, ...] = ()


class Noise(NamedTuple):
    """How often the same place changed before: at `changed` of the last `of` captures of the page's history."""

    changed: int
    of: int


class Change(NamedTuple):
    """One typed difference.

    `subject` is what a person would call it: an item's title, a counter's label, a field's label. `reason` is one
    sentence with the facts that decided the kind, its clauses joined by "; "; `shown` are those of its clauses that say
    no more than the sides and edits of the change do, so that a report which shows these can leave them out. `spans` are the word-level marks of the text the kind is about;
    `edits` all touched parts of one item. `group` is the same for changes that are one and the same (a mass
    re-stamp). `place` says where it stands (a list's or a section's heading), `day` the snapshot's own day it is
    dated by, for ordering. `noise` is there where the page's history made the change routine, `raised_by` where a rule
    of the reader who is told makes it an alert: that rule in words. `since` is the time (UTC) since which older
    captures show a counter as it stands, where that is before the earlier snapshot.
    """

    kind: ChangeKind
    significance: Significance
    subject: str
    reason: str
    shown: tuple[str, ...] = ()
    before: Side | None = None
    after: Side | None = None
    spans: tuple[Span, ...] = ()
    edits: tuple[Edit, ...] = ()
    group: str | None = None
    place: str | None = None
    day: date | None = None
    noise: Noise | None = None
    raised_by: str | None = None
    since: datetime | None = None

    @property
    def is_finding(self) -> bool:
        return self.significance is not Significance.ROUTINE
