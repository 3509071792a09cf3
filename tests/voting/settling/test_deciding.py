"""Places that the votes left open: nothing happens by itself, one decision holds, and it can be withdrawn
until everybody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.announced import announced, count
from tests.county import County
from tests.decided import PAPER, decided
from tests.people import GRADES
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import Actor, Forbidden, NotFound
from voting.drafting import NoFollowUp
from voting.errors import TextError
from voting.rounds import Candidate, Round
from voting.settling.deciding import (
    AlreadyKnown,
    NothingDecided,
    choices,
    known_settled,
    make_known,
    settle,
    settled_chosen,
    settled_line,
    who_fills,
    withdraw,
)
from voting.settling.hub import what_is_next
from voting.settling.resolutions import (
    AlreadySettled,
    Decision,
    NothingOpen,
    Settled,
    SettlingError,
    Way,
)

TIED = (6, 4, 4)
"""One of three has a place, two have as many votes for the other."""
SHORT = (6, 2, 3)
"""One of three has more than half."""
PRESIDIUM: dict[str, Any] = {"tie": "presidium"}


def settled(county: County, of: Round, *, known_only: bool = False) -> Settled:
    with county.store.read() as tx:
        now = tx.rounds.get(county.staff, of.id)
        found = known_settled(tx, now) if known_only else settled_chosen(tx, now)
    assert found is not None
    return found


def enter(county: County, of: Round, way: Way, chosen: Sequence[int] = (), paper: Decision = PAPER) -> None:
    settle(county.store, county.staff, of.id, way, chosen, paper, county.now())


def follow(county: County, of: Round, relation: Any) -> Round:
    return drafting.follow_up(county.store, county.staff, of.id, relation, county.now())


@pytest.mark.parametrize(
    ("votes", "rules", "ways", "by"),
    [
        (TIED, {}, None, "再次票决"),
        (TIED, PRESIDIUM, ("presidium", "another_round", "vacant"), "主席团"),
        (SHORT, {}, ("presidium", "another_round", "vacant"), "主席团"),
        (SHORT, {"shortfall": "supplementary"}, None, "另行票决"),
        (SHORT, {"shortfall": "vacant"}, ("vacant",), ""),
    ],
)
def test_the_rules_say_what_may_be_decided_and_by_whom(
    county: County, votes: Sequence[int], rules: Any, ways: tuple[Way, ...] | None, by: str
) -> None:
    of = announced(county, votes, **rules)
    with county.store.read() as tx:
        open_to = choices(tx, of)
        assert (open_to.ways if open_to else None) == ways
        assert who_fills(tx, of) == by
    assert (settled(county, of).open_places, settled(county, of).vacant) == (1, 0)


def test_a_round_whose_places_are_all_taken_has_nothing_to_decide(county: County) -> None:
    of = announced(county, (6, 5, 2))
    with county.store.read() as tx:
        assert choices(tx, of) is None
    assert settled(county, of) == Settled(
        chosen=(1, 2), by_presidium=(), open_places=0, vacant=0, resolution=None, sentences=()
    )
    with refused(county.store, NothingOpen):
        enter(county, of, "vacant")


def test_the_presidium_names_one_of_the_tied(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    decided(county, of, 3)
    found = settled(county, of)
    assert (found.chosen, found.by_presidium, found.open_places, found.vacant) == ((1, 3), (3,), 0, 0)
    assert found.sentences == ("主席团决定（主席团会议纪要第3号，2027年1月26日）：列入3号。",)


def test_fewer_named_than_places_leave_the_rest_vacant(county: County) -> None:
    of = announced(county, (6, 2, 3, 1), places=3)
    decided(county, of, 2)
    found = settled(county, of)
    assert (found.chosen, found.open_places, found.vacant) == ((1, 2), 0, 1)
    assert found.sentences[0].endswith("：列入2号，其余1件缺额。")


def test_places_that_the_rules_leave_vacant_need_no_paper(county: County) -> None:
    of = announced(county, SHORT, shortfall="vacant")
    enter(county, of, "vacant", paper=Decision())
    found = settled(county, of)
    assert (found.chosen, found.open_places, found.vacant) == ((1,), 0, 1)
    assert found.sentences == ("按票决办法，缺额1件，不补。",)


def test_in_a_round_that_publishes_the_list_only_the_order_tells_no_votes(county: County) -> None:
    of = announced(county, (4, 5, 6, 5, 1), places=3, tie="presidium", publish="list")
    assert settled(county, of).chosen == (2, 3, 4)


def test_another_ballot_follows_only_when_the_presidium_has_decided_so(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    with refused(county.store, NoFollowUp):
        follow(county, of, "runoff")
    decided(county, of, way="another_round")
    again = follow(county, of, "runoff")
    assert [one.title for one in again.candidates] == ["候选项目2", "候选项目3"]
    assert settled(county, of).sentences[0].endswith("：对尚未确定的1件再次票决。")
    with county.store.read() as tx:
        assert who_fills(tx, of) == "再次票决"


def test_the_rounds_over_the_same_places_are_seen_as_one_line(county: County) -> None:
    of = announced(county, TIED)
    runoff = count(county, follow(county, of, "runoff"), (1, 5))
    with county.store.read() as tx:
        line = settled_line(tx, county.staff, of)
    assert [(one.id, came_to.chosen) for one, came_to in line] == [(of.id, (1,)), (runoff.id, (2,))]


@pytest.mark.parametrize(
    ("way", "chosen", "paper", "error", "said"),
    [
        ("presidium", (), PAPER, SettlingError, "请选择决定列入的项目"),
        ("presidium", (1,), PAPER, SettlingError, "1号不在"),
        ("presidium", (9,), PAPER, SettlingError, "9号不在"),
        ("presidium", (2, 3), PAPER, SettlingError, "还有1个名额"),
        ("presidium", (3, 3), PAPER, SettlingError, "选了两次"),
        ("vacant", (3,), PAPER, SettlingError, "只有决定列入时"),
        ("presidium", (3,), Decision(day=date(2027, 1, 26), words=" "), SettlingError, "请写明主席团的决定"),
        ("presidium", (3,), Decision(words="决定"), SettlingError, "日期"),
        ("vacant", (), Decision(day=date(2027, 1, 26), words="字" * 3000), TextError, "太长"),
        ("vacant", (), Decision(day=PAPER.day, words="决定", number="1\n2"), TextError, "换行"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    county: County, way: Way, chosen: Sequence[int], paper: Decision, error: type[Exception], said: str
) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    with refused(county.store, error, said):
        enter(county, of, way, chosen, paper)


@pytest.mark.parametrize("way", ["presidium", "another_round", "vacant"])
def test_where_the_rules_want_another_ballot_nobody_decides_otherwise(county: County, way: Way) -> None:
    of = announced(county, TIED)
    with refused(county.store, NothingOpen, "再次票决"):
        enter(county, of, way, (3,))


def test_where_the_rules_leave_places_vacant_the_presidium_names_nobody(county: County) -> None:
    of = announced(county, SHORT, shortfall="vacant")
    with refused(county.store, NothingOpen, "缺额不补"):
        enter(county, of, "presidium", (3,))


@pytest.mark.parametrize("state", ["drafted", "open", "counted", "void"])
def test_before_the_chair_has_announced_nothing_is_decided(county: County, state: Any) -> None:
    of = announced(county, TIED, state=state, **PRESIDIUM)
    with refused(county.store, NothingOpen, "还没有宣布"):
        enter(county, of, "presidium", (3,))


def test_a_count_that_made_the_vote_void_leaves_no_places_and_is_voted_on_again(county: County) -> None:
    of = announced(county, (7, 7, 7), places=2, ballot="for_against", most_for=True)
    with county.store.write() as tx:
        tx.rounds.keep_result(of, msgspec.json.encode({"result": [[7, 0, 0]] * 3}))

    def said() -> list[str]:
        steps = what_is_next(county.store, county.staff, of.session, county.now())
        return [one.what for one in steps if one.round == of.id]

    before = said()
    assert "“民生实事项目票决”票决无效，组织重新票决" in before
    assert all("名额" not in what for what in before)
    follow(county, of, "repeat")
    assert all("重新票决" not in what for what in said())


def test_a_satisfaction_test_leaves_no_places(county: County) -> None:
    session = drafting.create_session(county.store, county.staff, "测评会议", 6, county.random)
    rated = [Candidate(number=n, title=f"项目{n}") for n in (1, 2)]
    of = drafting.create_round(county.store, county.staff, session.id, "测评", GRADES, rated, county.now())
    with refused(county.store, NothingOpen, "测评"):
        enter(county, of, "vacant")


def test_the_same_once_more_changes_nothing_and_another_is_refused_with_both_said(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    enter(county, of, "presidium", (3,))
    with unchanged(county.store):
        enter(county, of, "presidium", (3,))
    with refused(county.store, AlreadySettled, "已经登记了决定：.*列入3号。登记有误的，请先撤回"):
        enter(county, of, "vacant")


def test_two_clerks_who_press_different_buttons_get_one_effect_and_a_sentence(county: County) -> None:
    of = announced(county, SHORT)
    decided(county, of, way="another_round", known=False)
    made = follow(county, of, "supplementary")
    with refused(county.store, AlreadySettled, made.title):
        withdraw(county.store, county.staff, of.id, county.now())
    other = announced(county, SHORT)
    decided(county, other, way="vacant", known=False)
    with refused(county.store, NoFollowUp, "已经登记了对未定名额的决定"):
        follow(county, other, "supplementary")


def test_until_it_is_known_it_can_be_withdrawn_and_then_entered_anew(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    enter(county, of, "presidium", (2,))
    withdraw(county.store, county.staff, of.id, county.now())
    assert settled(county, of).open_places == 1
    with unchanged(county.store):
        withdraw(county.store, county.staff, of.id, county.now())
    enter(county, of, "presidium", (3,))
    make_known(county.store, county.staff, of.id, county.now())
    with refused(county.store, AlreadyKnown):
        withdraw(county.store, county.staff, of.id, county.now())


def test_nobody_outside_knows_before_the_chair_has_said_it(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    decided(county, of, 3, known=False)
    assert settled(county, of, known_only=True).chosen == (1,)
    chair = Actor(role="chair", congress=of.congress, session=of.session, name="王主席")
    first = make_known(county.store, chair, of.id, county.now())
    assert settled(county, of, known_only=True).chosen == (1, 3)
    with unchanged(county.store):
        assert make_known(county.store, chair, of.id, county.now()) == first


def test_nothing_is_announced_that_was_not_decided(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    with refused(county.store, NothingDecided):
        make_known(county.store, county.staff, of.id, county.now())


def test_only_staff_of_the_own_congress_decide_anything(county: County) -> None:
    of = announced(county, TIED, **PRESIDIUM)
    chair = Actor(role="chair", congress=of.congress, session=of.session, name="王主席")
    stranger = Actor(role="chair", congress=of.congress, session="0" * 32, name="别的会议")
    with refused(county.store, NotFound):
        settle(county.store, county.town.staff, of.id, "presidium", (3,), PAPER, county.now())
    for actor in (chair, county.presidium, county.government, county.deputy):
        with refused(county.store, Forbidden):
            settle(county.store, actor, of.id, "presidium", (3,), PAPER, county.now())
        with refused(county.store, Forbidden):
            withdraw(county.store, actor, of.id, county.now())
    enter(county, of, "presidium", (3,))
    with refused(county.store, NotFound):
        make_known(county.store, stranger, of.id, county.now())
    with refused(county.store, Forbidden):
        make_known(county.store, county.presidium, of.id, county.now())
