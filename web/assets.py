"""Static files: style sheets and the built client, each under an address that holds its content's hash.

A page names a file (`script("client/deputy.js")`); the tag carries the hash in the address, so that the
file may be cached for ever, and again as `integrity`, so that a browser refuses other bytes.
"""

import gzip
import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

FOLDER = Path(__file__).parent / "static"
CLIENT: Final = ("client/deputy.js", "client/scrutineer.js")
"""Without these built files no hall can vote."""

# Only what is listed here is ever served; an editor's backup file or a source map is not.
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class MissingAsset(Exception):
    """A page names a file that was not built. The message is a sentence for whoever starts the service."""


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    name: str
    body: bytes
    compressed: bytes
    media_type: str
    digest: str
    integrity: str

    @property
    def path(self) -> str:
        """The address, which changes with every byte of the content."""
        return f"/static/{self.digest}/{self.name}"


class Assets:
    """The files of one folder, read once when the process starts."""

    def __init__(self, folder: Path = FOLDER) -> None:
        files = (file for file in sorted(folder.rglob("*")) if file.suffix in MEDIA_TYPES and file.is_file())
        self._by_name = {asset.name: asset for asset in (_read(folder, file) for file in files)}

    def find(self, digest: str, name: str) -> Asset | None:
        """The file of that name if it still has that content."""
        asset = self._by_name.get(name)
        return asset if asset and asset.digest == digest else None

    def require(self, *names: str) -> None:
        """Raise MissingAsset unless all these files are there."""
        for name in names:
            self._named(name)

    def script(self, name: str) -> Markup:
        """The tag that loads a script after the page has been read, e.g. `script("client/deputy.js")`."""
        asset = self._named(name)
        return Markup('<script defer src="{}" integrity="{}"></script>').format(asset.path, asset.integrity)

    def stylesheet(self, name: str) -> Markup:
        """The tag that loads a style sheet, e.g. `stylesheet("piaojue.css")`."""
        asset = self._named(name)
        return Markup('<link rel="stylesheet" href="{}" integrity="{}">').format(asset.path, asset.integrity)

    def address(self, name: str) -> str:
        """Where a script fetches a further one, e.g. `address("hall_worker.js")`."""
        return self._named(name).path

    def scripts(self) -> list[Asset]:
        """Every script that runs in a browser, by name."""
        return [asset for name, asset in sorted(self._by_name.items()) if name.endswith(".js")]

    def client_hashes(self) -> list[tuple[str, str]]:
        """(name, SRI hash) of every script that runs in a browser, by name: what a sceptic compares."""
        return [(one.name, one.integrity) for one in self.scripts()]

    def _named(self, name: str) -> Asset:
        if name not in self._by_name:
            raise MissingAsset(f"缺少页面文件 {name}。请重新安装本程序：安装时会生成它。")
        return self._by_name[name]


@cache
def installed() -> Assets:
    """The files of this installation; a process reads and compresses them once."""
    return Assets()


def _read(folder: Path, file: Path) -> Asset:
    body = file.read_bytes()
    sha = hashlib.sha384(body).digest()
    return Asset(
        name=file.relative_to(folder).as_posix(),
        body=body,
        compressed=gzip.compress(body, 9, mtime=0),
        media_type=MEDIA_TYPES[file.suffix],
        digest=sha.hex()[:16],
        integrity="sha384-" + b64encode(sha).decode(),
    )
