"""A fresh installation as a clerk makes it: `piaojue init`, then `piaojue serve` with a worker per core."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import httpx

from tests.web.hall_fixture import Service
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.server import free_port, serving
from web.settings import PREFIX, Settings

CONGRESS: Final = "示例县人民代表大会"
PATIENCE_S: Final = 60.0


class Installation(NamedTuple):
    """A running service with one congress; `staff_link` is the first way in.

    `store` and `signer` are the same database and key, beside the server: for what has no page.
    """

    settings: Settings
    staff_link: str
    store: Store
    signer: Signer
    process: int

    @property
    def url(self) -> str:
        return self.settings.url

    def service(self) -> Service:
        """For halls whose people act by functions."""
        return Service(self.url, self.store, self.signer)

    def log(self) -> str:
        """What the server has written since it was started, except that it was, and whom it turned away."""
        lines = Path(f"/proc/{self.process}/fd/2").read_text(encoding="utf-8").splitlines(keepends=True)
        return "".join(line for line in lines if not _EXPECTED.search(line))


_EXPECTED: Final = re.compile(r'"event": "(serving|refused|login)"')


@contextmanager
def installed(folder: Path, database: str) -> Iterator[Installation]:
    """Install into `folder` and an empty or migrated database, and serve."""
    port, key = free_port(), folder / "signing.key"
    settings = Settings(
        url=f"http://127.0.0.1:{port}", port=port, workers=2, database=database, signing_key=str(key)
    )
    staff_link = _init(settings)
    with serving(settings) as process, Store.open(database) as store:
        httpx.get(settings.url, timeout=PATIENCE_S)  # the port is open before a worker is ready
        yield Installation(settings, staff_link, store, Signer.load(key), process)


def _init(settings: Settings) -> str:
    """The link that the command prints last."""
    environment = {
        f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in settings.__struct_fields__
    }
    done = subprocess.run(
        [sys.executable, "-m", "web", "init", CONGRESS],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()[-1]
