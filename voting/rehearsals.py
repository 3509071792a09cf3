"""演练 from the staff pages: a whole hall of made-up deputies on a throw-away database, one at a time.

Whoever starts it, a process beside the service does the work and somebody attends to it: writes a beat every
few seconds, stops it when it is told to or when a real vote begins, and brings the figures home.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from voting.actors import Actor, system
from voting.duties import demand
from voting.exercises import (
    OVERTAKEN,
    SILENCE,
    STOPPED,
    Exercise,
    Rehearsal,
    RehearsalRefused,
    State,
    as_it_stands,
    check_exercise,
)
from voting.store import Store, Transaction
from voting.store.visible import is_id

LISTED: Final = 20


class Begun(NamedTuple):
    """A rehearsal, and whether whoever asked must attend to it: not if the same form came before."""

    rehearsal: Rehearsal
    anew: bool


def begin(store: Store, actor: Actor, rehearsal_id: str, exercise: Exercise, now: datetime) -> Begun:
    """`rehearsal_id` comes with the form: the same form sent twice begins one rehearsal.

    Raises RehearsalRefused, ExerciseError, RulesError, Forbidden.
    """
    demand(actor, "rehearse")
    check_exercise(exercise)
    if not is_id(rehearsal_id):
        raise RehearsalRefused("页面已经过期。请重新打开“演练”再填写。")
    with store.write() as tx:
        tx.rehearsals.alone(actor.congress)
        before = tx.rehearsals.find(actor, rehearsal_id)
        if before is not None:
            return Begun(before, anew=False)
        _demand_quiet(tx, now)
        new = Rehearsal(
            congress=actor.congress,
            id=rehearsal_id,
            exercise=exercise,
            begun_by=actor.name,
            begun_at=now,
            beat_at=now,
            state="running",
        )
        tx.rehearsals.add(new)
        after = {"deputies": exercise.deputies, "kind": exercise.kind}
        tx.audit.add(actor, "rehearse", now, "rehearsal", new.id, after=after)
        return Begun(new, anew=True)


def _demand_quiet(tx: Transaction, now: datetime) -> None:
    """Neither a vote nor a rehearsal of anybody in the installation: they share its processors."""
    if tx.rehearsals.a_vote_is_open():
        raise RehearsalRefused("现在有会议正在投票，不能演练。请等投票截止以后再试。")
    if any(abs(now - beat) <= SILENCE for beat in tx.rehearsals.beats()):
        raise RehearsalRefused("已经有一场演练正在进行。请等它结束，或者先停止它。")


def stop(store: Store, actor: Actor, rehearsal_id: str, now: datetime) -> None:
    """Ask whoever attends to stop it; one that has ended stays as it is. Raises NotFound, Forbidden."""
    demand(actor, "rehearse")
    with store.write() as tx:
        found = tx.rehearsals.get(actor, rehearsal_id)
        if found.state == "running":
            tx.rehearsals.save(replace(found, state="stopping"))
            tx.audit.add(actor, "stop_rehearsal", now, "rehearsal", found.id)


def beat(store: Store, running: Rehearsal, now: datetime) -> str:
    """Say that it is attended to. Why it must stop now; empty: it may go on."""
    with store.write() as tx:
        found = tx.rehearsals.get(system(running.congress), running.id)
        if found.state == "stopping":
            return STOPPED
        if tx.rehearsals.a_vote_is_open():
            return OVERTAKEN
        tx.rehearsals.save(replace(found, beat_at=now))
    return ""


def finish(store: Store, running: Rehearsal, figures: bytes | None, said: str, now: datetime) -> None:
    """Keep what was measured, or why nothing was."""
    state: State = "done" if figures is not None else "failed"
    actor = system(running.congress)
    with store.write() as tx:
        found = tx.rehearsals.get(actor, running.id)
        tx.rehearsals.save(replace(found, state=state, figures=figures, said=said, ended_at=now))
        tx.audit.add(actor, "end_rehearsal", now, "rehearsal", found.id, after={"state": state})


def listing(store: Store, actor: Actor, now: datetime) -> tuple[Rehearsal, ...]:
    """The newest first; one that nobody attends any more has died. Raises Forbidden."""
    demand(actor, "rehearse")
    with store.read() as tx:
        return tuple(as_it_stands(one, now) for one in tx.rehearsals.newest(actor, LISTED))
