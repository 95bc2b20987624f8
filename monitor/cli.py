"""The commands: parse, call, print, exit status. Nothing else.

Each command imports its use case when it is called, so that none pays for another's libraries.
Whatever goes wrong is one line on standard error and status 2.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from monitor import __version__
from monitor.errors import ConfigError, InputError, MonitorError, OutputError
from monitor.model.comparison import Verdict
from monitor.options import CONFIG, Asked, parse
from monitor.report import (
    EXPLANATION_RENDERERS,
    READING_RENDERERS,
    RENDERERS,
    SCHEMAS,
    render,
    render_explanation,
    render_reading,
    schema as schema_text,
)  # fmt: skip

if TYPE_CHECKING:
    from monitor.model.page import Page

DONE, CHANGED, FAILED, INTERRUPTED = 0, 1, 2, 130
TEXT_WIDTH = 100  # what a ticket or a mail shows without wrapping
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".eml": "email"}
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 done, 1 changed (if asked), 2 failed, 130 interrupted."""
    gc.disable()  # what a command builds has no cycles to look for, which takes a fifth of its time
    try:
        return _run(parse(sys.argv[1:] if arguments is None else arguments, version=__version__))
    except MonitorError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("MONITOR_TRACE"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _complain(f"stopped by a fault of its own ({what}); MONITOR_TRACE=1 shows where, please report it")
    finally:
        gc.enable()


def _run(asked: Asked) -> int:
    if asked.answer is not None:
        _to_stdout(asked.answer.encode(*_encoding("text")))
        return DONE
    return {"compare": compare, "read": read, "config": config, "schema": schema}[asked.command](asked)


def compare(asked: Asked) -> int:
    """Print what changed from snapshot A to snapshot B."""
    before, after = asked.names
    if before == after == "-":
        raise InputError("A and B cannot both be standard input", "give one of them as a file")
    from monitor.watch.compare_files import compare_files  # noqa: PLC0415  each command pays for its own way only

    style, width, color = _style(asked, RENDERERS)
    comparison = compare_files(before, after, page=_page(asked), history=asked.history, stdin=_stdin())
    _print(render(comparison, style, width=width, color=color, now=datetime.now(UTC)), asked, style)
    return CHANGED if asked.exit_code and comparison.verdict in (Verdict.CHANGED, Verdict.SUSPECT) else DONE


def read(asked: Asked) -> int:
    """Print what snapshot A says."""
    from monitor.watch.read_file import read_file  # noqa: PLC0415  each command pays for its own way only

    if asked.html:
        asked.format = "html"
    if asked.explain:
        return explain(asked)
    if asked.format == "html" or asked.html:
        raise InputError("A reading is shown as a page only with --explain", "add --explain")
    style, width, color = _style(asked, READING_RENDERERS)
    reading = read_file(asked.names[0], page=_page(asked), stdin=_stdin())
    _print(render_reading(reading, style, width=width, color=color), asked, style)
    return DONE


def explain(asked: Asked) -> int:
    """Print what each block of snapshot A became, and why."""
    from monitor.watch.explain_file import explain_file  # noqa: PLC0415  each command pays for its own way only

    style, width, color = _style(asked, EXPLANATION_RENDERERS)
    explanation = explain_file(asked.names[0], page=_page(asked), stdin=_stdin())
    _print(render_explanation(explanation, style, width=width, color=color), asked, style)
    return DONE


def config(asked: Asked) -> int:
    """Print that config.yaml is fine, or a line for each problem of it."""
    action, file = asked.names[0], (asked.names[1:] or [CONFIG])[0]
    if action != "check":
        raise InputError(f"There is nothing like 'monitor config {action}'", "write monitor config check")
    from monitor.config import load  # noqa: PLC0415  only what is configured pays for what checks it

    try:
        pages = load(file).pages
    except ConfigError as error:
        for problem in error.problems:
            _complain(problem, name="")
        return FAILED
    _to_stdout(f"{file}: {len(pages)} page{'' if len(pages) == 1 else 's'}, nothing wrong\n".encode(*_encoding("text")))
    return DONE


def _page(asked: Asked) -> Page | None:
    """The page of config.yaml by whose rules to read, if one is named."""
    if asked.page is None:
        if asked.config != CONFIG:
            raise InputError("--config needs to know which page of it the snapshot shows", "name it with --page ID")
        return None
    from monitor.watch.find_page import find_page  # noqa: PLC0415  only what is configured pays for what checks it

    return find_page(asked.page, asked.config)


def schema(asked: Asked) -> int:
    """Print the JSON Schema of that NAME."""
    (name,) = asked.names
    if name not in SCHEMAS:
        raise InputError(f"There is no schema {name!r}", f"name {' or '.join(SCHEMAS)}")
    _to_stdout(schema_text(name).encode())
    return DONE


def _style(asked: Asked, formats: Iterable[str]) -> tuple[str, int, bool]:
    """The format, the width in columns and whether to colour, from the options, the environment and the terminal."""
    output, color = asked.output, asked.color
    if asked.pager and output:
        raise InputError("--pager and --output exclude each other", "drop one of them")
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    by_place = "terminal" if on_terminal or color == "always" else "text"
    style = asked.format or _by_suffix(output, by_place)
    if style not in formats:
        raise InputError(f"{output} would be {style}, which this command has not", "name another with --format")
    width = asked.width or (_terminal_width() if on_terminal else TEXT_WIDTH)
    return style, width, _is_coloured(color, on_terminal)


def _by_suffix(output: str | None, by_place: str) -> str:
    """The format that a file's name asks for; one without a suffix, or a device, asks for none."""
    suffix = os.path.splitext(output or "")[1].lower()
    if output in _STDOUT or suffix in ("", ".txt", ".text", ".log"):
        return by_place
    if suffix not in _SUFFIXES:
        known = ", ".join(dict.fromkeys(_SUFFIXES.values()))
        raise InputError(f"{output}: there is no format for {suffix}", f"name one with --format: text, {known}")
    return _SUFFIXES[suffix]


def _is_coloured(color: str, on_terminal: bool) -> bool:
    """--color before NO_COLOR before FORCE_COLOR before what standard output is."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (on_terminal and os.environ.get("TERM") != "dumb")


def _terminal_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return max(40, int(columns))
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except OSError:
        return TEXT_WIDTH


def _stdin() -> BinaryIO | None:
    return sys.stdin.buffer if sys.stdin is not None else None


def _print(report: str, asked: Asked, style: str) -> None:
    """Send a result to its file, the pager or standard output."""
    if asked.output is not None and asked.output not in _STDOUT:
        from monitor.deliver.to_file import write  # noqa: PLC0415  most results go to standard output

        write(asked.output, report.encode())
        return
    body = report.encode(*_encoding(style))
    if not (asked.pager and sys.stdout is not None and sys.stdout.isatty() and _is_paged(body)):
        _to_stdout(body)


def _is_paged(body: bytes) -> bool:
    from monitor.deliver.to_pager import show  # noqa: PLC0415  only a pager needs what starts it

    return show(body)


def _encoding(style: str) -> tuple[str, str]:
    """JSON, HTML and Markdown are UTF-8 wherever they go; what a person reads follows the terminal."""
    if style in ("terminal", "text") and sys.stdout is not None:
        return sys.stdout.encoding, "replace"
    return "utf-8", "strict"


def _to_stdout(body: bytes) -> None:
    if sys.stdout is None:
        raise OutputError("standard output is closed", "open it or name a file with --output")
    try:
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes again on its way out, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"cannot write to standard output: {error.strerror}", "send it elsewhere") from error


def _complain(message: str, name: str = "monitor: ") -> int:
    """Print one line on standard error, control characters in names made visible, and return status 2."""
    shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in message)
    if sys.stderr is not None:
        sys.stderr.write(f"{name}{shown}\n")
    return FAILED
