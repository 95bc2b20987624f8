"""The config.yaml and the store that a command works with. Neither need be there before it is needed."""

from __future__ import annotations

import os
import stat
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.errors import InputError
from monitor.model.rules import shortened

if TYPE_CHECKING:
    from monitor.model.page import Config, Page, Timestamps
    from monitor.store.folder import Store


class Project:
    """`config` is the file, `store` the folder of the snapshots, by default the config's or `snapshots` beside it.

    `reports` is the folder of the reports, by default the config's. A config that is not there is an empty one, unless
    `is_needed`.
    """

    def __init__(
        self, config: str, store: str | None = None, reports: str | None = None, *, is_needed: bool = False
    ) -> None:
        self._file, self._folder, self._reports, self._is_needed = config, store, reports, is_needed

    @cached_property
    def config(self) -> Config:
        """What config.yaml says. Raises InputError where it cannot be read, ConfigError where it is wrong."""
        if not self._is_needed and not os.path.lexists(self._file):
            from monitor.model.page import Config  # noqa: PLC0415  a comparison of files needs none

            return Config(source=self._file)
        from monitor.config import load  # noqa: PLC0415  only what is configured pays for what checks it

        return load(self._file)

    @cached_property
    def store(self) -> Store:
        """The store; a relative folder that the config names is beside the config.

        Raises InputError where there is something else in its place; nothing may be there yet.
        """
        from monitor.store.folder import Store  # noqa: PLC0415  a comparison of files needs none

        folder = self._folder
        if folder is None:
            folder = os.path.join(self.folder, self.config.store)
        _check_place(folder)
        return Store(folder)

    @property
    def file(self) -> str:
        """The name of the config, which need not be there."""
        return self._file

    @property
    def folder(self) -> str:
        """The folder of the config, beside which lie the files and folders that it names."""
        return os.path.dirname(self._file)

    @property
    def reports(self) -> str:
        """The folder of the reports."""
        return os.path.join(self.folder, self.config.reports) if self._reports is None else self._reports

    @property
    def timestamps(self) -> Timestamps:
        """Who signs the ledger, where the config says so; a relative file that it names is beside the config."""
        told = self.config.timestamps
        file = told.ca_file and os.path.join(self.folder, told.ca_file)
        return told._replace(ca_file=file)

    @property
    def textfile(self) -> str | None:
        """The file for Prometheus' node exporter, where the config names one; a relative one is beside the config."""
        told = self.config.metrics
        return told and told.textfile and os.path.join(self.folder, told.textfile)

    def page(self, id: str) -> Page | None:  # noqa: A002  the word of config.yaml
        """The page of that id, where the config has one."""
        return next((page for page in self.config.pages if page.id == id), None)

    def page_or_bare(self, id: str) -> Page:  # noqa: A002  the word of config.yaml
        """The page of that id; one without rules where the config does not have it."""
        from monitor.model.page import Page  # noqa: PLC0415  a comparison of files needs none

        return self.page(id) or Page(id=id)

    def only_page(self) -> str:
        """The id of the one page that is watched. Raises InputError where there are several, or none."""
        ids = [page.id for page in self.config.pages] or self.store.pages()
        if len(ids) == 1:
            return ids[0]
        what = f"{len(ids)} pages are watched" if ids else "no page is watched"
        raise InputError(f"A date alone names no capture, since {what}", "write PAGE@DATE, e.g. rusemb-uk@2020-07-04")


def _check_place(folder: str) -> None:
    try:
        if stat.S_ISDIR(os.stat(folder).st_mode):
            return
        reason = "it is no folder"
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "that is no name for a file"
    raise InputError(f"There can be no store in {shortened(folder)!r}: {reason}", "name it with --store FOLDER")
