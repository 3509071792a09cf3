"""What somebody reads who takes a step out of order: where the round is, and what comes next."""

from __future__ import annotations

import pytest

from voting.cycle import Method, State, Step, WrongStep, advance, step_name
from voting.wording import Kind


@pytest.mark.parametrize(
    ("state", "step", "kind", "method", "sentence"),
    [
        (
            "adopted",
            "seal",
            "decision",
            "paper",
            "本轮票决现在是“办法已通过”。这一轮不用投票卡，不需要封存。下一步是“开始投票”。",
        ),
        (
            "adopted",
            "adopt",
            "satisfaction",
            "electronic",
            "本轮测评现在是“办法已通过”，“通过测评办法”已经做过，不必再做。下一步是“封存”。",
        ),
        (
            "closed",
            "count",
            "satisfaction",
            "electronic",
            "本轮测评现在是“已截止”，不能“计票”。下一步是“宣布测评有效”或者“宣布测评无效”。",
        ),
        (
            "void",
            "count",
            "satisfaction",
            "electronic",
            "本轮测评现在是“测评无效”，不能“计票”。需要时请新建一轮测评。",
        ),
        (
            "published",
            "publish",
            "decision",
            "paper",
            "本轮票决现在是“已公布”，“公布结果”已经做过，不必再做。本轮票决已经全部完成。",
        ),
        (
            "adopted",
            "seal",
            "decision",
            "hands",
            "本轮票决现在是“办法已通过”。这一轮不用投票卡，不需要封存。下一步是“开始投票”。",
        ),
        (
            "open",
            "seal",
            "decision",
            "electronic",
            "本轮票决现在是“投票中”，“封存”已经做过，不必再做。下一步是“截止投票”。",
        ),
    ],
)
def test_a_step_out_of_order_is_answered_in_these_words(
    state: State, step: Step, kind: Kind, method: Method, sentence: str
) -> None:
    with pytest.raises(WrongStep) as refused:
        advance(state, step, kind, method)
    assert str(refused.value) == sentence


def test_a_step_is_called_by_the_name_of_its_round() -> None:
    assert [step_name(step) for step in ("adopt", "declare_valid", "declare_void")] == [
        "通过票决办法",
        "宣布票决有效",
        "宣布票决无效",
    ]
    assert step_name("declare_void", "satisfaction") == "宣布测评无效"
