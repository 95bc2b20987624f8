"""A report goes to a file that has a name."""

from __future__ import annotations

import pytest

from monitor.deliver.to_file import write
from monitor.errors import OutputError


def test_a_file_without_a_name_is_refused_for_that() -> None:
    with pytest.raises(OutputError, match="the name of the file is empty; name a file"):
        write("", b"report")
