"""The whole process from the shell, two text snapshots to a text report: `python -m benchmarks.cold`."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence

from benchmarks import peers, timing

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BEFORE = os.path.join(ROOT, "seeds", "003_82a3f40ddacaa79d.txt")
AFTER = os.path.join(ROOT, "seeds", "000_b0f2619614c4f6e8.txt")
BARE = "python -c pass"
LARGEST = 14  # rows of the breakdown; below them nothing reaches a millisecond


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args(arguments).rounds
    print(f"## Cold: two text snapshots of 20 and 27 KB, whole process\n\n{timing.setting()}; {rounds} rounds\n")
    with tempfile.TemporaryDirectory() as folder:
        print(_table(timing.interleaved(_tasks(folder), rounds)))
    print(f"\nWhere the time of `monitor compare` goes, by import (median of {rounds}):\n\n{_breakdown(rounds)}")


def _tasks(folder: str) -> dict[str, Callable[[], timing.Run]]:
    compare = [_script("monitor"), "compare", BEFORE, AFTER, "--format"]
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        "python -c 'import argparse'": [sys.executable, "-c", "import argparse"],
        "monitor compare, text": [*compare, "text"],
        "monitor compare, json": [*compare, "json"],
        "monitor compare, html": [*compare, "html"],
        "monitor --version": [_script("monitor"), "--version"],
        "diff -u": ["diff", "-u", BEFORE, AFTER],
    }
    tasks = {name: _timed(command) for name, command in commands.items()}
    if python := peers.python_of("urlwatch"):
        tasks[f"{peers.label('urlwatch')}, the first stored, the second new"] = _urlwatch(python, folder)
    return tasks


def _script(name: str) -> str:
    return os.path.join(os.path.dirname(sys.executable), name)


def _timed(command: list[str]) -> Callable[[], timing.Run]:
    return lambda: timing.run(command)


def _urlwatch(python: str, folder: str) -> Callable[[], timing.Run]:
    """A check that finds the second seed where its store holds the first; the store is laid anew before each."""
    page, store, fresh = (os.path.join(folder, name) for name in ("page.txt", "cache.db", "fresh.db"))
    jobs, config = (os.path.join(folder, name) for name in ("urls.yaml", "urlwatch.yaml"))
    with open(jobs, "w") as out:
        out.write(f"url: file://{page}\n")
    with open(config, "w") as out:
        out.write("report:\n  stdout: {enabled: true, color: false}\n  text: {line_length: 100}\n")
    command = [os.path.join(os.path.dirname(python), "urlwatch"), "--urls", jobs, "--config", config, "--cache"]
    shutil.copyfile(BEFORE, page)
    subprocess.run([*command, fresh], check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile(AFTER, page)

    def check() -> timing.Run:
        shutil.copyfile(fresh, store)
        return timing.run([*command, store])

    return check


def _table(runs: dict[str, list[timing.Run]]) -> str:
    base = runs[BARE]
    rows = []
    for name, each in runs.items():
        wall, cpu = [run.wall for run in each], [run.cpu for run in each]
        factors = timing.ratio(wall, [run.wall for run in base]), timing.ratio(cpu, [run.cpu for run in base])
        times = statistics.median(wall), min(wall), statistics.median(cpu)
        rows.append((f"`{name}`", *map(timing.milliseconds, times), *(f"{factor:.1f}" for factor in factors)))
    return timing.table(("command", "wall ms", "best", "CPU ms", f"wall × `{BARE}`", "CPU ×"), rows)


def _breakdown(rounds: int) -> str:
    """The packages whose own modules take longest to import, and what the rest of the process takes."""
    runs = [_imports() for _ in range(rounds)]
    names = {name for each in runs for name in each}
    median = {name: statistics.median(each.get(name, 0.0) for each in runs) for name in names}
    rows = [
        (f"`{name}`", timing.milliseconds(seconds))
        for name, seconds in sorted(median.items(), key=lambda pair: -pair[1])[:LARGEST]
    ]
    return timing.table(
        ("package", "ms, own modules"), [*rows, ("all imports", timing.milliseconds(sum(median.values())))]
    )


def _imports() -> dict[str, float]:
    """Seconds of import by package; the standard library's modules each under their own name."""
    command = [sys.executable, "-X", "importtime", "-m", "monitor", "compare", BEFORE, AFTER, "--format", "text"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=timing.environment()).stderr
    seconds: dict[str, float] = {}
    for line in told.splitlines()[1:]:
        if line.startswith("import time:") and line.count("|") == 2:
            own, _, name = line.removeprefix("import time:").split("|")
            parts = name.strip().split(".")
            package = ".".join(parts[:2]) if parts[0] == "monitor" else parts[0]
            seconds[package] = seconds.get(package, 0.0) + int(own) / 1e6
    return seconds


if __name__ == "__main__":
    main()
