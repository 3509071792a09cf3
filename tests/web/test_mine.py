"""`/t/{congress}/find` and `…/mine/{code}`: the proposer sees everything about the own suggestion."""

from __future__ import annotations

import pytest

from tests.web.citizen import Citizen
from tests.web.house import House
from voting.collecting import gate
from voting.collecting.codes import query_hash, read_code
from voting.collecting.sifting import accept, complaint, refuse
from voting.handling.deciding import Decision, decide
from voting.suggestions import Suggestion


@pytest.fixture
def citizen(house: House) -> Citizen:
    return Citizen(house)


def kept(citizen: Citizen, code: str) -> Suggestion:
    with citizen.house.store.read() as tx:
        return tx.suggestions.by_query_hash(query_hash(read_code(code)))


def mine(citizen: Citizen, code: str) -> str:
    page = citizen.client.get(f"{citizen.home}/mine/{code}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    return page.text


def test_the_code_is_found_however_it_is_typed(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in code)
    for typed in (code, code.replace("-", ""), f"  {code.replace('-', ' ')} ", wide):
        answer = citizen.client.post(f"{citizen.home}/find", data={"code": typed})
        assert answer.headers["location"] == f"{citizen.home}/mine/{code}"


def test_what_is_wrong_with_a_code_is_named_and_a_wrong_one_says_nothing_more(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    cases = (
        ("", 422, "请输入查询码"),
        ("abcd", 422, "现在是4个"),
        ("abcd-e0gh-jkmn-pqrs", 422, "第2组第2个字符是数字0"),
        ("abcd-efgh-jklm-pqrs", 422, "第3组第3个字符是小写字母l"),
        ("x" * 5000, 422, "现在是999个"),
        (wrong, 404, "没有找到这个查询码"),
        ("2" * 16, 404, "没有找到这个查询码"),
    )
    citizen.client.get(f"{citizen.home}/find")
    for typed, status, sentence in cases:
        answer = citizen.client.post(f"{citizen.home}/find", data={"code": typed})
        assert (typed[:20], answer.status_code) == (typed[:20], status)
        assert sentence in answer.text
    for path in (wrong, "2" * 16, f"{wrong}/photos/{'0' * 32}"):
        assert citizen.client.get(f"{citizen.home}/mine/{path}").status_code == 404


def test_a_code_opens_nothing_in_another_congress(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    town = f"/t/{citizen.house.county.town.congress.id}"
    assert citizen.client.get(f"{town}/mine/{code}").status_code == 404
    assert citizen.client.get(f"{town}/sent/{code}").status_code == 404
    assert citizen.client.post(f"{town}/find", data={"code": code}).status_code == 404


def test_a_device_that_tries_many_codes_is_stopped_and_another_is_not(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    statuses = [
        citizen.client.post(f"{citizen.home}/find", data={"code": "2" * 16}).status_code
        for _ in range(gate.MOST_WRONG_CODES_AN_HOUR + 2)
    ]
    assert statuses == [404] * gate.MOST_WRONG_CODES_AN_HOUR + [429] * 2
    other = Citizen(citizen.house)
    other.client.get(f"{other.home}/find")
    assert other.client.post(f"{other.home}/find", data={"code": code}).status_code == 303


def test_the_way_is_shown_from_receipt_to_a_unit_with_its_last_day(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send(proposer="周大爷", phone="13912345678"))
    assert "等待工作人员查看" in mine(citizen, code)
    store, body, now = citizen.house.store, citizen.body, citizen.house.clock
    assert now is not None
    one = kept(citizen, code)
    accept(store, body.staff, one.id, "opinion", now, release=False)
    page = mine(citizen, code)
    assert "正在研究由谁办理" in page
    assert "13912345678" in page
    assert "周大爷" in page
    unit = body.units[0]
    decide(store, body.staff, one.id, Decision(route="handed", text="请尽快办。", lead=unit.id), now)
    page = mine(citizen, code)
    assert f"正在由{unit.name}办理" in page
    with store.read() as tx:
        (part,) = tx.handlings.of_suggestion(body.staff, one.id)
    until = part.answer_by
    assert f"应在{until.year}年{until.month}月{until.day}日以前答复" in page


def test_a_refusal_is_shown_with_its_reason_and_a_complaint_with_where_to_go(citizen: Citizen) -> None:
    store, staff = citizen.house.store, citizen.body.staff
    first, second = (citizen.code_of(citizen.send(title=f"第{n}件")) for n in "一二")
    now = citizen.house.clock
    assert now is not None
    refuse(store, staff, kept(citizen, first).id, "不属于本县职权范围。", now)
    complaint(store, staff, kept(citizen, second).id, now)
    assert "不属于本县职权范围。" in mine(citizen, first)
    assert "没有受理" in mine(citizen, first)
    assert "12345" in mine(citizen, second)


def test_a_merged_one_says_into_which_and_how_that_stands(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    main = citizen.body.suggest("全县主干道路灯亮化", state="assigned")
    with citizen.house.store.write() as tx:
        tx.suggestions.change(kept(citizen, code), merged_into=main.id, merged_at=citizen.house.clock)
    page = mine(citizen, code)
    assert "全县主干道路灯亮化" in page
    assert "已交办" in page


def answered(citizen: Citizen) -> str:
    code = citizen.code_of(citizen.send())
    now = citizen.house.clock
    assert now is not None
    with citizen.house.store.write() as tx:
        tx.suggestions.change(
            kept(citizen, code),
            state="answered",
            kind="opinion",
            route="answered_now",
            decided_at=now,
            answered_at=now,
            decision="当场答复。",
            answer="下月装灯八盏。",
        )
    citizen.pass_time(60)
    return code


def test_the_proposer_evaluates_the_answer_once(citizen: Citizen) -> None:
    code = answered(citizen)
    assert "请您评价这个答复" in mine(citizen, code)
    path = f"{citizen.home}/mine/{code}"
    for _ in range(2):
        done = citizen.client.post(path, data={"grade": "satisfied", "text": "灯亮了"})
        assert done.headers["location"] == path
    page = mine(citizen, code)
    assert "请您评价这个答复" not in page
    assert page.count("灯亮了") == 1
    changed = citizen.client.post(path, data={"grade": "basic", "text": ""})
    assert changed.status_code == 409


def test_an_evaluation_without_grade_or_reason_keeps_the_words(citizen: Citizen) -> None:
    path = f"{citizen.home}/mine/{answered(citizen)}"
    nothing = citizen.client.post(path, data={"text": "我的话"})
    assert nothing.status_code == 422
    assert "我的话" in nothing.text
    no_reason = citizen.client.post(path, data={"grade": "unsatisfied", "text": ""})
    assert no_reason.status_code == 422
    assert "不满意的原因" in no_reason.text
    assert citizen.client.post(f"{citizen.home}/mine/{'2' * 16}", data={}).status_code == 404


def test_what_is_not_answered_is_not_evaluated(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send())
    answer = citizen.client.post(f"{citizen.home}/mine/{code}", data={"grade": "basic", "text": ""})
    assert answer.status_code == 409
    assert "现在不需要评价" in answer.text


def test_receipt_and_own_page_lead_to_what_is_done_with_the_data(citizen: Citizen) -> None:
    sent = citizen.send()
    receipt = citizen.client.get(sent.headers["location"])
    for page in (receipt.text, mine(citizen, citizen.code_of(sent))):
        assert f'href="{citizen.home}/privacy"' in page
