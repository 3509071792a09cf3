"""belenios-tool, the independent program that must accept every archive we make.

Two commands are needed. `election verify` of 3.0 to 3.3.0 may drop the outcome of its checks of the ballots,
so ballots also go through `election verify-ballot`, against an archive that ends with the Setup event.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

_BLOCK: Final = 512


class Refused(AssertionError):
    """belenios-tool does not accept it; the message is what it said."""


class BeleniosTool:
    """The installed program at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def verify(self, archive: Path) -> None:
        """`election verify` on a whole archive named UUID.bel; raises Refused."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(archive, folder)
            self._run("election", "verify", f"--dir={folder}")

    @contextmanager
    def verifying(self, archive: Path) -> Iterator[list[str]]:
        """The command of `election verify` on an archive of whatever name."""
        uuid = _uuid(list(_records(archive.read_bytes())))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, f"{uuid}.bel").symlink_to(archive.absolute())
            yield [str(self.path), "election", "verify", f"--dir={folder}"]

    def verify_ballots(self, archive: bytes) -> int:
        """`election verify-ballot` on each ballot of an archive; how many there were. Raises Refused."""
        records = list(_records(archive))
        uuid = _uuid(records)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, f"{uuid}.bel").write_bytes(archive[: _setup(records).end])
            ballots = list(_ballots(records))
            for ballot in ballots:
                self._verify_ballot(Path(folder), ballot)
        return len(ballots)

    def accept(self, archive: bytes, known: Path) -> None:
        """`verify`, and `verify-ballot` on each ballot, unless `known` (a folder) holds that it was accepted
        before: tests with the same seed leave the same ones."""
        records = list(_records(archive))
        with tempfile.TemporaryDirectory() as folder:
            named = Path(folder, f"{_uuid(records)}.bel")
            named.write_bytes(archive)
            if _is_new(known, archive):
                self._run("election", "verify", f"--dir={folder}")
            named.write_bytes(archive[: _setup(records).end])
            for ballot in _ballots(records):
                if _is_new(known, ballot):
                    self._verify_ballot(Path(folder), ballot)
                _remember(known, ballot)
        _remember(known, archive)

    def public_credential(self, uuid: str, credential: str) -> str:
        """The public credential (64 hex) that belenios-tool derives from a secret one for this election."""
        derive = ["--group=Ed25519", f"--uuid={uuid}", f"--derive={credential}"]
        return self._run("setup", "generate-credentials", *derive).strip()

    def _verify_ballot(self, folder: Path, ballot: bytes) -> None:
        file = folder / "ballot.json"
        file.write_bytes(ballot)
        self._run("election", "verify-ballot", f"--dir={folder}", f"--ballot={file}")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"{' '.join(arguments[:2])}: {done.stderr.strip()[:300]}")
        return done.stdout


class _Record(NamedTuple):
    """One record of a .bel archive and the offset where it ends."""

    name: str
    body: bytes
    end: int

    @property
    def event(self) -> dict[str, Any]:
        """The event in the record; empty when the record holds data."""
        found: dict[str, Any] = json.loads(self.body) if self.name.endswith(".event.json") else {}
        return found


def _is_new(known: Path, body: bytes) -> bool:
    return not (known / sha256(body).hexdigest()).exists()


def _remember(known: Path, body: bytes) -> None:
    (known / sha256(body).hexdigest()).touch()


# Read here once more, in ten lines: the judge of `ballots` must not lean on the code of `ballots`.
def _records(archive: bytes) -> Iterator[_Record]:
    offset = 0
    while offset < len(archive):
        header = archive[offset : offset + _BLOCK]
        size = int(header[124:135], 8)
        start = offset + _BLOCK
        offset = start + -(-size // _BLOCK) * _BLOCK
        yield _Record(header[:100].rstrip(b"\0").decode(), archive[start : start + size], offset)


def _setup(records: list[_Record]) -> _Record:
    return next(record for record in records if record.event.get("type") == "Setup")


def _uuid(records: list[_Record]) -> str:
    data = _data(records)
    setup = json.loads(data[_setup(records).event["payload"]])
    uuid: str = json.loads(data[setup["election"]])["uuid"]
    return uuid


def _ballots(records: list[_Record]) -> Iterator[bytes]:
    data = _data(records)
    yield from (data[record.event["payload"]] for record in records if record.event.get("type") == "Ballot")


def _data(records: list[_Record]) -> dict[str, bytes]:
    return {
        sha256(record.body).hexdigest(): record.body
        for record in records
        if record.name.endswith(".data.json")
    }
