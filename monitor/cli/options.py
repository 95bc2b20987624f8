"""The words after `monitor` → what they ask for, or one sentence on what is wrong with them.

Never prints, never exits, and builds the options of the one command that is called.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from monitor.cli.words import ABOUT, COMMANDS, EXAMPLE, Command, Option
from monitor.errors import InputError

HELP_WIDTH = 80  # columns: the narrowest terminal that is common
_HELP = ("-h", "--help")


class Asked(argparse.Namespace):
    """A command line that could be understood. What a command has no option for is not set."""

    answer: str | None = None  # help or version, to be printed in place of a result
    command: str
    call: str  # the function that does it, as "module:function"
    names: list[str]  # those of the command's arguments, in order
    format: str | None
    output: str | None = None
    width: int | None
    color: str
    pager: bool = False
    exit_code: bool
    history: str | None
    page: str | None = None
    config: str
    store: str | None
    reports: str | None = None
    at: str | None
    url: str | None
    git: str | None
    memento: str | None
    archive: str | None
    wacz: str | None
    memory: str | None
    head: str | None
    timestamp: bool
    authority: str | None
    ca_file: str | None
    text: bool
    dry_run: bool
    id: str | None
    private: bool
    write: bool
    all: bool
    explain: bool
    html: bool
    log: str
    patience: str
    resend: str | None
    drop: str | None
    test: str | None
    note: str | None
    findings: bool
    since: str | None
    until: str | None
    reader: str | None
    tag: str | None
    preview: bool
    send: bool


def parse(words: Sequence[str], *, version: str) -> Asked:
    """What a command line asks for; without a word, for help. Raises InputError, naming the word and the mend."""
    if not words or words[0] in _HELP:
        return Asked(answer=_program_help())
    if words[0] == "--version":
        return Asked(answer=f"monitor {version}\n")
    if words[0].startswith("-"):
        _refuse(f"No such option {words[0]!r}", "monitor", meant=(words[0], (*_HELP, "--version")))
    if words[0] not in COMMANDS:
        _refuse(f"No such command {words[0]!r}", "monitor", meant=(words[0], COMMANDS))
    return _parse_command(words[0], words[1:])


def _parse_command(name: str, words: Sequence[str]) -> Asked:
    """The options of a command may stand anywhere before `--`; after it, all is names.

    The names are taken here: argparse loses some beside `--`, in another way in each version of Python, and tells of
    a missing name before it tells of a mistyped option.
    """
    end = words.index("--") if "--" in words else len(words)
    parser = _parser(name)
    if any(word in _HELP for word in words[:end]):
        return Asked(answer=parser.format_help())
    asked, rest = parser.parse_known_args(words[:end], Asked(command=name, call=COMMANDS[name].call))
    for word in rest:
        if word.startswith("-") and word != "-":
            option = word.partition("=")[0]
            _refuse(f"No such option {option!r}", parser.prog, meant=(option, parser.options))
    asked.names = [*rest, *words[end + 1 :]]
    _count(asked.names, COMMANDS[name].arguments, parser.prog)
    return asked


def _count(names: Sequence[str], arguments: dict[str, str], prog: str) -> None:
    for missing in list(arguments)[len(names) :]:
        if missing[0] == "[":
            break
        _refuse(f"Missing argument {missing!r} ({arguments[missing]})", prog)
    if any(each.rstrip("]").endswith("...") for each in arguments):
        return
    for surplus in names[len(arguments) :]:
        _refuse(f"Unexpected argument {surplus!r}", prog)


def _refuse(what: str, prog: str, *, meant: tuple[str, Iterable[str]] | None = None) -> NoReturn:
    """Raise InputError; `meant` is a mistyped word and those that it may stand for."""
    alike = ""
    if meant:
        from difflib import get_close_matches  # noqa: PLC0415  a mistyped word may wait for it

        alike = "".join(get_close_matches(meant[0], list(meant[1]), n=1))
    raise InputError(f"{what}, did you mean {alike}?" if alike else what, f"{prog} --help shows how")


# -- the options of a command, as argparse wants them


class _Parser(argparse.ArgumentParser):
    @property
    def options(self) -> Iterable[str]:
        return self._option_string_actions

    def error(self, message: str) -> NoReturn:
        """Raise InputError for what argparse would print, with a usage of several lines, before it exits."""
        _refuse(" ".join(message.split()).replace("argument ", "Option ", 1), self.prog)


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Options as `-f, --format FORMAT`, as Python 3.13 writes them, in every version."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=HELP_WIDTH)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        names = ", ".join(action.option_strings)
        return f"{names} {action.metavar}" if action.metavar else names


def _parser(name: str) -> _Parser:
    command = COMMANDS[name]
    parser = _Parser(
        prog=f"monitor {name}",
        usage=" ".join([f"monitor {name} [OPTIONS]", *command.arguments]),
        description="\n\n".join([command.about, *_arguments(command)]),
        epilog=f"Example:\n  {command.example}",
        formatter_class=_Layout,
        add_help=False,
        allow_abbrev=False,
    )
    add = parser.add_argument_group("Options").add_argument
    if command.formats:
        _add_looks(add, command.formats)
    for option in command.options:
        _add(add, option)
    add(*_HELP, action="help", help="Show this message and exit.")
    return parser


def _arguments(command: Command) -> list[str]:
    return [_rows("Arguments", command.arguments)] if command.arguments else []


def _add_looks(add: Callable[..., argparse.Action], formats: Sequence[str]) -> None:
    """The options on how a result looks and where it goes, the same for every command that prints one."""
    listed = f"{', '.join(formats[:-1])} or {formats[-1]}"
    by_place = "Default: by FILE's suffix, else terminal or text."
    add("-f", "--format", metavar="FORMAT", type=_one_of(formats), help=f"{listed}. {by_place}")
    add("-o", "--output", metavar="FILE", help="Write the report to FILE, whole or not at all.")
    add("--width", metavar="COLUMNS", type=_columns, help="Wrap at COLUMNS, from 40 to 1000.")
    add(
        "--color",
        metavar="WHEN",
        type=_one_of(("auto", "always", "never")),
        default="auto",
        help="auto, always or never. Default: auto, which colours what goes to a terminal.",
    )
    add("--pager", action="store_true", help="Show a long result page by page.")


def _add(add: Callable[..., argparse.Action], option: Option) -> None:
    if option.value is None:
        add(*option.names, action="store_true", help=option.about)
    else:
        add(*option.names, metavar=option.value, default=option.default, help=option.about)


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(choices)}")
        return text

    return chosen


def _columns(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 4 and 40 <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 40 to 1000")
    return int(text)


# -- help on the whole program


def _program_help() -> str:
    options = {"--version": "Show the version and exit.", "-h, --help": "Show this message and exit."}
    parts = (
        "usage: monitor [OPTIONS] COMMAND [ARGUMENTS]",
        ABOUT,
        _rows("Commands", {name: command.about for name, command in COMMANDS.items()}),
        _rows("Options", options),
        f"Example:\n  {EXAMPLE}",
        "monitor COMMAND --help shows the options of a command.",
    )
    return "\n\n".join(parts) + "\n"


def _rows(title: str, rows: dict[str, str]) -> str:
    widest = max(map(len, rows))
    return "\n".join([f"{title}:", *(f"  {name:{widest}}  {told}" for name, told in rows.items())])
