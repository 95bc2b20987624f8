"""What the documents say is what the program does: every command in them is run, every option of it is in them.

--renew-golden writes what the commands print today, and the table of kinds, into the documents.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from monitor.cli.options import parse
from monitor.cli.words import COMMANDS
from monitor.config import parse as parse_config
from monitor.model.change import ChangeKind

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
REFERENCE = ROOT / "docs" / "reference.md"
PORT = "8731"  # of the documents' own server; in a test it is one that is free
KINDS = re.compile(r"(?<=<!-- kinds -->\n).*?(?=<!-- /kinds -->)", re.DOTALL)


@pytest.fixture
def is_renewal(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-golden"))


class Command(NamedTuple):
    """A line after `$ ` in a console block, and what stands below it up to the next."""

    line: str
    output: str


def test_every_command_runs_and_prints_what_the_document_shows(tmp_path: Path, is_renewal: bool) -> None:
    stale, port = [], _free_port()
    for document in DOCUMENTS:
        place = tmp_path / document.stem
        place.mkdir()
        shutil.copytree(ROOT / "seeds", place / "seeds")
        for command in _commands(document.read_text("utf-8")):
            printed = _run(command.line.replace(PORT, port), place)
            if is_renewal and command.output:
                _renew(document, command, printed)
            elif command.output:
                stale += _difference(f"{document.name}: {command.line.strip()}", command.output, printed)
    assert not stale, "\n".join(stale)


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def _commands(text: str) -> Iterator[Command]:
    for block in _blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            count = 1 + next(n for n, line in enumerate(lines) if not line.endswith("\\\n"))
            yield Command("".join(lines[:count]), "".join(lines[count:]))


def _run(line: str, place: Path) -> str:
    if match := re.fullmatch(r"make (\w+)\n", line):
        assert re.search(rf"^{match[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), line
        return ""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    quiet = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "COLUMNS")}
    is_failing = "echo $?" in line
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=place,
        env={**quiet, "PATH": path, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if is_failing else subprocess.PIPE,
        text=True,
        check=False,
    )
    assert not done.stderr, f"{line}{done.stderr}"
    assert done.returncode == 0, line
    return done.stdout


def _difference(name: str, shown: str, printed: str) -> list[str]:
    """The lines that the document and the program do not share; none where they agree."""
    return [*difflib.unified_diff(shown.splitlines(), printed.splitlines(), name, "printed today", lineterm="", n=0)]


def _renew(document: Path, command: Command, printed: str) -> None:
    text = document.read_text("utf-8")
    shown = f"$ {command.line}{command.output}"
    assert text.count(shown) == 1, command.line
    document.write_text(text.replace(shown, f"$ {command.line}{printed}"), "utf-8")


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_readme_shows_the_report_on_the_seeds() -> None:
    shown = [
        command for command in _commands((ROOT / "README.md").read_text("utf-8")) if "compare seeds/" in command.line
    ]
    assert shown
    assert shown[0].output.count("\n") > 10


def test_every_yaml_block_and_the_example_are_right_configs() -> None:
    texts = [block for document in DOCUMENTS for block in _blocks(document.read_text("utf-8"), "yaml")]
    for text in [*texts, (ROOT / "config.yaml").read_text("utf-8")]:
        assert YAML(typ="safe").load(text)
        assert parse_config(text).pages


def test_every_command_and_option_is_in_the_reference() -> None:
    text = REFERENCE.read_text("utf-8")
    missing = []
    for name in COMMANDS:
        missing += [] if f"`monitor {name}" in text else [name]
        missing += [f"{name} {option}" for option in _options(name) if f"`{option}" not in text]
    assert missing == []


def test_every_option_in_the_reference_exists() -> None:
    known = {option for name in COMMANDS for option in _options(name)}
    assert set(re.findall(r"`(--[a-z-]+)", REFERENCE.read_text("utf-8"))) - known <= {"--version"}


def _options(command: str) -> list[str]:
    """Every spelling of every option, from the rows of the command's help."""
    rows = re.findall(r"^  (-.*?)(?:  |$)", str(parse([command, "--help"], version="").answer), re.MULTILINE)
    options = [option for row in rows for option in re.findall(r"(?<!\S)--?[a-z-]+", row)]
    assert "--help" in options
    return options


def test_every_kind_stands_in_the_reference_as_the_program_defines_it(is_renewal: bool) -> None:
    rows = "".join(
        f"| `{kind.value}` | {kind.significance.value} | {kind.definition} | {kind.example} |\n" for kind in ChangeKind
    )
    table = f"\n| kind | significance | means | for example |\n|---|---|---|---|\n{rows}\n"
    text = REFERENCE.read_text("utf-8")
    if is_renewal:
        REFERENCE.write_text(KINDS.sub(lambda _: table, text), "utf-8")
    else:
        assert KINDS.findall(text) == [table]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]*)?\)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target


def test_no_document_names_a_machine_or_a_promise() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(?:home|root|work)/|TODO|coming soon", document.read_text("utf-8")), document.name
