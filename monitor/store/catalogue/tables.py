"""The tables, as the newest version has them; `migrations` makes them, step by step.

The *index* says nothing that the store's files do not say, and is made anew from them. The *memory* is what no file
tells: what was sent, to whom, what failed, what somebody has dealt with. It refers to captures by their files, to
findings by ids that stay when the index is made anew, and to nothing else in the index.

Times are ISO 8601 in UTC ("2020-07-04T05:25:00Z"), hashes SHA-256 in lower-case hexadecimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

_AT_ONCE = 500
VERSION = "0005"  # the newest migration


class PageText(TypeDecorator[str]):
    """What a page or a server said. Half a surrogate pair, which JSON can say and UTF-8 cannot, becomes "?"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  asked for so
        """The text as it is put into the database, or looked for there."""
        return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def text_of(at: datetime, timespec: str = "seconds") -> str:
    """A time as the tables have it, to that part of a second, so that texts are in the order of their times."""
    return at.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """The names, as many at a time as one question may have: SQLite of any age takes 999 values."""
    return (names[begin : begin + _AT_ONCE] for begin in range(0, len(names), _AT_ONCE))


metadata = MetaData()


def _texts(*names: str) -> Iterator[Column[str]]:
    """A column of that name each, never empty."""
    return (Column(name, Text, nullable=False) for name in names)


# -- the index

# How far the ledger was read: behind which byte, and the hash of the line that ends there. One row.
ledger_read = Table(
    "ledger_read",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

# One row a capture, by its line in the ledger; `pruned` is the line that took it out. `body` (the hash of the page
# without its content coding), `url`, `media_type` and `doubts` (what its status and transfer say against it, as JSON)
# stand in its file alone: None until that was opened.
captures = Table(
    "captures",
    metadata,
    Column("seq", Integer, primary_key=True),
    *_texts("page", "at", "file", "kind", "payload", "sha256"),
    Column("pruned", Integer),
    Column("body", Text),
    Column("url", PageText),
    Column("media_type", PageText),
    Column("doubts", PageText),
    Index("captures_by_page", "page", "at"),
    Index("captures_by_file", "file"),
    Index("captures_by_body", "body"),
)

# One row for all that a reading depends on: the bytes, the address that its links go by, the media type, the page's
# rules, the reader, and the days of capture for which it holds (ISO 8601). Empty texts stand for what is not known.
readings = Table(
    "readings",
    metadata,
    Column("body", Text, primary_key=True),
    Column("url", PageText, primary_key=True),
    Column("media_type", PageText, primary_key=True),
    Column("rules", Text, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("first_day", Text, primary_key=True),
    Column("last_day", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# What changed at a capture since an earlier one, the newest comparison that was made. It holds for the program that
# made it (`comparer`), the rules of the page and the older captures it learnt from (`history`, a hash). `footing` is
# what the next capture is compared with, as JSON; None in rows of before there was one.
comparisons = Table(
    "comparisons",
    metadata,
    Column("after", Integer, ForeignKey("captures.seq", ondelete="CASCADE"), primary_key=True),
    Column("before", Integer, ForeignKey("captures.seq", ondelete="CASCADE"), nullable=False),
    *_texts("comparer", "rules", "history", "verdict"),
    Column("elapsed_days", Integer),
    Column("counts", Text, nullable=False),  # how many changes of each kind, as a JSON object
    Column("summary", PageText, nullable=False),
    Column("footing", Text),
    Index("comparisons_by_before", "before"),
)

findings = Table(
    "findings",
    metadata,
    Column("after", Integer, ForeignKey("comparisons.after", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1, in the order of the comparison
    *_texts("id", "kind", "significance"),
    Column("subject", PageText, nullable=False),
    Column("reason", PageText, nullable=False),
    Index("findings_by_id", "id"),
)

# -- the memory

# The outbox: one row a message to one reader by one channel. `id` is the key by which a receiver knows a repetition,
# `until` the end of what a digest tells of. Between `handed_at` and `answered_at` it is unknown whether it arrived.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("reader", "channel", "made_at"),
    Column("content", LargeBinary, nullable=False),  # the message as it goes out
    Column("state", Text, nullable=False),  # "waiting", "sending", "sent", "given up", "dropped"
    Column("due_at", Text),  # when it is tried next; None where it is not
    Column("attempts", Integer, nullable=False),
    Column("answered_at", Text),
    Column("answer", PageText),  # what the receiver, or the way there, last said
    Column("address", Text, nullable=False, server_default=""),
    Column("occasion", Text, nullable=False, server_default=""),
    Column("subject", PageText, nullable=False, server_default=""),
    Column("until", Text),
    Column("begun_at", Text),
    Column("handed_at", Text),
    Column("told_at", Text),  # when somebody was told that it was given up
    Column("tried_since", Text),  # the first try, or the first since somebody asked for it again
    Index("deliveries_by_state", "state", "due_at"),
    Index("deliveries_by_reader", "reader", "occasion", "until"),
)

# Until when there was nothing to tell a reader who wants no empty digests: there the next one begins.
quiet = Table(
    "quiet",
    metadata,
    Column("reader", Text, primary_key=True),
    Column("until", Text, nullable=False),
)

# What a reader was told, and by which delivery.
told = Table(
    "told",
    metadata,
    Column("finding", Text, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("delivery", Text, ForeignKey("deliveries.id"), nullable=False),
    Index("told_by_delivery", "delivery"),
)

# A finding that somebody has dealt with. Its page, capture, kind and subject tell what it was if it is no longer found.
acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("finding", Text, primary_key=True),
    Column("page", Text, nullable=False),
    Column("file", Text, nullable=False),  # of the later capture
    Column("kind", Text, nullable=False),
    Column("subject", PageText, nullable=False),
    *_texts("at", "note"),
)

# A time in which a page could not be captured: from its first failed attempt on.
failures = Table(
    "failures",
    metadata,
    Column("page", Text, primary_key=True),
    Column("since", Text, primary_key=True),
    Column("last_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", PageText, nullable=False),  # of the last attempt
    Column("told_at", Text),
    Column("over_at", Text),  # when a capture succeeded again
    Column("over_told_at", Text),
)

# How far a page's captures were compared and told of: the newest of them, by its file; "" where there was none yet.
checked = Table(
    "checked",
    metadata,
    Column("page", Text, primary_key=True),
    *_texts("file", "at"),
)

# The newest slot of a page's schedule that was begun, and whether it was carried out to its end.
slots = Table(
    "slots",
    metadata,
    Column("page", Text, primary_key=True),
    *_texts("slot", "begun_at"),
    Column("done_at", Text),
)

# Slots in a row at which nobody was there, from the first to the last; one capture makes up for all of them.
missed = Table(
    "missed",
    metadata,
    Column("page", Text, primary_key=True),
    Column("first", Text, primary_key=True),
    Column("last", Text, nullable=False),
    Column("slots", Integer, nullable=False),
    Column("caught_up_at", Text),
)

# Captures that looked suspect and that somebody took for the page's new form.
accepted = Table(
    "accepted",
    metadata,
    Column("page", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

INDEX = (ledger_read, captures, readings, comparisons, findings)
MEMORY = (deliveries, quiet, told, acknowledgements, failures, checked, slots, missed, accepted)
