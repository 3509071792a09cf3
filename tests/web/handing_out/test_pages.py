"""The desk's pages of the cards: by file, by number, without a script; each refusal beside its field."""

from __future__ import annotations

import re

import pytest
from httpx import Response

from tests.dealt import Dealt
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from voting.cards import deck_file, make_deck, serial_of
from voting.handing_out import decks
from voting.handing_out.trials import NOTE


@pytest.fixture
def dealt(house: House) -> Dealt:
    return Dealt(house.hall)


@pytest.fixture
def desk(house: House) -> Person:
    return house.enter("staff")


def here(dealt: Dealt) -> str:
    return f"/sessions/{dealt.hall.session.id}"


def plain(answer: Response) -> str:
    """What is read on the page, without spaces."""
    return "".join(re.sub(r"<[^>]*>", "", answer.text).split())


def refused(answer: Response, status: int, sentence: str, field: str = "") -> None:
    assert answer.status_code == status
    assert sentence in plain(answer)
    assert f'id="{field}-fault"' in answer.text


def test_a_deck_is_loaded_once_and_the_rounds_take_their_cards_from_it(house: House, desk: Person) -> None:
    hall = house.hall
    made = make_deck(8, decks.fresh_uuids(hall.random, 3), hall.random)
    session, raw = f"/sessions/{hall.session.id}", deck_file(hall.session.code, made)
    assert "还没有导入投票卡" in desk.get(session).text
    assert "领用本次会议的投票卡" not in desk.get(f"/rounds/{house.id}").text
    for _ in range(2):
        assert desk.upload(f"{session}/deck", "deck", "deck.json", raw).status_code == 303
    page = plain(desk.get(f"{session}/deck"))
    assert "编号0000018至0000083" in page
    assert "可以用于3轮，还剩3轮" in page
    assert "领用本次会议的投票卡" in desk.get(f"/rounds/{house.id}").text
    assert desk.post(f"/rounds/{house.id}/deck").status_code == 303
    assert hall.current().uuid == next(iter(made.public))
    assert "清点剩余卡、封存备用卡" in desk.get(f"/rounds/{house.id}").text


def test_a_file_that_is_no_deck_is_refused_beside_its_field(dealt: Dealt, desk: Person) -> None:
    with unchanged(dealt.hall.store):
        answer = desk.upload(f"{here(dealt)}/deck", "deck", "x.json", b"{}")
        refused(answer, 422, "这是别的文件，不是投票卡清单", "deck")
        refused(desk.post(f"{here(dealt)}/deck"), 422, "请选择投票卡清单", "deck")


def test_numbers_that_were_used_are_refused(dealt: Dealt, desk: Person) -> None:
    hall = dealt.hall
    made = make_deck(2, decks.fresh_uuids(hall.random, 1), hall.random)
    raw = deck_file(hall.session.code, made, first=8)
    with unchanged(hall.store):
        refused(desk.upload(f"{here(dealt)}/deck", "deck", "deck.json", raw), 409, "起始编号从9开始", "deck")


def test_leftovers_are_typed_in_and_counted_once(dealt: Dealt, desk: Person) -> None:
    typed = f"{dealt.serial(5)}，{dealt.serial(6)}"
    answer = desk.post(f"{here(dealt)}/deck/back", back=typed)
    assert answer.status_code == 303
    page = desk.client.get(answer.headers["location"])
    assert "刚才收回2张。" in plain(page)
    assert "发出的投票卡是6张" in plain(page)
    with unchanged(dealt.hall.store):
        again = desk.client.get(desk.post(f"{here(dealt)}/deck/back", back=typed).headers["location"])
    assert "刚才收回0张。另有2张以前已经登记过" in plain(again)


def test_a_camera_sends_public_halves_alone(dealt: Dealt, desk: Person) -> None:
    page = desk.get(f"{here(dealt)}/deck/count").text
    assert f'data-uuids="{dealt.uuids[0]}"' in page
    assert f'data-session="{dealt.hall.session.code}"' in page
    desk.post(f"{here(dealt)}/deck/back", back="", credentials=dealt.key(5))
    assert dealt.count().leftover == 1


@pytest.mark.parametrize("field", ["back", "reserve", "out"])
def test_a_number_that_is_wrong_stays_in_its_field_with_a_sentence(
    dealt: Dealt, desk: Person, field: str
) -> None:
    with unchanged(dealt.hall.store):
        answer = desk.post(f"{here(dealt)}/deck/{field}", **{field: "0000019"})
    refused(answer, 422, "编号0000019抄错了", field)
    assert 'value="0000019"' in answer.text


def test_the_reserve_is_a_range_on_an_envelope(dealt: Dealt, desk: Person) -> None:
    typed = f"{dealt.serial(6)}-{dealt.serial(7)}"
    answer = desk.post(f"{here(dealt)}/deck/reserve", reserve=typed)
    assert "刚才封存为备用2张。" in plain(desk.client.get(answer.headers["location"]))
    desk.post(f"{here(dealt)}/deck/out", out=dealt.serial(7))
    assert (dealt.count().reserve, dealt.count().out) == (1, 7)


def test_issued_must_be_what_was_not_counted_back(house: House, dealt: Dealt, desk: Person) -> None:
    dealt.sealed()
    dealt.back(dealt.serial(7))
    with unchanged(dealt.hall.store):
        answer = desk.post(f"/rounds/{house.id}/open", present="6", issued="6")
    assert answer.status_code == 422
    assert "名单上没有收回的投票卡是7张" in plain(answer)
    assert 'name="issued" value="6"' in answer.text


@pytest.fixture
def opened(dealt: Dealt) -> Dealt:
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.opened()
    return dealt


def test_while_voting_the_desk_takes_back_the_card_of_who_leaves(opened: Dealt, desk: Person) -> None:
    page = desk.get(f"{here(opened)}/deck/count")
    assert "代表离场交回的卡" in page.text
    assert "封存为备用" not in page.text
    answer = desk.post(f"{here(opened)}/deck/back", back=opened.serial(1))
    assert answer.status_code == 303
    assert opened.count().leftover == 1
    with unchanged(opened.hall.store):
        late = desk.post(f"{here(opened)}/deck/reserve", reserve=opened.serial(2))
    assert (late.status_code, "正在投票，卡的清点不能改动" in plain(late)) == (409, True)


def test_a_card_is_replaced_against_its_stub(house: House, opened: Dealt, desk: Person) -> None:
    fields = {
        "serial": opened.serial(1),
        "reserve": opened.serial(7),
        "reason": "lost",
        "witness": "陈秀英",
    }
    answer = desk.post(f"/rounds/{house.id}/replace", **fields)
    assert answer.status_code == 303
    assert "旧卡作废，新卡可以投票" in plain(desk.client.get(answer.headers["location"]))
    opened.cast(opened.hall.round, 7, 1)
    with unchanged(opened.hall.store):
        refused(desk.post(f"/rounds/{house.id}/replace", **fields), 409, "已经作废，不能再换", "serial")
    assert "备用卡2张，其中启用1张；发出以后作废1张" in plain(desk.get(f"/rounds/{house.id}"))


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"serial": ""}, 422, "存根上的编号"),
        ({"serial": "123"}, 422, "不是投票卡编号"),
        ({"serial": serial_of(99)}, 422, "没有编号"),
        ({"reserve": serial_of(3)}, 409, "不是没有用过的备用卡"),
        ({"reason": ""}, 422, "请选择换卡的原因"),
        ({"witness": ""}, 422, "请选择在场的监票人"),
    ],
)
def test_a_replacement_that_is_not_right_keeps_what_was_typed(
    house: House, opened: Dealt, desk: Person, change: dict[str, str], status: int, sentence: str
) -> None:
    fields = {
        "serial": opened.serial(1),
        "reserve": opened.serial(7),
        "reason": "lost",
        "witness": "陈秀英",
    } | change
    with unchanged(opened.hall.store):
        answer = desk.post(f"/rounds/{house.id}/replace", **fields)
    assert answer.status_code == status
    assert sentence in plain(answer)
    assert f'value="{fields["serial"]}"' in answer.text


def test_a_card_that_has_voted_is_neither_replaced_nor_killed(
    house: House, opened: Dealt, desk: Person
) -> None:
    opened.cast(opened.hall.round, 1, 1)
    fields = {"serial": opened.serial(1), "reserve": opened.serial(7), "reason": "lost", "witness": "陈秀英"}
    then = "已经投过票，不能换，也不能作废"
    with unchanged(opened.hall.store):
        refused(desk.post(f"/rounds/{house.id}/replace", **fields), 409, then, "serial")
        refused(desk.post(f"/rounds/{house.id}/dead", card=opened.serial(1)), 409, then, "card")
    assert desk.post(f"/rounds/{house.id}/dead", card=opened.serial(2)).status_code == 303


def test_a_trial_is_begun_with_one_press_and_its_ballots_are_thrown_away(
    house: House, dealt: Dealt, desk: Person
) -> None:
    assert desk.post(f"{here(dealt)}/trials").status_code == 303
    with house.store.read() as tx:
        trial = next(
            one for one in tx.rounds.of_session(dealt.hall.staff, dealt.hall.session.id) if one.trial
        )
    notice = house.visitor().get(f"/api/v/{dealt.hall.session.code}").json()["rounds"][0]
    assert (notice["id"], notice["state"], notice["notes"]) == (trial.id, "open", [NOTE])
    dealt.cast(trial, 0, 1)
    assert desk.get(f"/rounds/{trial.id}").status_code == 200
    assert desk.post(f"/rounds/{trial.id}/close", confirm="yes").status_code == 303
    page = plain(desk.get(f"/rounds/{trial.id}"))
    assert "选票已经作废" in page
    assert "已结束，选票已作废" in plain(desk.get(f"{here(dealt)}/deck"))


def test_an_incident_goes_to_the_chair_and_comes_back_decided(
    house: House, opened: Dealt, desk: Person
) -> None:
    page, chair = f"{here(opened)}/incidents", house.enter("chair")
    fields = {
        "kind": "used_card",
        "serial": opened.serial(1),
        "round": house.id,
        "what": "第一次扫码已使用。",
    }
    refused(desk.post(page, **fields | {"serial": "7"}), 422, "不是投票卡编号", "serial")
    refused(desk.post(page, **fields | {"what": ""}), 422, "请填写情况说明", "what")
    assert desk.post(page, **fields).status_code == 303
    assert "1件等待处理" in plain(chair.get())
    text = chair.get("/incidents").text
    found = re.search(r'name="(answer_([0-9a-f]{32}))"', text)
    assert found is not None
    field, incident = found.groups()
    refused(chair.post(f"/incidents/{incident}", **{field: " "}), 422, "请填写处理意见", field)
    assert chair.post(f"/incidents/{incident}", **{field: "本轮继续。"}).status_code == 303
    with unchanged(house.store):
        assert chair.post(f"/incidents/{incident}", **{field: "不同意。"}).status_code == 409
    assert "处理意见：本轮继续。王主席" in plain(desk.get(page))


def test_serials_are_erased_after_the_session_and_cards_withdrawn_before_it(
    dealt: Dealt, desk: Person
) -> None:
    refused(desk.post(f"{here(dealt)}/deck/{dealt.deck.id}/withdraw"), 422, "请先勾选", "withdraw")
    refused(desk.post(f"{here(dealt)}/deck/erase"), 422, "请先勾选", "erase")
    assert desk.post(f"{here(dealt)}/deck/erase", erase="yes").status_code == 303
    assert "编号已经清除" in desk.get(f"{here(dealt)}/deck").text
    assert "编号已经清除" in desk.get(here(dealt)).text
    assert desk.get(f"{here(dealt)}/deck/count").status_code == 404


def test_a_spoilt_batch_is_withdrawn(dealt: Dealt, desk: Person) -> None:
    withdraw = f"{here(dealt)}/deck/{dealt.deck.id}/withdraw"
    assert desk.post(withdraw, withdraw="yes").status_code == 303
    assert desk.post(withdraw, withdraw="yes").status_code == 404
    assert "还没有导入投票卡" in desk.get(here(dealt)).text


def test_another_session_of_the_congress_shows_none_of_these_cards(house: House, dealt: Dealt) -> None:
    stranger = house.enter_as(house.county.staff)
    for path in ("deck", "deck/count", "incidents"):
        assert stranger.get(f"{here(dealt)}/{path}").status_code == 404


def test_once_the_rules_are_passed_the_next_step_is_to_take_the_session_s_cards(
    house: House, desk: Person
) -> None:
    hall = house.hall
    raw = deck_file(hall.session.code, make_deck(6, decks.fresh_uuids(hall.random, 1), hall.random))
    assert desk.upload(f"/sessions/{hall.session.id}/deck", "deck", "deck.json", raw).status_code == 303
    hall.reach("adopted")
    page = desk.get(f"/rounds/{house.id}")
    assert page.status_code == 200
    assert page.text.count("领用本次会议的投票卡") == 1
    wrong = desk.upload(f"/rounds/{house.id}/cards", "cards", "c.json", b"{}")
    assert wrong.status_code == 422
