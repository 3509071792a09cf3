"""What processes used: CPU seconds and memory, from /proc."""

import os
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """CPU seconds and resident bytes of a process and its descendants; what they share counts once."""

    cpu: float
    memory: int


class _Process(NamedTuple):
    parent: int
    cpu: float


def usage(root: int) -> Usage | None:
    """Of processes that have ended nothing is counted. None where there is no /proc."""
    table = _processes()
    if root not in table:
        return None
    family, grown = {root}, True
    while grown:
        more = {pid for pid, row in table.items() if row.parent in family}
        grown = not more <= family
        family |= more
    cpu = sum(table[pid].cpu for pid in family)
    return Usage(cpu, sum(map(_memory, family)))


def _processes() -> dict[int, _Process]:
    tick = os.sysconf("SC_CLK_TCK")
    table = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        table[int(stat.parent.name)] = _Process(int(fields[1]), (int(fields[11]) + int(fields[12])) / tick)
    return table


def _memory(pid: int) -> int:
    """Proportional set size: what several processes share is divided among them."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return _resident(pid)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
