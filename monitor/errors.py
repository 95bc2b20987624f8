"""What can go wrong, by its remedy. Every error says what happened and what to do about it.

MonitorError
├── InputError      what was named cannot be used: mend the command line or the file
│   └── EmptyError  there is nothing in it
├── ConfigError     config.yaml is wrong: mend the lines it names
├── OutputError     the result cannot be written: mend the place it should go to
├── CaptureError    a page that could not be captured: try again later, or mend config.yaml
├── ServiceError    a service elsewhere does not answer as it should: try again later, or another
└── StoreError      what the store holds is not what was put there: verify it
"""

from __future__ import annotations

from collections.abc import Sequence


class MonitorError(Exception):
    """Something that could not be done. `str()` is one line: what happened, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}" if remedy else what)
        self.what = what
        self.remedy = remedy


class InputError(MonitorError):
    """A snapshot that cannot be opened or holds no readable text."""


class EmptyError(InputError):
    """A snapshot without a byte of text: as a file a mistake, as an answer of the page's server what it had to say."""


class ConfigError(MonitorError):
    """A config.yaml that cannot be used. `problems` has a line for each: file, line, column, key, what, what would do.

    `str()` is the first of them, and how many more there are.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" ({len(problems) - 1} more: monitor config check lists them)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more, "")
        self.problems = tuple(problems)


class OutputError(MonitorError):
    """A report that cannot be written where it was asked for."""


class CaptureError(MonitorError):
    """A page that could not be captured. `is_passing`: it may be otherwise soon, and nothing is to be mended here."""

    def __init__(self, what: str, remedy: str, *, is_passing: bool = False) -> None:
        super().__init__(what, remedy)
        self.is_passing = is_passing


class ServiceError(MonitorError):
    """Somebody else's server that cannot be reached, or whose answer is of no use."""


class StoreError(MonitorError):
    """A store whose files or ledger are not as they were written, or that another process is writing."""


def how_to_install(extra: str) -> str:
    """What to do where a library is missing that few need: the command that brings the extra."""
    return f"in monitor's checkout, pip install '.[{extra}]'"
