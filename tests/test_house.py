"""The rules of the house that no linter knows: light imports, small modules, reasons, honest set-up."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BEFORE = "seeds/003_82a3f40ddacaa79d.txt"
AFTER = "seeds/000_b0f2619614c4f6e8.txt"
MODULES = sorted((ROOT / "monitor").rglob("*.py"))
SOURCES = sorted(path for folder in ("monitor", "benchmarks", "tests") for path in (ROOT / folder).rglob("*.py"))

MAPPED = ("capture", "cli", "deliver", "report/wording", "schedule", "store", "store/catalogue", "watch")

LONGEST_MODULE = 330  # lines; the best-kept projects of this kind stay under 300 with few exceptions
LONGEST_FUNCTION = 45  # lines
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "handle", "process", "misc", "tools"}

# Each costs more at start than the whole comparison of two text pages takes.
HEAVY = {
    "alembic", "apscheduler", "asyncio", "backports", "brotli", "bs4", "dateparser", "deepdiff", "difflib", "email",
    "fastwarc", "html5lib", "http", "httpx", "jinja2", "json", "logging", "lxml", "multiprocessing", "numpy",
    "prometheus_client", "pydantic", "rapidfuzz", "requests", "resiliparse", "rich", "ruamel", "selectolax",
    "socket", "soupsieve", "sqlalchemy", "sqlite3", "ssl", "structlog", "subprocess", "tempfile", "urllib3",
    "w3lib", "yaml",
}  # fmt: skip
HEAVY_EVEN_FOR_HTML = HEAVY - {"logging", "rapidfuzz", "resiliparse", "selectolax", "w3lib"}  # selectolax logs
NOQA = r"# noqa: [A-Z0-9, ]*[0-9]"
SEEDS = {
    "003_82a3f40ddacaa79d.txt": "a007d7b534a9eeb55514c5629835433d240c351b2c22d32a4997358bcaf72772",
    "000_b0f2619614c4f6e8.txt": "25a2ae8172aa5f77dd59d6e8d2f021af0ffa64ebfc39e7bf048c3be66fddc6a8",
}


# -- light imports


def test_comparing_texts_imports_nothing_heavy() -> None:
    assert _imported("compare", BEFORE, AFTER, "--format", "text") & HEAVY == set()


def test_comparing_html_imports_only_what_parses_it(tmp_path: Path) -> None:
    pages = []
    for name, word in (("before.html", "one"), ("after.html", "another")):
        (tmp_path / name).write_text(
            f"<!doctype html><meta charset=utf-8><title>A page</title><p>A text of {word} word."
        )
        pages.append(str(tmp_path / name))
    assert _imported("compare", *pages, "--format", "text") & HEAVY_EVEN_FOR_HTML == set()


def test_only_a_page_with_rules_pays_for_beautiful_soup_and_the_config(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><title>A page</title><p>A text.")
    (tmp_path / "config.yaml").write_text("pages: [{id: a}, {id: b, ignore: .promo}]")
    page, config = str(tmp_path / "page.html"), ("--config", str(tmp_path / "config.yaml"))
    configured = {"bs4", "pydantic", "ruamel", "soupsieve"}
    assert _imported("read", page, "--format", "text") & configured == set()
    assert _imported("read", page, "--format", "text", "--explain") & configured == set()
    assert _imported("read", page, "--format", "text", "--page", "b", *config) & HEAVY >= configured


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["compare", "--help"]], ids=" ".join)
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    assert _imported(*arguments) & HEAVY == set()


def _imported(*arguments: str) -> set[str]:
    """The top-level packages that the command loads, those of the bare interpreter left out."""
    return _packages("-m", "monitor", *arguments) - _packages("-c", "pass")


def _packages(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(re.findall(r"^import time:.*\| +([\w]+)", done.stderr, re.MULTILINE))


def test_nouns_and_errors_need_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"monitor"}
    for path in [*(ROOT / "monitor" / "model").glob("*.py"), ROOT / "monitor" / "errors.py"]:
        assert set(_import_roots(path)) <= allowed, path


def _import_roots(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).split(".")[0]


# -- modules


def test_modules_are_small() -> None:
    assert [_name(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE] == []


def test_functions_are_small() -> None:
    functions = [(path, node) for path in MODULES for node in _nodes(path) if isinstance(node, ast.FunctionDef)]
    long = [f"{_name(path)}: {node.name}" for path, node in functions if _length(node) > LONGEST_FUNCTION]
    assert functions
    assert long == []


def _length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def test_modules_say_what_they_are() -> None:
    assert [_name(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_modules_have_names_that_say_something() -> None:
    assert [_name(path) for path in MODULES if {path.stem, path.parent.name} & VAGUE_NAMES] == []


@pytest.mark.parametrize("package", MAPPED)
def test_the_map_of_a_package_names_each_of_its_modules(package: str) -> None:
    """So many that nobody finds one by its name alone stand in groups in the package's own docstring."""
    folder = ROOT / "monitor" / package
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules - set(re.findall(r"\w+", told)) == set()


def test_no_pattern_is_compiled_on_import() -> None:
    """A pattern costs 0.1 to 2 ms to compile, and most commands need few of them."""
    compiled = []
    for path in MODULES:
        for statement in ast.parse(path.read_text("utf-8")).body:
            if isinstance(statement, ast.Assign | ast.AnnAssign):
                calls = [ast.unparse(node.func) for node in ast.walk(statement) if isinstance(node, ast.Call)]
                compiled += [f"{_name(path)}:{statement.lineno}"] * ("re.compile" in calls)
    assert compiled == []


def test_values_are_named_tuples() -> None:
    """They are immutable and cost next to nothing to define; `dataclasses` alone takes 11 ms of each start."""
    assert [_name(path) for path in MODULES if "import dataclass" in path.read_text("utf-8")] == []
    classes = [node for path in MODULES for node in _nodes(path) if isinstance(node, ast.ClassDef)]
    values = [each.name for each in classes if "NamedTuple" in map(ast.unparse, each.bases)]
    assert {"Snapshot", "Reading", "Item", "Change", "Comparison"} <= set(values)


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# -- reasons


def test_every_exception_from_a_lint_rule_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    start = lines.index("ignore = [")
    rules = [line for line in lines[start:] if re.match(r'\s+"[A-Z]+\d*",', line)]
    assert rules
    assert [line for line in rules if "# " not in line] == []


def test_every_silenced_line_says_why() -> None:
    silenced = [line for path in SOURCES for line in path.read_text("utf-8").splitlines() if re.search(NOQA, line)]
    assert [line for line in silenced if not re.search(NOQA + r"[ -]+\w+ \w+", line)] == []


def test_the_seeds_are_as_they_came() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    assert found == SEEDS


def test_the_package_ships_what_it_reads() -> None:
    """Templates, schemas and the sample stand in the package, so that an installed copy has them."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"packages": ["monitor"], "force-include": {"seeds": "monitor/seeds"}}
    assert (ROOT / "monitor" / "py.typed").exists()


# -- set-up


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder with the set-up script and a `bin` that is all of its PATH."""
    (tmp_path / "a place" / ".ci").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / ".ci" / "venv", tmp_path / "a place" / ".ci" / "venv")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "a place")
    for tool in ("sh", "cat", "id", "tail", "dirname", "rm", "cmp", "flock"):
        if found := shutil.which(tool):
            (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def _set_up(fresh: Path, **pythons: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up with these interpreters on the path, each a shell script."""
    for name, script in pythons.items():
        path = fresh / "bin" / name.replace("_", ".")
        path.write_text(f"#!{shutil.which('sh')}\n{script}\n")
        path.chmod(0o755)
    return subprocess.run(
        [fresh / "a place" / ".ci" / "venv"],
        env={"PATH": str(fresh / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


OLD = 'case "$*" in *version_info*) exit 1;; -V) echo Python 3.9.2;; esac'
BARE = 'case "$*" in *ensurepip*) exit 1;; *-V*) echo Python 3.11.2;; esac'
WHOLE = 'case "$*" in -V) echo Python 3.12.1;; "-m venv .venv") echo made by "$0" >&2; exit 7;; esac'


@pytest.mark.parametrize(
    ("pythons", "parts"),
    [
        ({}, ["python3 is not here", "apt-get install python3 python3-venv"]),
        ({"python3": OLD}, ["Python 3.11 or later", "3.9.2", "apt-get install python3.11 python3.11-venv"]),
        ({"python3": BARE}, ["venv", "apt-get install python3-venv"]),
        ({"python3": OLD, "python3_12": BARE}, ["apt-get install python3.12-venv"]),
    ],
    ids=["none", "too old", "no venv", "newer one without venv"],
)
def test_set_up_names_what_is_missing_and_the_apt_line_that_brings_it(
    fresh: Path, pythons: dict[str, str], parts: list[str]
) -> None:
    done = _set_up(fresh, **pythons)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    for part in parts:
        assert part in done.stderr
    assert not (fresh / "a place" / ".venv").exists()


@pytest.mark.parametrize("other", ["python3_11", "python3_12", "python3_13"])
def test_set_up_takes_a_newer_python_beside_an_old_one(fresh: Path, other: str) -> None:
    done = _set_up(fresh, python3=OLD, **{other: WHOLE})
    assert f"bin/{other.replace('_', '.')}" in done.stderr


def test_set_up_takes_the_python_it_is_told(fresh: Path) -> None:
    assert os.access(ROOT / ".ci" / "venv", os.X_OK)
    _set_up(fresh, python3=WHOLE, mine=WHOLE)
    done = subprocess.run(
        [fresh / "a place" / ".ci" / "venv"],
        env={"PATH": str(fresh / "bin"), "PYTHON": "mine"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "bin/mine" in done.stderr
