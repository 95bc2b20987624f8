"""Every benchmark, one after the other: `python -m benchmarks [--pages FOLDER]`."""

from __future__ import annotations

import argparse

from benchmarks import cold, growth, hot, memory, series


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", metavar="FOLDER", help="series of dated captures, a folder each")
    pages = parser.parse_args().pages
    where = ["--pages", pages] if pages else []
    cold.main([])
    print()
    hot.main(where)
    print()
    growth.main([])
    print()
    memory.main([])
    if pages:
        print()
        series.main([pages])


if __name__ == "__main__":
    main()
