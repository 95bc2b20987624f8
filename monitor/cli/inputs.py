"""The options of a command → what it works with: the config and the store, the page, standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

from monitor.cli.words import CONFIG
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.cli.options import Asked
    from monitor.model.page import Page
    from monitor.watch.project import Project


def project_of(
    asked: Asked, *, is_config_needed: bool = True, is_lean: bool = False, is_begun: bool = False
) -> Project:
    """The config and the store that the options name; a config that an option speaks of must be there."""
    from monitor.watch.project import Project  # noqa: PLC0415  not every command works with them

    is_needed = asked.config != CONFIG or (is_config_needed and asked.page is not None)
    return Project(asked.config, asked.store, asked.reports, is_needed=is_needed, is_lean=is_lean, is_begun=is_begun)


def page_of(asked: Asked, project: Project) -> Page | None:
    """The page of config.yaml by whose rules to read, if one is named."""
    if asked.page is None:
        if asked.config != CONFIG and not any("@" in name for name in asked.names):
            raise InputError("--config needs to know which page of it the snapshot shows", "name it with --page ID")
        return None
    from monitor.watch.find_named import find_page  # noqa: PLC0415  only what is configured pays for what checks it

    return find_page(asked.page, project.config)


def stdin() -> BinaryIO | None:
    """Standard input, None where it is closed."""
    return sys.stdin.buffer if sys.stdin is not None else None
