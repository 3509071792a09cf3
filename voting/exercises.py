"""演练: what may be rehearsed, and how a rehearsal stands. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from voting.errors import VotingError
from voting.grading import Grading
from voting.paper_ballots.sheets import FEWEST_PAPER
from voting.rules import RoundRules, Rules, check_rules

MOST_DEPUTIES: Final = 3000
FEWEST_FOR_A_TIE: Final = 7
MOST_SCRUTINEERS: Final = 9
LONGEST_CUT: Final = 120
SILENCE: Final = timedelta(minutes=1)
"""After so long without a beat nobody attends any more."""

Kind = Literal["select_k", "for_against", "grades"]
State = Literal["running", "stopping", "done", "failed"]

STOPPED: Final = "演练被停止，没有结果。"
OVERTAKEN: Final = "有会议开始投票，演练自动停止，没有结果。"
DIED: Final = "演练没有做完就中断了（服务或电脑可能重启过），没有结果。可以再演练一次。"


class Exercise(Struct, frozen=True, kw_only=True):
    """What is rehearsed. `threshold` scrutineers are enough to open; seconds for `cut_network`."""

    deputies: int
    kind: Kind = "select_k"
    candidates: int = 10
    places: int = 5
    waiting: int = 0
    """Phones in the waiting room when voting begins."""
    scrutineers: int = 3
    threshold: int = 2
    paper: int = 0
    tie: bool = False
    cut_network: int = 0

    @property
    def cards(self) -> int:
        """Deputies who vote by card."""
        return self.deputies - self.paper

    @property
    def rules(self) -> RoundRules:
        """Those of the rehearsed round."""
        if self.kind == "grades":
            return Grading(projects=self.candidates, half="more_than", publish="with_archive")
        return Rules(ballot=self.kind, candidates=self.candidates, places=self.places, publish="with_archive")


class Rehearsal(Struct, frozen=True, kw_only=True):
    """One rehearsal; `said` is why there are no figures, where there will be none."""

    congress: str
    id: str
    exercise: Exercise
    begun_by: str
    begun_at: datetime
    beat_at: datetime
    state: State
    ended_at: datetime | None = None
    said: str = ""
    figures: bytes | None = None

    @property
    def runs(self) -> bool:
        return self.state in {"running", "stopping"}


class RehearsalRefused(VotingError):
    """Not now: a real vote, or another rehearsal."""


class ExerciseError(VotingError):
    """An exercise that nobody can hold; `field` is where it was typed."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check_exercise(exercise: Exercise, most_deputies: int = MOST_DEPUTIES) -> None:
    """Raises ExerciseError, RulesError."""
    check_rules(exercise.rules)
    limits = (
        ("deputies", "代表人数", exercise.deputies, 1, most_deputies),
        ("waiting", "等候的手机", exercise.waiting, 0, most_deputies),
        ("scrutineers", "监票人", exercise.scrutineers, 1, MOST_SCRUTINEERS),
        ("threshold", "开箱人数", exercise.threshold, exercise.scrutineers // 2 + 1, exercise.scrutineers),
        ("paper", "纸质票", exercise.paper, 0, exercise.deputies - 1),
        ("cut_network", "断网秒数", exercise.cut_network, 0, LONGEST_CUT),
    )
    for field, label, value, least, most in limits:
        if not least <= value <= most:
            raise ExerciseError(field, f"{label}应在 {least} 至 {most:,} 之间，不能是 {value:,}。")
    if 0 < exercise.paper < FEWEST_PAPER:
        raise ExerciseError(
            "paper", f"纸质票不足{FEWEST_PAPER}张时由计票人用备用卡代投，请至少演练{FEWEST_PAPER}张。"
        )
    if exercise.tie and not _can_tie(exercise):
        raise ExerciseError(
            "tie", f"末位同票只能在差额的票决里演练，应选不少于2件，代表不少于{FEWEST_FOR_A_TIE}人。"
        )


def _can_tie(exercise: Exercise) -> bool:
    surplus = exercise.kind != "grades" and 2 <= exercise.places < exercise.candidates
    return surplus and exercise.deputies >= FEWEST_FOR_A_TIE


def as_it_stands(kept: Rehearsal, now: datetime) -> Rehearsal:
    """A rehearsal as it is to be shown at `now`, which a clock set back may have put before its last beat."""
    if kept.runs and abs(now - kept.beat_at) > SILENCE:
        return replace(kept, state="failed", said=DIED, ended_at=kept.beat_at)
    return kept
