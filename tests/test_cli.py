"""The command as a person runs it: the real process, its output, its one line on standard error, its status."""

from __future__ import annotations

import email
import email.policy
import html
import json
import os
import pty
import re
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BEFORE = str(ROOT / "seeds" / "003_82a3f40ddacaa79d.txt")
AFTER = str(ROOT / "seeds" / "000_b0f2619614c4f6e8.txt")
ESCAPE = "\x1b["
LARGEST_FILE = 1000  # bytes, for a disk that is full


def monitor(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, is_disk_full: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; its output read as UTF-8."""
    full = {"PYTHONDONTWRITEBYTECODE": "1"} if is_disk_full else {}  # half a compiled module would break the next run
    done = subprocess.run(
        [sys.executable, "-m", "monitor", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=_environment(env) | full,
        check=False,
        preexec_fn=_fill_disk if is_disk_full else None,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


def _environment(extra: dict[str, str] | None) -> dict[str, str]:
    meddling = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "MONITOR_TRACE", "PAGER", "LESS")
    return {key: value for key, value in os.environ.items() if key not in meddling} | (extra or {})


def _fill_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def assert_refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Status 2, nothing on standard output, and one line on standard error that has these parts."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("monitor: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("\n")
    for part in parts:
        assert part in done.stderr


# -- status


def test_a_change_is_a_success_so_that_cron_and_systemd_see_one() -> None:
    done = monitor("compare", BEFORE, AFTER)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")


def test_exit_code_tells_a_change_only_when_asked() -> None:
    assert monitor("compare", BEFORE, AFTER, "--exit-code").returncode == 1


def test_exit_code_is_0_for_a_page_against_itself() -> None:
    assert monitor("compare", BEFORE, BEFORE, "--exit-code").returncode == 0


def test_a_bare_call_shows_help() -> None:
    done = monitor()
    assert done.returncode == 0
    assert "compare" in done.stdout


@pytest.mark.parametrize("command", [[], ["compare"], ["read"], ["schema"]], ids=" ".join)
def test_help_has_an_example(command: list[str]) -> None:
    done = monitor(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert " ".join(["Example: monitor", *command]) in " ".join(done.stdout.split())


@pytest.mark.parametrize("command", [[], ["compare"], ["read"], ["schema"]], ids=" ".join)
def test_help_fits_a_small_terminal(command: list[str]) -> None:
    assert max(map(len, monitor(*command, "--help").stdout.splitlines())) <= 80


def test_help_is_shown_whatever_else_is_asked() -> None:
    help_on_compare = monitor("compare", "-h").stdout
    assert monitor("compare", "--width", "none", "--help").stdout == help_on_compare
    assert monitor("compare", BEFORE, AFTER, "third", "--help").stdout == help_on_compare


def test_help_in_a_narrow_encoding_loses_letters_and_nothing_else() -> None:
    done = monitor("read", "--help", env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "--format" in done.stdout


def test_version_names_the_program_and_its_version() -> None:
    assert monitor("--version").stdout.startswith("monitor 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--width", "60", "--format", "text", BEFORE, AFTER],
        [BEFORE, "--width=60", AFTER, "-f", "text"],
        ["-ftext", BEFORE, AFTER, "--width", "80", "--width", "60"],
        ["--width", "60", "-f", "text", "--", BEFORE, AFTER],
        [BEFORE, "--width", "60", "-f", "text", "--", AFTER],
    ],
    ids=["before", "between", "joined and repeated", "before --", "around --"],
)
def test_options_stand_anywhere_beside_the_names(arguments: list[str]) -> None:
    assert monitor("compare", *arguments).stdout == monitor("compare", BEFORE, AFTER, "--width", "60").stdout


@pytest.mark.parametrize("name", ["-page.txt", "--help", "--"])
def test_name_with_a_leading_dash_goes_after_two_dashes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("A page that says something\n")
    program = f"import os, sys; os.chdir({str(tmp_path)!r}); from monitor.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, "read", "--", name], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "A page that says something" in done.stdout


# -- bad input


def test_missing_file_is_named(tmp_path: Path) -> None:
    assert_refused(monitor("compare", tmp_path / "gone.html", AFTER), "gone.html")


def test_folder_is_no_snapshot(tmp_path: Path) -> None:
    assert_refused(monitor("compare", tmp_path, AFTER), str(tmp_path), "folder")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty.html", b""),
        ("blank.txt", b" \n\t\n"),
        ("page.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + bytes(range(256)) * 8),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("noise.bin", bytes(range(256)) * 40),
    ],
)
@pytest.mark.parametrize("command", ["compare", "read"])
def test_bytes_without_text_are_refused(tmp_path: Path, command: str, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert_refused(monitor(command, path, *([AFTER] if command == "compare" else [])), name)


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "locked.html"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    assert_refused(monitor("read", path), "locked.html")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["compare"], ["A", "monitor compare --help"]),
        (["compare", BEFORE], ["B", "monitor compare --help"]),
        (["compare", BEFORE, AFTER, "third"], ["third"]),
        (["compare", BEFORE, AFTER, "--fromat", "json"], ["--fromat", "--format"]),
        (["compare", BEFORE, AFTER, "--format", "pdf"], ["--format", "pdf", "html"]),
        (["compare", BEFORE, AFTER, "--width", "none"], ["--width", "none"]),
        (["compare", BEFORE, AFTER, "--pager", "--output", "x"], ["--pager", "--output"]),
        (["compare", "-", "-"], ["standard input"]),
        (["read"], ["A", "monitor read --help"]),
        (["read", AFTER, "--output", "r.html"], ["r.html", "--format"]),
        (["schema"], ["NAME", "comparison", "monitor schema --help"]),
        (["schema", "diary"], ["diary", "comparison"]),
        (["comprae", BEFORE, AFTER], ["comprae", "did you mean compare?", "monitor --help"]),
        (["--frobnicate"], ["--frobnicate", "monitor --help"]),
        (["--versoin"], ["--versoin", "did you mean --version?"]),
        (["compare", "--fromat", "json"], ["--fromat", "did you mean --format?"]),
        (["compare", BEFORE, AFTER, "--form", "json"], ["--form'", "--format"]),
        (["compare", BEFORE, AFTER, "--exit"], ["--exit'", "--exit-code"]),
        (["compare", BEFORE, AFTER, "-x"], ["-x", "monitor compare --help"]),
        (["compare", BEFORE, AFTER, "--format"], ["--format", "monitor compare --help"]),
        (["compare", BEFORE, AFTER, "--pager=yes"], ["--pager", "yes"]),
        (["compare", BEFORE, AFTER, "--width", "39"], ["--width", "39", "from 40 to 1000"]),
        (["compare", BEFORE, AFTER, "--width", "-60"], ["--width", "-60", "from 40 to 1000"]),
        (["compare", BEFORE, AFTER, "--width", "9" * 5000], ["--width", "from 40 to 1000"]),
        (["compare", BEFORE, AFTER, "--color", "blue"], ["--color", "blue", "always"]),
        (["compare", BEFORE, "--", "--format"], ["--format: there is no such file"]),
        (["read", AFTER, "--exit-code"], ["--exit-code"]),
        (["schema", "reading", "comparison"], ["comparison", "monitor schema --help"]),
    ],
    ids=lambda value: " ".join(os.path.basename(part) for part in value) if isinstance(value, list) else None,
)
def test_wrong_call_says_in_one_line_what_and_how(arguments: list[str], parts: list[str]) -> None:
    assert_refused(monitor(*arguments), *parts)


def test_empty_standard_input_is_refused() -> None:
    assert_refused(monitor("compare", BEFORE, "-"), "standard input")


def test_name_with_a_line_break_and_an_escape_stays_one_harmless_line(tmp_path: Path) -> None:
    done = monitor("read", tmp_path / "a\nb\x1b[31mc")
    assert_refused(done, "a\\nb\\x1b[31mc")


def test_own_fault_is_one_line_with_the_way_to_its_trace() -> None:
    program = (
        "import sys, monitor.watch.compare_snapshots as use_case\n"
        "def broken(*_, **__): raise ZeroDivisionError('by\\nnought')\n"
        "use_case.compare_snapshots = broken\n"
        "from monitor.cli import main\n"
        "sys.exit(main(['compare', 'a', 'b']))"
    )
    run = [sys.executable, "-c", program]
    quiet = subprocess.run(run, capture_output=True, text=True, check=False, env=_environment(None))
    assert_refused(quiet, "ZeroDivisionError", "MONITOR_TRACE=1")
    traced = subprocess.run(run, capture_output=True, text=True, check=False, env=_environment({"MONITOR_TRACE": "1"}))
    assert "Traceback" in traced.stderr


# -- where it goes


@pytest.mark.parametrize("sides", [["-", AFTER], [BEFORE, "-"]], ids=["A", "B"])
def test_standard_input_is_a_snapshot_like_another(sides: list[str]) -> None:
    with open(BEFORE if sides[0] == "-" else AFTER, "rb") as file:
        piped = json.loads(monitor("compare", *sides, "--format", "json", stdin=file.read()).stdout)
    named = json.loads(monitor("compare", BEFORE, AFTER, "--format", "json").stdout)
    assert piped["changes"] == named["changes"]
    assert piped["before"]["sha256"] == named["before"]["sha256"]


def test_output_is_the_same_in_a_file_as_on_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    done = monitor("compare", BEFORE, AFTER, "--output", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text("utf-8") == monitor("compare", BEFORE, AFTER).stdout
    assert os.listdir(tmp_path) == ["report.txt"]


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", "<!doctype html>"), ("r.HTM", "<!doctype html>"), ("r.json", "{"), ("r.md", "#")]
)
def test_suffix_of_the_output_says_the_format(tmp_path: Path, name: str, start: str) -> None:
    monitor("compare", BEFORE, AFTER, "--output", tmp_path / name)
    assert (tmp_path / name).read_text("utf-8").lower().startswith(start)


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "report.csv", "report.2020"])
def test_suffix_of_no_format_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    done = monitor("compare", BEFORE, AFTER, "--output", tmp_path / name)
    assert_refused(done, name, "--format", "text, json, html, markdown, email")
    assert not (tmp_path / name).exists()
    assert monitor("compare", BEFORE, AFTER, "--format", "text", "--output", tmp_path / name).returncode == 0


def test_format_goes_before_the_suffix(tmp_path: Path) -> None:
    monitor("compare", BEFORE, AFTER, "--format", "json", "--output", tmp_path / "report.html")
    json.loads((tmp_path / "report.html").read_text("utf-8"))


def test_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    assert_refused(monitor("compare", BEFORE, AFTER, "--output", tmp_path / "no" / "r.txt"), "r.txt", "folder")
    assert os.listdir(tmp_path) == []


def test_folder_as_output_is_refused(tmp_path: Path) -> None:
    assert_refused(monitor("compare", BEFORE, AFTER, "--output", tmp_path), "folder")


def test_full_disk_leaves_no_half_file_and_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("the report of yesterday")
    assert_refused(monitor("compare", BEFORE, AFTER, "--output", path, is_disk_full=True), "report.json")
    assert path.read_text() == "the report of yesterday"
    assert os.listdir(tmp_path) == ["report.json"]


def test_replaced_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.touch(0o600)
    old.chmod(0o640)
    umask = os.umask(0o027)
    try:
        monitor("compare", BEFORE, AFTER, "--output", old)
        monitor("compare", BEFORE, AFTER, "--output", new)
    finally:
        os.umask(umask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o640]
    assert old.stat().st_size > 0


def test_link_as_output_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").touch()
    (tmp_path / "link.txt").symlink_to("real.txt")
    monitor("compare", BEFORE, AFTER, "--output", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").stat().st_size > 0


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_output_to_standard_output_by_name(name: str) -> None:
    assert monitor("compare", BEFORE, AFTER, "--output", name).stdout == monitor("compare", BEFORE, AFTER).stdout


def test_device_as_output_is_written_to() -> None:
    assert monitor("compare", BEFORE, AFTER, "--output", os.devnull).returncode == 0
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_full_device_on_standard_output_is_one_line() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "compare", BEFORE, AFTER],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"standard output" in done.stderr


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--exit-code"], 1)], ids=["plain", "exit-code"])
@pytest.mark.parametrize("arguments", [["compare", BEFORE, AFTER], ["--help"]], ids=["report", "help"])
def test_closed_pipe_ends_quietly_with_the_status_of_the_comparison(
    arguments: list[str], options: list[str], status: int
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as out:
        command = [sys.executable, "-m", "monitor", *arguments, *(options if "compare" in arguments else [])]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""
    assert done.returncode == (status if "compare" in arguments else 0)


def test_closed_standard_output_is_one_line() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "monitor", "compare", BEFORE, AFTER],
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_interrupt_ends_with_130_and_without_a_trace(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "monitor", "compare", str(pipe), AFTER]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child,
        open(pipe, "wb"),  # waits until the command has opened the other end
    ):
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=20)
    assert child.returncode == 130
    assert b"Traceback" not in told


# -- how it looks


def test_text_report_of_the_seeds_fits_a_screen() -> None:
    report = monitor("compare", BEFORE, AFTER, "--format", "text").stdout
    assert len(report.splitlines()) <= 60
    assert max(map(len, report.splitlines())) <= 100
    assert len(report.encode()) <= 6144


def test_text_report_obeys_the_width() -> None:
    report = monitor("compare", BEFORE, AFTER, "--format", "text", "--width", "60").stdout
    assert max(map(len, report.splitlines())) <= 60


@pytest.mark.parametrize(
    ("options", "env", "is_coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colour_of_the_terminal_format_in_a_pipe(options: list[str], env: dict[str, str], is_coloured: bool) -> None:
    report = monitor("compare", BEFORE, AFTER, "--format", "terminal", *options, env=env).stdout
    assert (ESCAPE in report) == is_coloured


def test_text_is_never_coloured() -> None:
    assert ESCAPE not in monitor("compare", BEFORE, AFTER, "--format", "text", "--color", "always").stdout


@pytest.mark.parametrize(("env", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_terminal_gets_the_terminal_format(env: dict[str, str], is_coloured: bool) -> None:
    report = _on_terminal(["compare", BEFORE, AFTER], {"TERM": "xterm-256color", **env})
    assert (ESCAPE in report) == is_coloured
    assert report != monitor("compare", BEFORE, AFTER).stdout


def _on_terminal(arguments: Sequence[str], env: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "monitor", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=_environment(env)
    ):
        os.close(theirs)
        return _drain(ours).decode()


def _drain(terminal: int) -> bytes:
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # how Linux tells that the other end has gone
        pass
    os.close(terminal)
    return b"".join(parts)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_output_in_a_narrow_encoding_loses_letters_and_nothing_else(encoding: str) -> None:
    done = monitor("compare", BEFORE, AFTER, "--format", "text", env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, "")
    assert "30 days" in done.stdout


def test_json_is_utf_8_in_any_locale() -> None:
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    done = monitor("read", BEFORE, "--format", "json", env=env)
    assert json.loads(done.stdout) == json.loads(monitor("read", BEFORE, "--format", "json").stdout)


def test_pager_shows_the_report_on_a_terminal_only(tmp_path: Path) -> None:
    assert monitor("compare", BEFORE, AFTER, "--pager").stdout == monitor("compare", BEFORE, AFTER).stdout
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho paged; cat >/dev/null\n")
    pager.chmod(0o755)
    shown = _on_terminal(["compare", BEFORE, AFTER, "--pager"], {"PAGER": str(pager), "TERM": "xterm"})
    assert shown.split() == ["paged"]


def test_pager_gets_the_report_with_its_colours_and_its_own_options() -> None:
    env = {"TERM": "xterm", "PAGER": "sh -c 'echo LESS=$LESS; cat'"}
    shown = _on_terminal(["compare", BEFORE, AFTER, "--pager"], env)
    assert shown.startswith("LESS=FRX")
    assert ESCAPE in shown
    assert _on_terminal(["compare", BEFORE, AFTER, "--pager"], env | {"LESS": "S"}).startswith("LESS=S")


@pytest.mark.parametrize("pager", ["no-such-pager", "", "a 'broken quote"])
def test_report_is_printed_where_no_pager_can_be_started(pager: str) -> None:
    env = {"TERM": "xterm", "PAGER": pager}
    assert _on_terminal(["compare", BEFORE, AFTER, "--pager"], env) == _on_terminal(["compare", BEFORE, AFTER], env)


def test_pager_left_early_is_no_failure() -> None:
    assert _on_terminal(["compare", BEFORE, AFTER, "--pager"], {"TERM": "xterm", "PAGER": "true"}) == ""


@pytest.mark.parametrize("name", ["comparison", "reading"])
def test_schema_is_printed(name: str) -> None:
    assert json.loads(monitor("schema", name).stdout)["$schema"].startswith("https://json-schema.org/")


# -- the page's history


def _library(folder: Path, captures: int) -> list[Path]:
    """A page with a count of visits and a rule, captured on so many days from 1 March 2024; the rule changes last."""
    folder.mkdir()
    for number in range(captures):
        rule = "Readers may talk" if number == captures - 1 else "Readers must not talk"
        (folder / f"2024-03-{number + 1:02}T060000Z.html").write_text(
            "<!doctype html><meta charset=utf-8><title>Library</title><h1>Library</h1>"
            f"<p>Visits: {900 + 7 * number}</p>"
            f"<h2>Rules</h2><p>{rule} in the reading room on any day of the week.</p><p>The door closes at nine.</p>"
        )
    return sorted(folder.iterdir())


def test_history_makes_routine_what_changes_at_every_capture_and_nothing_else(tmp_path: Path) -> None:
    paths = _library(tmp_path / "captures", 12)
    done = monitor("compare", paths[-2], paths[-1], "--history", tmp_path / "captures", "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert {change["kind"]: change["significance"] for change in told["changes"]} == {
        "figure.changed": "routine",
        "text.edited": "notable",
    }
    assert told["changes"][0]["noise"] == {"changed": 10, "of": 10}
    assert told["history"] == {"captures": 10, "first": "2024-03-01", "last": "2024-03-10"}


@pytest.mark.parametrize("style", ["text", "terminal", "html", "markdown", "email"])
def test_every_report_says_what_was_learnt(tmp_path: Path, style: str) -> None:
    paths = _library(tmp_path / "captures", 12)
    done = monitor("compare", paths[-2], paths[-1], "--history", tmp_path / "captures", "--format", style)
    mail = email.message_from_string(done.stdout, policy=email.policy.default)
    body = mail.get_body(("plain",)) if style == "email" else None
    text = body.get_content() if body else done.stdout
    said = " ".join(html.unescape(re.sub(r"<[^>]*>|\\", "", text)).split())
    assert "1 thing that changes at nearly every capture: “Visits” (10 of the last 10)" in said
    assert "known by ten earlier captures, from 1 March 2024 to 10 March 2024" in said


def test_unreadable_files_of_a_history_are_put_aside_and_told(tmp_path: Path) -> None:
    paths = _library(tmp_path / "captures", 12)
    (tmp_path / "captures" / "2024-02-01.html").write_bytes(b"")
    (tmp_path / "captures" / "2024-02-02.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "captures" / "2024-02-03.html").write_text("<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>")
    (tmp_path / "captures" / "notes.txt").write_text("Captured by hand.")
    (tmp_path / "captures" / ".hidden").write_text("Not a capture.")
    done = monitor("compare", paths[-2], paths[-1], "--history", tmp_path / "captures", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["history"]["captures"] == 10
    said = " ".join(told["limits"])
    for part in ("2024-02-01.html is empty", "2024-02-02.bin", "notes.txt", "may not be whole", "2 files"):
        assert part in said


def test_links_and_folders_that_cannot_be_opened_are_passed_over_and_told(tmp_path: Path) -> None:
    paths = _library(tmp_path / "captures", 12)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "2024-02-01.html").write_text("<h1>Another page</h1>")
    for name, goal in (("loop", "loop"), ("away", "../elsewhere"), ("2024-02-02.html", "../elsewhere/2024-02-01.html")):
        (tmp_path / "captures" / name).symlink_to(goal)
    _nest_beyond_the_longest_path(tmp_path / "captures" / "nested")
    done = monitor("compare", paths[-2], paths[-1], "--history", tmp_path / "captures", "--format", "json")
    told = json.loads(done.stdout)
    assert told["history"]["captures"] == 10
    said = " ".join(told["limits"])
    assert "away is a link, which is not followed" in said
    assert "1 more" in said or "2 more" in said
    assert "Another page" not in done.stdout


def _nest_beyond_the_longest_path(folder: Path) -> None:
    """A folder so deep that the system cannot open it by its path, as it cannot open a forbidden one."""
    folder.mkdir()
    inner = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("x" * 250, dir_fd=inner)
        outer, inner = inner, os.open("x" * 250, os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)


def test_a_history_is_not_read_where_no_finding_asks_for_it(tmp_path: Path) -> None:
    paths = _library(tmp_path / "captures", 3)
    done = monitor("compare", paths[0], paths[0], "--history", tmp_path / "captures", "--format", "json")
    assert json.loads(done.stdout)["limits"] == ["The history was not read: no finding asks for it."]


def test_a_history_in_folders_named_by_their_time_is_read(tmp_path: Path) -> None:
    for path in _library(tmp_path / "flat", 12):
        (tmp_path / "deep" / path.stem).mkdir(parents=True)
        path.rename(tmp_path / "deep" / path.stem / "page.html")
    before, after = sorted((tmp_path / "deep").iterdir())[-2:]
    done = monitor("compare", before / "page.html", after / "page.html", "--history", tmp_path / "deep", "-f", "json")
    assert json.loads(done.stdout)["history"]["captures"] == 10


@pytest.mark.parametrize(
    ("name", "said"), [("none", "no such folder"), ("empty", "holds no file"), ("file.txt", "is no folder")]
)
def test_a_history_that_is_no_folder_of_captures_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("A page.")
    assert_refused(monitor("compare", BEFORE, AFTER, "--history", tmp_path / name), name, said)
