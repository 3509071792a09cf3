"""Tar files of our own, put into a folder; Debian 12's Python (3.11.2) does not know the filters yet."""

from __future__ import annotations

import tarfile
from pathlib import Path


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """All of it, and where Python can, nothing that lies elsewhere."""
    if hasattr(tarfile, "data_filter"):
        archive.extraction_filter = tarfile.data_filter
    archive.extractall(folder)  # noqa: S202 - an archive that this project made
