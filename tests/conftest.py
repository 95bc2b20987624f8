"""What all tests share: `--renew-golden` writes the golden renderings anew, to be read before they are kept; and no
example of a property has a time limit, as time is what benchmarks/ measures, and machines are noisy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write tests/golden/ anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Asserts that a text is what the file of this name in tests/golden/ holds; with --renew-golden, writes it."""

    def matches(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no {path.name} in tests/golden; --renew-golden writes it"
        assert text == path.read_bytes().decode()

    return matches
