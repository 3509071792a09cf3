"""Contract of `tx.rounds`: who can get a round at all, and that changes come back as they were made."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from tests.contracts.cases import case
from tests.people import GRADES, Hall
from voting.actors import PUBLIC, Actor, NotFound, NotYet
from voting.cycle import State
from voting.rounds import Publication, Round
from voting.store import Store
from voting.store.tables.rounds import round_

MOMENT = datetime(2026, 1, 25, 8, 30, 15, 123456, tzinfo=UTC)


def another(hall: Hall, digit: str, **changes: object) -> Round:
    """A second round of the session, not stored yet."""
    fields: dict[str, object] = {"id": digit * 32, "title": f"第{digit}轮", "drafted_at": MOMENT}
    return replace(hall.round, **{**fields, **changes})


@case("rounds.add", "rounds.get")
def test_a_round_comes_back_as_it_was_added(store: Store, hall: Hall) -> None:
    new = another(hall, "7", previous=hall.round.id, relation="runoff")
    with store.write() as tx:
        tx.rounds.add(new)
    with store.read() as tx:
        assert tx.rounds.get(hall.staff, new.id) == new


@case("rounds.add", "rounds.get", "rounds.change")
def test_rules_of_either_kind_come_back_as_they_were_given(store: Store, hall: Hall) -> None:
    new = another(hall, "7", rules=replace(GRADES, levels=("满意", "不满意"), favourable=1, unknown=True))
    with store.write() as tx:
        tx.rounds.add(new)
        tx.rounds.change(hall.round, rules=GRADES)
    with store.read() as tx:
        assert tx.rounds.get(hall.staff, new.id) == new
        assert tx.rounds.get(hall.staff, hall.round.id).rules == GRADES


@case("rounds.rules_text")
def test_the_letters_of_the_rules_are_those_that_were_written(store: Store, hall: Hall) -> None:
    earlier = b'{"version":1,"ballot":"select_k","candidates":3,"places":2,"publish":"list"}'
    with store.write() as tx:
        tx.rounds._connection.execute(update(round_).values(rules=earlier))
        assert tx.rounds.rules_text(hall.round) == earlier


@case("rounds.change")
def test_every_field_can_be_changed_and_comes_back_as_it_was_given(store: Store, hall: Hall) -> None:
    changes = {
        "title": "改过的名称",
        "state": "published",
        "rules": replace(hall.rules, places=1),
        "candidates": hall.round.candidates[:1],
        "uuid": "nUpbsSnEXQms7x",
        "credentials": b"[]",
        "trustees": b"[1]",
        "election": b"{}",
        "fingerprint": "f" * 43,
        "present": 6,
        "issued": 5,
        "opened_at": MOMENT,
        "returned": 4,
        "encrypted_tally": b"[[]]",
        "void_reason": "设备故障",
        "published": Publication(number="第5号", date=date(2026, 1, 26), approval="同意", at=MOMENT),
    }
    with store.write() as tx:
        after = tx.rounds.change(hall.round, **changes)
    assert after == replace(hall.round, **changes)
    with store.read() as tx:
        assert tx.rounds.get(hall.staff, hall.round.id) == after


@case("rounds.change")
def test_the_head_of_a_closed_box_comes_back_as_it_was_given(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        after = tx.rounds.change(hall.round, closing_head="c" * 64)
    with store.read() as tx:
        assert tx.rounds.get(hall.staff, hall.round.id) == after


@case("rounds.change")
def test_a_change_touches_no_other_round(store: Store, hall: Hall, elsewhere: Hall) -> None:
    with store.write() as tx:
        tx.rounds.change(hall.round, state="adopted")
    with store.read() as tx:
        assert tx.rounds.get(elsewhere.staff, elsewhere.round.id) == elsewhere.round


@case("rounds.get", "rounds.lock")
@pytest.mark.parametrize("unknown", ["0" * 32, "", "\0", "../" * 11, "票" * 32])
def test_an_unknown_round_is_not_found(store: Store, hall: Hall, unknown: str) -> None:
    with store.write() as tx:
        for find in (tx.rounds.get, tx.rounds.lock):
            with pytest.raises(NotFound):
                find(hall.staff, unknown)


def outsiders(hall: Hall) -> list[Actor]:
    """Everybody who must not learn that the round of this hall, still a draft, exists."""
    return [
        PUBLIC,
        replace(hall.staff, congress="0" * 32),
        replace(hall.chair, congress="0" * 32),
        replace(hall.chair, session="0" * 32),
        replace(hall.operator, session=None),
        hall.scrutineers[0],  # not adopted yet
    ]


@case("rounds.get", "rounds.lock", "rounds.listing", "rounds.of_session", "rounds.titled")
def test_a_draft_exists_only_for_staff_chair_and_operator_of_its_session(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        for actor in (hall.staff, hall.chair, hall.operator):
            assert tx.rounds.lock(actor, hall.round.id) == hall.round
            assert tx.rounds.listing(actor) == (hall.round,)
        for actor in outsiders(hall):
            with pytest.raises(NotFound):
                tx.rounds.get(actor, hall.round.id)
            with pytest.raises(NotFound):
                tx.rounds.lock(actor, hall.round.id)
            assert tx.rounds.listing(actor) == ()
            assert tx.rounds.of_session(actor, hall.session.id) == ()
            assert tx.rounds.titled(actor, hall.session.id, hall.round.title) is None


@case("rounds.get")
def test_a_scrutineer_has_exactly_the_rounds_that_list_this_number_and_name(store: Store, hall: Hall) -> None:
    hall.reach("adopted")
    chief = hall.scrutineers[0]
    with store.read() as tx:
        assert tx.rounds.get(chief, hall.round.id).state == "adopted"
        for stranger in (replace(chief, name="别人"), replace(chief, scrutineer=2)):
            with pytest.raises(NotFound):
                tx.rounds.get(stranger, hall.round.id)


@case("rounds.get", "rounds.of_session")
def test_the_public_gets_an_adopted_round_without_the_parts_of_its_record(store: Store, hall: Hall) -> None:
    hall.reach("closed")
    with store.read() as tx:
        seen = tx.rounds.get(PUBLIC, hall.round.id)
        whole = tx.rounds.get(hall.staff, hall.round.id)
        assert tx.rounds.of_session(PUBLIC, hall.session.id) == (seen,)
    assert whole.encrypted_tally is not None
    assert whole.credentials is not None
    assert seen == replace(whole, encrypted_tally=None, credentials=None)


@case("rounds.listing")
def test_the_public_list_holds_what_was_published_in_any_congress(
    store: Store, hall: Hall, elsewhere: Hall
) -> None:
    hall.reach("published")
    elsewhere.reach("announced")
    with store.read() as tx:
        assert [one.id for one in tx.rounds.listing(PUBLIC)] == [hall.round.id]


@case("rounds.of_session", "rounds.listing")
def test_rounds_stand_in_the_order_of_drafting_and_lists_begin_with_the_newest(
    store: Store, hall: Hall
) -> None:
    later = another(hall, "1")  # the id sorts before: the order is that of time
    with store.write() as tx:
        tx.rounds.add(later)
    with store.read() as tx:
        assert tx.rounds.of_session(hall.staff, hall.session.id) == (hall.round, later)
        assert tx.rounds.listing(hall.staff) == (later, hall.round)


@case("rounds.titled", "rounds.following", "rounds.holding")
def test_rounds_are_found_by_title_by_what_they_follow_and_by_their_cards(store: Store, hall: Hall) -> None:
    second = another(
        hall, "2", previous=hall.round.id, relation="runoff", uuid="nUpbsSnEXQms7x", credentials=b"[]"
    )
    with store.write() as tx:
        tx.rounds.add(second)
    with store.read() as tx:
        assert tx.rounds.titled(hall.staff, hall.session.id, second.title) == second
        assert tx.rounds.following(hall.staff, hall.round.id, "runoff") == second
        assert tx.rounds.following(hall.staff, hall.round.id, "repeat") is None
        assert tx.rounds.holding(hall.staff, "nUpbsSnEXQms7x") == second
        assert tx.rounds.holding(hall.staff, "7xnUpbsSnEXQms") is None


@case("rounds.keep_result", "rounds.result")
def test_the_counts_come_back_only_to_whom_they_may_be_shown(store: Store, hall: Hall) -> None:
    hall.reach("counted")
    with store.write() as tx:
        tx.rounds.keep_result(hall.current(), b'{"result":[[0,1,2,3]]}')
    with store.read() as tx:
        assert tx.rounds.result(hall.scrutineers[0], hall.round.id) == b'{"result":[[0,1,2,3]]}'
        for other in (PUBLIC, hall.staff, hall.chair, hall.operator):
            with pytest.raises(NotYet):
                tx.rounds.result(other, hall.round.id)


@case("rounds.some", "rounds.announced_results")
def test_several_rounds_at_once_give_counts_to_nobody_before_the_chair_has_announced_them(
    store: Store, hall: Hall, elsewhere: Hall
) -> None:
    hall.reach("counted")
    both = [hall.round.id, elsewhere.round.id]
    with store.read() as tx:
        assert tx.rounds.some(hall.staff, both) == (hall.current(),)
        assert [one.id for one in tx.rounds.some(PUBLIC, both)] == [hall.round.id]
        for one in (PUBLIC, hall.staff, hall.scrutineers[0]):
            assert tx.rounds.announced_results(one, both) == {}
    hall.reach("announced")
    with store.write() as tx:
        tx.rounds.keep_result(hall.current(), b'{"result":[[0,1,2,3]]}')
    with store.read() as tx:
        assert tx.rounds.announced_results(PUBLIC, both) == {hall.round.id: b'{"result":[[0,1,2,3]]}'}
        assert tx.rounds.announced_results(elsewhere.staff, both) == {}


@case("rounds.result")
@pytest.mark.parametrize("state", ["drafted", "open", "closed", "reconciled"])
def test_before_the_count_nobody_gets_counts(store: Store, hall: Hall, state: State) -> None:
    hall.reach(state)
    with store.read() as tx:
        for actor in (hall.staff, hall.chair, hall.operator):
            with pytest.raises(NotYet):
                tx.rounds.result(actor, hall.round.id)
