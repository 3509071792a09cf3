"""Promises of a satisfaction test as a round: the same secrecy and the same record as a vote, other words.

Every hall ends with the verifier's judgement of its archive and its round.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from ballots.election import Election
from tests.people import GRADES, TITLES, Hall, candidates
from tests.refusals import refused
from tests.voting.conftest import session
from voting import announcing, drafting, opening, publishing, reconciling, tally_report
from voting.actors import PUBLIC, NotYet
from voting.counts import GradeCounts
from voting.cycle import WrongStep, state_name, step_name
from voting.disclosure import PublicRatings
from voting.drafting import DraftError, NoCommittee, NoFollowUp
from voting.errors import CountsError, RulesError, TextError
from voting.grading import Grading
from voting.publishing import KeptBack, PublicResult
from voting.ratings import Ratings
from voting.reconciling import TooManyReturned
from voting.rounds import Relation, choices, words_of
from voting.rule_fields import Extent
from voting.rules import rules_hash
from voting.store import Store
from voting.wording import Body

SATISFIED, FAIRLY, NOT, ABSTAINING = 1, 2, 3, 4
"""Answers by their place on the ballot."""


@pytest.fixture(params=["congress", "committee"])
def rated(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[Hall]:
    """Drafted in a session of either body, on both databases."""
    body: Body = request.param
    with session(store, tmp_path / "rated", GRADES, body=body) as hall:
        yield hall


def rate_with_six(hall: Hall) -> None:
    hall.reach("open")
    for card in range(4):
        hall.cast(card, SATISFIED, NOT)
    hall.cast(4, FAIRLY, FAIRLY)
    hall.cast(5, NOT, ABSTAINING)


def test_a_whole_test_from_the_draft_to_the_result_everybody_may_see(rated: Hall) -> None:
    rate_with_six(rated)
    assert rated.reach("published").kind == "satisfaction"
    shown = publishing.public_result(rated.store, rated.round.id)
    assert isinstance(shown.disclosure, PublicRatings)
    first, second = shown.disclosure.grades
    assert (first.level, first.counts, first.satisfied) == ("满意", (4, 1, 1, 0), 667)
    assert (second.level, second.counts, second.overall) == ("不满意", (0, 1, 4, 1), 167)
    assert shown.disclosure.overall == 500
    assert shown.with_archive


def test_the_ballot_asks_for_one_answer_to_each_project(grades: Hall) -> None:
    sealed = grades.reach("sealed")
    election = Election.parse(sealed.election or b"")
    assert choices(sealed) == ("满意", "基本满意", "不满意", "弃权")
    for question, title in zip(election.questions, TITLES, strict=False):
        assert (question.question, question.answers) == (title, choices(sealed))
        assert (question.min, question.max, question.has_blank) == (1, 1, False)
    assert len(election.questions) == GRADES.projects
    assert rules_hash(GRADES) in election.document.description


def test_unknown_stands_on_the_ballot_where_the_rules_offer_it(sqlite: Store, tmp_path: Path) -> None:
    rules = replace(GRADES, unknown=True)
    with session(sqlite, tmp_path / "unknown", rules) as hall:
        hall.reach("open")
        for card in range(5):
            hall.cast(card, 4, 5)
        hall.reach("counted")
        counts = tally_report.figures(hall.store, hall.scrutineers[0], hall.round.id).counts
        assert isinstance(counts, GradeCounts)
        assert counts.rows == ((0, 0, 0, 5, 0), (0, 0, 0, 0, 5))


def test_the_figures_are_told_to_nobody_before_the_scrutineers_and_to_them_only(rated: Hall) -> None:
    rate_with_six(rated)
    rated.reach("reconciled")
    for actor in (*rated.scrutineers, rated.chair, rated.staff, PUBLIC):
        with pytest.raises(NotYet):
            tally_report.figures(rated.store, actor, rated.round.id)
    rated.reach("counted")
    found = tally_report.figures(rated.store, rated.scrutineers[0], rated.round.id)
    assert isinstance(found.outcome, Ratings)
    assert found.counts.body == rated.session.body
    for actor in (rated.chair, rated.operator, rated.staff, PUBLIC):
        with pytest.raises(NotYet):
            tally_report.figures(rated.store, actor, rated.round.id)


def test_the_report_that_is_signed_says_every_figure_and_ends_with_the_sealing_code(grades: Hall) -> None:
    rate_with_six(grades)
    counted = grades.reach("counted")
    lines = tally_report.report_text(grades.store, grades.scrutineers[0], counted.id).decode().split("\n")
    assert lines == [
        "测评结果报告单",
        "示例县第十九届人民代表大会第五次会议",
        "民生实事项目票决",
        "应到代表6人，实到代表6人。",
        "发出测评票6张，收回测评票6张。",
        "有效票6张，无效票0张。",
        f"1. {TITLES[0]}：满意4票，基本满意1票，不满意1票，弃权0票；满意率66.7%，总体满意率83.3%；满意。",
        f"2. {TITLES[1]}：满意0票，基本满意1票，不满意4票，弃权1票；满意率0.0%，总体满意率16.7%；不满意。",
        "总体满意率50.0%。",
        "监票人：1. 陈秀英，2. 赵建国。",
        f"封箱码：{counted.closing_head}",
    ]


def test_the_committees_report_speaks_of_its_members(committee: Hall) -> None:
    counted = committee.reach("counted")
    lines = (
        tally_report.report_text(committee.store, committee.scrutineers[0], counted.id).decode().split("\n")
    )
    assert lines[1:4] == [
        "示例县第十九届人大常委会第三十次会议",
        "民生实事项目票决",
        "应到组成人员6人，实到组成人员6人。",
    ]


# Small groups


def published(hall: Hall, voters: int) -> PublicResult:
    hall.reach("open")
    for card in range(voters):
        hall.cast(card, SATISFIED, NOT)
    hall.reach("published")
    return publishing.public_result(hall.store, hall.round.id)


@pytest.mark.parametrize("voters", [0, 4, 5])
def test_of_fewer_than_five_ballots_only_the_levels_are_told(grades: Hall, voters: int) -> None:
    shown = published(grades, voters)
    assert isinstance(shown.disclosure, PublicRatings)
    assert shown.disclosure.with_votes == (voters == 5)
    assert all(one.level for one in shown.disclosure.grades)
    if voters < 5:
        assert shown.disclosure.kept_back == "人数太少，不公布票数。"
        for one in shown.disclosure.grades:
            assert (one.counts, one.shares, one.satisfied, one.overall, one.score) == (None,) * 5
        assert shown.disclosure.overall is None
        assert not shown.with_archive
        with refused(grades.store, KeptBack, "等于说出各人的选择"):
            publishing.archive(grades.store, PUBLIC, grades.round.id)
        with refused(grades.store, KeptBack, "等于说出各人的选择"):
            publishing.round_json(grades.store, PUBLIC, grades.round.id, grades.signer)


def test_two_small_tests_with_the_same_levels_look_the_same(sqlite: Store, tmp_path: Path) -> None:
    seen = []
    for name, answer in (("one", FAIRLY), ("other", NOT)):
        with session(sqlite, tmp_path / name, GRADES) as hall:
            hall.reach("open")
            for card, last in enumerate((SATISFIED, answer, NOT)):
                hall.cast(card, SATISFIED, last)
            hall.reach("published")
            seen.append(publishing.public_result(hall.store, hall.round.id).disclosure)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("extent", ["list", "list_and_votes", "with_archive"])
def test_figures_and_record_are_public_as_far_as_the_rules_chose(
    extent: Extent, sqlite: Store, tmp_path: Path
) -> None:
    with session(sqlite, tmp_path / "extent", replace(GRADES, publish=extent)) as hall:
        shown = published(hall, 6)
        assert isinstance(shown.disclosure, PublicRatings)
        assert shown.disclosure.with_votes == (extent != "list")
        assert shown.disclosure.kept_back == ""
        assert shown.with_archive == (extent == "with_archive")
        if extent == "list":
            assert shown.disclosure.sentences == ("测评项目2件：满意1件，基本满意0件，不满意1件。",)
            assert "6" not in "".join(one.reason for one in shown.disclosure.grades)


# Wrong orders and words


def test_every_refusal_of_a_wrong_step_speaks_of_a_test(grades: Hall) -> None:
    with refused(grades.store, WrongStep, "本轮测评现在是“草拟”，不能“宣布测评有效”"):
        grades.declare_valid()
    grades.reach("void")
    with refused(grades.store, WrongStep, "本轮测评现在是“测评无效”"):
        announcing.announce(grades.store, grades.chair, grades.round.id, grades.now())
    assert state_name("void", "satisfaction") == "测评无效"
    assert step_name("adopt", "satisfaction") == "通过测评办法"
    words = words_of(grades.round, grades.session)
    assert (words.ballot, words.candidate, words.member) == ("测评票", "测评项目", "代表")


def test_more_returned_than_issued_cannot_be_declared_valid(grades: Hall) -> None:
    grades.reach("sealed")
    opened = opening.open_round(grades.store, grades.staff, grades.round.id, 6, 6, grades.now())
    with grades.store.write() as tx:
        tx.rounds.change(opened, issued=1)
    for card in range(2):
        grades.cast(card, SATISFIED, SATISFIED)
    grades.close()
    with refused(grades.store, TooManyReturned, "发出1张，收回2张"):
        grades.declare_valid()
    reconciling.declare_void(grades.store, grades.chair, grades.round.id, "收回多于发出", grades.now())


# Drafting


def draft(hall: Hall, rules: Grading, number: int = 2, title: str = "另一项测评") -> None:
    drafting.create_round(
        hall.store, hall.staff, hall.session.id, title, rules, candidates(number), hall.now()
    )


def test_a_test_that_cannot_be_held_is_refused(grades: Hall) -> None:
    with refused(grades.store, DraftError, "测评办法写的是测评项目2件，录入的是3件"):
        draft(grades, GRADES, 3)
    with refused(grades.store, RulesError, "没有写明正好一半"):
        draft(grades, replace(GRADES, half=None))
    with refused(grades.store, RulesError, "空缺"):
        draft(grades, replace(GRADES, method="bands", half=None, bands=(80, 60, 1)))
    with refused(grades.store, TextError, "没有填写“测评名称”"):
        draft(grades, GRADES, title=" ")


def test_the_rules_of_a_test_can_be_changed_until_they_are_adopted(grades: Hall) -> None:
    rules = replace(GRADES, half="at_least", levels=("满意", "不满意"), favourable=1)
    changed = drafting.change_round(
        grades.store, grades.staff, grades.round.id, "测评", rules, candidates(2), grades.now()
    )
    assert grades.current() == changed
    assert changed.rules == rules


def test_a_draft_becomes_a_test_or_a_vote_again(hall: Hall) -> None:
    changed = drafting.change_round(
        hall.store, hall.staff, hall.round.id, "测评", GRADES, candidates(2), hall.now()
    )
    assert (changed.kind, hall.current().kind) == ("satisfaction", "satisfaction")
    drafting.change_round(
        hall.store, hall.staff, hall.round.id, "票决", hall.rules, candidates(3), hall.now()
    )
    assert hall.current().kind == "decision"


@pytest.mark.parametrize("relation", ["runoff", "supplementary", "retest"])
def test_nothing_follows_a_test_but_its_repetition(grades: Hall, relation: Relation) -> None:
    rate_with_six(grades)
    grades.reach("announced")
    with refused(grades.store, NoFollowUp, "没有再次票决和另行票决"):
        drafting.follow_up(grades.store, grades.staff, grades.round.id, relation, grades.now())
    with refused(grades.store, NoFollowUp, "只有测评无效的，才重新测评"):
        drafting.follow_up(grades.store, grades.staff, grades.round.id, "repeat", grades.now())


def test_a_void_test_is_repeated_as_it_was(grades: Hall) -> None:
    grades.reach("void")
    again = drafting.follow_up(grades.store, grades.staff, grades.round.id, "repeat", grades.now())
    assert (again.rules, again.candidates) == (GRADES, grades.round.candidates)
    assert again.title == "民生实事项目票决（重新测评）"


# The committee


def test_a_committee_meets_with_more_than_half_of_its_members(committee: Hall) -> None:
    committee.reach("sealed")
    where = (committee.store, committee.staff, committee.round.id)
    with refused(committee.store, CountsError, "全体组成人员6人，实到3人，没有超过半数（至少4人）"):
        opening.open_round(*where, 3, 3, committee.now())
    committee.hand_out(4)
    assert opening.open_round(*where, 4, 4, committee.now()).state == "open"


def test_a_congress_needs_two_thirds_for_a_test_too(grades: Hall) -> None:
    grades.reach("sealed")
    with refused(grades.store, CountsError, "不足三分之二（至少4人）"):
        opening.open_round(grades.store, grades.staff, grades.round.id, 3, 3, grades.now())
    grades.reach("adopted")


def test_a_town_has_no_committee(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    town = drafting.create_congress(store, replace(hall.staff, role="system"), "甲镇人民代表大会", "town")
    clerk = replace(hall.staff, congress=town.id)
    with refused(store, NoCommittee, "乡镇人大没有常委会"):
        drafting.create_session(store, clerk, "常委会会议", 9, hall.random, "committee")


def test_a_committee_without_members_is_refused_in_its_own_words(hall: Hall) -> None:
    with refused(hall.store, DraftError, "全体组成人员人数应在"):
        drafting.create_session(hall.store, hall.staff, "常委会会议", 0, hall.random, "committee")


def test_a_committee_can_vote_as_well(sqlite: Store, tmp_path: Path) -> None:
    """淳安: 重大项目 are decided by the committee."""
    with session(sqlite, tmp_path / "vote", body="committee") as hall:
        hall.reach("open")
        for card in range(4):
            hall.cast(card, 1, 2)
        hall.reach("counted")
        outcome = tally_report.figures(hall.store, hall.scrutineers[0], hall.round.id).outcome
        assert outcome.sentences[0].startswith("全体组成人员6人，实到6人，超过全体组成人员的半数")
        assert "代表" not in "".join(outcome.sentences)


def test_the_signed_record_carries_the_rules_and_the_ratings(grades: Hall) -> None:
    rate_with_six(grades)
    grades.reach("announced")
    raw = publishing.round_json(grades.store, grades.staff, grades.round.id, grades.signer)
    record = msgspec.json.decode(raw)["round"]
    assert record["rules"]["ballot"] == "grades"
    assert [one["counts"] for one in record["outcome"]["grades"]] == record["result"]
