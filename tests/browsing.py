"""The one mark of tests that open pages in Chromium: skipped, with the line that brings it, where it is missing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="no Playwright here; the extra `browser` brings it"),
]
