"""A file that is there whole or not at all, whatever happens while it is written."""

import os
import tempfile
from pathlib import Path


def put(file: Path, body: bytes) -> None:
    """Write it, in place of a former one, or leave everything as it was. Raises OSError.

    It is written beside and then takes the name: half a record under the name of a whole one would make a
    reader doubt the vote.
    """
    descriptor, beside = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(body)
            target.flush()
            os.fsync(target.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink()
        raise
