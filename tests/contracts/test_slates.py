"""Promises of the list of candidates, on both databases: its bodies, the freeze, the round, the comments."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.drafts import PDF, YEAR, Way, plan
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import Forbidden, NotFound
from voting.congress_settings import change
from voting.days import today
from voting.errors import RulesError
from voting.redrafting import delete_draft
from voting.rounds import Session
from voting.rules import Rules
from voting.screening import commenting, judging, listing, overviews, passing, proposing, shortlisting
from voting.screening.drafts import DraftStep, ReasonMissing
from voting.screening.fates import fate_words
from voting.screening.papers import PaperError
from voting.screening.slates import (
    ScreeningSettings,
    Slate,
    SlateError,
    SlateFrozen,
    SlateStep,
)


def a_session(county: County) -> Session:
    return drafting.create_session(county.store, county.staff, "第二次会议", 150, county.random)


def wanted(slate: Slate, *drafts: str, places: int = 1) -> listing.Wanted:
    return listing.Wanted(title=slate.title, places=places, ballot="select_k", drafts=drafts)


def listed(county: County, slate: Slate) -> list[str]:
    with county.store.read() as tx:
        return [one.draft for one in tx.slates.entries(slate)]


def test_a_list_keeps_the_order_it_was_given(county: County) -> None:
    way = Way(county)
    one, two, three = (way.shortlisted(f"第{n}件") for n in range(3))
    slate = way.slate(drafts=[three, one, two])
    assert listed(county, slate) == [three.id, one.id, two.id]
    listing.change_slate(
        county.store, county.government, slate.id, wanted(slate, one.id, three.id), county.now()
    )
    assert listed(county, slate) == [one.id, three.id]


def test_as_many_candidates_as_places_are_refused_unless_each_is_voted_on(county: County) -> None:
    way = Way(county)
    drafts = [way.shortlisted(f"第{n}件") for n in range(2)]
    with refused(county.store, RulesError, "等额"):
        way.slate(drafts=drafts, places=2)
    assert way.slate(drafts=drafts, places=2, ballot="for_against").places == 2


def test_only_what_passed_this_years_first_choice_stands_on_one_list(county: County) -> None:
    way = Way(county)
    good, taken = way.shortlisted("通过"), way.taken("未初选")
    with refused(county.store, SlateError, "没有通过初选"):
        way.slate(drafts=[good, taken], places=1)
    with refused(county.store, SlateError, "选了两次"):
        way.slate(drafts=[good, good], places=1)
    other = way.shortlisted("另一件")
    third = way.shortlisted("第三件")
    way.slate(drafts=[good, other], places=1)
    with refused(county.store, SlateError, "已经在名单"):
        way.slate(drafts=[good, third], places=1, title="第二份")


@pytest.mark.parametrize("where", ["county", "town"])
@case("slates.add", "slates.list_drafts")
def test_the_usual_bodies_follow_the_level(county: County, where: str) -> None:
    body = county if where == "county" else county.town
    last = {"county": "县人大常委会会议", "town": "人大主席团会议"}[where]
    assert Way(body).slate().bodies[-1] == last


def test_a_congress_orders_its_own_bodies(county: County) -> None:
    own = ScreeningSettings(bodies=("专题会", "联席会"))
    change(county.store, county.staff, own, county.now())
    assert Way(county).slate().bodies == own.bodies


def test_an_amended_list_goes_on_and_a_returned_one_begins_anew_with_all_passages(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    way.decide(slate, 1, "amended", "压减投资")
    way.decide(slate, 2, "returned", "再论证")
    way.pass_all(slate)
    with county.store.read() as tx:
        passages = tx.slates.passages(slate)
    assert [(one.place, one.decision) for one in passages] == [
        (1, "amended"),
        (2, "returned"),
        (1, "passed"),
        (2, "passed"),
        (3, "passed"),
    ]
    assert listing.freeze(county.store, county.staff, slate.id, county.now()).frozen_at


@case("slates.lock", "slates.passages")
def test_a_body_that_changes_or_returns_says_what_and_why(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    with refused(county.store, ReasonMissing):
        way.decide(slate, 1, "returned", " ")
    with refused(county.store, SlateStep, "县政府常务会议"):
        way.decide(slate, 2)


def test_the_same_decision_sent_twice_is_recorded_once(county: County) -> None:
    slate = Way(county).slate()
    key = new_id("passage")
    now = county.now() + timedelta(days=1)
    decided = passing.Decided(place=1, day=today(now), decision="passed", note="")
    for _ in range(2):
        passing.record(county.store, county.government, slate.id, key, decided, now)
    with county.store.read() as tx:
        assert len(tx.slates.passages(slate)) == 1


@case("slates.document", "slates.get")
def test_a_paper_is_kept_as_it_is_and_given_to_the_own_congress(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    made = way.decide(slate, 1, document=("纪要/第3号.PDF", PDF))
    with county.store.read() as tx:
        assert tx.slates.document(slate, made.id) == ("第3号.pdf", PDF)
        with pytest.raises(NotFound):
            tx.slates.document(slate, new_id("nothing"))
        with pytest.raises(NotFound):
            tx.slates.get(county.town.staff, slate.id)


def test_what_is_no_document_is_refused(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    with refused(county.store, PaperError):
        way.decide(slate, 1, document=("纪要.pdf", b"<html>"))


def test_what_a_body_has_passed_is_changed_by_nobody(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    way.decide(slate, 1)
    [first, second, _] = listed(county, slate)
    with refused(county.store, SlateStep, "不能再改"):
        listing.change_slate(
            county.store, county.government, slate.id, wanted(slate, first, second), county.now()
        )
    with refused(county.store, SlateStep, "不能再改"):
        proposing.amend_listed(
            county.store,
            county.government,
            first,
            1,
            plan(county, "压减后的方案", cost=Decimal(200)),
            "压减",
            county.now(),
        )


@case("drafts.plans")
def test_what_a_body_amends_is_printed_as_amended(county: County) -> None:
    way = Way(county)
    slate = way.slate()
    way.decide(slate, 1, "amended", "第一件压减到200万元")
    first = listed(county, slate)[0]
    cheaper = plan(county, "压减后的方案", cost=Decimal(200))
    for _ in range(2):
        proposing.amend_listed(county.store, county.government, first, 1, cheaper, "常务会意见", county.now())
    shown = overviews.desk(county.store, county.staff, slate.id)
    assert (shown.entries[0].title, shown.plans[first].cost) == ("压减后的方案", Decimal(200))
    assert shown.passages[0].listed[0].version == 1


def test_nothing_changes_on_a_frozen_list(county: County) -> None:
    way = Way(county)
    slate = way.frozen()
    first, second, _ = listed(county, slate)
    with refused(county.store, SlateFrozen):
        listing.change_slate(
            county.store, county.government, slate.id, wanted(slate, first, second), county.now()
        )
    with refused(county.store, SlateFrozen):
        way.decide(slate, 1)
    with refused(county.store, SlateFrozen):
        proposing.amend_listed(
            county.store, county.government, first, 1, plan(county, "别的"), "改", county.now()
        )
    with refused(county.store, DraftStep, "名单"):
        shortlisting.set_aside(county.store, county.government, first, "dropped", "不要了", county.now())
    with unchanged(county.store):
        listing.freeze(county.store, county.staff, slate.id, county.now())


@case("slates.entries")
def test_a_list_is_not_frozen_before_the_last_body(county: County) -> None:
    slate = Way(county).slate()
    with refused(county.store, SlateStep, "县政府常务会议"):
        listing.freeze(county.store, county.staff, slate.id, county.now())


def test_a_frozen_list_makes_one_round_with_everything_that_was_said(county: County) -> None:
    way = Way(county)
    slate, session = way.frozen(), a_session(county)
    made = [
        listing.make_round(
            county.store, county.staff, slate.id, session.id, "民生实事票决", "list", county.now()
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert isinstance(made[0].rules, Rules)
    assert (made[0].rules.candidates, made[0].rules.places, made[0].state) == (3, 2, "drafted")
    first = made[0].candidates[0]
    assert (first.title, first.cost, first.unit) == ("候选项目名单第1件", "320.5万元", "县交通运输局")
    with county.store.read() as tx:
        assert tx.slates.get(county.staff, slate.id).round == made[0].id
        assert len(tx.rounds.of_session(county.staff, session.id)) == 1


@case("rounds.drop")
def test_a_list_whose_round_was_deleted_makes_another(county: County) -> None:
    slate, session = Way(county).frozen(), a_session(county)

    def made() -> str:
        return listing.make_round(
            county.store, county.staff, slate.id, session.id, "民生实事票决", "list", county.now()
        ).id

    first = made()
    delete_draft(county.store, county.staff, first, county.now())
    with county.store.read() as tx:
        assert tx.rounds.of_session(county.staff, session.id) == ()
        assert tx.slates.get(county.staff, slate.id).round is None
    assert made() != first


@case("sessions.is_taken")
def test_a_list_that_is_not_frozen_or_not_ones_own_makes_no_round(county: County) -> None:
    session = a_session(county)
    slate = Way(county).slate()
    with refused(county.store, SlateStep, "还没有确定"):
        listing.make_round(county.store, county.staff, slate.id, session.id, "票决", "list", county.now())
    theirs = Way(county.town).frozen()
    with refused(county.store, NotFound):
        listing.make_round(county.store, county.staff, theirs.id, session.id, "票决", "list", county.now())
    with refused(county.store, NotFound):
        listing.make_round(
            county.store, county.town.staff, theirs.id, session.id, "票决", "list", county.now()
        )


def test_the_proposer_reads_of_the_list_only_when_it_is_frozen(county: County) -> None:
    way = Way(county)
    source = county.suggest()
    drafts = [way.shortlisted("修路", [source.id]), way.shortlisted("修桥")]
    slate = way.slate(drafts=drafts, places=1)
    with county.store.read() as tx:
        [before] = tx.drafts.of_suggestion(source.id)
    assert "名单" not in fate_words(before)
    way.pass_all(slate)
    listing.freeze(county.store, county.staff, slate.id, county.now())
    with county.store.read() as tx:
        [fate] = tx.drafts.of_suggestion(source.id)
    assert fate.slate == slate.id
    assert "名单第1件" in fate_words(fate)


def test_deputies_read_a_list_when_it_has_been_opened_and_see_no_names(county: County) -> None:
    way = Way(county)
    released = county.suggest(released_at=county.now())
    kept_back = county.suggest("没有审核的")
    drafts = [way.shortlisted("修路", [released.id, kept_back.id]), way.shortlisted("修桥")]
    slate = way.slate(drafts=drafts, places=1)
    with refused(county.store, NotFound):
        overviews.reading(county.store, county.deputy, slate.id)
    listing.open_reading(county.store, county.staff, slate.id, county.now())
    read = overviews.reading(county.store, county.deputy, slate.id)
    assert [one.id for one in read.candidates[0].sources] == [released.id]
    assert "周大爷" not in str(read)
    assert "13800000000" not in str(read)
    with refused(county.store, NotFound):
        overviews.reading(county.store, county.town.deputy, slate.id)
    with refused(county.store, Forbidden):
        overviews.reading(county.store, county.unit, slate.id)


def comment(county: County, slate: Slate, actor: str = "deputy", **fields: str) -> None:
    delegation = fields.get("delegation", "城关代表团")
    commenting.comment(
        county.store,
        getattr(county, actor),
        slate.id,
        comment_id=new_id("comment"),
        draft_id=fields.get("draft"),
        delegation=delegation,
        text=fields.get("text", "建议先修西山段"),
        now=county.now(),
    )


@case("slates.change_comment", "slates.comment")
def test_a_deputy_speaks_for_the_own_delegation_and_the_government_answers_once(county: County) -> None:
    slate = Way(county).slate()
    with refused(county.store, NotFound):
        comment(county, slate)
    with refused(county.store, SlateStep, "开放查阅"):
        comment(county, slate, "staff")
    listing.open_reading(county.store, county.staff, slate.id, county.now())
    with refused(county.store, SlateError, "代表团"):
        comment(county, slate, delegation="东河代表团")
    with refused(county.store, NotFound):
        comment(county, slate, draft=new_id("elsewhere"))
    comment(county, slate)
    comment(county, slate, "staff", delegation="东河代表团", draft=listed(county, slate)[0])
    read = overviews.reading(county.store, county.presidium, slate.id)
    [general] = read.general
    assert [one.delegation for one in read.candidates[0].comments] == ["东河代表团"]
    answer = ("答复：已列入第一标段。", county.now())
    for _ in range(2):
        commenting.reply(county.store, county.government, slate.id, general.id, *answer)
    with refused(county.store, SlateStep, "已经答复"):
        commenting.reply(county.store, county.government, slate.id, general.id, "另一种说法", county.now())


@case("slates.comments")
def test_a_deputy_who_left_says_nothing_more(county: County) -> None:
    slate = Way(county).slate()
    listing.open_reading(county.store, county.staff, slate.id, county.now())
    with county.store.write() as tx:
        tx.deputies.end(county.deputies[0], today(county.now()))
    with refused(county.store, Forbidden):
        comment(county, slate)


def test_the_same_list_made_twice_is_one(county: County) -> None:
    way = Way(county)
    ids = tuple(way.shortlisted(f"第{n}件").id for n in range(2))
    asked = listing.Wanted(title="名单", places=1, ballot="select_k", drafts=ids)
    key = new_id("slate")
    for _ in range(2):
        listing.make_slate(county.store, county.government, key, YEAR, asked, county.now())
    with county.store.read() as tx:
        assert len(tx.slates.listing(county.staff)) == 1
    with refused(county.store, SlateError, "名称相同"):
        listing.make_slate(county.store, county.government, new_id("other"), YEAR, asked, county.now())


@case("slates.add_comment")
def test_whoever_has_the_next_step_is_told(county: County) -> None:
    way = Way(county)
    one = way.propose("修路")
    judging.judge(county.store, county.staff, one.id, 1, "amend", "太贵", county.now())
    slate = way.slate()
    listing.open_reading(county.store, county.staff, slate.id, county.now())
    comment(county, slate)
    with county.store.read() as tx:
        staff = [notice.text for notice in tx.notices.listing(county.staff)]
        office = [notice.text for notice in tx.notices.listing(county.government)]
    assert "请预审：修路" in staff
    assert "预审修改：修路" in office
    assert any("审议意见" in text for text in office)
