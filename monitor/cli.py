"""The commands: parse, call, print, exit status. Nothing else.

Each command imports its use case when it is called, so that none pays for another's libraries.
Whatever goes wrong is one line on standard error and status 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO, TypedDict, TypeVar, Unpack

import click

from monitor import __version__
from monitor.errors import MonitorError, OutputError
from monitor.model.comparison import Verdict
from monitor.report import READING_RENDERERS, RENDERERS, SCHEMAS, render, render_reading, schema as schema_text

DONE, CHANGED, FAILED, INTERRUPTED = 0, 1, 2, 130
TEXT_WIDTH = 100  # what a ticket or a mail shows without wrapping
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".eml": "email"}
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Look(TypedDict):
    """The options of every command that prints a result."""

    format: str | None
    output: str | None
    width: int | None
    color: str
    pager: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 done, 1 changed (if asked), 2 failed, 130 interrupted."""
    asked = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        return commands.main(asked, prog_name="monitor", standalone_mode=False) or DONE
    except MonitorError as error:
        return _complain(str(error))
    except click.ClickException as error:
        return _complain(_usage(error))
    except click.Abort:
        return INTERRUPTED
    except SystemExit:  # click leaves so when it has completed a word, or a reader closed the pipe on --help
        return DONE
    except Exception as error:
        if os.environ.get("MONITOR_TRACE"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _complain(f"stopped by a fault of its own ({what}); MONITOR_TRACE=1 shows where, please report it")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="monitor %(version)s")
def commands() -> None:
    """Say what changed on a web page, and what the change means.

    \b
    Example:
      monitor compare page-july.html page-august.html
    """


def _looks(formats: Iterable[str]) -> Callable[[_Command], _Command]:
    """The options on how a result looks and where it goes, the same for every command that prints one."""
    options = (
        click.option(
            "--format",
            "-f",
            type=click.Choice(tuple(formats)),
            help="Default: by FILE's suffix, else terminal or text.",
        ),
        click.option("--output", "-o", metavar="FILE", help="Write the report to FILE, whole or not at all."),
        click.option("--width", type=click.IntRange(40, 1000), metavar="COLUMNS", help="Wrap at COLUMNS."),
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            help="Colour the result; auto where it goes to a terminal.",
        ),
        click.option("--pager", is_flag=True, help="Show a long result page by page."),
    )

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@commands.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_looks(RENDERERS)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if something changed or a capture is suspect.")
def compare(before: str, after: str, exit_code: bool, **look: Unpack[_Look]) -> int:
    """Compare two snapshots, A the earlier and B the later. Either is a file, or - for standard input.

    \b
    Example:
      monitor compare july.html august.html --format html --output report.html
    """
    if before == after == "-":
        raise click.UsageError("A and B cannot both be standard input; give one of them as a file")
    from monitor.watch.compare_files import compare_files  # noqa: PLC0415  each command pays for its own way only

    style, width, color = _style(look, RENDERERS)
    comparison = compare_files(before, after, stdin=_stdin())
    _print(render(comparison, style, width=width, color=color, now=datetime.now(UTC)), look, style)
    return CHANGED if exit_code and comparison.verdict in (Verdict.CHANGED, Verdict.SUSPECT) else DONE


@commands.command()
@click.argument("source", metavar="A")
@_looks(READING_RENDERERS)
def read(source: str, **look: Unpack[_Look]) -> int:
    """Show what a snapshot says, taken apart: date, counters, lead, lists …

    \b
    Example:
      monitor read august.html --format json
    """
    from monitor.watch.read_file import read_file  # noqa: PLC0415  each command pays for its own way only

    style, width, color = _style(look, READING_RENDERERS)
    _print(render_reading(read_file(source, stdin=_stdin()), style, width=width, color=color), look, style)
    return DONE


@commands.command()
@click.argument("name", metavar="NAME", type=click.Choice(SCHEMAS))
def schema(name: str) -> int:
    """Print the JSON Schema of a result: comparison or reading.

    \b
    Example:
      monitor schema comparison > comparison.schema.json
    """
    _to_stdout(schema_text(name).encode())
    return DONE


def _style(look: _Look, formats: Iterable[str]) -> tuple[str, int, bool]:
    """The format, the width in columns and whether to colour, from the options, the environment and the terminal."""
    output, color = look["output"], look["color"]
    if look["pager"] and output:
        raise click.UsageError("--pager and --output exclude each other; drop one of them")
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    by_place = "terminal" if on_terminal or color == "always" else "text"
    style = look["format"] or _SUFFIXES.get(os.path.splitext(output or "")[1].lower(), by_place)
    if style not in formats:
        raise click.UsageError(f"{output} would be {style}, which this command has not; name another with --format")
    width = look["width"] or (_terminal_width() if on_terminal else TEXT_WIDTH)
    return style, width, _is_coloured(color, on_terminal)


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


def _print(report: str, look: _Look, style: str) -> None:
    """Send a result to its file, the pager or standard output."""
    output = look["output"]
    if output is not None and output not in _STDOUT:
        from monitor.deliver.to_file import write  # noqa: PLC0415  most results go to standard output

        write(output, report.encode())
    elif look["pager"] and sys.stdout is not None and sys.stdout.isatty():
        os.environ.setdefault("LESS", "FRX")
        click.echo_via_pager(report.rstrip("\n"), color=True)
    else:
        _to_stdout(report.encode(*_encoding(style)))


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


def _usage(error: click.ClickException) -> str:
    """Click's message and where to look further, in the form of our own errors: what happened; what to do."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "monitor"
    what = " ".join(error.format_message().split())
    return f"{what.rstrip('.')}; {path} --help shows how"


def _complain(message: str) -> int:
    """Print one line on standard error, control characters in names made visible, and return status 2."""
    shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in message)
    click.echo(f"monitor: {shown}", err=True)
    return FAILED
