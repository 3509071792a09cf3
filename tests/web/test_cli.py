"""What people type: commands that do what they say, and one sentence for whatever is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from tests import parts
from tests.people import GRADES, SELECT, STANCES
from tests.sources import project_files
from tests.web.clerk import Clerk
from voting.accounts.accepting import accept_with_new_account
from voting.accounts.logging_in import log_in
from voting.accounts.logins import AccountDisabled
from voting.rules import RoundRules, encode_rules
from voting.store import Store
from web.assets import FOLDER
from web.cli import now
from web.rehearsal.server import free_port
from web.settings import PREFIX

CARDS: Final = ("--session", "第十九届第五次会议", "--congress", "示例县人民代表大会")
ADDRESS: Final = "https://rd.example.gov.cn/v/AbCdEfGh"
COMMANDS: Final = (
    "serve",
    "migrate",
    "init",
    "link",
    "invite",
    "disable",
    "remind",
    "cards",
    "verify",
    "outcome",
    "demo",
    "rehearse",
    "backup-key",
    "backup",
    "restore",
    "doctor",
)
COUNTS: Final = {
    "ballot": "select_k",
    "all_deputies": 10,
    "present": 9,
    "issued": 9,
    "returned": 9,
    "votes": [8, 7, 2],
    "blank": 0,
}

ROWS: Final = {
    "ballot": "grades",
    "body": "committee",
    "all_deputies": 16,
    "present": 10,
    "issued": 10,
    "returned": 10,
    "rows": [[9, 1, 0, 0], [4, 4, 2, 0]],
}


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, monkeypatch, capsys)


@pytest.fixture
def installed(clerk: Clerk, sqlite_template: Path) -> Clerk:
    """An installation made by `piaojue init`, which finds the tables there."""
    shutil.copy(sqlite_template, clerk.folder / "piaojue.db")
    clerk.gets("init", "示例县人民代表大会")
    return clerk


# Help and mistyped commands


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_the_help_page_is_chinese_and_lists_every_command(clerk: Clerk, words: list[str]) -> None:
    page = clerk.gets(*words)
    assert [name for name in COMMANDS if f"\n  {name} " not in page] == []
    assert not {"Usage", "Options", "Commands", "Show"} & set(page.replace(":", " ").split())


def test_every_command_has_a_chinese_help_page(clerk: Clerk) -> None:
    for name in COMMANDS:
        page = clerk.gets(name, "--help")
        assert page.startswith("用法：")
        assert not {"Usage", "Options", "Arguments", "Show", "INTEGER", "required"} & set(
            page.replace(":", " ").replace("[", " ").replace("]", " ").split()
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sevre"], "没有命令“sevre”"),
        (["serve", "--prot", "80"], "没有选项 --prot"),
        (["serve", "--port"], "选项 --port"),
        (["serve", "--port", "eighty"], "--port 的值不合适"),
        (["serve", "now"], "多写了“now”"),
        (["cards", "--number", "3"], "缺少 --url"),
        (["verify"], "缺少 FILE"),
        (["cards", *CARDS, "--url", ADDRESS, "--number", "3", "--rounds", "0"], "--rounds 的值不合适"),
    ],
)
def test_a_mistyped_command_gets_a_chinese_sentence(clerk: Clerk, words: list[str], said: str) -> None:
    assert said in clerk.is_refused(*words)


def test_the_version_comes_with_the_hashes_of_the_scripts(clerk: Clerk) -> None:
    first, *lines = clerk.gets("--version").splitlines()
    assert first.startswith("piaojue")
    scripts = sorted(FOLDER.rglob("*.js"))
    hashes = [b64encode(hashlib.sha384(script.read_bytes()).digest()).decode() for script in scripts]
    assert sorted(lines) == sorted(
        f"sha384-{digest}  {script.relative_to(FOLDER)}"
        for digest, script in zip(hashes, scripts, strict=True)
    )


# Settings, database, key: whatever `serve` needs


def test_settings_that_cannot_be_read_are_named(clerk: Clerk) -> None:
    assert "找不到设置文件" in clerk.is_refused("serve", "--settings", "absent.toml")
    (clerk.folder / "broken.toml").write_text("port = ")
    assert "读不了设置文件" in clerk.is_refused("migrate", "--settings", "broken.toml")
    (clerk.folder / "unknown.toml").write_text("prot = 80")
    assert "prot" in clerk.is_refused("serve", "--settings", "unknown.toml")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("URL", "http://rd.example.gov.cn", "https"),
        ("URL", "rd.example.gov.cn", "不是一个网址"),
        ("PORT", "99999", "port"),
        ("WORKERS", "-1", "workers"),
        ("DATABASE", "mysql://root@localhost/x", "不是可用的数据库"),
        ("HOST", "localhost", "不是 IP 地址"),
        ("HOST", "192.0.2.1", "不是这台机器的地址"),
        ("COLOUR", "red", "没有名为 colour 的设置"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(
    installed: Clerk, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(PREFIX + "PORT", str(free_port()))
    monkeypatch.setenv(PREFIX + name, value)
    assert said in installed.is_refused("serve")


def test_serving_without_a_database_says_to_migrate(installed: Clerk) -> None:
    (installed.folder / "piaojue.db").unlink()
    assert "piaojue migrate" in installed.is_refused("serve")


def test_serving_a_database_of_a_newer_program_is_refused(installed: Clerk) -> None:
    connection = sqlite3.connect(installed.folder / "piaojue.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "更新版本" in installed.is_refused("serve")
    assert "更新版本" in installed.is_refused("migrate")


def test_serving_another_programs_file_is_refused(installed: Clerk) -> None:
    (installed.folder / "piaojue.db").write_bytes(b"holiday photographs" * 100)
    assert "piaojue.db" in installed.is_refused("serve")


def test_serving_without_the_key_is_refused(installed: Clerk) -> None:
    (installed.folder / "piaojue-signing.key").unlink()
    assert "piaojue-signing.key 不存在" in installed.is_refused("serve")


def test_serving_with_a_key_that_others_can_read_says_what_to_type(installed: Clerk) -> None:
    (installed.folder / "piaojue-signing.key").chmod(0o644)
    assert "chmod 600 piaojue-signing.key" in installed.is_refused("serve")


def test_serving_on_a_port_of_another_program_is_refused(installed: Clerk) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as stranger:
        port = stranger.getsockname()[1]
        assert f"端口 {port} 被其他程序占用" in installed.is_refused("serve", "--port", str(port))


def test_serving_without_the_built_scripts_is_refused(tmp_path: Path) -> None:
    """A copy of the source code in which nothing was built."""
    for file in project_files():
        if file.parts[0] in {"ballots", "voting", "web"} and file.suffix in {".py", ".css"}:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(parts.ROOT / file, tmp_path / file)
    done = subprocess.run(
        [sys.executable, "-m", "web", "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "缺少页面文件 client/deputy.js" in done.stderr
    assert done.stderr.count("\n") == 1


# A new installation


def test_a_new_installation_gets_database_key_and_a_link(clerk: Clerk) -> None:
    said = clerk.gets("init", "示例县人民代表大会")
    assert "/enter/" in said
    assert set(clerk.state()) == {"piaojue.db", "piaojue-signing.key"}
    assert "/enter/" in clerk.gets("link", "王晓")


@pytest.mark.parametrize("name", ["", " ", "示例\x00县", "县" * 10_000])
def test_a_congress_of_an_impossible_name_is_refused_before_anything_is_made(clerk: Clerk, name: str) -> None:
    assert "人大名称" in clerk.is_refused("init", name)


def test_a_database_in_a_folder_that_cannot_be_written_gets_a_sentence(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clerk.folder / "file").touch()
    monkeypatch.setenv(PREFIX + "DATABASE", "sqlite:///file/below/piaojue.db")
    assert "不能建立数据库文件" in clerk.is_refused("migrate")
    assert "不能建立数据库文件" in clerk.is_refused("init", "示例县人民代表大会")


def test_a_congress_is_registered_once_and_gets_further_links(installed: Clerk) -> None:
    code, out, err = installed.types("init", "示例县人民代表大会")
    assert (code, out) == (1, "")
    assert "piaojue link" in err
    assert "/enter/" in installed.gets("link", "王晓", "--congress", "示例县人民代表大会")


def test_a_link_for_an_unknown_congress_is_refused(installed: Clerk) -> None:
    assert "没有登记" in installed.is_refused("link", "王晓", "--congress", "别的县")


def test_an_invitation_makes_the_first_account_and_disable_switches_it_off(installed: Clerk) -> None:
    address = installed.gets("invite", "王晓", "--days", "3").strip()
    token = address.rpartition("/invited/")[2]
    with Store.open("sqlite:///piaojue.db") as store:
        accept_with_new_account(
            store, token, "Wang.Xiao", "一句很长又好记的话呀", "本机", now=now(), random=os.urandom
        )
    assert "wang.xiao 已经停用" in installed.gets("disable", "WANG.xiao")
    with Store.open("sqlite:///piaojue.db") as store, pytest.raises(AccountDisabled):
        log_in(store, "wang.xiao", "一句很长又好记的话呀", "本机", now=now(), random=os.urandom)


def test_an_account_that_nobody_has_cannot_be_disabled(installed: Clerk) -> None:
    assert "没有这个登录名" in installed.is_refused("disable", "nobody")
    assert "登录名要用" in installed.is_refused("disable", "x" * 10_000)


# Trying rules


@pytest.fixture
def trial(clerk: Clerk) -> Clerk:
    (clerk.folder / "rules.json").write_bytes(encode_rules(SELECT))
    (clerk.folder / "counts.json").write_text(json.dumps(COUNTS))
    return clerk


def test_rules_are_tried_on_imagined_counts(trial: Clerk) -> None:
    assert "入选" in trial.gets("outcome", "rules.json", "counts.json")
    decided = json.loads(trial.gets("outcome", "rules.json", "counts.json", "--json"))
    assert decided["chosen"] == [1, 2]


def test_the_schema_is_that_of_both_files(clerk: Clerk) -> None:
    assert set(json.loads(clerk.gets("outcome", "--schema"))) == {"rules", "counts"}


def test_a_satisfaction_test_is_tried_in_the_same_way(trial: Clerk) -> None:
    (trial.folder / "grading.json").write_bytes(encode_rules(GRADES))
    (trial.folder / "rows.json").write_text(json.dumps(ROWS))
    said = trial.gets("outcome", "grading.json", "rows.json")
    assert "1号：满意9票，超过全体组成人员（16）的半数（不含半数），为满意。" in said
    assert "2号：满意、基本满意合计8票，没有超过全体组成人员（16）的半数（不含半数），为不满意。" in said
    decided = json.loads(trial.gets("outcome", "grading.json", "rows.json", "--json"))
    assert [one["level"] for one in decided["grades"]] == ["满意", "不满意"]


@pytest.mark.parametrize(
    ("rules", "counts", "said"),
    [
        (GRADES, {"rows": [[9, 1, 0, 0], [4, 4, 2, 1]]}, "第2行.*合计11票，与有效票10张不符"),
        (GRADES, {"present": 8, "issued": 8}, "没有超过半数（至少9人）"),
        (GRADES, {"body": "congress"}, "不足三分之二（至少11人）"),
        (replace(GRADES, half=None), {}, "没有写明正好一半"),
        (replace(GRADES, half=None, method="bands", bands=(80, 60, 5)), {}, "空缺"),
        (replace(GRADES, half=None, method="bands", bands=(80, 80, 0)), {}, "重叠"),
        (SELECT, {}, "用的是差额票决票，票数却是满意度测评票的"),
    ],
)
def test_a_test_that_cannot_be_tried_is_refused_in_a_sentence(
    trial: Clerk, rules: RoundRules, counts: dict[str, object], said: str
) -> None:
    (trial.folder / "grading.json").write_bytes(encode_rules(rules))
    (trial.folder / "rows.json").write_text(json.dumps(ROWS | counts))
    assert re.search(said, trial.is_refused("outcome", "grading.json", "rows.json"))


def test_files_that_cannot_be_tried_are_refused(trial: Clerk) -> None:
    assert "两个文件" in trial.is_refused("outcome")
    assert "两个文件" in trial.is_refused("outcome", "rules.json")
    assert "absent.json：没有这个文件" in trial.is_refused("outcome", "absent.json", "counts.json")
    (trial.folder / "folder").mkdir()
    assert "这是一个文件夹" in trial.is_refused("outcome", "folder", "counts.json")
    (trial.folder / "text.json").write_text("得票 8 7 2")
    assert "JSON" in trial.is_refused("outcome", "rules.json", "text.json")
    (trial.folder / "stances.json").write_bytes(encode_rules(STANCES))
    trial.is_refused("outcome", "stances.json", "counts.json")


# Verifying


@pytest.fixture
def published(clerk: Clerk) -> Clerk:
    folder = parts.ROOT / "ballots" / "vectors" / "peer"
    shutil.copy(folder / "ed25519-basic-3.3.0.bel", clerk.folder / "record.bel")
    return clerk


def test_a_record_is_verified_by_the_same_program_a_stranger_runs(published: Clerk) -> None:
    assert "全部通过" in published.gets("verify", "record.bel")
    assert json.loads(published.gets("verify", "record.bel", "--json"))["ok"] is True


def test_what_is_not_there_to_be_verified_gets_a_sentence(published: Clerk) -> None:
    assert "absent.bel：没有这个文件" in published.is_refused("verify", "absent.bel")
    assert "这是一个文件夹" in published.is_refused("verify", str(published.folder))
    assert "absent.json" in published.is_refused("verify", "record.bel", "--round", "absent.json")


def test_a_damaged_record_is_refused_by_its_check(published: Clerk) -> None:
    record = published.folder / "record.bel"
    record.write_bytes(record.read_bytes()[:-1024])
    code, out, err = published.types("verify", "record.bel")
    assert (code, err) == (1, "")
    assert "不予认可" in out
