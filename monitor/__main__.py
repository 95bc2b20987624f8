"""`python -m monitor`: the same command where no console script is on the path."""

from __future__ import annotations

import sys

from monitor.cli import main

sys.exit(main())
