"""`verify.pyz`: the installed package `ballots` as one file that a stranger runs with Python.

Made deterministically: the same version gives the same bytes on every server, so that its hash can be
compared. It needs msgspec and PyNaCl beside it, nothing of ours, no database and no network.
"""

import io
import zipfile
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_SHEBANG = b"#!/usr/bin/env python3\n"
_MAIN = b"""from ballots.__main__ import main

if __name__ == "__main__":
    raise SystemExit(main())
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@cache
def verify_pyz() -> bytes:
    """The bytes of the file; put together once per process."""
    buffer = io.BytesIO(_SHEBANG)
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "__main__.py", _MAIN)
        for module in sorted(_modules(), key=lambda found: found.name):
            _put(archive, f"ballots/{module.name}", module.read_bytes())
    return buffer.getvalue()


def _modules() -> list[Traversable]:
    return [found for found in files("ballots").iterdir() if found.name.endswith(".py")]


def _put(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, body)
