"""Who is expected: all deputies at a session of the congress, at one of the committee its members."""

from __future__ import annotations

from tests.doors import Doors
from tests.people import Hall
from tests.refusals import refused
from voting.actors import PUBLIC
from voting.checking_in.refusals import NoDeputies, NotExpected


def test_only_members_are_checked_in_at_the_committee_and_have_passes(committee: Hall) -> None:
    doors = Doors(committee)
    with refused(doors.store, NoDeputies):
        doors.make_passes()
    with doors.store.write() as tx:
        for number in (1, 2, 3, 4):
            tx.deputies.change(doors.deputy(number), committee=True)
    with refused(doors.store, NotExpected, "张国立不是常委会组成人员"):
        doors.check_in(6)
    doors.come(1, 2, 3)
    assert [one.deputy.number for one in doors.attendance()] == [1, 2, 3, 4]
    assert [one.deputy.number for one in doors.make_passes()] == [1, 2, 3, 4]
    assert (doors.standing(PUBLIC).quorum, doors.standing(PUBLIC).quorate) == (4, False)
    doors.come(4)
    assert doors.standing(PUBLIC).quorate


def test_two_thirds_of_all_deputies_are_the_quorum_of_the_congress(hall: Hall) -> None:
    doors = Doors(hall)
    doors.come(1, 2, 3)
    assert (doors.standing().quorum, doors.standing().quorate) == (4, False)
    doors.come(4)
    assert doors.standing().quorate


def test_who_left_the_roster_after_checking_in_stays_on_the_list_of_that_plenary(hall: Hall) -> None:
    doors = Doors(hall)
    doors.come(2)
    with doors.store.write() as tx:
        tx.deputies.end(doors.deputy(2), hall.now().date())
        tx.deputies.end(doors.deputy(3), hall.now().date())
    assert [one.deputy.number for one in doors.attendance()] == [1, 2, 4, 5, 6]
