"""The command line's own words in Chinese: help pages, mistyped commands, files that cannot be used.

typer speaks English here; what it knows (names, options, defaults) is laid out anew, by the width of Chinese
characters.
"""

import errno
import re
from pathlib import Path
from typing import Any, Final

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

VALUES: Final = {"INTEGER": "整数", "TEXT": "文字", "PATH": "路径"}
NOTES: Final = {"[default: ": "[默认 ", "[required]": "[必填]", "Show this message and exit.": "显示本说明"}
REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.EFBIG: "文件太大",
}


class ChineseCommand(TyperCommand):
    """One command, whose --help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _page(self, ctx, [])


class ChineseGroup(TyperGroup):
    """All commands, whose --help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page, which lists the commands."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return _page(self, ctx, [(name, one.help or "") for name, one in commands if one is not None])


def _page(command: TyperCommand | TyperGroup, ctx: Any, commands: list[tuple[str, str]]) -> str:
    records = [(one.param_type_name, one.get_help_record(ctx)) for one in command.get_params(ctx)]
    parts = {
        "参数": [record for kind, record in records if kind == "argument" and record],
        "选项": [record for kind, record in records if kind == "option" and record],
        "命令": commands,
    }
    usage = " ".join((ctx.command_path, *(f"[{name}]" for name, rows in parts.items() if rows)))
    sections = [f"{name}：\n{_columns(rows)}" for name, rows in parts.items() if rows]
    return "\n\n".join((f"用法：{usage}", f"  {command.help}", *sections))


def _columns(rows: list[tuple[str, str]]) -> str:
    lefts = [_in_chinese(left) for left, _ in rows]
    width = max(map(cell_len, lefts))
    pairs = zip(lefts, rows, strict=True)
    return "\n".join(
        f"  {left}{' ' * (width - cell_len(left))}  {_in_chinese(right)}" for left, (_, right) in pairs
    )


def _in_chinese(text: str) -> str:
    for english, chinese in NOTES.items():
        text = text.replace(english, chinese)
    return re.sub(r"\b[A-Z]+\b", lambda found: VALUES.get(found[0], found[0]), text)


def complaint(error: typer.TyperException) -> str:
    """A sentence for a command line that typer cannot take."""
    ctx = getattr(error, "ctx", None)
    return f"{_mistake(error)}用法见 {ctx.command_path if ctx else 'piaojue'} --help。"


def _mistake(error: typer.TyperException) -> str:
    """By the names of typer's own classes and fields: it gives every kind its own, but no public name."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        return f"没有选项 {option}。"
    if kind == "BadOptionUsage":
        return f"选项 {option} 的写法不对：要么缺少后面的值，要么多写了值。"
    if kind == "MissingParameter" and param:
        return f"缺少 {_name(param)}（{param.help}）。"
    if kind == "BadParameter" and param:
        return f"{_name(param)} 的值不合适（{param.help}）。"
    quoted = re.search(r"'(.+?)'|\(([^()]+)\)$", error.format_message())
    words = f"“{quoted[1] or quoted[2]}”" if quoted else ""
    return f"没有命令{words}。" if "command" in error.format_message() else f"多写了{words}。"


def _name(param: Any) -> str:
    return str(param.opts[0] if param.param_type_name == "option" else param.name.upper())


def try_writing(path: Path) -> None:
    """Raises OSError unless a file can be written there; leaves nothing behind."""
    existed = path.exists()
    path.open("ab").close()
    if not existed:
        path.unlink()


def reason(error: OSError) -> str:
    """What the system said, in Chinese as far as we know it."""
    return REASONS.get(error.errno or 0, str(error.strerror or error))
