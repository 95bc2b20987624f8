"""A result → where it goes: in the format that the options, the file's name or the terminal ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from monitor.cli.options import Asked
from monitor.cli.words import FAILED
from monitor.errors import InputError, OutputError

TEXT_WIDTH = 100  # what a ticket or a mail shows without wrapping
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".eml": "email", ".atom": "atom"}
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def style_of(asked: Asked, formats: Iterable[str]) -> tuple[str, int, bool]:
    """The format, the width in columns and whether to colour, from the options, the environment and the terminal."""
    output, color = asked.output, asked.color
    if asked.pager and output:
        raise InputError("--pager and --output exclude each other", "drop one of them")
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    by_place = "terminal" if on_terminal or color == "always" else "text"
    style = asked.format or _by_suffix(output, by_place, formats)
    if style not in formats:
        named = f"name another with --format: {', '.join(formats)}"
        raise InputError(f"{output} would be {style}, which this command has not", named)
    width = asked.width or (_terminal_width() if on_terminal else TEXT_WIDTH)
    return style, width, _is_coloured(color, on_terminal)


def _by_suffix(output: str | None, by_place: str, formats: Iterable[str]) -> str:
    """The format that a file's name asks for; one without a suffix, or a device, asks for none."""
    suffix = os.path.splitext(output or "")[1].lower()
    if output in _STDOUT or suffix in ("", ".txt", ".text", ".log"):
        return by_place
    if suffix not in _SUFFIXES:
        raise InputError(f"{output}: there is no format for {suffix}", f"name one with --format: {', '.join(formats)}")
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


def link_base_of(output: str | None, folder: str) -> str | None:
    """How a report in that file names a folder, for its links; None where it goes into no file."""
    if output is None:
        return None
    from urllib.parse import quote  # noqa: PLC0415  only a report in a file has links

    return quote(os.fsencode(os.path.relpath(folder, os.path.dirname(output) or ".").replace(os.sep, "/"))) + "/"


def send(report: str, asked: Asked, style: str) -> None:
    """Send a result to its file, the pager or standard output."""
    is_for_file = asked.output is not None and asked.output not in _STDOUT
    body = report.encode() if is_for_file else report.encode(*encoding_of(style))
    if is_for_file or not (asked.pager and sys.stdout is not None and sys.stdout.isatty() and _is_paged(body)):
        send_bytes(body, asked)


def send_bytes(body: bytes, asked: Asked) -> None:
    """Send a result as it is to its file or standard output."""
    if asked.output is None or asked.output in _STDOUT:
        to_stdout(body)
        return
    from monitor.deliver.to_file import write  # noqa: PLC0415  most results go to standard output

    write(asked.output, body)


def _is_paged(body: bytes) -> bool:
    from monitor.deliver.to_pager import show  # noqa: PLC0415  only a pager needs what starts it

    return show(body)


def encoding_of(style: str) -> tuple[str, str]:
    """JSON, HTML and Markdown are UTF-8 wherever they go; what a person reads follows the terminal."""
    if style in ("terminal", "text") and sys.stdout is not None:
        return sys.stdout.encoding, "replace"
    return "utf-8", "strict"


def to_stdout(body: bytes) -> None:
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


def say(*lines: str) -> None:
    """Print lines; what names and pages bring along cannot end one or move the cursor."""
    from monitor.report.neutral import escaped  # noqa: PLC0415  a report comes neutral from its renderer

    to_stdout("".join(f"{escaped(line)}\n" for line in lines).encode(*encoding_of("text")))


def complain(message: str, name: str = "monitor: ") -> int:
    """Print one line on standard error, control characters in names made visible, and return status 2.

    A complaint that nobody can read stops nothing: its reader is gone, or the disk of its log is full.
    """
    shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in message)
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"{name}{shown}\n")
            sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return FAILED
