"""A config.yaml → its Config, loaded by a process of its own that is gone when it is done.

What parses and checks a config takes 29 MB, which a process that watches a thousand pages has no use for afterwards.
It takes as long as loading it here: the libraries are loaded once in either case.
"""

from __future__ import annotations

import pickle
import subprocess
import sys

from monitor.errors import ConfigError, InputError
from monitor.model.page import Config


def load_apart(path: str) -> Config:
    """What `load` gives and raises."""
    command = [sys.executable, "-P", "-m", __name__, path]  # -P: no module of the working folder gets in between
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603  this program itself
    found: Config | list[str] | tuple[str, str] = pickle.loads(done.stdout)  # noqa: S301  written by the line above
    if isinstance(found, Config):
        return found
    raise ConfigError(found) if isinstance(found, list) else InputError(*found)


def _loaded(path: str) -> Config | list[str] | tuple[str, str]:
    """The config, all that is wrong in it, or why it cannot be read and what to do."""
    from monitor.config import load  # noqa: PLC0415  whoever asks loads nothing of it

    try:
        return load(path)
    except ConfigError as error:
        return list(error.problems)
    except InputError as error:
        return error.what, error.remedy


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_loaded(sys.argv[1])))
