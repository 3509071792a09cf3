"""The verifier's command.

python -m ballots verify FILE.bel [--round round.json] [--tracker T …] [--json]
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ballots.checks import CHECKS, NOT_CHECKED, Refused
from ballots.inspection import WorkerLost
from ballots.verify import Verified, verify

UNREADABLE = 2
UNFINISHED = 3
_CUT_SHORT = (
    "核验没有做完，没有结论：一个核验进程被系统中止，多半是内存不足。"
    "请关闭其他程序后再试；用 verify.pyz 时可以加 --workers 1，只用一个进程。"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 only if every check holds, 1 for a refusal, 2 when a file cannot be read, 3 when it was cut short."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that has no Chinese
    try:
        record = options.round.read_bytes() if options.round else None
        with options.file.open("rb") as file:
            verified = verify(file, record, options.tracker, options.workers)
    except OSError as error:
        print(f"无法读取文件 {error.filename}：{error.strerror}。", file=sys.stderr)
        return UNREADABLE
    except WorkerLost:
        print(_CUT_SHORT, file=sys.stderr)
        return UNFINISHED
    except Refused as refusal:
        print(_refusal_json(refusal) if options.json else _refusal_text(refusal))
        return 1
    print(_json(verified) if options.json else _text(verified))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ballots", description="核验一轮票决或者测评的公开记录。")
    commands = parser.add_subparsers(required=True, metavar="verify")
    command = commands.add_parser("verify", help="逐项核验 .bel 票箱记录")
    command.add_argument("file", type=Path, metavar="FILE.bel", help="公布的票箱记录")
    command.add_argument("--round", type=Path, metavar="round.json", help="同时公布的本轮说明")
    command.add_argument(
        "--tracker", action="append", default=[], metavar="T", help="要查的回执号，可多次给出"
    )
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.add_argument("--workers", type=_at_least_one, default=0, help="进程数，默认用全部核心")
    return parser


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("进程数是1以上的整数，例如 1")
    return int(text)


def _text(verified: Verified) -> str:
    lines = [
        f"{check.number:>3} {_mark(check.number in verified.checks)} {check.sentence}" for check in CHECKS
    ]
    counts = "\n".join("    " + " ".join(map(str, row)) for row in verified.result)
    return "\n".join(
        (
            f"{_printable(verified.name)}（{verified.uuid}）",
            *lines,
            f"投票卡 {verified.cards} 张，表决票 {verified.ballots} 张，各题得票（有弃权项的，弃权在前）：",
            counts,
            f"封箱码 {verified.closing_head}",
            f"记录末尾 {verified.head}",
            "核验不包括：" + "".join(NOT_CHECKED),
            f"结论：所做的 {len(verified.checks)} 项核验全部通过。",
        )
    )


def _mark(made: bool) -> str:  # noqa: FBT001 - one argument, one meaning
    return "通过  " if made else "未要求"


def _refusal_text(refusal: Refused) -> str:
    check = CHECKS[refusal.check - 1]
    return (
        f"结论：不予认可。第{check.number}项不成立：{check.sentence}。\n"
        f"位置：{_printable(refusal.where) or '文件'}\n原因：{_printable(refusal.reason)}"
    )


def _printable(text: str) -> str:
    """What the archive says may not draw on the reader's terminal: no new lines, no control sequences."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def _refusal_json(refusal: Refused) -> str:
    sentence = CHECKS[refusal.check - 1].sentence
    content = {
        "ok": False,
        "check": refusal.check,
        "sentence": sentence,
        "where": refusal.where,
        "reason": refusal.reason,
    }
    return msgspec.json.encode(content).decode()


def _json(verified: Verified) -> str:
    return msgspec.json.encode({"ok": True, **verified._asdict()}).decode()


if __name__ == "__main__":
    sys.exit(main())
