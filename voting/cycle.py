"""The states of a round and the only order in which it may pass through them. Pure.

    drafted → adopted → sealed → open → closed → reconciled → counted → announced → published
                                            └────────┴────────→ void → a new round

A round on paper or by show of hands has nothing to seal, and opens once it is adopted.

A round is void when more ballots came back than were given out, or when the chair declares it. That is
possible until the votes are counted and never afterwards: nobody may discard a result they have seen. A vote
that must be broken off is closed first, so that its record is complete, and then declared void.
"""

from __future__ import annotations

from typing import Final, Literal

from voting.errors import VotingError
from voting.wording import Kind, words_for

State = Literal[
    "drafted",
    "adopted",
    "sealed",
    "open",
    "closed",
    "reconciled",
    "counted",
    "announced",
    "published",
    "void",
]
Method = Literal["electronic", "paper", "hands"]
"""How a round is held: by card with paper beside it, wholly on paper, or by show of hands (举手)."""
Step = Literal[
    "adopt", "seal", "open", "close", "declare_valid", "declare_void", "count", "announce", "publish"
]

STATE_NAMES: Final[dict[State, str]] = {
    "drafted": "草拟",
    "adopted": "办法已通过",
    "sealed": "已封存",
    "open": "投票中",
    "closed": "已截止",
    "reconciled": "已宣布有效",
    "counted": "已计票",
    "announced": "已宣布",
    "published": "已公布",
    "void": "票决无效",
}

STEP_NAMES: Final[dict[Step, str]] = {
    "adopt": "通过票决办法",
    "seal": "封存",
    "open": "开始投票",
    "close": "截止投票",
    "declare_valid": "宣布票决有效",
    "declare_void": "宣布票决无效",
    "count": "计票",
    "announce": "宣布结果",
    "publish": "公布结果",
}

_TRANSITIONS: Final[dict[tuple[State, Step], State]] = {
    ("drafted", "adopt"): "adopted",
    ("adopted", "seal"): "sealed",
    ("sealed", "open"): "open",
    ("open", "close"): "closed",
    ("closed", "declare_valid"): "reconciled",
    ("closed", "declare_void"): "void",
    ("reconciled", "declare_void"): "void",
    ("reconciled", "count"): "counted",
    ("counted", "announce"): "announced",
    ("announced", "publish"): "published",
}

_UNSEALED: Final[dict[tuple[State, Step], State]] = {
    **{step: after for step, after in _TRANSITIONS.items() if after != "sealed" and step[0] != "sealed"},
    ("adopted", "open"): "open",
}
"""Without cards and keys."""

_LINE: Final[tuple[State, ...]] = (
    "drafted",
    "adopted",
    "sealed",
    "open",
    "closed",
    "reconciled",
    "counted",
    "announced",
    "published",
)


class WrongStep(VotingError):
    """A step that does not follow from the state; says where the round is and what comes next."""

    def __init__(
        self, state: State, step: Step, kind: Kind = "decision", method: Method = "electronic"
    ) -> None:
        super().__init__(_refusal(state, step, kind, method))
        self.state = state
        self.step = step


def state_name(state: State, kind: Kind = "decision") -> str:
    """The state as it is called in a round of this kind."""
    return words_for(kind).void if state == "void" else STATE_NAMES[state]


def step_name(step: Step, kind: Kind = "decision") -> str:
    """The step as it is called in a round of this kind."""
    words = words_for(kind)
    named: dict[Step, str] = {
        "adopt": f"通过{words.rules}",
        "declare_valid": f"宣布{words.valid}",
        "declare_void": f"宣布{words.void}",
    }
    return named.get(step, STEP_NAMES[step])


def advance(state: State, step: Step, kind: Kind = "decision", method: Method = "electronic") -> State:
    """The state after `step`. Raises WrongStep, also for a step that was taken before (see `already`)."""
    after = _line_of(method).get((state, step))
    if after is None:
        raise WrongStep(state, step, kind, method)
    return after


def steps(state: State, method: Method = "electronic") -> tuple[Step, ...]:
    """What may be done next; empty once the round has ended."""
    return tuple(step for before, step in _line_of(method) if before == state)


def already(state: State, step: Step) -> bool:
    """Whether `step` must have been taken to get here, so that repeating it after a crash changes nothing.

    A void round was opened and closed, but whether it had been declared valid before, its state cannot tell.
    """
    if state == "void":
        return step == "declare_void" or already("closed", step)
    if step == "declare_void":
        return False
    return _LINE.index(_end_of(step)) <= _LINE.index(state)


def _line_of(method: Method) -> dict[tuple[State, Step], State]:
    return _TRANSITIONS if method == "electronic" else _UNSEALED


def _end_of(step: Step) -> State:
    return next(after for (_, taken), after in _TRANSITIONS.items() if taken == step)


def _refusal(state: State, step: Step, kind: Kind, method: Method) -> str:
    where = f"本轮{words_for(kind).act}现在是“{state_name(state, kind)}”"
    if step == "seal" and method != "electronic":
        return f"{where}。这一轮不用投票卡，不需要封存。{_next_steps(state, kind, method)}"
    if already(state, step):
        return f"{where}，“{step_name(step, kind)}”已经做过，不必再做。{_next_steps(state, kind, method)}"
    return f"{where}，不能“{step_name(step, kind)}”。{_next_steps(state, kind, method)}"


def _next_steps(state: State, kind: Kind, method: Method) -> str:
    act = words_for(kind).act
    if state == "void":
        return f"需要时请新建一轮{act}。"
    names = [f"“{step_name(step, kind)}”" for step in steps(state, method)]
    return f"下一步是{'或者'.join(names)}。" if names else f"本轮{act}已经全部完成。"
