"""Half a file is never taken for a whole one, nor found under the name of one."""

from __future__ import annotations

import os
import resource
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from ballots.__main__ import main as verify_command
from tests.people import Hall
from tests.simulator import Simulator
from tests.stores import opened
from voting.preserving.backing_up import back_up
from voting.preserving.locked_file import BackupDamaged, new_key
from voting.preserving.restoring import restore
from voting.store import Store
from web.whole_file import put


@pytest.fixture(scope="module")
def archive() -> bytes:
    return Simulator().archive()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Store]:
    with opened(sqlite_url) as store:
        yield store


def killed_when_the_file_is_half_written(length: int, write: Callable[[], object]) -> None:
    """In a fork, which the system kills at the first byte beyond half of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # nothing else runs in the fork
        pid = os.fork()
    if not pid:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (length // 2, length // 2))
            write()
        except BaseException:  # noqa: BLE001 - a fork of the tests must never return to them
            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGXFSZ


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.5, 0.8, 0.999])
def test_the_verifier_says_plainly_that_half_an_archive_is_none(
    archive: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: float
) -> None:
    file = tmp_path / "half.bel"
    file.write_bytes(archive[: int(len(archive) * part)])
    assert verify_command(["verify", str(file), "--workers", "1"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("结论：不予认可。第")
    assert said.err == ""


def test_who_is_killed_while_writing_leaves_no_half_file_under_its_name(
    archive: bytes, tmp_path: Path
) -> None:
    new, old = tmp_path / "new.bel", tmp_path / "old.bel"
    old.write_bytes(b"whole")
    for file in (new, old):
        killed_when_the_file_is_half_written(len(archive), partial(put, file, archive))
    assert not new.exists()
    assert old.read_bytes() == b"whole"


def test_a_disk_that_is_full_leaves_nothing_behind(archive: bytes, tmp_path: Path) -> None:
    def full() -> None:
        """Python hears of it as an error, unless it asks to be killed."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with pytest.raises(OSError, match="too large"):
            put(tmp_path / "new.bel", archive)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGXFSZ)

    killed_when_the_file_is_half_written(len(archive), full)
    assert [*tmp_path.iterdir()] == []


def test_a_written_file_can_be_read_by_whom_other_files_can_be_read(archive: bytes, tmp_path: Path) -> None:
    put(tmp_path / "whole.bel", archive)
    (tmp_path / "other").write_bytes(b"")
    assert (tmp_path / "whole.bel").read_bytes() == archive
    assert (tmp_path / "whole.bel").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_backup_that_was_killed_is_not_there_and_half_of_one_is_refused(
    sqlite: Store, sqlite_url: str, tmp_path: Path
) -> None:
    hall = Hall(sqlite, tmp_path)
    private, public = new_key()
    whole, half = tmp_path / "whole.piaojue", tmp_path / "half.piaojue"

    def write(file: Path) -> None:
        back_up(sqlite_url, hall.key_file, file, public, datetime.now(UTC))

    write(whole)
    sqlite.close()
    killed_when_the_file_is_half_written(whole.stat().st_size, lambda: write(half))
    assert not half.exists()
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(BackupDamaged):
        restore(half, private, f"sqlite:///{tmp_path / 'restored.db'}", tmp_path / "restored.key")
    assert not (tmp_path / "restored.db").exists()
