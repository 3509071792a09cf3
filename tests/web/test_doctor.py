"""Promises of `piaojue doctor`: whatever would fail in front of the deputies is found, and said with what to
do about it. What a sound installation looks like: see test_upkeep."""

from __future__ import annotations

import sys
from collections import namedtuple
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.people import Hall
from tests.stores import opened
from voting.preserving.locked_file import MAGIC
from web import doctor
from web.assets import MissingAsset
from web.certificates import self_signed, valid_until
from web.doctor import Finding, examine

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def hall(sqlite_url: str, tmp_path: Path) -> Iterator[Hall]:
    with opened(sqlite_url) as store:
        yield Hall(store, tmp_path)


class Place:
    """An installation over the hall's database, with settings that a test changes."""

    def __init__(self, hall: Hall, url: str) -> None:
        self.hall = hall
        self.environ = {"PIAOJUE_DATABASE": url, "PIAOJUE_SIGNING_KEY": str(hall.key_file)}

    def found(self, about: str, now: datetime | None = None, **more: Any) -> Finding:
        backups = more.pop("backups", None)
        findings = examine(self.environ, None, backups, now or datetime.now(UTC), **more)
        (one,) = [finding for finding in findings if finding.about == about]
        assert one.state == "sound" or "请" in one.sentence
        return one


@pytest.fixture
def place(hall: Hall, sqlite_url: str) -> Place:
    return Place(hall, sqlite_url)


def test_an_address_without_https_is_for_this_machine_only(place: Place) -> None:
    assert place.found("网址").state == "doubtful"


def test_missing_scripts_are_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingAsset("缺少页面文件 client/deputy.js。")

    monkeypatch.setattr(doctor, "Assets", missing)
    assert place.found("页面脚本").state == "wrong"


def test_missing_fonts_are_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    assert place.found("中文字体").state == "wrong"


def test_a_disk_that_fills_is_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(2**40, 2**40 - 2**30, 2**30))
    found = place.found("磁盘")
    assert (found.state, "1.0 GB" in found.sentence) == ("doubtful", True)


def test_a_file_that_only_has_the_name_of_a_backup_is_none(place: Place, tmp_path: Path) -> None:
    (tmp_path / "empty.piaojue").touch()
    assert place.found("备份", backups=tmp_path).state == "wrong"
    (tmp_path / "real.piaojue").write_bytes(MAGIC)
    place.environ["PIAOJUE_BACKUPS"] = str(tmp_path)
    assert place.found("备份").state == "sound"


def with_certificate(place: Place, folder: Path) -> datetime:
    """The service shows an own certificate; the day it was made."""
    pair = self_signed(folder, "127.0.0.1", datetime.now(UTC))
    place.environ |= {
        "PIAOJUE_URL": "https://127.0.0.1",
        "PIAOJUE_TLS_CERT": str(pair.certificate),
        "PIAOJUE_TLS_KEY": str(pair.key),
    }
    return datetime.now(UTC)


def test_the_dates_of_the_certificate_are_looked_at(place: Place, tmp_path: Path) -> None:
    today = with_certificate(place, tmp_path)
    end = valid_until(Path(place.environ["PIAOJUE_TLS_CERT"]))
    days = {"sound": today, "doubtful": end - timedelta(days=9), "wrong": end}
    assert {place.found("证书", moment).state: moment for moment in days.values()} == days
    assert place.found("证书", today - timedelta(days=30)).state == "wrong"


def test_a_certificate_for_another_host_is_found(place: Place, tmp_path: Path) -> None:
    with_certificate(place, tmp_path)
    place.environ["PIAOJUE_URL"] = "https://rd.example.gov.cn"
    assert place.found("证书").state == "wrong"


def test_the_certificate_of_a_proxy_is_looked_at_when_its_file_is_named(place: Place, tmp_path: Path) -> None:
    pair = self_signed(tmp_path, "rd.example.gov.cn", datetime.now(UTC))
    place.environ["PIAOJUE_URL"] = "https://rd.example.gov.cn"
    assert place.found("证书").state == "doubtful"
    assert place.found("证书", certificate=pair.certificate).state == "sound"
    later = datetime.now(UTC) + timedelta(days=800)
    assert place.found("证书", later, certificate=pair.certificate).state == "wrong"


@pytest.mark.parametrize(("kept", "state"), [(True, "sound"), (False, "doubtful"), (None, "doubtful")])
def test_a_clock_that_nobody_keeps_is_found(
    place: Place, monkeypatch: pytest.MonkeyPatch, kept: bool | None, state: str
) -> None:
    monkeypatch.setattr(doctor, "kept_by_the_network", lambda: kept)
    assert place.found("时钟").state == state


def test_a_step_in_the_future_tells_of_a_clock_that_was_wrong(place: Place) -> None:
    place.hall.reach("open")
    before = place.hall.round.drafted_at - timedelta(days=1)
    assert place.found("示例县人民代表大会的时钟", before).state == "wrong"


def test_a_database_server_with_another_time_is_found(postgres_url: str, tmp_path: Path) -> None:
    with opened(postgres_url) as store:
        place = Place(Hall(store, tmp_path), postgres_url)
    now = datetime.now(UTC)
    assert place.found("数据库服务器的时钟", now).state == "sound"
    assert place.found("数据库服务器的时钟", now + timedelta(hours=1)).state == "wrong"


def test_an_unprotected_line_to_a_database_on_another_machine_is_found() -> None:
    def state(url: str) -> str:
        return "".join(one.state for one in doctor._line(url))

    far = "postgresql://piaojue@/piaojue?host=10.0.0.21:5432&host=10.0.0.22:5432"
    assert (state(far), state(f"{far}&sslmode=require")) == ("wrong", "wrong")
    assert (state(f"{far}&sslmode=verify-full"), state("postgresql://u@db.example/x")) == ("sound", "wrong")
    near = ("sqlite:///a.db", "postgresql:///x", "postgresql://u@127.0.0.1/x", "postgresql:///x?host=/run/pg")
    assert [state(one) for one in near] == ["", "", "", ""]


def test_missing_columns_are_found(place: Place) -> None:
    with place.hall.store.write() as tx:
        tx.rounds._connection.exec_driver_sql("ALTER TABLE incident RENAME COLUMN answer TO lost")
    found = place.found("数据库")
    assert (found.state, "incident" in found.sentence) == ("wrong", True)


def test_a_running_round_that_was_sealed_under_another_key_is_found(place: Place, tmp_path: Path) -> None:
    place.hall.reach("open")
    (tmp_path / "elsewhere").mkdir()
    with opened(place.environ["PIAOJUE_DATABASE"]) as store:
        other = Hall(store, tmp_path / "elsewhere", name="another key")
    place.environ["PIAOJUE_SIGNING_KEY"] = str(other.key_file)
    assert place.found(place.hall.round.title).state == "wrong"
