"""Promises of voting/preserving: what a backup holds comes back whole, from either database into either, to
nobody but the holder of the key, and never over anything that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from ballots.ballot import tracker_of
from tests.audited import verified
from tests.county import County
from tests.people import Hall
from tests.refusals import dump
from tests.stores import opened
from voting import audit, closing, publishing
from voting.errors import VotingError
from voting.handing_out import replacing
from voting.preserving import locked_file
from voting.preserving.backing_up import BackupExists, back_up
from voting.preserving.locked_file import BackupDamaged, BadBackupKey, WrongBackupKey, new_key
from voting.preserving.restoring import MadeByNewer, Occupied, Restored, restore
from voting.signing import Signer
from voting.store import Store
from voting.store.tables import metadata

PRIVATE, PUBLIC = new_key()


@pytest.fixture
def empty_place(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of a database of the other kind that is not there yet, or has not a table."""
    if database_url.startswith("postgres"):
        return f"sqlite:///{tmp_path / 'restored.db'}"
    found: str = request.getfixturevalue("bare_postgres_url")
    return found


@contextmanager
def holding(hall: Hall, store: Store) -> Iterator[None]:
    """The same hall over another store."""
    before, hall.store = hall.store, store
    yield
    hall.store = before


def saved(hall: Hall, database: str, folder: Path) -> Path:
    file = folder / "backup.piaojue"
    back_up(database, hall.key_file, file, PUBLIC, hall.now())
    return file


def restored(file: Path, to: str, folder: Path) -> Restored:
    return restore(file, PRIVATE, to, folder / "restored.key")


def contents(store: Store) -> dict[str, list[Row[Any]]]:
    """All rows as the program reads them: the two databases write times differently."""
    with store.read() as tx:
        connection = tx.rounds._connection
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in metadata.sorted_tables
        }


def test_everything_comes_back_in_the_other_kind_of_database(
    anywhere: Hall, database_url: str, empty_place: str, tmp_path: Path
) -> None:
    County(anywhere.store)
    anywhere.reach("open")
    anywhere.cast(0, 1, 2)
    anywhere.reach("announced")
    audit.chain_all(anywhere.store)
    file = saved(anywhere, database_url, tmp_path)
    found = restored(file, empty_place, tmp_path)
    assert found.faults == ()
    assert [one.fault for one in found.rounds] == [""]
    with opened(empty_place) as store:
        assert contents(store) == contents(anywhere.store)
    assert Signer.load(tmp_path / "restored.key").public_hex == anywhere.signer.public_hex


def test_a_vote_goes_on_from_a_backup_that_was_made_in_its_middle(
    anywhere: Hall, database_url: str, empty_place: str, tmp_path: Path
) -> None:
    anywhere.reach("open")
    first = anywhere.ballot(0, 1)
    anywhere.hand_in(first)
    file = saved(anywhere, database_url, tmp_path)
    restored(file, empty_place, tmp_path)
    with Store.open(empty_place) as store, holding(anywhere, store):
        anywhere.cast(1, 2)
        closing.close_round(store, anywhere.staff, anywhere.round.id, anywhere.now())
        anywhere.reach("announced")
        archive = publishing.archive(store, anywhere.staff, anywhere.round.id)
        assert verified(archive, trackers=[tracker_of(first)]).ballots == 2


def test_backing_up_disturbs_nobody_who_votes(anywhere: Hall, database_url: str, tmp_path: Path) -> None:
    anywhere.reach("open")
    before = dump(anywhere.store)
    with anywhere.store.write() as tx:
        tx.rounds.lock(anywhere.staff, anywhere.round.id)
        saved(anywhere, database_url, tmp_path)
    assert dump(anywhere.store) == before


def test_without_the_private_key_nothing_can_be_read(hall: Hall, sqlite_url: str, tmp_path: Path) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    file = saved(hall, sqlite_url, tmp_path)
    raw = file.read_bytes()
    assert b"SQLite format 3" not in raw
    assert hall.congress.name.encode() not in raw
    with pytest.raises(WrongBackupKey):
        restore(file, new_key()[0], f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other.key")
    assert not (tmp_path / "other.db").exists()
    assert not (tmp_path / "other.key").exists()


def cut(raw: bytes) -> bytes:
    return raw[:-30]


def one_bit(raw: bytes) -> bytes:
    return raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :]


def without_a_piece(raw: bytes) -> bytes:
    """The second chunk left out, all the others whole."""
    start = len(locked_file.MAGIC) + 80 + 24
    first = int.from_bytes(raw[start : start + 4]) + 4
    second = start + first
    length = int.from_bytes(raw[second : second + 4]) + 4
    return raw[:second] + raw[second + length :]


def with_a_tail(raw: bytes) -> bytes:
    return raw + b"\0"


def something_else(_: bytes) -> bytes:
    return b"PK\x03\x04 a zip file"


@pytest.mark.parametrize("damage", [cut, one_bit, without_a_piece, with_a_tail, something_else])
def test_a_damaged_backup_restores_nothing(
    hall: Hall, sqlite_url: str, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = saved(hall, sqlite_url, tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(BackupDamaged) as caught:
        restored(file, f"sqlite:///{tmp_path / 'restored.db'}", tmp_path)
    assert "没有恢复任何内容" in caught.value.sentence
    assert sorted(one.name for one in tmp_path.iterdir() if "restored" in one.name) == []


def test_nothing_is_written_over(hall: Hall, sqlite_url: str, tmp_path: Path) -> None:
    file = saved(hall, sqlite_url, tmp_path)
    before = file.read_bytes()
    with pytest.raises(BackupExists):
        saved(hall, sqlite_url, tmp_path)
    assert file.read_bytes() == before
    held = dump(hall.store)
    with pytest.raises(Occupied):
        restore(file, PRIVATE, sqlite_url, tmp_path / "restored.key")
    assert dump(hall.store) == held
    with pytest.raises(Occupied):
        restore(file, PRIVATE, f"sqlite:///{tmp_path / 'restored.db'}", hall.key_file)
    assert not (tmp_path / "restored.db").exists()


def test_what_contradicts_itself_is_said(hall: Hall, sqlite_url: str, tmp_path: Path) -> None:
    """The office sees it, and has everything that is left."""
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("announced")
    other = f"sqlite:///{tmp_path / 'tampered.db'}"
    restored(saved(hall, sqlite_url, tmp_path), other, tmp_path)
    with Store.open(other) as store, store.write() as tx:
        tx.rounds._connection.exec_driver_sql("UPDATE ballot SET body = CAST(body || ' ' AS BLOB)")
    back_up(other, hall.key_file, tmp_path / "second", PUBLIC, hall.now())
    found = restore(
        tmp_path / "second", PRIVATE, f"sqlite:///{tmp_path / 'again.db'}", tmp_path / "again.key"
    )
    (one,) = found.rounds
    assert one.fault


def test_a_backup_of_a_later_program_is_refused(
    hall: Hall, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voting.preserving.backing_up.HEAD", "9999")
    file = saved(hall, sqlite_url, tmp_path)
    with pytest.raises(MadeByNewer):
        restored(file, f"sqlite:///{tmp_path / 'restored.db'}", tmp_path)


@pytest.mark.parametrize("text", ["", "00", "z" * 64, "0" * 63])
def test_what_is_no_key_is_refused_before_anything_is_done(
    hall: Hall, sqlite_url: str, tmp_path: Path, text: str
) -> None:
    with pytest.raises(BadBackupKey):
        back_up(sqlite_url, hall.key_file, tmp_path / "backup", text, hall.now())
    assert not (tmp_path / "backup").exists()


def test_every_sentence_is_chinese_and_says_what_to_do() -> None:
    kinds: tuple[type[VotingError], ...] = (
        BackupDamaged, BackupExists, BadBackupKey, MadeByNewer, Occupied, WrongBackupKey,
    )  # fmt: skip
    assert all("请" in kind.sentence for kind in kinds)


def test_declared_dead_cards_come_back_dead(hall: Hall, sqlite_url: str, tmp_path: Path) -> None:
    hall.reach("open")
    dead = hall.cards.public[hall.uuid()][0]
    replacing.declare_dead(hall.store, hall.staff, hall.round.id, dead, hall.now())
    restored(saved(hall, sqlite_url, tmp_path), f"sqlite:///{tmp_path / 'restored.db'}", tmp_path)
    with Store.open(f"sqlite:///{tmp_path / 'restored.db'}") as store, store.read() as tx:
        assert tx.cards.dead(hall.staff, hall.round.id) == (dead,)
