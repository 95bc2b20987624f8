"""What stands in deploy/ is right as far as the programs can say that it is made for."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli.options import parse
from monitor.schedule.daemon import PATIENCE
from monitor.schedule.runner import AFTER_CANCELLING

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
SERVICES = ("monitor.service", "monitor-check.service")
EXPOSURE = 1.3  # of 10; what is left is the network, which it is for
NO_SYSTEMD = "systemd-analyze is not here: apt-get install systemd brings it"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason=NO_SYSTEMD)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they would be installed, with the program where it is in these tests."""
    program = str(Path(sys.executable).with_name("monitor"))
    for unit in (*SERVICES, "monitor-check.timer"):
        text = (DEPLOY / unit).read_text("utf-8")
        (tmp_path / unit).write_text(text.replace("/opt/monitor/bin/monitor", program), "utf-8")
    return tmp_path


def _analyzed(*words: str, place: Path) -> str:
    command = ["systemd-analyze", *words]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(installed: Path) -> None:
    assert _analyzed("verify", *(f"./{unit}" for unit in (*SERVICES, "monitor-check.timer")), place=installed) == ""


@needs_systemd
def test_systemd_would_find_a_wrong_key(installed: Path) -> None:
    unit = installed / "monitor.service"
    unit.write_text(unit.read_text("utf-8").replace("ProtectClock", "ProtectClocks"), "utf-8")
    assert "ProtectClocks" in _analyzed("verify", "./monitor.service", place=installed)


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_may_do_little(installed: Path, unit: str) -> None:
    found = re.search(
        r"exposure level for \S+: ([\d.]+)", _analyzed("security", "--offline=true", f"./{unit}", place=installed)
    )
    assert found
    assert float(found[1]) <= EXPOSURE


@needs_systemd
def test_the_timer_comes_once_an_hour() -> None:
    when = _unit("monitor-check.timer")["Timer"]["OnCalendar"]
    said = _analyzed("calendar", "--iterations=2", "--base-time=2026-06-01 12:30:00 UTC", when, place=DEPLOY)
    assert "2026-06-01 13:00:00" in said
    assert "2026-06-01 14:00:00" in said


def test_both_services_are_hardened_alike() -> None:
    service, check = (dict(_unit(name)["Service"]) for name in SERVICES)
    own = {"Type", "ExecStart", "ExecReload", "WatchdogSec", "Restart", "RestartSec", "RestartPreventExitStatus"}
    own |= {"TimeoutStopSec", "TimeoutStartSec"}
    assert {key: value for key, value in service.items() if key not in own} == {
        key: value for key, value in check.items() if key not in own
    }


def test_the_service_leaves_the_time_that_the_program_wants() -> None:
    service = _unit("monitor.service")["Service"]
    assert int(service["TimeoutStopSec"]) > PATIENCE + AFTER_CANCELLING
    assert service["Type"] == "notify"


@pytest.mark.parametrize("name", [*SERVICES, "monitor.cron", "Dockerfile"])
def test_every_command_line_is_one_that_the_program_takes(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    lines = re.findall(r"(?:/opt/monitor/bin/monitor |CMD \[)(.+)", text)
    words = [re.sub(r'[",\]]', "", line).split("|")[0].split() for line in lines if not line.startswith("!")]
    calls = [each for each in words if each[0] in ("run", "check")]
    assert calls
    for each in calls:
        assert parse(each, version="").command == each[0]


def test_the_crontab_has_five_fields_a_user_and_a_command() -> None:
    (line,) = [each for each in (DEPLOY / "monitor.cron").read_text("utf-8").splitlines() if re.match(r"[\d*]", each)]
    fields = line.split(maxsplit=6)
    assert all(re.fullmatch(r"\*|\d+", each) for each in fields[:5])
    assert fields[5] == "monitor"
    assert "%" not in fields[6]  # cron would take it for a line end


@pytest.mark.skipif(not shutil.which("grep"), reason="grep is not here")
def test_the_crontab_mails_what_is_said_once_and_nothing_else() -> None:
    (line,) = [each for each in (DEPLOY / "monitor.cron").read_text("utf-8").splitlines() if re.match(r"[\d*]", each)]
    said = (
        "2026-11-28 08:00:01Z  quay     failed     no answer\n"
        "2026-11-28 08:00:01Z  quay     note       There is no good capture of the quay since then.\n"
        "2026-11-28 08:00:02Z  harbour  changed    A note was published.\n"
        "2 pages: 1 changed, 1 failed; a note for all\n"
    )
    mailed = subprocess.run(
        ["sh", "-c", line.partition("|")[2]], input=said, capture_output=True, text=True, check=True
    ).stdout
    assert mailed == f"{said.splitlines()[1]}\n"


def test_the_container_is_nobody_special_and_says_whether_it_is_well() -> None:
    """Held against the rules of the format; whether it builds only a daemon can say."""
    instructions = _instructions((DEPLOY / "Dockerfile").read_text("utf-8"))
    names = [name for name, _ in instructions]
    assert set(names) <= {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ENV",
        "USER",
        "VOLUME",
        "HEALTHCHECK",
        "STOPSIGNAL",
        "ENTRYPOINT",
        "CMD",
    }
    assert dict(instructions)["USER"] == "10001"
    assert names.index("USER") > len(names) - 1 - names[::-1].index("RUN")
    assert dict(instructions)["ENTRYPOINT"] == '["monitor"]'
    assert "/data/snapshots/.run.lock" in dict(instructions)["HEALTHCHECK"]
    sources = [
        each for name, rest in instructions if name == "COPY" and "--from" not in rest for each in rest.split()[:-1]
    ]
    assert [each for each in sources if not (DEPLOY.parent / each).exists()] == []


def _instructions(text: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    pairs = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [(name, rest) for name, _, rest in pairs]


def _unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes="#", delimiters="=")
    parser.optionxform = str  # type: ignore[assignment]  # the way to keep capitals that its documentation gives
    parser.read_string((DEPLOY / name).read_text("utf-8"))
    return parser


@pytest.mark.skipif(not shutil.which("flock"), reason="flock is not here: apt-get install util-linux brings it")
def test_the_container_is_well_as_long_as_somebody_holds_the_lock(tmp_path: Path) -> None:
    from monitor.store.folder import Store
    from monitor.watch.instance import only_instance

    check = dict(_instructions((DEPLOY / "Dockerfile").read_text("utf-8")))["HEALTHCHECK"].partition("CMD ")[2]
    command = ["sh", "-c", check.replace("/data/snapshots", str(tmp_path))]
    with only_instance(Store(str(tmp_path))):
        assert subprocess.run(command, check=False, env=os.environ).returncode == 0
    assert subprocess.run(command, check=False, env=os.environ).returncode == 1
