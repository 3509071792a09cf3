"""What people type wrongly, or try where they may not: a plain sentence, nothing changed, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from tests.county import new_id
from tests.drafts import Way, plan
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.screening.visitors import assessment_fields, plan_fields
from voting.days import today
from voting.screening import advising, judging, listing, proposing

SCRIPT: Final = '<script>alert("1")</script>'
ESCAPED: Final = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"
WORDS: Final = ("title", "content", "place", "funds", "stage", "beneficiaries", "land", "legality")
ALL: Final = (*WORDS, "cost", "indicator_1", "amount_1", "measure_1")
UNPRINTABLE: Final = ("a\x00b", "\u202egnol", "x" * 100_000)


@pytest.fixture
def autumn(house: House) -> House:
    """An installation in November, when candidates are drafted."""
    house.clock = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
    return house


def test_no_field_of_a_plan_takes_what_cannot_be_printed(autumn: House) -> None:
    office = autumn.enter_as(autumn.county.government)
    for field in ALL:
        for bad in UNPRINTABLE:
            sent = plan_fields(autumn.county, key=new_id("k"), **{field: bad})
            with unchanged(autumn.store):
                answer = office.post("/drafts/new", **sent)
            assert answer.status_code == 422, field
            assert f'id="{field}-fault"' in answer.text, field


@pytest.mark.parametrize(
    "field", ["title", "content", "place", "funds", "cost", "lead", "completion", "indicator_1"]
)
def test_a_plan_that_says_too_little_comes_back_with_all_that_was_typed(autumn: House, field: str) -> None:
    county = autumn.county
    office = autumn.enter_as(county.government)
    kept = "land" if field != "land" else "title"
    rest = {"amount_1": "", "measure_1": ""} if field == "indicator_1" else {}
    sent = plan_fields(county, key=new_id("k"), **{field: "", kept: SCRIPT}, **rest)
    with unchanged(autumn.store):
        answer = office.post("/drafts/new", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert ESCAPED in answer.text
    assert SCRIPT not in answer.text


def test_a_script_in_every_field_is_kept_and_shown_as_text(autumn: House) -> None:
    county = autumn.county
    office, staff = autumn.enter_as(county.government), autumn.enter_as(county.staff)
    fields = {**dict.fromkeys(WORDS, SCRIPT), "indicator_1": SCRIPT, "measure_1": "<b>"}
    made = office.post("/drafts/new", **plan_fields(county, key=new_id("k"), **fields))
    assert made.status_code == 303
    here = made.headers["location"].removeprefix(office.base)
    assert staff.post(f"{here}/judge", version=1, verdict="amend", reason=SCRIPT).status_code == 303
    for page in (office.get(here), office.get("/drafts"), office.get(f"{here}/edit"), staff.get(here)):
        assert page.status_code == 200
        assert ESCAPED in page.text
        assert SCRIPT not in page.text


@pytest.mark.parametrize("reason", ["", " ", "a\x00b", "\u202ex", "x" * 100_000])
def test_a_verdict_without_a_reason_that_can_be_read_is_no_verdict(autumn: House, reason: str) -> None:
    one = Way(autumn.county).propose()
    staff = autumn.enter_as(autumn.county.staff)
    with unchanged(autumn.store):
        answer = staff.post(f"/drafts/{one.id}/judge", version=1, verdict="returned", reason=reason)
    assert answer.status_code == 422
    assert 'id="reason-fault"' in answer.text


def test_criteria_left_open_are_named_and_the_answers_kept(autumn: House) -> None:
    one = Way(autumn.county).taken()
    office = autumn.enter_as(autumn.county.government)
    unlawful: dict[str, object] = {"finding_lawful": "no", "words_lawful": "没有审查"}
    sent = assessment_fields(finding_land="", finding_funded="no", **unlawful)
    with unchanged(autumn.store):
        answer = office.post(f"/drafts/{one.id}/assess", **sent)
    assert answer.status_code == 422
    assert 'id="finding_land-fault"' in answer.text
    assert 'id="words_funded-fault"' in answer.text
    assert 'value="没有审查"' in answer.text
    answer = office.post(f"/drafts/{one.id}/assess", **assessment_fields(**unlawful))
    assert answer.status_code == 422
    assert "“合法性”不符合，不能通过初选" in answer.text


def test_a_newer_version_is_not_overwritten_and_what_was_typed_is_kept(autumn: House) -> None:
    county = autumn.county
    one = Way(county).propose()
    office = autumn.enter_as(county.government)
    newer = plan(county, content="同事先改的")
    proposing.resubmit(autumn.store, county.government, one.id, 1, newer, county.now())
    with unchanged(autumn.store):
        answer = office.post(f"/drafts/{one.id}/edit", based_on=1, **plan_fields(county, content="我后改的"))
    assert answer.status_code == 409
    assert "更新的一版" in answer.text
    assert "我后改的" in answer.text


def test_judging_what_a_colleague_has_judged_says_so(autumn: House) -> None:
    county = autumn.county
    one = Way(county).propose()
    judging.judge(autumn.store, county.staff, one.id, 1, "taken", "可以", county.now())
    late = autumn.enter_as(county.actor("staff", "李干事"))
    with unchanged(autumn.store):
        answer = late.post(f"/drafts/{one.id}/judge", version=1, verdict="returned", reason="不行")
    assert answer.status_code == 409
    assert "已由刘科长预审：采用" in answer.text


def test_nobody_opens_or_changes_another_congress_candidates(autumn: House) -> None:
    way = Way(autumn.county)
    slate = way.slate()
    listing.open_reading(autumn.store, autumn.county.staff, slate.id, autumn.county.now())
    with autumn.store.read() as tx:
        draft = tx.slates.entries(slate)[0].draft
    clerk = autumn.enter_as(autumn.county.town.staff)
    deputy = autumn.enter_as(autumn.county.town.deputy)
    with unchanged(autumn.store):
        for path in (f"/drafts/{draft}", f"/slates/{slate.id}", f"/slate/{slate.id}"):
            assert clerk.get(path).status_code == 404, path
        for end in ("list.docx", "cases.docx", "list.xlsx"):
            assert clerk.get(f"/slates/{slate.id}/{end}").status_code == 404
        assert deputy.get(f"/slate/{slate.id}").status_code == 404
        for path, fields in (
            (f"/drafts/{draft}/judge", {"version": 1, "verdict": "taken", "reason": "x"}),
            (f"/drafts/{draft}/assess", assessment_fields()),
            (f"/drafts/{draft}/aside", {"aside": "dropped", "aside_reason": "x"}),
            (f"/drafts/{draft}/edit", plan_fields(autumn.county.town, based_on=1, reason="x")),
            (f"/slates/{slate.id}/open", {}),
            (f"/slates/{slate.id}/freeze", {"confirm": "yes"}),
            (f"/slate/{slate.id}/comments", {"about": "whole", "text": "x", "key": new_id("k")}),
        ):
            assert clerk.post(path, **fields).status_code == 404, path


@pytest.mark.parametrize("path", ["/drafts/x", "/drafts/" + "0" * 32, "/slates/%00", "/slate/..%2f"])
def test_an_address_somebody_made_up_leads_nowhere(autumn: House, path: str) -> None:
    assert autumn.enter_as(autumn.county.staff).get(path).status_code == 404


def test_a_unit_opens_and_answers_only_what_it_was_asked(autumn: House) -> None:
    county = autumn.county
    one = Way(county).propose()
    due = today(autumn.clock or county.now())
    [asked] = advising.ask(autumn.store, county.government, one.id, [county.units[1].id], due, county.now())
    path = f"/opinions/{asked.id}"
    stranger, own = autumn.enter_as(county.unit), autumn.enter_as(county.other_unit)
    with unchanged(autumn.store):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, opinion="not", text="代答").status_code == 404
        assert stranger.get(f"/drafts/{one.id}").status_code == 404
        assert own.post(path, opinion="feasible", text=" ").status_code == 422
        assert own.post(path, opinion="perhaps", text="也许").status_code == 422
    assert one.title in own.get("/opinions").text
    assert own.post(path, opinion="conditional", text="需先征地").status_code == 303
    assert "需先征地" in own.get(path).text
    assert own.post(path, opinion="not", text="改主意").status_code == 409


def test_a_list_that_cannot_be_voted_on_comes_back_with_the_rule(autumn: House) -> None:
    way = Way(autumn.county)
    one, two = way.shortlisted("甲"), way.shortlisted("乙")
    office = autumn.enter_as(autumn.county.government)
    fields = {"key": new_id("k"), "year": 2027, "title": "名单", "ballot": "select_k"}
    cases: tuple[tuple[dict[str, object], str], ...] = (
        ({"places": 2, f"number_{one.id}": 1, f"number_{two.id}": 2}, "是等额，不能用差额票决票"),
        ({"places": 1, f"number_{one.id}": 1, f"number_{two.id}": 1}, "序号1写了两次"),
        ({"places": 1, f"number_{one.id}": "一"}, "填写一个整数"),
        ({"places": 1}, "至少要有1件"),
        ({"places": "", f"number_{one.id}": 1}, "请填写应选件数"),
    )
    for more, said in cases:
        with unchanged(autumn.store):
            answer = office.post("/slates/new", **fields, **more)
        assert answer.status_code == 422
        assert said in answer.text
    assert office.post("/slates/new", **{**fields, **cases[0][0], "places": 1}).status_code == 303


def test_a_frozen_list_says_that_it_is_frozen(autumn: House) -> None:
    slate = Way(autumn.county).frozen()
    office, staff = autumn.enter_as(autumn.county.government), autumn.enter_as(autumn.county.staff)
    decided = {"key": new_id("k"), "place": 1, "day": "2026-11-03", "decision": "passed"}
    with unchanged(autumn.store):
        assert office.get(f"/slates/{slate.id}/edit").status_code == 409
        answer = office.post(f"/slates/{slate.id}/passages", **decided)
        assert answer.status_code == 409
        assert "已经确定，不能再修改" in answer.text
        assert staff.post(f"/slates/{slate.id}/freeze", confirm="yes").status_code == 303


def test_freezing_asks_for_a_word_and_belongs_to_the_congress(autumn: House) -> None:
    way = Way(autumn.county)
    slate = way.slate()
    way.pass_all(slate)
    office, staff = autumn.enter_as(autumn.county.government), autumn.enter_as(autumn.county.staff)
    with unchanged(autumn.store):
        assert staff.post(f"/slates/{slate.id}/freeze").status_code == 422
        assert office.post(f"/slates/{slate.id}/freeze", confirm="yes").status_code == 403


def test_a_round_needs_a_session_and_says_where_to_make_one(autumn: House) -> None:
    slate = Way(autumn.county).frozen()
    staff = autumn.enter_as(autumn.county.staff)
    with unchanged(autumn.store):
        answer = staff.post(f"/slates/{slate.id}/round", round_title="票决", publish="list")
    assert answer.status_code == 422
    assert "请先在“会议”中新建本次会议" in answer.text


def test_a_comment_of_nothing_is_none_and_a_reply_is_the_governments(autumn: House) -> None:
    county = autumn.county
    slate = Way(county).slate()
    listing.open_reading(autumn.store, county.staff, slate.id, county.now())
    deputy, office = autumn.enter_as(county.deputy), autumn.enter_as(county.government)
    path = f"/slate/{slate.id}/comments"
    fields = {"key": new_id("k"), "about": "whole", "delegation": "城关代表团"}
    with unchanged(autumn.store):
        for text in ("", " ", "a\x00", "x" * 100_000):
            assert deputy.post(path, **fields, text=text).status_code == 422
        elsewhere = {**fields, "delegation": "东河代表团", "text": "别的团的"}
        assert deputy.post(path, **elsewhere).status_code == 422
    for _ in range(2):
        assert deputy.post(path, **fields, text=SCRIPT).status_code == 303
    page = office.get(f"/slate/{slate.id}").text
    assert page.count(ESCAPED) == 1
    with autumn.store.read() as tx:
        [said] = tx.slates.comments(slate)
    assert office.post(f"{path}/{said.id}", **{f"reply_{said.id}": ""}).status_code == 422
    assert deputy.post(f"{path}/{said.id}", **{f"reply_{said.id}": "代答"}).status_code == 404
    assert office.post(f"{path}/{said.id}", **{f"reply_{said.id}": "已采纳"}).status_code == 303
    assert "已采纳" in deputy.get(f"/slate/{slate.id}").text


def test_the_order_of_bodies_is_set_by_the_staff(autumn: House) -> None:
    staff, office = autumn.enter_as(autumn.county.staff), autumn.enter_as(autumn.county.government)
    assert "县政府常务会议" in staff.get("/slates/bodies").text
    with unchanged(autumn.store):
        assert staff.post("/slates/bodies", body_1="党委", body_2="党委").status_code == 422
        assert staff.post("/slates/bodies", body_1=" ").status_code == 422
        assert office.get("/slates/bodies").status_code == 404
    assert staff.post("/slates/bodies", body_1="专题会", body_3="县委").status_code == 303
    assert Way(autumn.county).slate().bodies == ("专题会", "县委")


def test_reserve_is_taken_out_and_set_aside_through_the_page(autumn: House) -> None:
    way = Way(autumn.county)
    office = autumn.enter_as(autumn.county.government)
    one = way.shortlisted()
    here = f"/drafts/{one.id}"
    with unchanged(autumn.store):
        assert office.post(f"{here}/aside", aside="reserve", aside_reason="").status_code == 422
    for _ in range(2):
        assert office.post(f"{here}/aside", aside="reserve", aside_reason="资金不足").status_code == 303
    assert "资金不足" in office.get("/drafts?year=2027").text
    with unchanged(autumn.store):
        assert office.post(f"{here}/take-out", year="明年").status_code == 422
        assert office.post(f"{here}/take-out", year=2026).status_code == 409
    assert office.post(f"{here}/take-out", year=2028).status_code == 303
    assert one.title in office.get("/drafts?year=2028").text
    compared = office.get(f"{here}/versions")
    assert "第 1 版和第 2 版对照" in compared.text
