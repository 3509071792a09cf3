"""What the rooms of the hall show on a session's page at the secretariat's desk.

Each room says in its own `part.py` what it has to show: `session_part(visit, session)`. Its templates stand
in `staff/session/` under the names that it gives; a template finds what its room gave in `part`.
"""

from typing import Any

from voting.rounds import Session
from web.access import Visit


def session_parts(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the page's context: `parts`, by the names of their templates."""
    # Imported when a page is shown: the rooms' own pages show this page again when a form has faults.
    from web.pages.checking_in import part as checking_in
    from web.pages.handing_out import part as handing_out
    from web.pages.paper_ballots import part as paper_ballots
    from web.pages.rehearsing import part as rehearsing
    from web.pages.scrutinising import part as scrutinising
    from web.pages.session_papers import part as session_papers
    from web.pages.tablets import part as tablets

    rooms = (checking_in, scrutinising, handing_out, tablets, paper_ballots, session_papers, rehearsing)
    return {"parts": {name: one for room in rooms for name, one in room.session_part(visit, shown).items()}}
