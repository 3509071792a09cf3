"""What the rooms of the hall show on the pages of a round: keys, cards, paper, what is left to settle.

Each room says in its own `part.py` what it has to show: `part(visit, round)` for staff, `chair_part` for the
chair. Its templates stand in `staff/round/` and `chair/parts/` under the names that it gives; a template
finds what its room gave in `part`, beside everything that the page itself knows.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from voting.rounds import Round
from web.access import Visit

Room = Callable[[Visit, Round], Mapping[str, Any]]


def hall_parts(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the context of staff's page: `parts`, by the names of their templates."""
    # Imported when a page is shown: the rooms' own pages show this page again when a form has faults.
    from web.pages.checking_in import part as checking_in
    from web.pages.handing_out import part as handing_out
    from web.pages.paper_ballots import part as paper_ballots
    from web.pages.scrutinising import part as scrutinising
    from web.pages.settling import part as settling

    rooms = (checking_in.part, handing_out.part, scrutinising.part, paper_ballots.part, settling.part)
    return _together(rooms, visit, shown)


def chair_parts(visit: Visit, shown: Round | None) -> dict[str, Any]:
    """The same for the chair; nothing while the session has no round."""
    from web.pages.checking_in import part as checking_in
    from web.pages.handing_out import part as handing_out
    from web.pages.paper_ballots import part as paper_ballots
    from web.pages.scrutinising import part as scrutinising
    from web.pages.settling import part as settling

    rooms = (
        checking_in.chair_part,
        handing_out.chair_part,
        scrutinising.chair_part,
        paper_ballots.chair_part,
        settling.chair_part,
    )
    return _together(rooms, visit, shown) if shown else {"parts": {}}


def _together(rooms: Iterable[Room], visit: Visit, shown: Round) -> dict[str, Any]:
    return {"parts": {name: one for room in rooms for name, one in room(visit, shown).items()}}
