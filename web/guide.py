"""What `piaojue demo` says in the terminal: who opens which link, and what comes next."""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import qrcode  # type: ignore[import-untyped]  # it ships no types
from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from voting.actors import ROLE_NAMES, Role
from voting.cycle import STATE_NAMES, State
from voting.demo import county
from voting.rounds import Round
from web.port import own_address
from web.settings import Settings

GAP: Final = 3
SCREENS: Final = ("会场大屏幕", "公布页", "征集页", "项目公开页", "测评结果", "公告和报告")
STEPS: Final[tuple[State, ...]] = (
    "adopted",
    "sealed",
    "open",
    "closed",
    "reconciled",
    "counted",
    "announced",
    "published",
)
NEXT: Final[dict[State, str]] = {
    "adopted": "签到已经办好，投票卡已经发出。三位监票人各自打开链接，一起生成开箱钥匙，抄下备用码，"
    "对照钥匙编号。然后工作人员在本轮页面封存。",
    "sealed": "总监票人确认空箱。工作人员核对实到 {present}、发出 {present}，开始投票。",
    "open": "用三张投票卡投票；其他代表也在陆续投票。谁也看不到票数，大屏幕上只有收回多少张。"
    "投得差不多了，工作人员截止投票。",
    "closed": "大屏幕上出现封箱码。执行主席宣布票决有效。",
    "reconciled": "监票人核对自己页面上的封箱码和大屏幕是否一样，任意两位开箱。",
    "counted": "任意两位监票人核对票数，在报告单上签字；然后执行主席宣布结果。",
    "announced": "大屏幕上有结果了。工作人员填写公告编号、日期和主席团意见，予以公布。",
    "published": "打开公布页看结果，用回执号查一查自己的票。",
    "void": "本轮票决无效，演示到此为止。",
}


class Entrance(Struct, frozen=True, array_like=True):
    """One person's personal link."""

    role: Role
    name: str
    token: str


class Hall(NamedTuple):
    """What the newcomer needs to know of the hall; `cards` are those that are left for them."""

    settings: Settings
    congress: str
    code: str
    round_id: str
    deputies: int
    present: int
    cards: Sequence[str]
    entrances: Sequence[Entrance]
    rated: str = ""

    def groups(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Headings, each with names and addresses, in the order in which they are needed."""
        at = self.settings.address
        yield "先打开，放在一边看", [(SCREENS[0], at(f"/hall/{self.code}"))]
        for role, task in TASKS.items():
            people = [(one.name, at(f"/enter/{one.token}")) for one in self.entrances if one.role == role]
            yield f"{ROLE_NAMES[role]}：{task}", people
        cards = [(f"投票卡{n}", at(f"/v/{self.code}#{card}")) for n, card in enumerate(self.cards, 1)]
        yield "代表：开始投票以后，用留给您的三张投票卡投票", cards
        yield "群众：提意见建议，看征集情况", [(SCREENS[2], at(f"/t/{self.congress}"))]
        yield "任何人：公布以后看结果，下载记录自己核验", [(SCREENS[1], at(f"/r/{self.round_id}"))]
        if self.rated:
            yield from self._earlier_years()

    def _earlier_years(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """What two years of projects have left: pages for everybody, and accounts for whoever delivers."""
        at = self.settings.address
        open_to_all = (f"/t/{self.congress}/projects", f"/r/{self.rated}", f"/t/{self.congress}/papers")
        pages = [(name, at(path)) for name, path in zip(SCREENS[3:], open_to_all, strict=True)]
        yield EARLIER, pages
        invited = [one for one in self.entrances if one.role in ACCOUNTS]
        who = "、".join(f"{ACCOUNTS[one.role]}{one.name}" for one in invited)
        people = [(one.name, at(f"{INVITED}{one.token}")) for one in invited]
        yield f"用账号的三个人：{who}。打开后自己设密码，政府办还要设一次性验证码", people


TASKS: Final[dict[Role, str]] = {
    "scrutineer": "一起生成开箱钥匙，截止后任意两位开箱",
    "staff": "封存，开始，截止，公布",
    "chair": "宣布有效，宣布结果",
    "operator": "打印计票结果报告单和主持词",
    "usher": "看签到，试试补签到和离场",
    "teller": "录入纸质票的票数",
}

EARLIER: Final = (
    "政府办、人大评：今年的项目（一件亮红灯）、去年的测评（一件不满意，正在整改）。"
    "工作人员进入后点“年度”“项目”“人大评”"
)
INVITED: Final = "/invited/"
ACCOUNTS: Final[dict[Role, str]] = {"government_office": "政府办", "unit": "交通局", "deputy": "代表"}
"""Who works with an account of their own and not by a link."""


def show(hall: Hall, console: Console) -> None:
    """Codes first, so that what to do stands at the end of the page, where the eye is."""
    groups = list(hall.groups())
    codes = [
        (name, address)
        for _, people in groups
        for name, address in people
        if name not in SCREENS and INVITED not in address
    ]
    for line in _codes(codes, console.width):
        console.print(line, soft_wrap=True)
    console.print(f"[bold]{county.CONGRESS}（虚构）· {county.ROUND}[/bold]")
    console.print(
        f"{hall.deputies}名代表从{county.RULES.candidates}件候选项目中选出{county.RULES.places}件。"
        "每个角色都由您来当；代表的投票卡有三张归您，其余的由程序代投真实的表决票。"
        "全部链接可以在同一个浏览器里打开；二维码在上面。"
    )
    for heading, people in groups:
        console.print(f"\n[bold]{heading}[/bold]")
        for name, address in people:
            console.print(
                f"{_padded(name, 6 if INVITED in address else 8)} {address}", soft_wrap=True, highlight=False
            )
    console.print()
    if hall.settings.url.startswith("http://127."):
        address = f"http://{own_address() or '本机地址'}:{hall.settings.port}"
        console.print(
            f"想用手机扫码，停止后加上 --url {address} 再运行（手机要在同一个网络里）。", highlight=False
        )
    console.print("按 Ctrl+C 停止，再次运行会接着进行。")


def show_step(hall: Hall, current: Round, console: Console) -> None:
    """Where the round is, and who does what next."""
    place = f"{STEPS.index(current.state) + 1}/{len(STEPS)} " if current.state in STEPS else ""
    console.print()
    console.rule(f"[bold]{place}{STATE_NAMES[current.state]}[/bold]", align="left")
    console.print(f"下一步：{NEXT[current.state].format(present=hall.present)}", highlight=False)


def show_check(files: Sequence[Path], console: Console) -> None:
    """How to verify what was published, as a command that can be copied."""
    archive, record = (shlex.quote(os.path.relpath(file)) for file in files)
    console.print("公布的票箱记录和本轮说明已经下载到演示文件夹。从头核验一遍，在另一个终端里运行：")
    command = f"{_program()} verify {archive} --round {record} --tracker 您的回执号"
    console.print(f"  {command}", soft_wrap=True, highlight=False, markup=False)


def _program() -> str:
    """This program, as it was called."""
    called = Path(sys.argv[0])
    return "piaojue" if called.suffix == ".py" else shlex.quote(os.path.relpath(called))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


# QR codes


def _codes(entries: Sequence[tuple[str, str]], width: int) -> Iterator[Text]:
    """Side by side as many as fit, each below its name; dark on light whatever the terminal's colours."""
    drawn = [(name, qr_lines(address)) for name, address in entries]
    size = max(len(lines[0]) for _, lines in drawn)
    across = max(1, (width + GAP) // (size + GAP))
    for start in range(0, len(drawn), across):
        row = drawn[start : start + across]
        yield Text((" " * GAP).join(_padded(name, size) for name, _ in row), style="bold")
        for n in range(max(len(lines) for _, lines in row)):
            pieces = [(lines[n] if n < len(lines) else "").ljust(size) for _, lines in row]
            styled = [Text(piece, style="#000000 on #ffffff") for piece in pieces]
            yield Text(" " * GAP).join(styled)
        yield Text()


def qr_lines(address: str) -> list[str]:
    """The code of an address, two modules to a character cell, with a quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=2)
    code.add_data(address)
    rows = code.get_matrix()
    rows.extend([[False] * len(rows[0])] * (len(rows) % 2))
    halves = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(halves[cell] for cell in zip(*pair, strict=True)) for pair in pairs]
