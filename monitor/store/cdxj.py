"""The files of captures → an index of their records: sorted CDXJ in gzip blocks, and where each block begins.

The lines are made by the library of those who wrote the format, so that other players find what they look for.
"""

from __future__ import annotations

import io

from monitor.errors import InputError, how_to_install

INDEX, BLOCKS = "index.cdx.gz", "index.idx"


class Index:
    """The lines of the records so far. Raises InputError where the extra is not installed."""

    def __init__(self) -> None:
        try:
            from cdxj_indexer.main import CDXJIndexer  # noqa: PLC0415  an extra, and half a second
        except ModuleNotFoundError:
            raise InputError(
                "An export needs an index, and what makes it is missing", how_to_install("evidence")
            ) from None
        self._indexer = CDXJIndexer(None, [])
        self._lines = io.StringIO()

    def add(self, content: bytes, name: str) -> None:
        """Take in the records of a file that stands in the package under that name."""
        self._indexer.process_one(io.BytesIO(content), self._lines, name)

    def files(self) -> dict[str, bytes]:
        """The files of the index, by their names."""
        from cdxj_indexer.main import CompressedWriter  # noqa: PLC0415  the extra is there by now

        data, blocks = io.BytesIO(), io.StringIO()
        writer = CompressedWriter(blocks, data, data_out_name=INDEX, digest_records=True)
        for line in sorted(self._lines.getvalue().splitlines(keepends=True)):
            writer.write(line)
        if writer.block:
            writer.flush()
        return {INDEX: data.getvalue(), BLOCKS: blocks.getvalue().encode()}
