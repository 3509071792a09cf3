"""`…/sessions/{id}/ceremony`, the API of the making, and adopting with a number that is enough."""

from __future__ import annotations

from typing import Any

import pytest

from ballots import ceremony as protocol
from ballots.errors import BadDecryption
from tests import common_key
from tests.people import NAMES
from tests.web.house import House, MakeHouse, Person
from voting import counting
from voting.scrutinising import ceremonies


@pytest.fixture
def house(open_house: MakeHouse) -> House:
    """A drafted round; the scrutineers of the hall are three, of whom two open."""
    house = open_house()
    hall = house.hall
    hall.names, hall.threshold = NAMES, 2
    hall._take_seats()
    hall.seeds = [*hall.seeds, "3" * 22][:3]
    return house


def begin(house: House, names: str = "\n".join(NAMES), threshold: str = "") -> Any:
    path = f"/sessions/{house.hall.session.id}/ceremony"
    return house.enter("staff").post(path, names=names, threshold=threshold)


def key_of(scrutineer: Person) -> dict[str, Any]:
    found: dict[str, Any] = scrutineer.get("/api").json()["ceremonies"][0]
    return found


def test_staff_begin_it_and_see_who_is_waited_for(house: House) -> None:
    answer = begin(house)
    assert answer.status_code == 303
    staff = house.enter("staff")
    page = staff.get(f"/sessions/{house.hall.session.id}/ceremony").text
    assert "任意 2 名到场就能开箱。正在等陈秀英、赵建国、周丽华" in page
    assert "给监票人周丽华发链接" in page
    session = staff.get(f"/sessions/{house.hall.session.id}").text
    assert "正在等陈秀英、赵建国、周丽华" in session
    with house.store.read() as tx:
        made = ceremonies.current_ceremony(tx, house.hall.staff, house.hall.session.id)
    assert made is not None
    common_key.make(house.hall, made.id)
    assert "已经一起生成开箱钥匙" in staff.get(f"/rounds/{house.id}").text


@pytest.mark.parametrize(
    ("names", "threshold", "words"),
    [
        ("", "", "请填写拟任监票人姓名"),
        ("甲\n乙", "", "全部到场"),
        ("甲\n乙\n丙", "1", "要过半数"),
        ("甲\n甲\n丙", "", "两个相同的姓名"),
        ("甲\n乙\n丙", "二", "到场几名就能开箱"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field_and_stays_as_typed(
    house: House, names: str, threshold: str, words: str
) -> None:
    answer = begin(house, names, threshold)
    assert answer.status_code == 422
    assert words in answer.text
    assert names in answer.text
    with house.store.read() as tx:
        assert ceremonies.current_ceremony(tx, house.hall.staff, house.hall.session.id) is None


def test_the_plenary_s_number_that_is_enough_is_adopted_with_the_names(house: House) -> None:
    begin(house)
    staff = house.enter("staff")
    assert 'name="threshold" value="2"' in staff.get(f"/rounds/{house.id}").text
    fields = {"names": "\n".join(NAMES), "threshold": "2", "confirm": "yes"}
    assert staff.post(f"/rounds/{house.id}/adopt", **fields).status_code == 303
    adopted = house.hall.current()
    assert (adopted.state, adopted.threshold, adopted.ceremony is not None) == ("adopted", 2, True)
    assert "还没有一起生成好开箱钥匙" in staff.get(f"/rounds/{house.id}").text


def test_a_page_gets_what_its_next_message_needs_and_hands_it_in(house: House) -> None:
    begin(house)
    scrutineer, hall = house.enter("scrutineer"), house.hall
    before = key_of(scrutineer)
    path = f"/api/ceremonies/{before['id']}"
    assert (before["phase"], before["certificate"], before["number"]) == ("certificates", None, 1)
    for number in (1, 2, 3):
        common_key.certify(hall, before["id"], number)
    material = scrutineer.get(path).json()
    assert [text is not None for text in material["certificates"]] == [True] * 3
    certificates = [text.encode() for text in material["certificates"]]
    dealt = protocol.deal(hall.seeds[0], certificates, 2, hall.random).decode()
    assert [scrutineer.send(f"{path}/deal", {"deal": dealt}).status_code for _ in "ab"] == [204, 204]
    after = key_of(scrutineer)
    assert (after["phase"], after["dealt"]) == ("deals", True)
    assert [one["ready"] for one in after["colleagues"]] == [True, False, False]


@pytest.mark.parametrize("path", ["certificate", "deal", "share", "restored"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"share":5}'])
def test_what_is_no_message_is_refused_in_words(house: House, path: str, body: bytes) -> None:
    begin(house)
    scrutineer = house.enter("scrutineer")
    address = f"{scrutineer.base}/api/ceremonies/{key_of(scrutineer)['id']}/{path}"
    answer = scrutineer.client.post(address, content=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "input")


def test_a_deal_too_early_a_foreign_one_and_a_key_that_is_none_get_their_sentences(house: House) -> None:
    begin(house)
    scrutineer = house.enter("scrutineer")
    path = f"/api/ceremonies/{key_of(scrutineer)['id']}"
    early = scrutineer.send(f"{path}/deal", {"deal": "{}"})
    unknown = scrutineer.send(f"/api/ceremonies/{'0' * 32}/deal", {"deal": "{}"})
    bad = scrutineer.send(f"{path}/certificate", {"certificate": "{}", "signing_key": "", "endorsement": ""})
    assert (early.status_code, early.json()["error"]) == (404, "not_yet")
    assert unknown.status_code == 404
    assert (bad.status_code, bad.json()["error"]) == (422, "bad_trustee")


def test_the_chief_confirms_the_empty_box_and_the_staff_see_it(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    chief = house.enter("scrutineer")
    (duty,) = chief.get("/api").json()["rounds"]
    assert duty["empty"] == {"ballots": 0, "confirmed": False}
    assert "等待总监票人" in house.enter("staff").get(f"/rounds/{house.id}").text
    assert [chief.send(f"/api/{house.id}/empty", {}).status_code for _ in "ab"] == [204, 204]
    (duty,) = chief.get("/api").json()["rounds"]
    assert duty["empty"] == {"ballots": 0, "confirmed": True}
    assert "确认票箱里没有票" in house.enter("staff").get(f"/rounds/{house.id}").text


def test_whose_part_was_refused_is_named_to_staff_and_chair_until_a_good_one_comes(
    open_house: MakeHouse,
) -> None:
    house = open_house(state="reconciled", scrutineers=3, threshold=2)
    hall, named = house.hall, "赵建国的开箱数据没有通过校验"
    pages = [house.enter(role) for role in ("staff", "chair")]
    foreign = hall.decryption(1)
    with pytest.raises(BadDecryption):
        counting.submit_decryption(hall.store, hall.scrutineers[1], hall.round.id, foreign, hall.now())
    assert all(named in page.get(f"/rounds/{house.id}").text for page in pages)
    hall.decrypt(2)
    assert not any(named in page.get(f"/rounds/{house.id}").text for page in pages)
