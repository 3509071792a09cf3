"""The register of generic tamperings: dice choose what each changes, and it says which checks refuse it.

A generic tampering gets a whole round, its own copy, and dice; it gives the numbers of the checks of which
one must refuse what it made, or None where the dice chose something that changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex
from tests.adversary import Adversary
from tests.ballots.tampering import Submission

Dice = random.Random
Made = tuple[set[int], bytes | Submission] | None
Generic = Callable[[Adversary, Dice], Made]
Path = tuple[str | int, ...]

GENERICS: Final[dict[str, Generic]] = {}
"""By the name of the function."""


def generic(tamper: Generic) -> Generic:
    """Registers a tampering under its function's name."""
    GENERICS[tamper.__name__] = tamper
    return tamper


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths to all that is neither object nor array."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def put(value: Any, path: Path, new: object) -> None:
    """Replace what stands at the path, in place."""
    at(value, path[:-1])[path[-1]] = new


def other_point(dice: Dice) -> str:
    """Some element of the group, in its one writing."""
    return point_hex(base_power(dice.randrange(1, ORDER)))


def bad_point(dice: Dice, text: str) -> str:
    """What is no element of the group, or not written as one."""
    long, short = text + "0", text[:-1]
    wrong = [
        "",
        long,
        short,
        " " + text[1:],
        "g" + text[1:],
        "f" * 64,
        point_hex(ORDER_2Q),
        point_hex(IDENTITY),
    ]
    return dice.choice(wrong)


def other_scalar(dice: Dice, text: str) -> str:
    """Another number below the order, in its one writing."""
    return str((int(text) + dice.randrange(1, ORDER - 1)) % ORDER or 1)


def bad_scalar(dice: Dice, text: str) -> str:
    """The same number written otherwise, or one that no honest client writes."""
    number = int(text)
    wrong = [
        "0" + text,
        "+" + text,
        " " + text,
        text + "\n",
        str(number + ORDER),
        str(number - ORDER),
        "0",
        "",
        text + ".0",
    ]
    return dice.choice(wrong)


def is_scalar(path: Path) -> bool:
    return path[-1] in {"challenge", "response"}


def is_point(path: Path) -> bool:
    return path[-1] in {"alpha", "beta"}


def written_otherwise(dice: Dice, raw: bytes) -> bytes:
    """The same JSON, or nearly, in another writing."""
    place = dice.choice([number for number, byte in enumerate(raw) if byte in b":,"])
    ways = [
        raw[: place + 1] + b" " + raw[place + 1 :],
        raw[:place] + b"\t" + raw[place:],
        raw + b"\n",
        b" " + raw,
        b"\xef\xbb\xbf" + raw,
        raw + b"\0",
        raw[:-1],
    ]
    return dice.choice(ways)
