"""The proposer sees how the congress voted on what the suggestion became, once that is published."""

from __future__ import annotations

from msgspec.structs import replace

from ballots.encoding import sha256_hex
from tests.county import new_id
from tests.people import OPENING_DAY, Hall
from voting.collecting.codes import query_hash
from voting.collecting.tracking import Later, track
from voting.cycle import State
from voting.screening.drafts import Draft
from voting.screening.slates import Slate
from voting.suggestions import Suggestion

CODE = "2222333344445555"


def a_suggestion_on_the_ballot(hall: Hall, number: int) -> None:
    """It was drafted, listed, and its list led to the hall's round as candidate `number`."""
    here = hall.congress.id
    said = Suggestion(
        id=new_id("said"), congress=here, year=2026, number=1, kind="clue", state="registered",
        source="public", channel="online", title="修路", text="路不好走。", received_at=OPENING_DAY,
        form_key=sha256_hex(b"form"), query_hash=query_hash(CODE),
    )  # fmt: skip
    drafts = [
        Draft(id=new_id("draft"), congress=here, year=2026, state="shortlisted", version=1,
              title=one.title, made_by="政府办", made_at=OPENING_DAY)
        for one in hall.round.candidates
    ]  # fmt: skip
    slate = Slate(
        id=new_id("slate"), congress=here, year=2026, title="名单", places=2, ballot="select_k", bodies=(),
        made_by="政府办", made_at=OPENING_DAY, frozen_at=OPENING_DAY, round=hall.round.id,
    )  # fmt: skip
    with hall.store.write() as tx:
        tx.suggestions.add(said)
        for one in drafts:
            tx.drafts.add(one)
        tx.drafts.link(drafts[number - 1], [said])
        tx.slates.add(replace(slate, frozen_at=None, round=None))
        tx.slates.list_drafts(slate, [(one.id, 1) for one in drafts])
        tx.slates.change(slate, frozen_at=OPENING_DAY, round=hall.round.id)


def later(hall: Hall) -> Later:
    [found] = track(hall.store, hall.congress.id, CODE).later
    return found


def voted(hall: Hall, state: State, number: int = 1) -> Later:
    """All six mark candidates 1 and 2 of three; two are chosen."""
    hall.reach("open")
    for card in range(6):
        hall.cast(card, 1, 2)
    hall.reach(state)
    a_suggestion_on_the_ballot(hall, number)
    return later(hall)


def test_after_publication_the_verdict_and_the_way_to_the_result(anywhere: Hall) -> None:
    found = voted(anywhere, "published")
    assert "结果已经公布：入选。" in found.words
    assert found.result == anywhere.round.id


def test_what_was_not_chosen_is_said_as_well(hall: Hall) -> None:
    assert "结果已经公布：未入选。" in voted(hall, "published", number=3).words


def test_before_publication_there_is_no_verdict(hall: Hall) -> None:
    found = voted(hall, "announced")
    assert "入选" not in found.words
    assert found.result is None
