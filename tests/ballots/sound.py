"""Sound elections of every kind, by what is special about them: our verifier and the peer's accept all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from ballots.election import Question
from tests.simulator import ANY_NUMBER, FREE, GRADES, SELECT, STANCES, Simulator


def _named() -> Simulator:
    """Names may stand beside the keys; nothing depends on them."""
    sim = Simulator()
    keys = msgspec.json.decode(sim.trustees)
    for (_, key), name in zip(keys, ("陈秀英", "赵建国"), strict=True):
        key["name"] = name
    sim.trustees = msgspec.json.encode(keys)
    return sim


TEN: Final = Question(answers=tuple("甲乙丙丁戊己庚辛壬癸"), blank=True, min=1, max=5, question="十选五")
ONE: Final = Question(answers=("同意",), min=0, max=1, question="一项")
ONE_OF_TWO: Final = Question(answers=("甲", "乙"), blank=True, min=1, max=1, question="二选一")


FIVE_LEVELS: Final = Question(
    answers=("很满意", "较满意", "一般", "较不满意", "很不满意", "不了解", "弃权"),
    min=1,
    max=1,
    question="口袋公园",
)


def _unanimous() -> Simulator:
    sim = Simulator(deputies=4)
    sim.ballots, sim.plain = [], []
    for deputy in range(4):
        sim.vote(deputy, [[0, 1, 1, 0]])
    sim.close()
    return sim


def _all_blank() -> Simulator:
    sim = Simulator(deputies=2)
    sim.vote(1, [[1, 0, 0, 0]])
    sim.close()
    return sim


def _opened_by(*owners: int) -> Simulator:
    sim = Simulator(scrutineers=3, threshold=2)
    sim.open_with(*owners)
    return sim


def _other_order() -> Simulator:
    sim = Simulator()
    sim.swap(0, 2)
    return sim


SOUND: Final[dict[str, Callable[[], Simulator]]] = {
    "some of several, or a blank": lambda: Simulator(questions=(SELECT,)),
    "three stances on each of three": lambda: Simulator(questions=(STANCES, STANCES, STANCES)),
    "levels of each of two": lambda: Simulator(questions=(GRADES, GRADES)),
    "one of five levels, or not known": lambda: Simulator(questions=(FIVE_LEVELS,), deputies=9),
    "any number, none included, with a blank": lambda: Simulator(questions=(ANY_NUMBER,), deputies=6),
    "any number, none included, without a blank": lambda: Simulator(questions=(FREE,), deputies=6),
    "two questions of different kinds": lambda: Simulator(questions=(SELECT, STANCES)),
    "one answer": lambda: Simulator(questions=(ONE,)),
    "five of ten": lambda: Simulator(questions=(TEN,), deputies=3),
    "nobody voted": lambda: Simulator(deputies=1),
    "nobody has a card": lambda: Simulator(deputies=0),
    "unanimous": _unanimous,
    "all blank": _all_blank,
    "one scrutineer": lambda: Simulator(scrutineers=1),
    "three scrutineers": lambda: Simulator(scrutineers=3),
    "the first two of three": lambda: _opened_by(1, 2),
    "the last two of three": lambda: _opened_by(3, 2),
    "one more than needed": lambda: _opened_by(1, 2, 3),
    "any one of three": lambda: Simulator(scrutineers=3, threshold=1),
    "ballots in another order": _other_order,
    "scrutineers with names": _named,
}
