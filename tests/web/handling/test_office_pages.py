"""Promises of the office's pages: what is next is seen at once, and faults stand beside their fields."""

from __future__ import annotations

import re

import pytest

from tests.county import County
from tests.voting.handling.desk import accepted, handed, met, now_of, part_of, released, submitted
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from voting.handling import checking, working
from voting.handling.clocks import Clocks


@pytest.fixture
def county(house: House) -> County:
    house.clock = house.county.now()
    return house.county


@pytest.fixture
def staff(house: House, county: County) -> Person:
    return house.enter_as(county.staff)


def text_of(page: str) -> str:
    """The words of a page's main part, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<main")[2]))


def test_a_decision_is_made_on_the_page_and_seen_there(staff: Person, county: County) -> None:
    item = county.suggest()
    assert "决定怎样办理" in text_of(staff.get(f"/suggestions/{item.id}").text)
    answer = staff.post(
        f"/suggestions/{item.id}/decide",
        route="handed",
        text="请研究办理。",
        lead=county.units[0].id,
        assists=[county.units[1].id],
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{staff.base}/suggestions/{item.id}")
    page = text_of(staff.get(f"/suggestions/{item.id}").text)
    assert f"{county.units[0].name} ：签收并完成三定，或退回" in page
    assert "2026年9月15日前" in page
    assert now_of(county, item).state == "assigned"


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(
    staff: Person, county: County
) -> None:
    item = county.suggest()
    with unchanged(county.store):
        answer = staff.post(
            f"/suggestions/{item.id}/decide", route="handed", text="很长的要求。", key="yes", chief="王县长"
        )
    assert answer.status_code == 422
    for words in ("没有选择主办单位", "没有填写“督办领导”", "很长的要求。", "王县长"):
        assert words in answer.text


@pytest.mark.parametrize("route", ["answered_now", "explained", "transferred", "candidate"])
def test_a_route_without_words_is_refused_on_the_page(staff: Person, county: County, route: str) -> None:
    item = county.suggest()
    with unchanged(county.store):
        answer = staff.post(f"/suggestions/{item.id}/decide", route=route, text="", to="信访局")
    assert answer.status_code == 422


def test_the_second_clerk_is_told_that_the_first_has_decided(
    house: House, staff: Person, county: County
) -> None:
    item = county.suggest()
    staff.post(f"/suggestions/{item.id}/decide", route="explained", text="今年没有计划。")
    other = house.enter_as(county.government)
    with unchanged(county.store):
        answer = other.post(f"/suggestions/{item.id}/decide", route="answered_now", text="下周修好。")
    assert answer.status_code == 409
    assert "这件已经分办，由刘科长决定" in answer.text


def test_another_congress_is_not_found(house: House, staff: Person, county: County) -> None:
    theirs, ours = county.town.suggest(), county.suggest()
    clerk = house.enter_as(county.town.staff)
    for person, item in ((staff, theirs), (clerk, ours)):
        assert person.get(f"/suggestions/{item.id}").status_code == 404
        with unchanged(county.store):
            answer = person.post(f"/suggestions/{item.id}/decide", route="explained", text="不办。")
        assert answer.status_code == 404


def test_a_towns_clerk_does_it_all_in_one_place(house: House, county: County) -> None:
    town = county.town
    clerk, item = house.enter_as(town.staff), town.suggest()
    assert item.title in clerk.get("/handling").text
    clerk.post(f"/suggestions/{item.id}/decide", route="handed", text="请办。", lead=town.units[0].id)
    assert now_of(town, item).state == "assigned"


def test_several_ticked_ones_are_handed_over_together(staff: Person, county: County) -> None:
    items = [county.suggest(f"第{n}件") for n in range(3)]
    chosen = [one.id for one in items[:2]]
    refused = staff.post("/handling", chosen=chosen, text="请办理。")
    assert refused.status_code == 422
    assert refused.text.count("checked") == 2
    assert staff.post("/handling", chosen=chosen, text="请办理。", lead=county.units[2].id).status_code == 303
    assert [now_of(county, one).state for one in items] == ["assigned", "assigned", "registered"]


def test_an_answer_is_checked_and_an_extension_decided_on_the_page(staff: Person, county: County) -> None:
    item = county.suggest()
    part = submitted(county, item)
    assert item.title in staff.get("/handling?queue=check").text
    path = f"/suggestions/{item.id}/handlings/{part.id}/check"
    with unchanged(county.store):
        assert staff.post(path, verdict="send_back", send_text="").status_code == 422
        assert staff.post(path).status_code == 422
    assert staff.post(path, verdict="release").status_code == 303
    assert now_of(county, item).answer == "路灯已经装好。"
    assert staff.post(path, verdict="send_back", send_text="再改").status_code == 409


def test_an_extension_is_refused_with_its_reason_on_the_page(staff: Person, county: County) -> None:
    item = county.suggest()
    part = accepted(county, item)
    until = part.answer_by.replace(month=12, day=25)
    working.ask_extension(county.store, county.unit, part.id, until, "等待招标。", county.now())
    assert "申请延期到 2026年12月25日" in text_of(staff.get(f"/suggestions/{item.id}").text)
    path = f"/suggestions/{item.id}/handlings/{part.id}/extension"
    assert staff.post(path, granted="no").status_code == 422
    staff.post(path, granted="no", **{f"reply_{part.id}": "请按期完成。"})
    assert part_of(county, item).extension == "refused"


def test_the_word_by_telephone_is_taken_down_and_the_case_closed(staff: Person, county: County) -> None:
    item = county.suggest()
    released(county, item)
    path = f"/suggestions/{item.id}"
    with unchanged(county.store):
        assert staff.post(f"{path}/confirm", grade="satisfied").status_code == 422
    staff.post(f"{path}/confirm", grade="satisfied", heard_from="周大爷，电话")
    assert "周大爷，电话（刘科长代为记录）" in staff.get(path).text
    staff.post(f"{path}/close")
    assert now_of(county, item).state == "closed"
    staff.post(f"{path}/reopen", reopen_reason="又坏了")
    assert now_of(county, item).state == "registered"


def test_taking_back_and_urging(staff: Person, county: County) -> None:
    item = county.suggest()
    handed(county, item)
    path = f"/suggestions/{item.id}"
    staff.post(f"{path}/urge", urge_text="请本周内联系。")
    assert "请本周内联系。" in staff.get(path).text
    staff.post(f"{path}/take-back", back_reason="选错单位")
    assert now_of(county, item).state == "registered"
    assert staff.post(f"{path}/take-back", back_reason="选错单位").status_code == 409


def test_the_presidium_reads_and_does_nothing(house: House, county: County) -> None:
    item = county.suggest()
    person = house.enter_as(county.presidium)
    page = person.get(f"/suggestions/{item.id}")
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2]
    assert "13800000000" not in page.text


def test_a_script_in_every_field_stays_words(staff: Person, county: County) -> None:
    evil = "<script>alert(1)</script>"
    item = county.suggest(evil, text=evil, proposer=evil, spot=evil)
    staff.post(f"/suggestions/{item.id}/decide", route="transferred", text=evil, to=evil)
    for path in (f"/suggestions/{item.id}", "/handling?queue=answered"):
        assert evil not in staff.get(path).text


def test_a_holiday_is_entered_loaded_and_dropped(staff: Person, county: County) -> None:
    assert "还没有 2026 年的节假日" in text_of(staff.get("/calendar").text)
    staff.post("/calendar", day="2026-10-01", working="no", name="国庆节")
    assert "2026年10月1日" in staff.get("/calendar").text
    with unchanged(county.store):
        bad = staff.upload("/calendar/table", "table", "节假日.csv", "2026-13-01,放假,某节".encode())
        assert (bad.status_code, "没有“2026-13-01”这一天" in bad.text) == (422, True)
        assert staff.post("/calendar", day="昨天", working="no", name="节").status_code == 422
        assert staff.upload("/calendar/table", "table", "假.pdf", b"%PDF").status_code == 422
    good = staff.upload("/calendar/table", "table", "节假日.csv", "2026-10-10,上班,国庆调休".encode())
    assert good.status_code == 303
    staff.post("/calendar/drop", drop="2026-10-01")
    page = staff.get("/calendar").text
    assert "2026年10月10日" in page
    assert "2026年10月1日" not in page


def test_clocks_are_filled_from_a_preset_and_kept(staff: Person, county: County) -> None:
    shown = staff.get("/clocks?preset=浙江").text
    fields = dict(re.findall(r'id="(\w+)" name="\w+"[^>]*? value="(\d*)"', shown))
    assert fields["return_"] == "10"
    assert fields["contact"] == ""
    values = {**fields, **{f"{name}_measure": "days" for name in fields if name != "yellow"}}
    assert staff.post("/clocks", **{**values, "answer": ""}).status_code == 422
    assert staff.post("/clocks", **values).status_code == 303
    part = handed(county, county.suggest())
    assert (part.contact_by, part.return_by) == (None, part.answer_by.replace(day=11, month=9))


def test_a_candidate_lead_is_answered_by_the_office(staff: Person, county: County) -> None:
    item = county.suggest(kind="clue")
    path = f"/suggestions/{item.id}"
    staff.post(f"{path}/decide", route="candidate", text="符合普惠要求。")
    assert staff.post(f"{path}/answer", office_text=" ").status_code == 422
    staff.post(f"{path}/answer", office_text="已列入候选项目。")
    assert now_of(county, item).state == "closed"


def test_a_deputy_sees_the_way_of_the_own_one_and_evaluates_it(house: House, county: County) -> None:
    item = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    part = accepted(county, item)
    met(county, part)
    deputy = house.enter_as(county.deputy)
    page = text_of(deputy.get(f"/suggestions/{item.id}").text)
    assert "孙工" in page
    assert house.enter_as(county.other_deputy).get(f"/suggestions/{item.id}").status_code == 404
    working.answer(county.store, county.unit, part.id, "装好了。", "A", county.now())
    assert "装好了。" not in deputy.get(f"/suggestions/{item.id}").text
    path = f"/suggestions/{item.id}/confirm"
    assert deputy.post(path, grade="satisfied").status_code == 409
    checking.release(county.store, county.staff, part.id, county.now())
    assert deputy.post(path, grade="unsatisfied", words="").status_code == 422
    assert deputy.post(path, grade="satisfied").status_code == 303
    assert deputy.post(path, grade="basic").status_code == 409


def test_the_deputy_of_a_merged_one_sees_who_has_it_and_the_same_answer(house: House, county: County) -> None:
    main = county.suggest("主件", kind="proposal", deputy=county.deputies[0].id, text="主件的内容")
    source = county.suggest("并入件", kind="proposal", deputy=county.deputies[1].id, merged_into=main.id)
    released(county, main, "统一装好了。")
    page = text_of(house.enter_as(county.other_deputy).get(f"/suggestions/{source.id}").text)
    for words in ("统一装好了。", "孙工", "请您评价这个答复"):
        assert words in page
    assert "主件的内容" not in page


def test_an_assisting_unit_is_added_and_withdrawn_on_the_page(staff: Person, county: County) -> None:
    item = county.suggest()
    handed(county, item)
    page = f"/suggestions/{item.id}"
    refused = staff.post(f"{page}/assists", assist="", assist_task="请提出意见。")
    assert refused.status_code == 422
    assert "没有选择协办单位" in refused.text
    assert "请提出意见。" in refused.text
    wanted = {"assist": county.units[1].id, "assist_task": "请提出意见。"}
    assert staff.post(f"{page}/assists", **wanted).status_code == 303
    part = part_of(county, item, 1)
    shown = text_of(staff.get(page).text)
    assert shown.index(f"{county.units[0].name} 主办 待签收") < shown.index(
        f"{county.units[1].name} 协办 待签收"
    )
    assert shown.count("增加协办单位 ：") == 1
    empty = staff.post(f"{page}/handlings/{part.id}/withdraw")
    assert empty.status_code == 422
    assert f'id="withdraw_{part.id}-fault"' in empty.text
    assert staff.post(
        f"{page}/handlings/{part.id}/withdraw", **{f"withdraw_{part.id}": "不涉及。"}
    ).is_redirect
    assert part_of(county, item, 1).state == "ended"


def test_how_a_deputy_agreed_is_asked_only_where_the_office_wants_it(staff: Person, county: County) -> None:
    item, main = county.suggest(kind="proposal"), county.suggest(kind="proposal")
    merging, deciding = f"/suggestions/{item.id}/merge", f"/suggestions/{item.id}"
    for page in (merging, deciding):
        assert "提出代表同意的情况" not in staff.get(page).text
    with county.store.write() as tx:
        tx.settings.put(county.staff, Clocks(proposer_agrees=True), county.now())
    for page in (merging, deciding):
        assert "提出代表同意的情况" in staff.get(page).text
    with unchanged(county.store):
        refused = staff.post(merging, main=main.label)
    assert refused.status_code == 422
    assert "要征得提出代表同意" in refused.text
    assert staff.post(merging, main=main.label, agreed="9月20日电话同意").status_code == 303
    assert now_of(county, item).merged_into == main.id
