"""Promises of 签到 on both databases: plenaries, who comes and goes, leave, passes; several desks at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import new_id
from tests.doors import Doors
from tests.people import Hall
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.checking_in import attendance, leave, passes, plenaries
from voting.checking_in.facts import Leave, latest
from voting.checking_in.refusals import (
    MoveOvertaken,
    NotExpected,
    NotThere,
    PassUnknown,
    PlenaryBusy,
    PlenaryOn,
    PlenaryOver,
)
from voting.errors import CountsError


@pytest.fixture
def doors(hall: Hall) -> Doors:
    """Six deputies expected at a plenary that has begun."""
    return Doors(hall)


@case("plenaries.add", "plenaries.listing", "plenaries.get", "plenaries.change")
def test_one_plenary_is_on_at_a_time_and_each_is_checked_in_anew(doors: Doors, elsewhere: Hall) -> None:
    first = doors.plenary
    doors.come(1, 2, 3, 4)
    with unchanged(doors.store):
        assert doors.begin() == first
    with refused(doors.store, PlenaryOn, "“第一次全体会议”还没有结束"):
        doors.begin("第二次全体会议")
    ended = plenaries.end_plenary(doors.store, doors.hall.staff, first.id, doors.hall.now())
    with unchanged(doors.store):
        assert plenaries.end_plenary(doors.store, doors.hall.staff, first.id, doors.hall.now()) == ended
    second = doors.begin("第二次全体会议")
    assert (second.number, doors.standing().present) == (2, 0)
    with doors.store.read() as tx:
        assert tx.plenaries.listing(PUBLIC, doors.hall.session.id) == (second, ended)
        assert tx.plenaries.get(doors.hall.staff, first.id) == ended
        for unknown in (new_id("plenary"), "", "\0"):
            with pytest.raises(NotFound):
                tx.plenaries.get(doors.hall.staff, unknown)
        assert tx.plenaries.listing(elsewhere.staff, doors.hall.session.id) == ()
        with pytest.raises(NotFound):
            tx.plenaries.get(elsewhere.usher, first.id)


def test_a_plenary_that_was_ended_by_mistake_goes_on_with_everybody_who_was_there(doors: Doors) -> None:
    doors.come(1, 2)
    staff, now = doors.hall.staff, doors.hall.now
    plenaries.end_plenary(doors.store, staff, doors.plenary.id, now())
    assert doors.standing().plenary is None
    resumed = plenaries.resume_plenary(doors.store, staff, doors.plenary.id, now())
    assert (doors.standing().plenary, doors.standing().present) == (resumed, 2)
    plenaries.end_plenary(doors.store, staff, doors.plenary.id, now())
    doors.begin("第二次全体会议")
    with refused(doors.store, PlenaryOn, "后面已经有“第二次全体会议”"):
        plenaries.resume_plenary(doors.store, staff, doors.plenary.id, now())


@case("attendance.add", "attendance.standing", "attendance.present", "attendance.are_present")
def test_who_comes_leaves_and_comes_back_is_counted_once(doors: Doors) -> None:
    doors.come(1, 2, 3)
    doors.check_out(2, doors.second)
    assert (doors.standing().present, doors.standing().quorum, doors.standing().quorate) == (2, 4, False)
    doors.check_in(2)
    doors.come(4)
    assert (doors.standing().present, doors.standing().quorate) == (4, True)
    with doors.store.read() as tx:
        assert tx.attendance.are_present(doors.plenary) == {doors.deputy(n).id for n in (1, 2, 3, 4)}
    there = {one.deputy.number: one for one in doors.attendance()}
    assert [there[n].presence for n in (1, 2, 5)] == ["present", "present", "absent"]
    assert [(one.direction, one.desk) for one in there[2].moves] == [
        ("in", "东门小周"),
        ("out", "西门小吴"),
        ("in", "东门小周"),
    ]


def test_whoever_was_checked_in_already_is_told_when_and_by_which_desk(doors: Doors) -> None:
    first = doors.check_in(1)
    with unchanged(doors.store):
        again = doors.check_in(1, doors.second)
    assert (again.again, again.move) == (True, first.move)
    assert again.move is not None
    assert again.move.desk == "东门小周"
    left = doors.check_out(1)
    with unchanged(doors.store):
        assert doors.check_out(1, doors.second) == replace(left, again=True)
    with refused(doors.store, NotThere, "单雄信还没有签到"):
        doors.check_out(2)


@case("attendance.undo", "attendance.of_deputy")
def test_a_slip_is_taken_back_and_nothing_later_with_it(doors: Doors) -> None:
    came = doors.check_in(1)
    assert doors.undo(came).move is None
    assert doors.standing().present == 0
    with unchanged(doors.store):
        assert doors.undo(came).again
    came = doors.check_in(1)
    left = doors.check_out(1)
    with refused(doors.store, MoveOvertaken):
        doors.undo(came)
    assert doors.undo(left).move == came.move
    assert doors.standing().present == 1
    with doors.store.read() as tx:
        moves = tx.attendance.of_deputy(doors.plenary, doors.deputy(1).id)
    assert [(one.stands, one.undone_at is None) for one in moves] == [
        (False, False),
        (True, True),
        (False, False),
    ]
    assert latest(moves) == came.move
    never = replace(came, deputy=doors.deputy(2))
    with refused(doors.store, MoveOvertaken):
        doors.undo(never)


@case("plenaries.lock")
def test_desks_that_tap_the_same_deputy_at_once_make_one_entry(doors: Doors) -> None:
    desks = [replace(doors.hall.usher, name=f"{n}号台", link=new_id("desk")) for n in range(6)]
    now = doors.hall.now()

    def tap(at: int) -> list[bool]:
        return [
            attendance.check_in(doors.store, desks[at], doors.plenary.id, one.id, now).again
            for one in doors.deputies[at % 3 :] + doors.deputies[: at % 3]
        ]

    with ThreadPoolExecutor(len(desks)) as pool:
        taps = [again for one in pool.map(tap, range(len(desks))) for again in one]
    assert (taps.count(False), taps.count(True)) == (6, 30)
    with doors.store.read() as tx:
        assert len(tx.attendance.standing(doors.plenary)) == doors.standing().present == 6


def test_who_comes_after_check_in_has_ended_is_late_and_coming_back_is_not(doors: Doors) -> None:
    doors.come(1)
    staff = doors.hall.staff
    closed = plenaries.close_check_in(doors.store, staff, doors.plenary.id, doors.hall.now())
    with unchanged(doors.store):
        assert plenaries.close_check_in(doors.store, staff, closed.id, doors.hall.now()) == closed
    doors.check_out(1)
    doors.come(1, 2)
    plenaries.open_check_in(doors.store, staff, closed.id, doors.hall.now())
    doors.come(3)
    doors.check_in(4, late=True)
    late = [one.late for one in doors.attendance()]
    assert late == [False, True, False, True, False, False]


def test_nobody_is_checked_in_who_is_not_expected(doors: Doors, elsewhere: Hall) -> None:
    with doors.store.write() as tx:
        tx.deputies.change(doors.deputy(1), suspended=True)
        tx.deputies.end(doors.deputy(2), doors.hall.now().date())
    with refused(doors.store, NotExpected, "张桂兰暂停执行代表职务"):
        doors.check_in(1)
    with refused(doors.store, NotExpected, "单雄信已经不再担任代表"):
        doors.check_in(2)
    stranger = Doors(elsewhere).deputy(1)
    for usher, plenary, deputy in (
        (doors.first, doors.plenary.id, stranger.id),
        (elsewhere.usher, doors.plenary.id, doors.deputy(3).id),
        (doors.first, new_id("plenary"), doors.deputy(3).id),
        (doors.first, doors.plenary.id, "nobody"),
    ):
        with refused(doors.store, NotFound):
            attendance.check_in(doors.store, usher, plenary, deputy, doors.hall.now())
    for actor in (doors.hall.chair, doors.hall.operator, doors.hall.scrutineers[0], PUBLIC):
        with refused(doors.store, Forbidden):
            attendance.check_in(doors.store, actor, doors.plenary.id, doors.deputy(3).id, doors.hall.now())
    with refused(doors.store, Forbidden):
        plenaries.end_plenary(doors.store, doors.first, doors.plenary.id, doors.hall.now())


def test_nothing_is_entered_after_the_plenary(doors: Doors) -> None:
    came = doors.check_in(1)
    plenaries.end_plenary(doors.store, doors.hall.staff, doors.plenary.id, doors.hall.now())
    steps: tuple[Callable[[], object], ...] = (
        lambda: doors.check_in(2),
        lambda: doors.check_out(1),
        lambda: doors.undo(came),
    )
    for step in steps:
        with refused(doors.store, PlenaryOver, "第一次全体会议”已经结束"):
            step()
    with refused(doors.store, PlenaryOver):
        plenaries.close_check_in(doors.store, doors.hall.staff, doors.plenary.id, doors.hall.now())


def test_a_plenary_does_not_end_while_ballots_are_cast(doors: Doors) -> None:
    doors.come(1, 2, 3, 4, 5, 6)
    doors.hall.reach("open")
    with refused(doors.store, PlenaryBusy):
        plenaries.end_plenary(doors.store, doors.hall.staff, doors.plenary.id, doors.hall.now())
    doors.hall.reach("closed")
    plenaries.end_plenary(doors.store, doors.hall.staff, doors.plenary.id, doors.hall.now())


@pytest.mark.parametrize("left", [0, 3])
def test_no_round_opens_with_more_present_than_have_checked_in(doors: Doors, left: int) -> None:
    doors.hall.reach("sealed")
    doors.come(1, 2, 3, 4, 5)
    for number in range(1, left + 1):
        doors.check_out(number)
    with refused(doors.store, CountsError, f"签到在会场的有{5 - left}人，填写的实到是6人"):
        doors.hall.open()
    doors.come(*range(1, 7))
    opened = doors.hall.open()
    assert (opened.plenary, opened.present) == (doors.plenary.id, 6)


def test_anybody_who_may_see_the_session_may_see_its_figures_and_nobody_the_names(doors: Doors) -> None:
    doors.come(1, 2, 3, 4)
    for actor in (PUBLIC, doors.hall.chair, doors.hall.operator, doors.hall.staff):
        assert doors.standing(actor).present == 4
    with doors.store.read() as tx, pytest.raises(Forbidden):
        attendance.attendance(tx, doors.hall.chair, doors.plenary)


@case("leaves.add", "leaves.holding", "leaves.get", "leaves.change")
def test_leave_holds_until_it_is_withdrawn_or_the_deputy_comes(doors: Doors, elsewhere: Hall) -> None:
    store, staff, session = doors.store, doors.hall.staff, doors.hall.session

    def note(number: int, reason: str, plenary: str | None = None) -> Leave:
        deputy = doors.deputy(number).id
        return leave.note_leave(store, staff, session.id, deputy, reason, doors.hall.now(), plenary)

    ill = note(3, " 因病住院 ")
    away = note(1, "出差", doors.plenary.id)
    with unchanged(store):
        assert note(3, "因病住院") == ill
    changed = note(3, "因病手术")
    assert (changed.id, changed.reason) == (ill.id, "因病手术")
    assert doors.standing().on_leave == 2
    with store.read() as tx:
        assert [one.leave for one in leave.leave_list(tx, staff, session.id)] == [away, changed]
        assert tx.leaves.get(session, ill.id) == changed
        with pytest.raises(NotFound):
            tx.leaves.get(elsewhere.session, ill.id)
    doors.come(1)
    assert (doors.standing().on_leave, doors.standing().present) == (1, 1)
    withdrawn = leave.withdraw_leave(store, staff, session.id, ill.id, doors.hall.now())
    with unchanged(store):
        assert leave.withdraw_leave(store, staff, session.id, ill.id, doors.hall.now()) == withdrawn
    assert doors.standing().on_leave == 0
    with store.read() as tx:
        assert tx.leaves.holding(session) == (away,)
    plenaries.end_plenary(store, staff, doors.plenary.id, doors.hall.now())
    doors.plenary = doors.begin("第二次全体会议")
    assert [one.leave for one in doors.attendance() if one.leave] == []
    for number, plenary in ((1, new_id("plenary")), (1, Doors(elsewhere).plenary.id)):
        with refused(store, NotFound):
            note(number, "出差", plenary)


@case("pass_codes.add_many", "pass_codes.of", "pass_codes.deputy", "pass_codes.replace")
def test_a_pass_leads_to_its_deputy_until_it_is_replaced(doors: Doors, elsewhere: Hall) -> None:
    made = doors.make_passes()
    assert [one.deputy for one in made] == doors.deputies
    with unchanged(doors.store):
        assert doors.make_passes() == made

    def whose(text: str, hall: Hall = doors.hall) -> str | None:
        with doors.store.read() as tx:
            found = passes.holder(tx, hall.usher, hall.session.id, text)
            return None if found is None else found.name

    assert [whose(one.text) for one in made] == [one.name for one in doors.deputies]
    assert whose(f"张{made[1].text.replace(':', '：')} ") == "单雄信"
    assert whose("张桂兰") is None
    renewed = passes.replace_pass(
        doors.store,
        doors.hall.staff,
        doors.hall.session.id,
        made[0].deputy.id,
        doors.hall.now(),
        doors.hall.random,
    )
    assert whose(renewed.text) == "张桂兰"
    with pytest.raises(PassUnknown, match="补办"):
        whose(made[0].text)
    with pytest.raises(PassUnknown, match="别的会议"):
        whose(made[1].text, elsewhere)
    with pytest.raises(PassUnknown, match="没有扫完整"):
        whose(made[1].text[:-3])
    next_one = drafting.create_session(doors.store, doors.hall.staff, "第六次会议", 6, doors.hall.random)
    with doors.store.read() as tx:
        assert tx.pass_codes.of(elsewhere.session) == tx.pass_codes.of(next_one) == {}
        code = tx.pass_codes.of(doors.hall.session)[doors.deputy(2).id]
        assert tx.pass_codes.deputy(elsewhere.session, code) is None
        assert tx.pass_codes.deputy(next_one, code) is None


def test_the_log_says_who_checked_whom_in(doors: Doors) -> None:
    doors.come(1)
    with doors.store.read() as tx:
        logged = [one for one in tx.audit.unchained(doors.hall.congress.id, 50) if one.what == "check_in"]
    assert [(one.name, one.subject_id) for one in logged] == [("东门小周", doors.deputy(1).id)]
    assert doors.hall.now() - logged[0].at < timedelta(hours=1)
