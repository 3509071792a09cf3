"""A clerk at a terminal: types commands of `piaojue` and reads what comes back."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from web.cli import main
from web.settings import PREFIX


class Said(NamedTuple):
    """Exit code and both streams."""

    code: object
    out: str
    err: str


class Clerk:
    """Types commands in a folder that holds nothing else."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._capsys = folder, capsys
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(folder)

    def types(self, *words: str) -> Said:
        with patch.dict(os.environ), pytest.raises(SystemExit) as ended:
            main(words)
        return Said(ended.value.code, *self._capsys.readouterr())

    def gets(self, *words: str) -> str:
        """The output of a command that succeeds."""
        code, out, err = self.types(*words)
        assert (code, err) == (0, "")
        return out

    def is_refused(self, *words: str) -> str:
        """The one sentence; nothing was printed besides and nothing in the folder has changed."""
        before = self.state()
        code, out, err = self.types(*words)
        assert (code, out) == (1, "")
        assert "。" in err
        assert err.index("\n") == len(err) - 1
        assert self.state() == before
        return err

    def state(self) -> dict[str, str]:
        files = (file for file in self.folder.rglob("*") if not file.name.endswith(("-wal", "-shm")))
        return {
            str(file.relative_to(self.folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            if file.is_file()
            else "folder"
            for file in files
        }
