"""`piaojue keep`: what has reached its day is erased; run it every day by a timer."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.settings import load
from web.usage import ChineseCommand

if TYPE_CHECKING:
    from voting.keeping.facts import Erasure
    from voting.keeping.rules import Kind
    from voting.messages import MessageFile
    from voting.rounds import Congress
    from voting.store import Store


def add_command(app: typer.Typer) -> None:
    """`keep`."""
    app.command(
        "keep",
        cls=ChineseCommand,
        help="到保存期限的个人信息、短信文件、编号对照表和不公布的票箱记录，到期删除；请每天定时运行。",
    )(keep)


def keep(
    settings: Annotated[Path | None, typer.Option("--settings", help="设置文件（TOML）")] = None,
) -> None:
    """Every congress of the installation; running it twice changes nothing more."""
    from voting.messages import MessageFile, MessagesUnreadable
    from voting.store import Store
    from voting.store.scrubbing import scrub

    used, now = load(os.environ, settings), datetime.now(UTC)
    unreadable: MessagesUnreadable | None = None
    with Store.open(used.database) as store:
        kinds = _erase(store, now)
        try:
            kinds |= _erase_messages(store, MessageFile(Path(used.messages), lambda: now), now)
        except MessagesUnreadable as error:
            unreadable = error
    if kinds and not scrub(used.database, sorted(kinds)):
        print("已经删除；数据库正忙，文件里的旧页下次再清理。")
    if unreadable is not None:
        raise unreadable
    if not kinds:
        print("没有到期的。")


def _erase(store: Store, now: datetime) -> set[Kind]:
    """The kinds of which something was due."""
    from voting.actors import system
    from voting.keeping.erasing import erase_due

    kinds: set[Kind] = set()
    for congress in _congresses(store):
        for made in erase_due(store, system(congress.id), now):
            kinds.add(_told(congress, made))
    return kinds


def _erase_messages(store: Store, file: MessageFile, now: datetime) -> set[Kind]:
    """Raises MessagesUnreadable."""
    from voting.actors import system
    from voting.keeping.erasing import erase_messages

    every = ((one, erase_messages(store, system(one.id), file, now)) for one in _congresses(store))
    return {_told(congress, made) for congress, made in every if made is not None}


def _congresses(store: Store) -> tuple[Congress, ...]:
    with store.read() as tx:
        return tx.sessions.congresses()


def _told(congress: Congress, made: Erasure) -> Kind:
    from voting.keeping.rules import RULES

    print(f"{congress.name}：{RULES[made.kind].name}，{made.number}项。")
    return made.kind
