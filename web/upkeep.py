"""The commands that keep an installation: backing up, getting it back, and looking whether all is well."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from web.settings import load
from web.usage import ChineseCommand

SettingsFile = Annotated[Path | None, typer.Option("--settings", help="设置文件（TOML）")]
MARKS: Final = {"sound": "正常", "doubtful": "注意", "wrong": "有误"}


def add_commands(app: typer.Typer) -> None:
    """`backup-key`, `backup`, `restore`, `doctor`."""
    commands = (
        ("backup-key", "生成备份密钥：私钥写入新文件，公钥显示出来。", backup_key),
        ("backup", "备份全部数据到一个加密文件，写完重读一遍；可以在投票当中进行。", backup),
        ("restore", "从备份恢复到空的数据库，并检查里面的每一轮和操作日志。", restore),
        ("doctor", "体检：设置、密钥、字体、磁盘、备份、日志，哪里有误、怎么办。", doctor),
    )
    for name, words, command in commands:
        app.command(name, cls=ChineseCommand, help=words)(command)


def backup_key(
    file: Annotated[Path, typer.Argument(help="私钥写到哪里（新文件）；请存到离线的地方，不要留在服务器上")],
) -> None:
    """The private half goes into a file that must not stay on the server."""
    from voting.preserving.locked_file import new_key

    private, public = new_key()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(private + "\n")
    print(f"备份公钥：{public}")
    print(f"私钥在 {file}。没有它任何备份都打不开：请存两份，放在服务器以外的地方。")


def backup(
    file: Annotated[Path, typer.Argument(help="备份写到哪里（新文件，建议以 .piaojue 结尾）")],
    key: Annotated[str, typer.Option(help="备份公钥（64位十六进制数）")],
    settings: SettingsFile = None,
) -> None:
    """Whoever holds the server can make a backup and cannot read it."""
    from voting.preserving.backing_up import back_up

    used = load(os.environ, settings)
    made = back_up(used.database, Path(used.signing_key), file, key, datetime.now(UTC))
    size = file.stat().st_size / 1024**2
    print(f"已备份并重读核对：{file}，{size:.1f} MB，{sum(made.rows.values()):,}行。")
    print(f"其中有{'、'.join(made.congresses) or '（还没有登记人大）'}，以及本机的签名密钥。")


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")],
    key: Annotated[Path, typer.Option(help="备份私钥文件")],
    settings: SettingsFile = None,
) -> None:
    """Into the database and the key file that the settings name, neither of which may be there."""
    from voting.days import CHINA
    from voting.documents.typesetting import chinese_date
    from voting.preserving.restoring import restore as put_back

    used = load(os.environ, settings)
    private = key.read_text(encoding="ascii", errors="replace")
    found = put_back(file, private, used.database, Path(used.signing_key))
    made = f"{chinese_date(found.manifest.made_at)}{found.manifest.made_at.astimezone(CHINA):%H:%M}"
    print(
        f"已恢复{made}的备份：{sum(found.manifest.rows.values()):,}行，{'、'.join(found.manifest.congresses)}。"
    )
    for one in found.rounds:
        print(f"  {one.title}：{one.ballots}张票，{one.fault or '记录完整'}")
    print("备份以后收到的票不在其中。备份时正在投票的轮次，请截止后宣布无效，重新投票。")
    if found.faults or any(one.fault for one in found.rounds):
        for sentence in found.faults:
            print(sentence)
        raise typer.Exit(1)


def doctor(
    backups: Annotated[Path | None, typer.Option(help="存放备份的文件夹，不写则用设置里的")] = None,
    certificate: Annotated[Path | None, typer.Option(help="反向代理所用的证书文件（PEM）")] = None,
    settings: SettingsFile = None,
) -> None:
    """One line for each finding; exit code 1 if something is wrong."""
    from web.doctor import examine

    findings = examine(os.environ, settings, backups, datetime.now(UTC), certificate)
    for one in findings:
        print(f"[{MARKS[one.state]}] {one.about}：{one.sentence}")
    if any(one.state == "wrong" for one in findings):
        raise typer.Exit(1)
