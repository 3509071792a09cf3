"""下一步 on a session's page: what the rules of the procedure say comes next, with the address of each."""

from typing import Final

from msgspec import Struct

from voting.rounds import Session
from voting.settling.hub import what_is_next
from voting.settling.next_steps import Next, Place
from web.access import Visit

ADDRESSES: Final[dict[Place, str]] = {
    "links": "#links",
    "plenary": "#plenary",
    "deck": "#deck",
    "cards": "/deck",
    "counting": "/deck/count",
    "papers": "#papers",
    "incidents": "/incidents",
    "session": "",
}


class Todo(Struct, frozen=True, kw_only=True):
    """A step for the template; `address` is empty where the page has no place for it."""

    who: str
    what: str
    missing: tuple[str, ...]
    optional: bool
    address: str


def steps_of(visit: Visit, shown: Session) -> list[Todo]:
    """All that can be done now."""
    found = what_is_next(visit.house.store, visit.actor, shown.id, visit.now)
    return [
        Todo(
            who=one.who,
            what=one.what,
            missing=one.missing,
            optional=one.optional,
            address=_address(visit, shown, one),
        )
        for one in found
    ]


def _address(visit: Visit, shown: Session, one: Next) -> str:
    here = f"{visit.base}/sessions/{shown.id}"
    if one.place == "round":
        return f"{visit.base}/rounds/{one.round}"
    if one.place == "new_round":
        return f"{here}/rounds/new" + ("?kind=satisfaction" if shown.body == "committee" else "")
    return here + ADDRESSES[one.place] if one.place in ADDRESSES else ""
