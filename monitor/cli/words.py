"""What each command is called, what it takes, what it says of itself, and how it may end. Data alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.report import EXPLANATION_RENDERERS, READING_RENDERERS, RENDERERS, SCHEMAS

CONFIG = "config.yaml"  # of the working directory
DONE, CHANGED, FAILED, INTERRUPTED = 0, 1, 2, 130  # exit statuses
ABOUT = "Say what changed on a web page, and what the change means."
EXAMPLE = "monitor compare page-july.html page-august.html"

_SNAPSHOT = "a file, or - for standard input"


class Option(NamedTuple):
    """An option: its names, what it is for, and the word for its value; without one it is on or off."""

    names: tuple[str, ...]
    about: str
    value: str | None = None
    default: str | None = None


class Command(NamedTuple):
    """A command: `call` is the function that does it, `arguments` are names → what they are.

    "[NAME]" may be left out, "NAME..." may be given several times. `formats` are what --format may name.
    """

    about: str
    example: str
    call: str
    arguments: dict[str, str]
    formats: Sequence[str] = ()
    options: Sequence[Option] = ()


_PAGE = Option(("--page",), "Read by the rules of that page in config.yaml.", "ID")
_CONFIG = Option(("--config",), f"The config with the page's rules. Default: {CONFIG}.", "FILE", CONFIG)

COMMANDS = {
    "compare": Command(
        about="Compare two snapshots of a page and report what changed.",
        example="monitor compare july.html august.html --format html --output report.html",
        call="monitor.cli.comparing:compare",
        arguments={"A": f"the earlier snapshot: {_SNAPSHOT}", "B": f"the later snapshot: {_SNAPSHOT}"},
        formats=tuple(RENDERERS),
        options=(
            Option(("--history",), "The page's other captures: earlier ones tell what is routine here.", "FOLDER"),
            _PAGE,
            _CONFIG,
            Option(("--exit-code",), "Exit with 1 if something changed or a capture is suspect."),
        ),
    ),
    "read": Command(
        about="Show what a snapshot says, taken apart: date, counters, lead, lists …",
        example="monitor read august.html --format json",
        call="monitor.cli.comparing:read",
        arguments={"A": f"the snapshot: {_SNAPSHOT}"},
        formats=tuple(dict.fromkeys((*READING_RENDERERS, *EXPLANATION_RENDERERS))),
        options=(
            _PAGE,
            _CONFIG,
            Option(("--explain",), "Show each block of A, what it became and why."),
            Option(("--html",), "With --explain: as a page; the same as --format html."),
        ),
    ),
    "config": Command(
        about="Say what is wrong in config.yaml, a line for each problem.",
        example="monitor config check config.yaml",
        call="monitor.cli.comparing:config",
        arguments={
            "check": "what to do with it; there is no other yet",
            "[FILE]": "the config, config.yaml if left out",
        },
    ),
    "schema": Command(
        about="Print the JSON Schema of a result.",
        example="monitor schema comparison > comparison.schema.json",
        call="monitor.cli.comparing:schema",
        arguments={"NAME": " or ".join(SCHEMAS)},
    ),
}
