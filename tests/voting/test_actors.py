"""Promises of voting/actors.py: nothing is done or read for nobody, and a refusal says who may."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from voting import (
    announcing,
    casting,
    closing,
    counting,
    drafting,
    links,
    opening,
    publishing,
    reconciling,
    sealing,
)
from voting.actors import PUBLIC, Actor, Forbidden, require, system

MOMENTS = (
    drafting,
    sealing,
    opening,
    casting,
    closing,
    reconciling,
    counting,
    announcing,
    publishing,
    links,
)
FOR_ANYBODY = {
    "casting.cast",
    "casting.cast_together",
    "casting.card_standing",
    "casting.is_recorded",
    "publishing.public_result",
    "publishing.find_tracker",
    "links.enter",
}
"""The card's routes and the public's; and entering, which makes an actor."""


def doors(module: ModuleType) -> dict[str, list[str]]:
    """Functions of a moment that go to the store, with the names of their parameters."""
    room = module.__name__.removeprefix("voting.")
    found = inspect.getmembers(module, inspect.isfunction)
    return {
        f"{room}.{name}": parameters
        for name, function in found
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "store" in (parameters := list(inspect.signature(function).parameters))
    }


def test_every_door_of_every_moment_asks_who_is_there() -> None:
    found = {name: parameters for module in MOMENTS for name, parameters in doors(module).items()}
    assert {name for name, parameters in found.items() if "actor" not in parameters} == FOR_ANYBODY


def test_the_right_role_may() -> None:
    require(Actor(role="chair", congress="c", name="王主席"), "staff", "chair")


def test_the_wrong_role_is_told_who_may_and_what_it_is() -> None:
    with pytest.raises(Forbidden, match=r"只能由工作人员、执行主席进行.*身份是公众"):
        require(PUBLIC, "staff", "chair")


def test_the_installation_acts_for_one_congress() -> None:
    assert (system("c").role, system("c").congress) == ("system", "c")
