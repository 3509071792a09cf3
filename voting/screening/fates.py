"""What became of a suggestion as a candidate, in words that its proposer may read. Pure."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from voting.cycle import State
from voting.screening.drafts import DraftState
from voting.text import Line, Prose


class Fate(Struct, frozen=True, kw_only=True):
    """One draft that a suggestion went into. `slate` and `round` are None until there is one."""

    draft: str
    title: Line
    year: int
    state: DraftState
    reason: Prose
    slate: str | None = None
    slate_title: str = ""
    number: int | None = None
    frozen_at: datetime | None = None
    round: str | None = None
    round_state: State | None = None


def fate_words(fate: Fate, verdict: str = "") -> str:
    """For the proposer. What the offices tell each other before a decision is not in it.

    `verdict` is how the congress voted on it, once that has been published.
    """
    name = f"候选项目“{fate.title}”"
    if fate.frozen_at is not None:
        return _listed(fate, name, verdict)
    if fate.state == "shortlisted":
        return f"已拟成{name}，通过了初选，正在按程序研究。"
    if fate.state == "reserve":
        return f"已拟成{name}，今年没有列入名单，放入了储备库，以后年度优先研究。理由：{fate.reason}"
    if fate.state == "dropped":
        return f"已拟成{name}，经研究没有列入。理由：{fate.reason}"
    return f"已拟成{name}，政府正在论证。"


def _listed(fate: Fate, name: str, verdict: str) -> str:
    listed = f"已拟成{name}，列入{fate.year}年民生实事候选项目名单第{fate.number}件"
    if fate.round_state == "published":
        return f"{listed}，代表大会已经票决，结果已经公布{'：' + verdict if verdict else ''}。"
    if fate.round_state == "announced":
        return f"{listed}，代表大会已经票决，结果已在会上宣布。"
    return f"{listed}，提请代表大会票决。"
