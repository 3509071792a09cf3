"""Promises of voting/drafting.py: what gets onto a ballot can be printed, counted, told apart."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.people import NAMES, OPENING_DAY, SELECT, STANCES, Hall, candidates, seeded
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import PUBLIC, Forbidden, NotFound, Role, system
from voting.counts import MOST_PEOPLE
from voting.cycle import State, WrongStep
from voting.drafting import AlreadyAdopted, DraftError, NoFollowUp, TitleTaken
from voting.errors import RulesError, TextError
from voting.rounds import Candidate, Relation, Round
from voting.rules import Rules
from voting.scrutinising.keys import AppointmentError
from voting.settling.deciding import settle
from voting.settling.resolutions import Decision


def create(
    hall: Hall, title: str = "第二轮", rules: Rules = SELECT, items: tuple[Candidate, ...] | None = None
) -> Round:
    return drafting.create_round(
        hall.store,
        hall.staff,
        hall.session.id,
        title,
        rules,
        candidates(rules.candidates) if items is None else items,
        OPENING_DAY,
    )


def change(hall: Hall, title: str, rules: Rules = SELECT) -> Round:
    return drafting.change_round(
        hall.store, hall.staff, hall.round.id, title, rules, candidates(rules.candidates), OPENING_DAY
    )


def adopt(hall: Hall, *names: str) -> Round:
    return drafting.adopt(hall.store, hall.staff, hall.round.id, names, hall.now())


def test_only_the_installation_makes_a_congress(hall: Hall) -> None:
    made = drafting.create_congress(hall.store, system(""), " 甲镇人民代表大会 ", "town")
    with hall.store.read() as tx:
        assert tx.sessions.congress(made.id).name == "甲镇人民代表大会"
    with refused(hall.store, Forbidden):
        drafting.create_congress(hall.store, hall.staff, "乙镇人民代表大会", "town")


def test_a_session_gets_a_code_of_eight_base58_characters(hall: Hall) -> None:
    made = drafting.create_session(hall.store, hall.staff, "第六次会议", 298, hall.random)
    assert len(made.code) == 8
    assert not set(made.code) & set("0OIl")
    with hall.store.read() as tx:
        assert tx.sessions.by_code(PUBLIC, made.code) == made


def test_no_two_sessions_of_the_installation_share_a_code(hall: Hall) -> None:
    elsewhere = drafting.create_congress(hall.store, system(""), "甲镇人民代表大会", "town")
    clerk = replace(hall.staff, congress=elsewhere.id)
    repeating = seeded("same"), seeded("same")
    first = drafting.create_session(hall.store, hall.staff, "第六次会议", 298, repeating[0])
    second = drafting.create_session(hall.store, clerk, "第一次会议", 45, repeating[1])
    assert first.code != second.code


@pytest.mark.parametrize("deputies", [-1, 0, MOST_PEOPLE + 1])
def test_a_session_needs_a_number_of_deputies_that_can_be_true(hall: Hall, deputies: int) -> None:
    with refused(hall.store, DraftError, "全体代表人数"):
        drafting.create_session(hall.store, hall.staff, "第六次会议", deputies, hall.random)


def test_a_session_belongs_to_a_congress_that_exists(hall: Hall) -> None:
    with refused(hall.store, NotFound):
        drafting.create_session(hall.store, replace(hall.staff, congress="0" * 32), "会议", 9, hall.random)


def test_a_draft_is_cleaned_and_numbered_as_it_will_be_printed(hall: Hall) -> None:
    items = (
        Candidate(number=7, title=" 甲 ", content="一\r\n二", place=" 城关镇"),
        Candidate(number=7, title="乙\t丙"),
        Candidate(number=0, title="e\u0301cole"),
    )
    made = create(hall, items=items)
    assert made.candidates == (
        Candidate(number=1, title="甲", content="一\n二", place="城关镇"),
        Candidate(number=2, title="乙 丙"),
        Candidate(number=3, title="\u00e9cole"),
    )
    assert (made.state, made.drafted_at) == ("drafted", OPENING_DAY)


def test_drafting_the_same_once_more_gives_the_round_that_is_there(hall: Hall) -> None:
    made = create(hall)
    with unchanged(hall.store):
        assert create(hall) == made


def test_another_round_of_the_same_title_is_refused(hall: Hall) -> None:
    with refused(hall.store, TitleTaken):
        create(hall, title=hall.round.title, rules=STANCES)
    create(hall)
    with refused(hall.store, TitleTaken):
        change(hall, "第二轮")


@pytest.mark.parametrize("title", ["", " ", "\0", "票决\u202e", "票" * 10_000, "一\n二"], ids=repr)
def test_a_title_that_cannot_be_printed_is_refused(hall: Hall, title: str) -> None:
    with refused(hall.store, TextError):
        create(hall, title=title)


@pytest.mark.parametrize("field", ["title", "content", "place", "cost", "unit", "deadline"])
@pytest.mark.parametrize("text", ["甲\0", "甲\u202e乙", "甲" * 10_000], ids=["NUL", "bidi", "long"])
def test_a_candidate_that_cannot_be_printed_is_refused_by_number_and_field(
    hall: Hall, field: str, text: str
) -> None:
    first, second, third = candidates(3)
    with refused(hall.store, TextError, "第2件候选项目的"):
        create(hall, items=(first, replace(second, **{field: text}), third))


def test_two_candidates_of_one_name_are_refused_with_their_numbers(hall: Hall) -> None:
    first, second, _ = candidates(3)
    with refused(hall.store, DraftError, "第1件和第3件"):
        create(hall, items=(first, second, replace(first, title=f" {first.title[:2]} {first.title[2:]}")))


@pytest.mark.parametrize("number", [0, 1, 2, 4])
def test_as_many_candidates_are_needed_as_the_rules_say(hall: Hall, number: int) -> None:
    with refused(hall.store, DraftError, "候选项目3件"):
        create(hall, items=candidates(number))


@pytest.mark.parametrize("places", [0, 3, 4])
def test_rules_under_which_nothing_can_be_chosen_are_refused(hall: Hall, places: int) -> None:
    with refused(hall.store, RulesError):
        create(hall, rules=replace(SELECT, places=places))


def test_a_draft_can_be_changed_and_the_step_is_recorded(hall: Hall) -> None:
    changed = change(hall, "改过的名称", STANCES)
    assert hall.current() == changed
    assert (changed.title, changed.rules, len(changed.candidates)) == ("改过的名称", STANCES, 2)
    with hall.store.read() as tx:
        assert [one.step for one in tx.steps.of(hall.staff, hall.round.id)] == ["draft", "change"]


def test_changing_nothing_changes_nothing(hall: Hall) -> None:
    with unchanged(hall.store):
        assert change(hall, hall.round.title) == hall.round


@pytest.mark.parametrize("state", ["adopted", "open", "published", "void"])
def test_what_the_plenary_has_passed_cannot_be_changed(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, AlreadyAdopted):
        change(hall, "改过的名称")


def test_adopting_fixes_the_scrutineers_the_chief_first(hall: Hall) -> None:
    assert adopt(hall, *NAMES).state == "adopted"
    with hall.store.read() as tx:
        found = tx.scrutineers.of(hall.staff, hall.round.id)
    assert [(one.number, one.name, one.chief) for one in found] == [
        (1, NAMES[0], True),
        (2, NAMES[1], False),
        (3, NAMES[2], False),
    ]


def test_adopting_the_same_once_more_changes_nothing(hall: Hall) -> None:
    adopted = adopt(hall, *NAMES)
    with unchanged(hall.store):
        assert adopt(hall, *NAMES) == adopted


def test_other_scrutineers_cannot_be_adopted_afterwards(hall: Hall) -> None:
    adopt(hall, *NAMES)
    with refused(hall.store, WrongStep):
        adopt(hall, *NAMES[:2])


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ((), AppointmentError),
        (("甲", "甲 "), AppointmentError),
        (("甲", "\0"), TextError),
        (tuple("甲乙丙丁" * 4), AppointmentError),
    ],
    ids=["none", "twice", "NUL", "too many"],
)
def test_a_list_of_scrutineers_that_will_not_do_is_refused(
    hall: Hall, names: tuple[str, ...], error: type[Exception]
) -> None:
    with refused(hall.store, error):
        adopt(hall, *names)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "public", "system"])
def test_only_staff_draft_and_adopt(hall: Hall, role: Role) -> None:
    outsider = replace(hall.staff, role=role)
    items = candidates(3)
    with refused(hall.store, Forbidden, "工作人员"):
        drafting.create_round(hall.store, outsider, hall.session.id, "轮", SELECT, items, OPENING_DAY)
    with refused(hall.store, Forbidden):
        drafting.change_round(hall.store, outsider, hall.round.id, "轮", SELECT, items, OPENING_DAY)
    with refused(hall.store, Forbidden):
        drafting.adopt(hall.store, outsider, hall.round.id, NAMES, OPENING_DAY)
    with refused(hall.store, Forbidden):
        drafting.follow_up(hall.store, outsider, hall.round.id, "runoff", OPENING_DAY)


def test_staff_of_another_congress_find_nothing(hall: Hall) -> None:
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        drafting.adopt(hall.store, stranger, hall.round.id, NAMES, OPENING_DAY)
    with refused(hall.store, NotFound):
        drafting.create_round(hall.store, stranger, hall.session.id, "轮", SELECT, candidates(3), OPENING_DAY)


# Rounds that follow


TIED = ((1, 2), (1, 2), (1, 3), (1, 3), (2, 3), (2, 3))
"""Four votes for each of the three candidates: they pass the floor, and there are two places."""
SHORT = ((1, 2), (1, 2), (1, 2), (1, 3), (1, 3), (1, 3))
"""Six votes for the first, three for each of the others: fewer than the four that are needed."""


def vote(hall: Hall, *ballots: tuple[int, ...]) -> None:
    hall.reach("open")
    for card, marks in enumerate(ballots):
        hall.cast(card, *marks)
    hall.reach("announced")


def follow(hall: Hall, relation: Relation) -> Round:
    return drafting.follow_up(hall.store, hall.staff, hall.round.id, relation, hall.now())


def test_a_tie_is_voted_on_again_among_the_tied_without_a_floor(hall: Hall) -> None:
    vote(hall, *TIED)
    again = follow(hall, "runoff")
    assert (again.previous, again.relation, again.state) == (hall.round.id, "runoff", "drafted")
    assert again.title == "民生实事项目票决（再次票决）"
    assert again.candidates == hall.round.candidates
    assert isinstance(again.rules, Rules)
    assert (again.rules.places, again.rules.majority_floor) == (2, False)


def test_a_shortfall_is_voted_on_among_those_not_chosen_numbered_anew(hall: Hall) -> None:
    vote(hall, *SHORT)
    with refused(hall.store, NoFollowUp, "由主席团决定"):
        follow(hall, "supplementary")
    paper = Decision(day=date(2026, 1, 25), words="主席团决定另行票决。")
    settle(hall.store, hall.staff, hall.round.id, "another_round", (), paper, hall.now())
    more = follow(hall, "supplementary")
    assert more.title == "民生实事项目票决（另行票决）"
    assert [(one.number, one.title) for one in more.candidates] == [
        (1, "校园食堂改建"),
        (2, "社区养老服务站"),
    ]
    assert isinstance(more.rules, Rules)
    assert (more.rules.candidates, more.rules.places, more.rules.majority_floor) == (2, 1, True)


def test_a_void_round_is_repeated_as_it_was(hall: Hall) -> None:
    hall.reach("void")
    again = follow(hall, "repeat")
    assert (again.rules, again.candidates) == (hall.round.rules, hall.round.candidates)
    assert again.title == "民生实事项目票决（重新票决）"


def test_following_up_once_more_gives_the_round_that_is_there(hall: Hall) -> None:
    vote(hall, *TIED)
    again = follow(hall, "runoff")
    with unchanged(hall.store):
        assert follow(hall, "runoff") == again


def test_a_long_title_is_shortened_so_that_the_kind_of_round_stays_readable(hall: Hall) -> None:
    change(hall, "票" * 120)
    hall.reach("void")
    assert follow(hall, "repeat").title == "票" * 114 + "（重新票决）"


@pytest.mark.parametrize(
    ("ballots", "relation"),
    [(TIED, "supplementary"), (TIED, "repeat"), (SHORT, "runoff"), (SHORT, "repeat")],
)
def test_no_round_follows_that_the_outcome_does_not_ask_for(
    hall: Hall, ballots: tuple[tuple[int, ...], ...], relation: Relation
) -> None:
    vote(hall, *ballots)
    with refused(hall.store, NoFollowUp):
        follow(hall, relation)


def test_places_that_the_rules_leave_vacant_are_not_voted_on_again(hall: Hall) -> None:
    change(hall, hall.round.title, replace(SELECT, shortfall="vacant"))
    vote(hall, *SHORT)
    with refused(hall.store, NoFollowUp):
        follow(hall, "supplementary")


@pytest.mark.parametrize("relation", ["runoff", "supplementary", "repeat"])
@pytest.mark.parametrize("state", ["open", "counted"])
def test_no_round_follows_before_the_result_is_announced(
    hall: Hall, state: State, relation: Relation
) -> None:
    hall.reach(state)
    with refused(hall.store, NoFollowUp):
        follow(hall, relation)
