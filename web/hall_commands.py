"""The commands of the hall: `piaojue serve`, also for a router's network, and `piaojue rehearse`."""

import os
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.settings import FILE_VARIABLE, PREFIX, SettingsError, load
from web.usage import try_writing

if TYPE_CHECKING:
    from voting.exercises import Kind

SettingsFile = Annotated[Path | None, typer.Option("--settings", help="设置文件（TOML）")]


def serve(  # noqa: PLR0913 - the options of a command
    settings: SettingsFile = None,
    port: Annotated[int | None, typer.Option(help="端口，覆盖设置")] = None,
    workers: Annotated[int | None, typer.Option(help="进程数，覆盖设置")] = None,
    *,
    lan: Annotated[
        bool, typer.Option("--lan", help="会场局域网：一台电脑、一台路由器、约60台设备，给出二维码")
    ] = False,
    wifi: Annotated[str | None, typer.Option(help="无线网名称，做成二维码（要同时给出 --lan）")] = None,
    wifi_password: Annotated[str | None, typer.Option(help="无线网密码")] = None,
    self_signed: Annotated[
        bool, typer.Option("--self-signed", help="制作自签证书，只给本单位的平板安装（要同时给出 --lan）")
    ] = False,
    sheet: Annotated[Path, typer.Option(help="把二维码和说明写到哪个 PDF")] = Path("piaojue-lan.pdf"),
    attended: Annotated[bool, typer.Option("--attended", hidden=True)] = False,
) -> None:
    """Serve until stopped; `--attended`, also when standard input ends, as it does with whoever holds it."""
    from web.serving import end_with_input
    from web.serving import serve as run

    _put_into_environment({"port": port, "workers": workers})
    if settings:
        os.environ[FILE_VARIABLE] = str(settings.resolve())
    if lan:
        _open_to_lan(wifi, wifi_password, sheet, self_signed=self_signed)
    elif wifi is not None or wifi_password is not None or self_signed:
        raise SettingsError("--wifi、--wifi-password 和 --self-signed 要同时给出 --lan。")
    used = load(os.environ)
    if attended:
        end_with_input()
    run(used)


def _put_into_environment(values: Mapping[str, object]) -> None:
    """The workers read it there; None stands for what is not given."""
    os.environ.update({f"{PREFIX}{k.upper()}": str(v) for k, v in values.items() if v is not None})


def _open_to_lan(name: str | None, password: str | None, sheet: Path, *, self_signed: bool) -> None:
    """Print how the hall gets in, and serve all of its network."""
    from rich.console import Console

    from web import lan

    wifi, now = lan.wifi_of(name, password), datetime.now(UTC)
    try_writing(sheet)
    entrance = lan.enter(load(os.environ), wifi, Path.cwd() if self_signed else None, now)
    lan.print_sheet(entrance, sheet, now)
    lan.show(entrance, sheet, Console())
    _put_into_environment(lan.environment(entrance))


def rehearse(  # noqa: PLR0913 - the options of a command
    *,
    deputies: Annotated[int, typer.Option(help="代表人数")] = 500,
    candidates: Annotated[
        int | None, typer.Option(help="候选件数（默认10），测评时是项目件数（默认20）", show_default=False)
    ] = None,
    places: Annotated[int, typer.Option(help="应选件数（测评时不用）")] = 5,
    kind: Annotated[str, typer.Option(help="select_k、for_against 或 grades（满意度测评）")] = "select_k",
    waiting: Annotated[int, typer.Option(help="开始投票时在等候的手机数")] = 0,
    scrutineers: Annotated[int, typer.Option(help="监票人数")] = 3,
    threshold: Annotated[
        int | None, typer.Option(help="几名监票人可以开箱（默认过半数）", show_default=False)
    ] = None,
    paper: Annotated[int, typer.Option(help="用纸质票的代表人数，0 或者不少于10")] = 0,
    tie: Annotated[bool, typer.Option("--tie", help="末位同票，拟出再次票决")] = False,
    cut_network: Annotated[int, typer.Option(help="投票投到一半，断网多少秒")] = 0,
    url: Annotated[str | None, typer.Option(help="已在运行的服务的网址（要同时给出 --database）")] = None,
    database: Annotated[str | None, typer.Option(help="数据库；默认用临时的 SQLite")] = None,
    workers: Annotated[int, typer.Option(help="自己启动的服务用几个进程，0 表示每个 CPU 核心一个")] = 0,
    archive: Annotated[Path, typer.Option(help="票箱记录写到哪里")] = Path("rehearsal.bel"),
    json_file: Annotated[Path | None, typer.Option("--json", help="把各项数字写成 JSON")] = None,
    attended: Annotated[bool, typer.Option("--attended", hidden=True)] = False,
) -> None:
    """Figures as a table, and as JSON when asked; `--attended`: given up when standard input ends."""
    from rich.console import Console

    from voting.exercises import Exercise
    from web.rehearsal.figures import table, write_json
    from web.rehearsal.rehearse import USUAL, Plan
    from web.rehearsal.rehearse import rehearse as run

    form = _kind(kind)
    exercise = Exercise(
        deputies=deputies,
        kind=form,
        candidates=USUAL[form] if candidates is None else candidates,
        places=places,
        waiting=waiting,
        scrutineers=scrutineers,
        threshold=scrutineers // 2 + 1 if threshold is None else threshold,
        paper=paper,
        tie=tie,
        cut_network=cut_network,
    )
    if attended:
        _give_up_with_input()
    for path in (archive, json_file):
        if path:
            try_writing(path)
    if url is not None and workers:
        raise SettingsError("--workers 只用于演练自己启动的服务，不能与 --url 同时给出。")
    figures = run(Plan(exercise, archive, url, database, workers))
    if json_file:
        write_json(figures, json_file)
    Console().print(table(figures))
    if figures.refused or not figures.result_matches:
        raise typer.Exit(1)


def _give_up_with_input() -> None:
    """As with Ctrl+C, so that the server and the folder of the rehearsal go too."""
    from web.serving import end_with_input

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    end_with_input()


def _kind(text: str) -> "Kind":
    if text == "select_k":
        return "select_k"
    if text == "for_against":
        return "for_against"
    if text == "grades":
        return "grades"
    raise SettingsError("--kind 只能是 select_k、for_against 或 grades。")
