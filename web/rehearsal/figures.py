"""What a rehearsal measured, as JSON for machines and a table for people."""

import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.table import Table

from web.rehearsal.burst import Reply
from web.whole_file import put

OK = 200


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds and milliseconds as the names say; None where this machine cannot tell."""

    deputies: int
    seal_ms_per_ballot: float
    accepted: int
    refused: int
    seconds: float
    ballots_per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms_per_ballot: float | None
    libsodium_ms_per_ballot: float
    close_to_result_s: float
    verify_s: float
    verify_cpu_ms_per_ballot: float
    server_rss_mb: float | None
    """Of all its processes; what they share counts once."""
    opening_reached_all_s: float | None
    paper_ballots: int
    threshold: int
    trackers_found: int
    archive: str
    result_matches: bool
    closing_reached_all_s: float | None = None
    announcing_reached_all_s: float | None = None
    ideal_s: float | None = None
    """What libsodium alone needs for all ballots, on as many cores as the server uses."""


def latencies_ms(replies: Sequence[Reply]) -> tuple[float, float]:
    """(p50, p99) of the answers."""
    times = sorted(reply.seconds * 1000 for reply in replies)
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return cuts[49], cuts[98]


def table(figures: Figures) -> Table:
    """The figures in words."""
    shown = Table(title="演练结果", show_header=False)
    shown.add_column(style="bold")
    shown.add_column(justify="right")
    for label, value in rows(figures):
        shown.add_row(label, value)
    return shown


def rows(f: Figures) -> list[tuple[str, str]]:
    """Words and value of each figure."""
    cpu = "—" if f.cpu_ms_per_ballot is None else f"{f.cpu_ms_per_ballot:.2f} 毫秒"
    ratio = (
        "" if f.cpu_ms_per_ballot is None else f"（{f.cpu_ms_per_ballot / f.libsodium_ms_per_ballot:.2f} 倍）"
    )
    memory = "—" if f.server_rss_mb is None else f"{f.server_rss_mb:.0f} MB"
    ideal = "" if f.ideal_s is None else f"（只做密码运算要 {f.ideal_s:.2f} 秒）"
    return [
        ("开始投票传到全部等候的手机", _seconds(f.opening_reached_all_s)),
        ("同时提交的代表", f"{f.deputies} 人"),
        ("在本机封好一张票的计算", f"{f.seal_ms_per_ballot:.1f} 毫秒"),
        ("收到并落盘", f"{f.accepted} 张"),
        ("未被接受", f"{f.refused} 张"),
        ("全部收到用时", f"{f.seconds:.2f} 秒{ideal}"),
        ("每秒", f"{f.ballots_per_s:.1f} 张"),
        ("一半的代表等候不超过", f"{f.p50_ms:.0f} 毫秒"),
        ("99% 的代表等候不超过", f"{f.p99_ms:.0f} 毫秒"),
        ("每张票的服务器计算", cpu),
        ("其中密码运算的下限", f"{f.libsodium_ms_per_ballot:.2f} 毫秒{ratio}"),
        ("截止投票传到全部等候的手机", _seconds(f.closing_reached_all_s)),
        ("宣布结果传到全部等候的手机", _seconds(f.announcing_reached_all_s)),
        ("截止到得出结果", f"{f.close_to_result_s:.2f} 秒"),
        ("核验全部记录", f"{f.verify_s:.2f} 秒"),
        ("每张票的核验计算", f"{f.verify_cpu_ms_per_ballot:.2f} 毫秒"),
        ("服务器内存", memory),
        ("纸质票", f"{f.paper_ballots} 张"),
        ("开箱的监票人", f"{f.threshold} 名"),
        ("在记录里找到的回执号", f"{f.trackers_found} 个"),
        ("票箱记录", f.archive),
        ("与逐张相加的结果", "一致" if f.result_matches else "不一致！"),
    ]


def _seconds(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f} 秒"


def write_json(figures: Figures, path: Path) -> None:
    """One JSON object, for comparing rehearsals."""
    put(path, msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
