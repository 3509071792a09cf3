"""Promises of voting/cycle.py, checked for every state and every step against a table written by hand."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import voting
from voting.cycle import STATE_NAMES, STEP_NAMES, Method, State, Step, WrongStep, advance, already, steps

STATES: tuple[State, ...] = get_args(State)
STEPS: tuple[Step, ...] = get_args(Step)

# One row a state, one column a step, in the order of DESIGN's picture:
#   the state it leads to · "done" if that step must have been taken already · "-" if it is out of order
TABLE = """
             adopt   seal   open  close   declare_valid declare_void count   announce  publish
drafted      adopted -      -     -       -             -            -       -         -
adopted      done    sealed -     -       -             -            -       -         -
sealed       done    done   open  -       -             -            -       -         -
open         done    done   done  closed  -             -            -       -         -
closed       done    done   done  done    reconciled    void         -       -         -
reconciled   done    done   done  done    done          void         counted -         -
counted      done    done   done  done    done          -            done    announced -
announced    done    done   done  done    done          -            done    done      published
published    done    done   done  done    done          -            done    done      done
void         done    done   done  done    -             done         -       -         -
"""


def cells() -> dict[tuple[str, str], str]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {(row[0], step): cell for row in rows for step, cell in zip(head, row[1:], strict=True)}


EXPECTED = cells()


def test_the_table_has_every_state_and_every_step() -> None:
    assert set(EXPECTED) == {(state, step) for state in STATES for step in STEPS}
    assert set(STATE_NAMES) == set(STATES)
    assert set(STEP_NAMES) == set(STEPS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(state: State, step: Step) -> None:
    expected = EXPECTED[state, step]
    assert already(state, step) == (expected == "done")
    assert (step in steps(state)) == (expected in STATES)
    if expected in STATES:
        assert advance(state, step) == expected
        return
    with pytest.raises(WrongStep) as caught:
        advance(state, step)
    assert (caught.value.state, caught.value.step) == (state, step)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_wrong_step_is_told_where_the_round_is_and_what_comes_next(state: State, step: Step) -> None:
    sentence = WrongStep(state, step).sentence
    assert STATE_NAMES[state] in sentence
    assert STEP_NAMES[step] in sentence
    assert all(STEP_NAMES[following] in sentence for following in steps(state))
    assert not re.search("[a-z]", sentence)


def test_two_sentences_as_the_hall_reads_them() -> None:
    assert (
        WrongStep("closed", "count").sentence
        == "本轮票决现在是“已截止”，不能“计票”。下一步是“宣布票决有效”或者“宣布票决无效”。"
    )
    assert (
        WrongStep("open", "open").sentence
        == "本轮票决现在是“投票中”，“开始投票”已经做过，不必再做。下一步是“截止投票”。"
    )


def test_a_result_that_has_been_seen_can_no_longer_be_made_void() -> None:
    seen: tuple[State, ...] = ("counted", "announced", "published")
    assert not any("declare_void" in steps(state) for state in seen)


def test_the_package_tells_the_cycle_as_it_is() -> None:
    told = [line.split()[:4] for line in (voting.__doc__ or "").splitlines() if line.strip()[:1].islower()]
    rows = [row for row in told if row[0] in STATES]
    assert [(row[0], row[2], row[3]) for row in rows if len(row) == 4] == [
        (state, step, advance(state, step)) for state in STATES for step in steps(state)
    ]
    assert {row[0]: row[1] for row in rows} == STATE_NAMES


@pytest.mark.parametrize("method", ["paper", "hands"])
def test_without_cards_there_is_no_sealing_and_all_else_is_as_ever(method: Method) -> None:
    assert steps("adopted", method) == ("open",)
    assert advance("adopted", "open", method=method) == "open"
    with pytest.raises(WrongStep, match="不需要封存"):
        advance("adopted", "seal", method=method)
    after: tuple[State, ...] = ("open", "closed", "reconciled", "counted", "announced", "published", "void")
    for state in after:
        assert set(steps(state, method)) == set(steps(state))
