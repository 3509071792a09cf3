"""Promises of erasing boxes and decks: only what nobody may recount, only after the vote."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.dealt import Dealt
from tests.people import SELECT, Hall
from voting import publishing, tally_report
from voting.actors import system
from voting.keeping import due
from voting.keeping.erasing import erase_due
from voting.keeping.holding import put_hold
from voting.preserving.backing_up import back_up
from voting.preserving.locked_file import new_key
from voting.preserving.restoring import restore
from voting.publishing import BoxErased
from voting.store import Store


def voted(store: Store, folder: Path, state: Any = "published", publish: Any = "list_and_votes") -> Hall:
    hall = Hall(store, folder, rules=replace(SELECT, publish=publish))
    hall.reach("open")
    hall.cast(0, 1)
    hall.cast(1, 1, 2)
    hall.reach(state)
    return hall


def erased(hall: Hall, days: int = 800) -> dict[str, int]:
    now = hall.now() + timedelta(days=days)
    return {one.kind: one.number for one in erase_due(hall.store, system(hall.congress.id), now)}


@pytest.mark.parametrize("state", ["published", "announced", "void"])
def test_a_box_that_nobody_may_recount_goes_on_its_day(store: Store, tmp_path: Path, state: str) -> None:
    hall = voted(store, tmp_path, state)
    assert erased(hall, 300) == {}
    assert erased(hall) == {"archives": 2}
    assert erased(hall) == {}


def test_a_published_box_is_never_erased(store: Store, tmp_path: Path) -> None:
    hall = voted(store, tmp_path, publish="with_archive")
    assert erased(hall, 5000) == {}
    assert due.overview(store, hall.staff, hall.now() + timedelta(days=5000)).due == 0
    hall.audit()


def test_a_round_that_is_not_over_keeps_its_box(store: Store, tmp_path: Path) -> None:
    hall = voted(store, tmp_path, "counted")
    assert erased(hall) == {}
    hall.audit()


def test_result_figures_and_report_stay_as_they_were(store: Store, tmp_path: Path) -> None:
    hall = voted(store, tmp_path)
    shown, report = said(hall)
    assert erased(hall)
    assert said(hall) == (shown, report)


def said(hall: Hall) -> tuple[publishing.PublicResult, bytes]:
    shown = publishing.public_result(hall.store, hall.round.id)
    return shown, tally_report.report_text(hall.store, hall.staff, hall.round.id)


def test_whoever_asks_for_what_is_gone_is_told_so_and_not_that_it_never_was(
    store: Store, tmp_path: Path
) -> None:
    hall = Hall(store, tmp_path, rules=replace(SELECT, publish="list"))
    hall.reach("open")
    tracker = hall.cast(0, 1).tracker
    hall.reach("published")
    assert publishing.find_tracker(store, hall.round.id, tracker)
    assert erased(hall)
    with pytest.raises(BoxErased):
        publishing.find_tracker(store, hall.round.id, tracker)
    with pytest.raises(BoxErased):
        publishing.archive(store, hall.staff, hall.round.id)


def test_getting_a_backup_back_finds_no_fault_in_a_box_that_was_erased(
    sqlite_url: str, tmp_path: Path
) -> None:
    with Store.open(sqlite_url) as store:
        hall = voted(store, tmp_path)
        assert erased(hall)
    private, public = new_key()
    backup, key = tmp_path / "one.piaojue", tmp_path / "restored.key"
    back_up(sqlite_url, hall.key_file, backup, public, hall.now())
    restored = restore(backup, private, f"sqlite:///{tmp_path}/restored.db", key)
    assert restored.faults == ()
    assert [(one.ballots, one.fault) for one in restored.rounds] == [(0, "")]


def test_a_held_round_keeps_its_box(store: Store, tmp_path: Path) -> None:
    hall = voted(store, tmp_path)
    put_hold(store, hall.staff, "round", hall.round.id, "有人申诉", hall.now())
    assert erased(hall) == {}
    assert publishing.archive(store, hall.staff, hall.round.id)


def test_serials_go_after_the_last_use_and_the_vote_still_verifies(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    people = Dealt(hall, cards=6)
    people.opened()
    people.cast(hall.round, 0, 1)
    hall.reach("announced")
    assert erased(hall, 7) == {}
    assert erased(hall, 8) == {"serials": 6}
    with store.read() as tx:
        assert tx.decks.cards(people.deck) == ()
    hall.audit()


def test_a_deck_that_came_early_or_that_a_round_waits_for_is_left_alone(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    people = Dealt(hall, cards=6)
    assert erased(hall, 300) == {}
    people.sealed()
    assert erased(hall, 800) == {}
    assert people.count().out == 6


def test_a_held_round_keeps_its_serials(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    Dealt(hall, cards=6).opened()
    hall.reach("announced")
    put_hold(store, hall.staff, "round", hall.round.id, "有人申诉", hall.now())
    assert erased(hall, 60) == {}
