"""Promises of drafts on their way, on both databases: 预审, versions, 初选, reserve, opinions, sources."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.contracts.cases import case
from tests.county import Body, County, new_id
from tests.drafts import YEAR, Way, plan
from tests.refusals import dump
from voting.actors import PUBLIC, Actor, Forbidden, NotFound
from voting.days import today
from voting.errors import VotingError
from voting.screening import advising, judging, listing, overviews, proposing, shortlisting
from voting.screening.drafts import AlreadyJudged, Draft, DraftStep, OpinionGiven, ReasonMissing, StaleVersion
from voting.screening.fates import fate_words
from voting.screening.plans import PlanError


def strangers(county: County) -> tuple[Actor, ...]:
    town = county.town
    return (town.staff, town.government, town.presidium, town.unit, town.deputy, PUBLIC)


def drafts_of(body: Body) -> list[Draft]:
    with body.store.read() as tx:
        return list(tx.drafts.of_year(body.government, YEAR))


@case("drafts.of_suggestion", "drafts.sources", "suggestions.change")
def test_a_draft_takes_its_suggestions_and_those_merged_into_them(county: County) -> None:
    way = Way(county)
    head, other = county.suggest("村口没有路灯"), county.suggest("路太黑")
    merged = county.suggest("晚上看不见", merged_into=head.id, merged_at=county.now())
    made = way.propose(sources=[merged.id, other.id])
    late = county.suggest("又有人提", merged_into=head.id, merged_at=county.now())
    with county.store.read() as tx:
        assert {one.id for one in tx.drafts.sources(county.government, made)} == {
            head.id,
            merged.id,
            other.id,
            late.id,
        }
        for one in (head, merged, other, late):
            assert [fate.draft for fate in tx.drafts.of_suggestion(one.id)] == [made.id]
        tx.suggestions.get(county.staff, merged.id)
    with county.store.write() as tx:  # taken apart again, it still knows what became of it
        tx.suggestions.change(merged, merged_into=None, merged_at=None)
        assert [fate.draft for fate in tx.drafts.of_suggestion(merged.id)] == [made.id]


@case("suggestions.merged_into")
def test_a_form_is_prefilled_with_the_proposers_words(county: County) -> None:
    one, other = county.suggest(), county.suggest("路太黑", text="修一修路灯。")
    filled = proposing.prefill(county.store, county.government, [one.id, other.id])
    assert filled == {"title": one.title, "content": f"{one.text}\n{other.text}", "place": "东河村"}


def test_a_complaint_and_another_congress_suggestion_are_no_source(county: County) -> None:
    way = Way(county)
    complaint, theirs = county.suggest(kind="complaint"), county.town.suggest()
    before = dump(county.store)
    with pytest.raises(PlanError):
        way.propose(sources=[complaint.id])
    with pytest.raises(NotFound):
        way.propose(sources=[theirs.id])
    assert dump(county.store) == before


@case("drafts.of_year", "drafts.versions")
def test_the_same_form_sent_twice_makes_one_draft(county: County) -> None:
    key, wanted = new_id("form"), plan(county)
    for _ in range(2):
        proposing.propose(county.store, county.government, key, YEAR, wanted, [], county.now())
    assert [one.id for one in drafts_of(county)] == [key]
    other = plan(county, content="改了的内容")
    with pytest.raises(DraftStep):
        proposing.propose(county.store, county.government, key, YEAR, other, [], county.now())


def test_two_presses_at_once_make_one_draft(county: County) -> None:
    key, wanted, now = new_id("form"), plan(county), county.now()
    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(proposing.propose, county.store, county.government, key, YEAR, wanted, [], now)
            for _ in range(2)
        ]
    assert [one.result().id for one in asked] == [key, key]
    assert len(drafts_of(county)) == 1


@case("drafts.judge")
def test_every_version_is_kept_with_what_was_said_about_it(county: County) -> None:
    way = Way(county)
    one = way.propose()
    judging.judge(county.store, county.staff, one.id, 1, "amend", "投资偏大", county.now())
    cheaper = plan(county, cost=Decimal(280))
    for _ in range(2):  # the same form, sent twice
        again = proposing.resubmit(county.store, county.government, one.id, 1, cheaper, county.now())
    assert (again.state, again.version) == ("submitted", 2)
    judging.judge(county.store, county.staff, one.id, 2, "taken", "可以", county.now())
    with county.store.read() as tx:
        versions = tx.drafts.versions(again)
    assert [(v.plan.cost, v.verdict, v.reason) for v in versions] == [
        (Decimal("320.5"), "amend", "投资偏大"),
        (Decimal(280), "taken", "可以"),
    ]


def test_two_who_judge_at_once_make_one_verdict(county: County) -> None:
    one = Way(county).propose()
    now = county.now()

    def judge(verdict: str) -> str:
        try:
            judging.judge(
                county.store,
                county.staff,
                one.id,
                1,
                "taken" if verdict == "taken" else "returned",
                verdict,
                now,
            )
        except AlreadyJudged:
            return "late"
        return verdict

    with ThreadPoolExecutor(2) as both:
        said = list(both.map(judge, ("taken", "returned")))
    assert said.count("late") == 1
    [kept] = drafts_of(county)
    assert kept.reason in said
    assert kept.state == kept.reason


@case("drafts.change", "drafts.lock")
def test_a_verdict_on_a_version_that_is_no_longer_the_newest_is_refused(county: County) -> None:
    one = Way(county).propose()
    proposing.resubmit(
        county.store, county.government, one.id, 1, plan(county, cost=Decimal(1)), county.now()
    )
    with pytest.raises(StaleVersion):
        judging.judge(county.store, county.staff, one.id, 1, "taken", "可以", county.now())


@case("drafts.add", "drafts.add_version", "drafts.link")
def test_a_verdict_needs_its_reason(county: County) -> None:
    one = Way(county).propose()
    with pytest.raises(ReasonMissing):
        judging.judge(county.store, county.staff, one.id, 1, "returned", " ", county.now())


def test_what_was_taken_cannot_be_handed_in_again(county: County) -> None:
    one = Way(county).taken()
    before = dump(county.store)
    with pytest.raises(DraftStep, match="预审已经采用"):
        proposing.resubmit(
            county.store, county.government, one.id, 1, plan(county, cost=Decimal(1)), county.now()
        )
    assert dump(county.store) == before


def test_reserve_is_taken_out_in_a_later_year_and_judged_anew(county: County) -> None:
    way = Way(county)
    source = county.suggest()
    one = way.assess(way.taken(sources=[source.id]), "reserve", "今年资金不足")
    with county.store.read() as tx:
        [fate] = tx.drafts.of_suggestion(source.id)
    assert "储备库" in fate_words(fate)
    assert "今年资金不足" in fate_words(fate)
    with pytest.raises(DraftStep, match="更早"):
        proposing.take_out(county.store, county.government, one.id, YEAR - 1, county.now())
    for _ in range(2):
        out = proposing.take_out(county.store, county.government, one.id, YEAR + 1, county.now())
    assert (out.state, out.year, out.version) == ("submitted", YEAR + 1, 2)
    with county.store.read() as tx:
        assert [kept.reason for kept in tx.drafts.assessments(out)] == ["今年资金不足"]
        assert [kept.id for kept in tx.drafts.sources(county.staff, out)] == [source.id]


def test_what_was_dropped_stays_dropped_and_the_proposer_reads_why(county: County) -> None:
    way = Way(county)
    source = county.suggest()
    one = way.assess(way.taken(sources=[source.id]), "dropped", "属于上级统一部署")
    with county.store.read() as tx:
        [fate] = tx.drafts.of_suggestion(source.id)
    assert "属于上级统一部署" in fate_words(fate)
    with pytest.raises(DraftStep):
        proposing.take_out(county.store, county.government, one.id, YEAR + 1, county.now())


def test_what_offices_say_before_a_decision_stays_among_them(county: County) -> None:
    source = county.suggest()
    one = Way(county).propose(sources=[source.id])
    judging.judge(county.store, county.staff, one.id, 1, "returned", "领导不同意", county.now())
    with county.store.read() as tx:
        [fate] = tx.drafts.of_suggestion(source.id)
    assert "领导不同意" not in fate_words(fate)


@case("drafts.add_assessment", "drafts.assessments")
def test_only_what_was_taken_is_assessed_and_the_first_conclusion_counts(county: County) -> None:
    way = Way(county)
    with pytest.raises(DraftStep):
        way.assess(way.propose("未预审"), "shortlisted")
    one = way.taken()
    way.assess(one, "shortlisted")
    assert way.assess(one, "shortlisted").state == "shortlisted"  # the very same again
    with pytest.raises(DraftStep):
        way.assess(one, "dropped", "另一位同事")


@case(
    "feasibilities.add",
    "feasibilities.change",
    "feasibilities.get",
    "feasibilities.lock",
    "feasibilities.of_draft",
    "feasibilities.of_unit",
)
def test_a_unit_answers_what_it_was_asked_and_nothing_else(county: County) -> None:
    one = Way(county).propose()
    due = today(county.now()) + timedelta(days=3)
    units = [county.units[0].id, county.units[1].id]
    for _ in range(2):
        asked = advising.ask(county.store, county.government, one.id, units, due, county.now())
    mine, theirs = sorted(asked, key=lambda one: one.unit != county.unit.unit)
    given = advising.give(county.store, county.unit, mine.id, "feasible", "路权清楚", county.now())
    assert (given.opinion, given.given_by) == ("feasible", county.unit.name)
    before = dump(county.store)
    for foreign in (theirs.id, new_id("nowhere"), "\x00"):
        with pytest.raises(NotFound):
            advising.give(county.store, county.unit, foreign, "not", "代答", county.now())
    with pytest.raises(OpinionGiven):
        advising.give(county.store, county.unit, mine.id, "not", "改主意了", county.now())
    with pytest.raises(NotFound):
        overviews.asked(county.store, county.unit, theirs.id, county.now())
    assert dump(county.store) == before
    [(shown, _)] = overviews.asked_of_unit(county.store, county.unit, county.now())
    assert shown.feasibility == given


@case("slates.holding")
def test_an_opinion_that_came_late_is_shown_as_late(county: County) -> None:
    one = Way(county).propose()
    due = today(county.now())
    [asked] = advising.ask(county.store, county.government, one.id, [county.units[0].id], due, county.now())
    after = county.now() + timedelta(days=2)
    advising.give(county.store, county.unit, asked.id, "conditional", "需先征地", after)
    [shown] = overviews.whole(county.store, county.staff, one.id, after).opinions
    assert shown.late


def test_nobody_is_asked_for_a_day_that_is_over(county: County) -> None:
    one = Way(county).propose()
    with pytest.raises(DraftStep):
        advising.ask(
            county.store, county.government, one.id, [county.units[0].id], date(2026, 8, 1), county.now()
        )


@case("slates.listing", "slates.titled")
def test_another_congress_finds_no_draft(county: County) -> None:
    one = Way(county).shortlisted()
    before = dump(county.store)
    for actor in strangers(county):
        with county.store.read() as tx, pytest.raises(NotFound):
            tx.drafts.get(actor, one.id)
    with pytest.raises(NotFound):
        judging.judge(county.store, county.town.staff, one.id, 1, "taken", "可以", county.now())
    with pytest.raises(NotFound):
        proposing.take_out(county.store, county.town.government, one.id, YEAR + 1, county.now())
    with pytest.raises(NotFound):
        shortlisting.set_aside(county.store, county.town.government, one.id, "dropped", "不要", county.now())
    wanted = listing.Wanted(title="他们的", places=1, ballot="for_against", drafts=(one.id,))
    with pytest.raises(NotFound):
        listing.make_slate(county.store, county.town.government, new_id("s"), YEAR, wanted, county.now())
    assert dump(county.store) == before


def test_each_step_has_its_own_people(county: County) -> None:
    one = Way(county).propose()
    with pytest.raises(Forbidden):
        judging.judge(county.store, county.government, one.id, 1, "taken", "可以", county.now())
    for actor in (county.staff, county.unit, county.deputy, county.presidium):
        with pytest.raises(Forbidden):
            proposing.propose(county.store, actor, new_id("x"), YEAR, plan(county), [], county.now())


@case("slates.add_passage", "slates.change")
def test_a_towns_clerk_takes_every_step(county: County) -> None:
    assert Way(county.town).frozen().frozen_at is not None


def test_every_change_stands_in_the_log_and_names_no_telephone(county: County) -> None:
    Way(county).shortlisted(sources=[county.suggest().id])
    kept = str(dump(county.store)["audit"])
    assert all(f"'{what}'" in kept for what in ("propose", "judge", "shortlist"))
    assert "13800000000" not in kept


@case("drafts.alone", "drafts.find", "drafts.get")
def test_a_unit_that_has_ended_leads_nothing(county: County) -> None:
    with county.store.write() as tx:
        tx.units.end(county.units[0], county.now())
    with pytest.raises(VotingError, match="停用"):
        Way(county).propose()


@case("drafts.waiting_suggestions")
def test_clues_are_offered_until_they_went_into_a_draft(county: County) -> None:
    clue = county.suggest("修路", kind="clue")
    turned = county.suggest("修桥", route="candidate")
    early = county.suggest("早些时候说的", route="candidate", year=YEAR - 1, number=7)
    county.suggest("前年的", route="candidate", year=YEAR - 2, number=9)
    used = county.suggest("修渠", kind="clue")
    county.suggest("一条意见")
    county.suggest("没有审核", kind="clue", state="received")
    county.suggest("合并掉的", kind="clue", merged_into=clue.id, merged_at=county.now())
    county.town.suggest("镇里的", kind="clue")
    Way(county).propose(sources=[used.id])
    with county.store.read() as tx:
        offered = tx.drafts.waiting_suggestions(county.government, YEAR, None, 10)
        older = tx.drafts.waiting_suggestions(county.government, YEAR, (YEAR, turned.number), 10)
    assert [one.id for one in offered] == [turned.id, clue.id, early.id]
    assert [one.id for one in older] == [clue.id, early.id]


@case("drafts.in_reserve", "drafts.years", "drafts.source_counts", "feasibilities.open_counts")
def test_a_list_of_the_year_says_what_is_linked_missing_and_kept_for_later(county: County) -> None:
    way, said = Way(county), county.suggest()
    kept = way.assess(way.taken("修桥", [said.id]), "reserve", "今年资金不足")
    other = way.propose("修路")
    due = today(county.now()) + timedelta(days=5)
    units = [county.units[0].id, county.units[1].id]
    advising.ask(county.store, county.government, other.id, units, due, county.now())
    with county.store.read() as tx:
        assert [one.id for one in tx.drafts.in_reserve(county.government)] == [kept.id]
        assert tx.drafts.in_reserve(county.town.staff) == ()
        assert tx.drafts.years(county.government) == (YEAR,)
        assert tx.drafts.source_counts(county.congress.id, [kept.id, other.id]) == {kept.id: 1}
        assert tx.feasibilities.open_counts(county.congress.id) == {other.id: 2}
