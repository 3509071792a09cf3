"""Which rounds of a session the hall is busy with. Pure."""

from collections.abc import Sequence

from voting.rounds import Round, Session, words_of
from voting.simultaneous import side_by_side
from voting.wording import Words, words_for

RUNNING = frozenset({"open", "closed", "reconciled", "counted"})
COUNTING = frozenset({"closed", "reconciled", "counted"})
FINISHED = frozenset({"announced", "published", "void"})


def current_round(rounds: Sequence[Round]) -> Round | None:
    """The round that is running; else the last that was finished, whose result stays on the screen until the
    next one opens; else the first that is being prepared. `rounds` as they were drafted.

    A 试投 that is over leaves nothing to look at.
    """
    running = [one for one in rounds if one.state in RUNNING]
    finished = [one for one in rounds if one.state in FINISHED and not one.trial]
    prepared = [one for one in rounds if one.state not in RUNNING | FINISHED]
    return next(iter([*running, *reversed(finished), *prepared]), None)


def open_together(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """The rounds that are open at this moment: deputies answer all of them after one scan."""
    return tuple(one for one in rounds if one.state == "open")


def counting_together(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """The rounds whose box is closed and whose result is not announced: each has a 封箱码 to compare."""
    return tuple(one for one in rounds if one.state in COUNTING and not one.trial)


def spoken_of_together(rounds: Sequence[Round], shown: Round) -> tuple[Round, ...]:
    """The rounds that the chair opens, or closes, with the same words as this one; it is among them."""
    alike = [one for one in rounds if one.state == shown.state and one.trial == shown.trial]
    if shown.state == "open":
        return tuple(alike)
    return next(group for group in side_by_side(alike, {}) if shown in group)


def unreturned(of: Round) -> int | None:
    """未投: ballots that were given out and did not come back; None while that is not known."""
    if of.issued is None or of.returned is None or of.returned > of.issued:
        return None
    return of.issued - of.returned


def names_in(session: Session, shown: Round | None) -> Words:
    """What things are called on a page of this round, or of a session that has none yet."""
    if shown is not None:
        return words_of(shown, session)
    return words_for("satisfaction" if session.body == "committee" else "decision", session.body)
