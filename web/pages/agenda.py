"""Which round of a session the hall is busy with. Pure."""

from collections.abc import Sequence

from voting.rounds import Round

RUNNING = frozenset({"open", "closed", "reconciled", "counted"})
FINISHED = frozenset({"announced", "published", "void"})


def current_round(rounds: Sequence[Round]) -> Round | None:
    """The round that is running; else the last that was finished, whose result stays on the screen until the
    next one opens; else the first that is being prepared. `rounds` as they were drafted."""
    running = [one for one in rounds if one.state in RUNNING]
    finished = [one for one in rounds if one.state in FINISHED]
    prepared = [one for one in rounds if one.state not in RUNNING | FINISHED]
    return next(iter([*running, *reversed(finished), *prepared]), None)
