"""Every benchmark, one after the other: `python -m benchmarks [--pages FOLDER]`."""

from __future__ import annotations

import argparse
import sys

from benchmarks import cold, correctness, growth, hot, memory, store, watching


def main() -> int:
    """The status to end with: 1 where correctness fell below its baseline."""
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
    print()
    store.main(where)
    print()
    watching.main([])
    print()
    return correctness.main([pages] if pages else [])


if __name__ == "__main__":
    sys.exit(main())
