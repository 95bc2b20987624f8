"""The commands that say what may stand in config.yaml and in a result: config, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.output import complain, encoding_of, to_stdout
from monitor.cli.words import CONFIG, DONE, FAILED
from monitor.errors import ConfigError, InputError
from monitor.model.english import plural
from monitor.report import SCHEMAS, schema as schema_of

if TYPE_CHECKING:
    from monitor.cli.options import Asked


def config(asked: Asked) -> int:
    """Say what is wrong in config.yaml, or print the JSON Schema of it."""
    action, files = asked.names[0], asked.names[1:]
    if action == "check":
        return _check_config(files[0] if files else CONFIG)
    if action != "schema":
        raise InputError(
            f"There is nothing like 'monitor config {action}'", "write monitor config check, or monitor config schema"
        )
    if files:
        raise InputError("The schema is the same for every config", "leave the file out: monitor config schema")
    from monitor.config.schema import schema_text  # noqa: PLC0415  each command pays for its own way only

    to_stdout(schema_text().encode())
    return DONE


def _check_config(file: str) -> int:
    """Print that a config is fine, or a line for each problem of it; what is worth a word goes beside either."""
    from monitor.config import load  # noqa: PLC0415  only what is configured pays for what checks it

    try:
        found = load(file)
    except ConfigError as error:
        for problem in error.problems:
            complain(problem, name="")
        return FAILED
    for caution in found.cautions:
        complain(caution, name="")
    count = len(found.pages)
    to_stdout(f"{file}: {count} {plural('page', count)}, nothing wrong\n".encode(*encoding_of("text")))
    return DONE


def schema(asked: Asked) -> int:
    """Print the JSON Schema of that NAME."""
    (name,) = asked.names
    if name not in SCHEMAS:
        raise InputError(f"There is no schema {name!r}", f"name {' or '.join(SCHEMAS)}")
    to_stdout(schema_of(name).encode())
    return DONE
