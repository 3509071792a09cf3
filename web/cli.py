"""The command `piaojue`: what the office and the sceptic type. Every refusal is one Chinese sentence."""

import io
import json
import os
import re
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import msgspec
import typer

from ballots.errors import BallotError
from voting.errors import VotingError
from web import keeping
from web.assets import Assets, MissingAsset
from web.hall_commands import SettingsFile, rehearse, serve
from web.settings import Settings, SettingsError, load
from web.upkeep import add_commands
from web.usage import ChineseCommand, ChineseGroup, complaint, reason

if TYPE_CHECKING:
    from voting.store import Store

app = typer.Typer(
    cls=ChineseGroup, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
command = partial(app.command, cls=ChineseCommand)

LINK_DAYS = 180
CARD_ADDRESS = re.compile(r"https?://[^/?#\s]+/v/[1-9A-HJ-NP-Za-km-z]{8}")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit; what it refuses is told in one sentence on stderr, with exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no Chinese
    try:
        ended: int | None = app(arguments, standalone_mode=False)
    except (SettingsError, VotingError) as error:
        give_up(error.sentence)
    except (BallotError, MissingAsset) as error:
        give_up(str(error))
    except typer.TyperException as error:
        give_up(complaint(error))
    except OSError as error:
        give_up(f"无法读写 {error.filename or '文件'}：{reason(error)}。请检查路径、权限和剩余空间。")
    raise SystemExit(ended or 0)


def give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def now() -> datetime:
    return datetime.now(UTC)


@app.callback(invoke_without_command=True, help="票决：民生实事项目由人大代表投票决定。")
def options(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="版本和页面脚本的散列值")] = False,
) -> None:
    """Options before the command; without one, the help page."""
    if version:
        show_version()
    elif context.invoked_subcommand is None:
        print(context.get_help())


def show_version() -> None:
    """What a sceptic compares: the scripts' hashes are those in the pages' `integrity`."""
    try:
        print(f"piaojue {version('piaojue')}")
    except PackageNotFoundError:  # run from a checkout
        print("piaojue（未安装，从源代码运行）")
    for name, integrity in Assets().client_hashes():
        print(f"{integrity}  {name}")


command(help="启动服务。")(serve)


@command(help="建立或升级数据库；升级以前先留一份副本。")
def migrate(
    *,
    backed_up: Annotated[bool, typer.Option("--backed-up", help="已经另行备份，不留副本")] = False,
    settings: SettingsFile = None,
) -> None:
    """Bring the database to this program's version."""
    from voting.preserving.before_upgrading import keep_copy
    from voting.store import Store

    used = load(os.environ, settings)
    copy = keep_copy(used.database, now(), backed_up=backed_up)
    if copy is not None:
        print(f"升级前的数据库已另存为 {copy}，核对无误以后可以删除。")
    Store.migrate(used.database)
    print("数据库已是最新。")


@command(help="新装：建库、生成签名密钥、登记本级人大，给出第一个工作人员链接。")
def init(
    name: Annotated[str, typer.Argument(help="人大名称，如“示例县人民代表大会”")],
    *,
    town: Annotated[bool, typer.Option("--town", help="乡镇人大（默认县级）")] = False,
    settings: SettingsFile = None,
) -> None:
    """Everything a new installation needs before `serve`."""
    from voting.actors import system
    from voting.drafting import create_congress
    from voting.signing import Signer
    from voting.store import Store
    from voting.text import clean_line

    used, name = load(os.environ, settings), clean_line(name, "人大名称")
    Store.migrate(used.database)
    if Path(used.signing_key).exists():
        Signer.load(Path(used.signing_key))
    else:
        Signer.create(Path(used.signing_key), secrets.token_bytes)
        print(f"签名密钥已生成：{used.signing_key}。请立即备份，丢失无法找回。")
    with Store.open(used.database) as store:
        _refuse_again(store, name)
        congress = create_congress(store, system(""), name, "town" if town else "county")
        print(f"{congress.name}：第一个工作人员链接（{LINK_DAYS}天内有效，请妥善转交）")
        print(_staff_link(store, used, congress.id, "工作人员"))


def _refuse_again(store: "Store", name: str) -> None:
    with store.read() as tx:
        if any(name == one.name for one in tx.sessions.congresses()):
            give_up(f"{name}已经登记过。要再给一个工作人员链接，请用 piaojue link 姓名。")


@command(help="再给一个工作人员链接。")
def link(
    person: Annotated[str, typer.Argument(help="姓名")],
    congress: Annotated[str | None, typer.Option(help="人大名称；只有一个时可以不写")] = None,
    settings: SettingsFile = None,
) -> None:
    """A new link when the old ones are lost or expired."""
    from voting.store import Store

    used = load(os.environ, settings)
    with Store.open(used.database) as store:
        print(_staff_link(store, used, _congress(store, congress), person))


@command(help="邀请一位工作人员：给出只能用一次的链接，本人用它设置登录名和密码。")
def invite(
    person: Annotated[str, typer.Argument(help="姓名")],
    congress: Annotated[str | None, typer.Option(help="人大名称；只有一个时可以不写")] = None,
    days: Annotated[int, typer.Option(min=1, max=60, help="有效期（天）")] = 14,
    settings: SettingsFile = None,
) -> None:
    """The first account of a congress; its holder invites the others."""
    from voting.accounts.invitations import invite as give_out
    from voting.actors import system
    from voting.store import Store

    used, expires = load(os.environ, settings), now() + timedelta(days=days)
    with Store.open(used.database) as store:
        body = system(_congress(store, congress))
        token = give_out(store, body, "staff", person, expires, now=now(), random=secrets.token_bytes)
    print(used.address(f"/invited/{token}"))


@command(help="停用一个账号：马上退出所有设备，在哪个人大都不能再进入。")
def disable(
    login: Annotated[str, typer.Argument(help="登录名")],
    settings: SettingsFile = None,
) -> None:
    """An account belongs to no congress: hence here, and not on a page of staff."""
    from voting.accounts.members import disable as switch_off
    from voting.accounts.passwords import clean_login
    from voting.actors import system
    from voting.store import Store

    known = clean_login(login)
    with Store.open(load(os.environ, settings).database) as store:
        switch_off(store, system(""), known, now())
    print(f"账号 {known} 已经停用。")


def _congress(store: "Store", name: str | None) -> str:
    """The id of the congress of this name, or of the only one."""
    with store.read() as tx:
        found = [one for one in tx.sessions.congresses() if name in {None, one.name}]
    if len(found) != 1:
        give_up(
            "请用 --congress 写明是哪一个人大。" if found else "没有登记这个人大。请先运行 piaojue init。"
        )
    return found[0].id


def _staff_link(store: "Store", used: Settings, congress: str, person: str) -> str:
    from voting import links
    from voting.actors import system

    expires = now() + timedelta(days=LINK_DAYS)
    token = links.issue(
        store, system(congress), "staff", person, expires, now=now(), random=secrets.token_bytes
    )
    return used.address(f"/enter/{token}")


@command(help="把提醒发到代表的手机，每条只发一次；请每天定时运行。")
def remind(settings: SettingsFile = None) -> None:
    """What waits is written into the file of messages."""
    from voting.handling import reminding
    from voting.indexing import index_missing
    from voting.messages import MessageFile, send_due
    from voting.rating import reminding as rating
    from voting.reporting import reminding as progress
    from voting.store import Store
    from voting.supervising import reminding as supervision

    used = load(os.environ, settings)
    with Store.open(used.database) as store:
        with store.read() as tx:
            congresses = tx.sessions.congresses()
        for congress in congresses:
            index_missing(store, congress.id)
            reminding.remind(store, congress.id, now())
            supervision.remind(store, congress.id, now())
            rating.remind(store, congress.id, now())
            progress.remind(store, congress.id, now())
        sent = send_due(store, MessageFile(Path(used.messages), now), now())
    print(f"发出短信{sent}条。" if sent else "没有要发的短信。")


@command(help="校验操作日志：每一条是否都没有被改动、删去或者插入。")
def audit(settings: SettingsFile = None) -> None:
    """Every congress of the installation; exit code 1 if one log does not hold."""
    from voting.actors import system
    from voting.audit import check
    from voting.store import Store

    whole = True
    with Store.open(load(os.environ, settings).database) as store:
        with store.read() as tx:
            congresses = tx.sessions.congresses()
        for one in congresses:
            checked = check(store, system(one.id))
            whole = whole and checked.whole
            said = "完整" if checked.whole else "".join(found.sentence for found in checked.breaks[:20])
            print(f"{one.name}：{checked.head.place}条，{said}")
            print(f"  最新一条的散列值 {checked.head.hash}")
    if not whole:
        raise typer.Exit(1)


@command(help="离线制作投票卡：一份 PDF，和一份不含卡号的清单 deck.json。")
def cards(  # noqa: PLR0913 - the options of a command
    *,
    number: Annotated[int, typer.Option(help="张数，含备用卡")],
    url: Annotated[str, typer.Option(help="会议的投票地址，如 https://主机/v/会议代码")],
    session: Annotated[str, typer.Option(help="会议名称，印在卡上")],
    congress: Annotated[str, typer.Option(help="人大名称，印在卡上")],
    folder: Annotated[Path, typer.Option(help="存放文件的新文件夹")] = Path("cards"),
    rounds: Annotated[
        int, typer.Option(min=1, max=50, help="计划的和备用的轮数（再次票决、试投也各用一轮），1至50")
    ] = 8,
    first: Annotated[int, typer.Option(min=1, max=999_999, help="第一张的号数；另制一批时接着往下编")] = 1,
    reserve: Annotated[
        int, typer.Option(min=0, help="其中封存给监票人的备用卡：换卡用的，加上9张，供不足10张的纸质票代投")
    ] = 0,
    uuid: Annotated[list[str] | None, typer.Option(help="已有的轮次编号，可多次给出；不给则新做")] = None,
) -> None:
    """Secrets are drawn, printed into the PDF, and kept nowhere else."""
    from voting.cards import deck_file, make_deck
    from voting.documents.cards import cards_pdf, write_cards
    from voting.handing_out.decks import fresh_uuids
    from voting.text import clean_line

    title, body = clean_line(session, "会议名称"), clean_line(congress, "人大名称")
    if not CARD_ADDRESS.fullmatch(url):
        give_up(f"--url 不是会议的投票地址：{url}。请从工作人员页面抄写，形如 https://主机/v/会议代码。")
    if reserve >= number > 0:
        give_up(f"备用卡{reserve}张，应少于全部{number}张投票卡。请核对 --reserve。")
    deck = make_deck(number, uuid or fresh_uuids(secrets.token_bytes, rounds), secrets.token_bytes)
    listed = deck_file(url[-8:], deck, first)
    pdf = cards_pdf(title, body, url, deck.credentials, now(), first, reserve)
    for path in write_cards(folder, listed, pdf):
        print(path)
    print("cards.pdf 和打印机缓存里有全部投票卡的密码：打印、装封之后请立即彻底删除。")
    print("deck.json 不含密码，在会议的“投票卡”页面导入一次，各轮都用它。")


@command(help="开放数据和投票接口的格式（OpenAPI 3.1，JSON）。")
def openapi() -> None:
    """For whoever reads the published data by a program."""
    from web.app import every_page
    from web.openapi import document

    print(json.dumps(document(every_page()), ensure_ascii=False, indent=2))


@command(help="核验票箱记录，同 python -m ballots verify。")
def verify(
    file: Annotated[Path, typer.Argument(help="公布的 .bel 文件")],
    round_json: Annotated[Path | None, typer.Option("--round", help="同时公布的本轮说明")] = None,
    tracker: Annotated[list[str] | None, typer.Option(help="要查的回执号，可多次给出")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """The same program a stranger runs."""
    from ballots.__main__ import main as run

    for path in (file, round_json):
        if path:
            path.open("rb").close()
    options = [*(["--round", str(round_json)] if round_json else []), *(["--json"] if as_json else [])]
    asked = [part for one in tracker or [] for part in ("--tracker", one)]
    raise typer.Exit(run(["verify", str(file), *options, *asked]))


@command(help="用假设的票数试算票决办法或者满意度测评办法。")
def outcome(
    rules: Annotated[Path | None, typer.Argument(help="票决办法或者测评办法 RULES.json")] = None,
    counts: Annotated[Path | None, typer.Argument(help="票数 COUNTS.json")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="给出两种文件的格式")] = False,
) -> None:
    """The same pure functions as the real outcome."""
    from voting.conclusions import conclude, conclusion_text, schemas
    from voting.counts import decode_counts
    from voting.rules import decode_rules

    if schema:
        print(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    if rules is None or counts is None:
        give_up("请给出两个文件：piaojue outcome RULES.json COUNTS.json；格式见 piaojue outcome --schema。")
    under = decode_rules(rules.read_bytes())
    concluded = conclude(under, decode_counts(counts.read_bytes()))
    print(msgspec.json.encode(concluded).decode() if as_json else conclusion_text(under, concluded))


@command(help="演示：示例县的一整年，并亲手从7件候选项目中票决5件。")
def demo(
    folder: Annotated[Path, typer.Option(help="存放全部数据的文件夹")] = Path("piaojue-demo"),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="端口，默认 8000")] = None,
    url: Annotated[str | None, typer.Option(help="让手机也能扫码：本机在局域网里的网址")] = None,
) -> None:
    """Until Ctrl+C; run again, it goes on where it was."""
    from rich.console import Console

    from web.demonstration import demonstrate, settings_in

    demonstrate(folder.resolve(), settings_in(folder.resolve(), port, url), Console())


command(help="演练：全体代表同时提交，直到核验结果。")(rehearse)
add_commands(app)
keeping.add_command(app)
