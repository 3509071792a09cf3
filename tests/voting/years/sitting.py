"""A list of a county, voted on: what it takes to have candidates that were not chosen.

slate, sitting = voted(way, folder)        # three candidates, the first chosen, published
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.drafts import Way
from tests.rated import Sitting
from voting import drafting
from voting.cycle import State
from voting.screening import listing
from voting.screening.drafts import Draft
from voting.screening.slates import Slate


def voted(
    way: Way,
    folder: Path,
    titles: Sequence[str] = ("硬化村道", "改造厕所", "建老年食堂"),
    places: int = 1,
    state: State = "published",
) -> tuple[Slate, Sitting]:
    """The first `places` of the list are chosen by everybody."""
    body = way.body
    drafts: list[Draft] = [way.shortlisted(title) for title in titles]
    slate = way.frozen(drafts=drafts, places=places)
    session = drafting.create_session(body.store, body.staff, "第二次会议", 3, body.random)
    made = listing.make_round(
        body.store, body.staff, slate.id, session.id, "民生实事项目票决", "list_and_votes", body.now()
    )
    sitting = Sitting(body, session, made, folder).vote([range(1, places + 1)] * 3, state)
    with body.store.read() as tx:
        return tx.slates.get(body.staff, slate.id), sitting
