"""The commands that keep an installation: typed as the office types them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voting.preserving.locked_file import new_key
from voting.store import Store
from web import cli
from web.doctor import Finding, examine


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that `init` has made, in a folder of its own."""
    for name in [one for one in os.environ if one.startswith("PIAOJUE_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "piaojue.toml"
    file.write_text(
        f'database = "sqlite:///{tmp_path / "piaojue.db"}"\nsigning_key = "{tmp_path / "signing.key"}"\n',
        encoding="utf-8",
    )
    assert run("init", "示例县人民代表大会", "--settings", str(file))[0] == 0
    return file


def run(*arguments: str) -> tuple[int, str]:
    """(exit code, what was printed)."""
    found = CliRunner().invoke(cli.app, list(arguments))
    return found.exit_code, found.output


def states(findings: Sequence[Finding]) -> dict[str, str]:
    return {one.about: one.state for one in findings}


def test_what_was_backed_up_is_restored_somewhere_else(settings: Path, tmp_path: Path) -> None:
    private = tmp_path / "backup.key"
    code, said = run("backup-key", str(private))
    assert (code, stat.S_IMODE(private.stat().st_mode)) == (0, 0o600)
    public = said.split("备份公钥：")[1].split()[0]
    file = tmp_path / "first.piaojue"
    code, said = run("backup", str(file), "--key", public, "--settings", str(settings))
    assert code == 0, said
    assert "示例县人民代表大会" in said
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(settings.read_text().replace(str(tmp_path), str(tmp_path / "new")))
    (tmp_path / "new").mkdir()
    code, said = run("restore", str(file), "--key", str(private), "--settings", str(elsewhere))
    assert code == 0, said
    assert (tmp_path / "new" / "signing.key").read_bytes() == (tmp_path / "signing.key").read_bytes()
    with Store.open(f"sqlite:///{tmp_path / 'new' / 'piaojue.db'}") as store, store.read() as tx:
        assert [one.name for one in tx.sessions.congresses()] == ["示例县人民代表大会"]


def test_a_key_never_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / "backup.key"
    file.write_text("kept")
    with pytest.raises(SystemExit) as ended:
        cli.main(["backup-key", str(file)])
    assert ended.value.code == 1
    assert file.read_text() == "kept"


@pytest.mark.parametrize("room", [100_000, 1_500_000], ids=["for a part of it", "for all but the end"])
def test_a_disk_that_fills_leaves_no_half_backup(settings: Path, tmp_path: Path, room: int) -> None:
    """No file of this process may grow beyond its room, as on a full disk."""
    _, public = new_key()
    file = tmp_path / "backups" / "full.piaojue"
    file.parent.mkdir()
    with Store.open(f"sqlite:///{tmp_path / 'piaojue.db'}") as store, store.write() as tx:
        congress = tx.sessions.congresses()[0].id
        tx.rounds._connection.exec_driver_sql(
            "INSERT INTO setting VALUES (?, 'ballast', ?)", (congress, b"x" * 1_000_000)
        )
    asked = ["backup", str(file), "--key", public, "--settings", str(settings)]
    done = subprocess.run(
        ["prlimit", f"--fsize={room}", sys.executable, "-m", "web", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "请检查" in done.stderr
    assert list(file.parent.iterdir()) == []


def test_a_sound_installation_is_called_sound(settings: Path, tmp_path: Path) -> None:
    _, public = new_key()
    run("backup", str(tmp_path / "a.piaojue"), "--key", public, "--settings", str(settings))
    found = states(examine({}, settings, tmp_path, datetime.now(UTC)))
    wrong = {about for about, state in found.items() if state == "wrong"}
    assert wrong == set()
    assert {found[about] for about in ("设置", "签名密钥", "数据库", "中文字体", "备份")} == {"sound"}


def test_what_is_wrong_is_said_with_what_to_do(settings: Path, tmp_path: Path) -> None:
    (tmp_path / "signing.key").chmod(0o644)
    (tmp_path / "piaojue.db").unlink()
    findings = examine({}, settings, tmp_path, datetime.now(UTC))
    found = states(findings)
    assert (found["签名密钥"], found["数据库"], found["备份"]) == ("wrong", "wrong", "wrong")
    assert all("请" in one.sentence for one in findings if one.state == "wrong")
    code, said = run("doctor", "--settings", str(settings), "--backups", str(tmp_path))
    assert code == 1
    assert "chmod 600" in said


def test_an_old_backup_is_doubtful(settings: Path, tmp_path: Path) -> None:
    _, public = new_key()
    run("backup", str(tmp_path / "a.piaojue"), "--key", public, "--settings", str(settings))
    later = datetime.now(UTC) + timedelta(days=3)
    assert states(examine({}, settings, tmp_path, later))["备份"] == "doubtful"


def test_a_log_that_somebody_changed_is_found(settings: Path, tmp_path: Path) -> None:
    run("invite", "小刘", "--settings", str(settings))
    run("audit", "--settings", str(settings))
    with Store.open(f"sqlite:///{tmp_path / 'piaojue.db'}") as store, store.write() as tx:
        tx.rounds._connection.exec_driver_sql("UPDATE audit SET name = '别人'")
    found = states(examine({}, settings, None, datetime.now(UTC)))
    assert found["示例县人民代表大会的操作日志"] == "wrong"


def test_settings_that_cannot_be_read_are_the_first_thing_to_repair(tmp_path: Path) -> None:
    (finding,) = examine({}, tmp_path / "none.toml", None, datetime.now(UTC))
    assert (finding.about, finding.state) == ("设置", "wrong")
