"""`piaojue keep`: what has reached its day is erased; run it every day by a timer."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from web.settings import load
from web.usage import ChineseCommand


def add_command(app: typer.Typer) -> None:
    """`keep`."""
    app.command(
        "keep",
        cls=ChineseCommand,
        help="到保存期限的个人信息、编号对照表和不公布的票箱记录，到期删除；请每天定时运行。",
    )(keep)


def keep(
    settings: Annotated[Path | None, typer.Option("--settings", help="设置文件（TOML）")] = None,
) -> None:
    """Every congress of the installation; running it twice changes nothing more."""
    from voting.actors import system
    from voting.keeping.erasing import erase_due
    from voting.keeping.rules import RULES
    from voting.store import Store
    from voting.store.scrubbing import scrub

    database, now = load(os.environ, settings).database, datetime.now(UTC)
    kinds: set[str] = set()
    with Store.open(database) as store:
        with store.read() as tx:
            congresses = tx.sessions.congresses()
        for congress in congresses:
            for made in erase_due(store, system(congress.id), now):
                kinds.add(made.kind)
                print(f"{congress.name}：{RULES[made.kind].name}，{made.number}项。")
    if not kinds:
        print("没有到期的。")
    elif not scrub(database, sorted(kinds)):
        print("已经删除；数据库正忙，文件里的旧页下次再清理。")
