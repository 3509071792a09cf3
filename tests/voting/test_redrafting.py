"""Promises of voting/redrafting.py: what was entered by mistake can be put right until sealing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import common_key
from tests.people import NAMES, Hall
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import Forbidden, NotFound, Role
from voting.cycle import State
from voting.redrafting import AlreadyUnderWay, NoDraft, delete_draft, redraft
from voting.rounds import Round
from voting.store import Store
from voting.store.audit import Wanted


def take_back(hall: Hall) -> Round:
    return redraft(hall.store, hall.staff, hall.round.id, hall.now())


def test_a_misspelt_scrutineer_is_put_right_and_the_round_held_as_if_nothing_had_been(hall: Hall) -> None:
    drafting.adopt(hall.store, hall.staff, hall.round.id, ["陈秀瑛", NAMES[1]], hall.now())
    hall.load_cards()
    drafted = take_back(hall)
    assert drafted.state == "drafted"
    with hall.store.read() as tx:
        assert tx.scrutineers.of(hall.staff, hall.round.id) == ()
    hall.reach("announced")
    with hall.store.read() as tx:
        assert [one.name for one in tx.scrutineers.of(hall.staff, hall.round.id)] == list(NAMES[:2])


def test_the_key_made_together_is_taken_again_for_the_same_scrutineers(sqlite: Store, tmp_path: Path) -> None:
    hall = Hall(sqlite, tmp_path, scrutineers=3, threshold=2)
    before = hall.reach("adopted")
    common_key.make(hall, before.ceremony or "")
    assert take_back(hall).ceremony is None
    assert hall.reach("adopted").ceremony == before.ceremony


def test_projects_can_be_changed_again(hall: Hall) -> None:
    hall.reach("adopted")
    draft = take_back(hall)
    changed = drafting.change_round(
        hall.store, hall.staff, draft.id, "改过的名称", draft.rules, draft.candidates, hall.now()
    )
    assert changed.title == "改过的名称"


def test_a_draft_stays_as_it_is(hall: Hall) -> None:
    with unchanged(hall.store):
        assert take_back(hall).state == "drafted"


@pytest.mark.parametrize("state", ["sealed", "open", "closed", "announced", "void"])
def test_once_sealed_nothing_is_taken_back(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, AlreadyUnderWay):
        take_back(hall)


@pytest.mark.parametrize("role", ["chair", "operator", "scrutineer"])
def test_only_staff_take_back(hall: Hall, role: Role) -> None:
    hall.reach("adopted")
    actor = {"chair": hall.chair, "operator": hall.operator, "scrutineer": hall.scrutineers[0]}[role]
    with refused(hall.store, Forbidden):
        redraft(hall.store, actor, hall.round.id, hall.now())


def delete(hall: Hall) -> None:
    delete_draft(hall.store, hall.staff, hall.round.id, hall.now())


def test_a_draft_that_nobody_needs_is_gone_and_its_title_and_cards_are_free_again(hall: Hall) -> None:
    hall.load_cards()
    delete(hall)
    with refused(hall.store, NotFound):
        delete(hall)
    again = drafting.create_round(
        hall.store,
        hall.staff,
        hall.session.id,
        hall.round.title,
        hall.round.rules,
        hall.round.candidates,
        hall.now(),
    )
    assert again.id != hall.round.id
    hall.round = again
    hall.load_cards()
    assert hall.reach("announced").state == "announced"


def test_the_log_still_says_that_the_draft_was_there(hall: Hall) -> None:
    delete(hall)
    with hall.store.read() as tx:
        newest = tx.audit.listing(hall.staff, Wanted(), 1)[0]
    assert newest.what == "delete_draft"
    assert ("title", hall.round.title, None) in newest.fields()


def test_what_the_plenary_has_passed_is_taken_back_before_it_can_be_deleted(hall: Hall) -> None:
    hall.reach("adopted")
    with refused(hall.store, NoDraft):
        delete(hall)
    take_back(hall)
    delete(hall)


@pytest.mark.parametrize("role", ["chair", "operator"])
def test_only_staff_delete(hall: Hall, role: Role) -> None:
    actor = {"chair": hall.chair, "operator": hall.operator}[role]
    with refused(hall.store, Forbidden):
        delete_draft(hall.store, actor, hall.round.id, hall.now())
