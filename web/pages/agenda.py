"""Which round of a session the hall is busy with. Pure."""

from collections.abc import Sequence

from voting.rounds import Round, Session, words_of
from voting.wording import Words, words_for

RUNNING = frozenset({"open", "closed", "reconciled", "counted"})
FINISHED = frozenset({"announced", "published", "void"})


def current_round(rounds: Sequence[Round]) -> Round | None:
    """The round that is running; else the last that was finished, whose result stays on the screen until the
    next one opens; else the first that is being prepared. `rounds` as they were drafted."""
    running = [one for one in rounds if one.state in RUNNING]
    finished = [one for one in rounds if one.state in FINISHED]
    prepared = [one for one in rounds if one.state not in RUNNING | FINISHED]
    return next(iter([*running, *reversed(finished), *prepared]), None)


def names_in(session: Session, shown: Round | None) -> Words:
    """What things are called on a page of this round, or of a session that has none yet."""
    if shown is not None:
        return words_of(shown, session)
    return words_for("satisfaction" if session.body == "committee" else "decision", session.body)
