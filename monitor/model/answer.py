"""What an item's own address answered when somebody looked whether the thing itself is gone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from monitor.model.reading import Suspicion


class Answer(NamedTuple):
    """`url` was asked for `at` (UTC) and answered with `status`; 0 where it did not answer, and `fault` says why.

    `phrase` is what that status means ("Not Found"). `last_modified` is the server's word for when it last changed
    (UTC), `moved_to` the address that answered in its place. `since` is the first of all times it was asked, up to this
    one, from which on it answered with that status. `doubt` is why that may not be the item's page, though the status
    is one of a page: a server may well say 200 to "Not Found".
    """

    url: str
    at: datetime
    status: int = 0
    phrase: str = ""
    last_modified: datetime | None = None
    moved_to: str | None = None
    since: datetime | None = None
    fault: str | None = None
    doubt: Suspicion | None = None
