"""`/scrutineer/{link}/api`: keys in, the record out, decryptions and signatures in; each when it is time."""

from typing import Any

import pytest

from ballots import trustees
from tests.people import GRADES, seeded
from tests.web.house import House, MakeHouse, Person


def duty(scrutineer: Person) -> dict[str, Any]:
    (only,) = scrutineer.get("/api").json()["rounds"]
    found: dict[str, Any] = only
    return found


def own_key(house: House, number: int = 1) -> dict[str, str]:
    hall = house.hall
    raw = trustees.make_public_key(hall.secret(number), hall.random)
    return {"public_key": raw.decode(), "signing_key": hall.report_key(number).verify_key.encode().hex()}


def test_a_scrutineer_sees_who_this_is_and_the_rounds_that_list_the_name(open_house: MakeHouse) -> None:
    scrutineer = open_house(state="adopted").enter("scrutineer")
    seen = scrutineer.get("/api").json()
    assert (seen["name"], seen["number"], len(seen["rounds"])) == ("陈秀英", 1, 1)


def test_a_test_and_whoever_presides_are_called_by_their_names(open_house: MakeHouse) -> None:
    house = open_house(GRADES, state="adopted", body="committee")
    (round_,) = house.enter("scrutineer").get("/api").json()["rounds"]
    assert (round_["act"], round_["presider"]) == ("测评", "会议主持人")


def test_before_adoption_there_is_no_duty(house: House) -> None:
    assert house.enter("scrutineer").get("/api").json()["rounds"] == []


def test_a_key_is_registered_and_shown_back(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    scrutineer = house.enter("scrutineer")
    assert not duty(scrutineer)["key_registered"]
    assert scrutineer.send(f"/api/{house.id}/key", dict(own_key(house))).status_code == 204
    after = duty(scrutineer)
    assert after["key_registered"]
    assert after["public_key"] in own_key(house)["public_key"]


def test_a_key_after_sealing_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    answer = house.enter("scrutineer").send(
        f"/api/{house.id}/key",
        {
            "public_key": trustees.make_public_key(12345, seeded("other")).decode(),
            "signing_key": house.hall.report_key(1).verify_key.encode().hex(),
        },
    )
    assert (answer.status_code, answer.json()["error"]) == (409, "already_sealed")


def test_the_key_of_another_scrutineer_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    house.hall.register_key(2)
    answer = house.enter("scrutineer").send(f"/api/{house.id}/key", dict(own_key(house, 2)))
    assert (answer.status_code, answer.json()["error"]) == (409, "key_taken")


@pytest.mark.parametrize(
    ("change", "status", "kind"),
    [
        ({"public_key": "{}"}, 422, "bad_trustee"),
        ({"public_key": "not json"}, 422, "bad_trustee"),
        ({"signing_key": "zz"}, 422, "bad_trustee"),
        ({"signing_key": "00" * 32}, 422, "bad_trustee"),
        ({"more": "x"}, 422, "input"),
        ({"public_key": 5}, 422, "input"),
    ],
)
def test_a_key_that_is_none_is_refused_and_nothing_is_kept(
    open_house: MakeHouse, change: dict[str, object], status: int, kind: str
) -> None:
    house = open_house(state="adopted")
    scrutineer = house.enter("scrutineer")
    answer = scrutineer.send(f"/api/{house.id}/key", {**own_key(house), **change})
    assert (answer.status_code, answer.json()["error"]) == (status, kind)
    assert not duty(scrutineer)["key_registered"]


@pytest.mark.parametrize("path", ["key", "decryption", "signature"])
@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 9000, b"[]", b"null"])
def test_what_is_no_json_object_is_refused_in_words(open_house: MakeHouse, path: str, body: bytes) -> None:
    house = open_house(state="adopted")
    scrutineer = house.enter("scrutineer")
    answer = scrutineer.client.post(f"{scrutineer.base}/api/{house.id}/{path}", content=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "input")


def test_a_body_that_is_too_big_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    answer = house.enter("scrutineer").send(f"/api/{house.id}/signature", {"signature": "0" * 300_000})
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_the_record_is_given_once_the_round_is_closed(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    scrutineer = house.enter("scrutineer")
    early = scrutineer.get(f"/api/{house.id}/ballots.bel")
    house.hall.cast(0, 1)
    house.hall.reach("closed")
    record = scrutineer.get(f"/api/{house.id}/ballots.bel")
    assert (early.status_code, early.json()["error"]) == (404, "not_yet")
    assert record.status_code == 200
    assert record.content.count(b'"election_hash"') == 1
    assert b"EncryptedTally" in record.content
    assert b"PartialDecryption" not in record.content


def test_head_and_number_of_ballots_are_shown_at_closing(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    house.hall.cast(0, 1)
    house.hall.reach("closed")
    seen = duty(house.enter("scrutineer"))
    assert (seen["closing_head"], seen["ballots"]) == (house.hall.current().closing_head, 1)


def test_a_decryption_counts_once_the_vote_was_declared_valid(open_house: MakeHouse) -> None:
    house = open_house(state="closed")
    scrutineer = house.enter("scrutineer")
    part = {"decryption": house.hall.decryption(1).decode()}
    early = scrutineer.send(f"/api/{house.id}/decryption", dict(part))
    house.hall.reach("reconciled")
    assert (early.status_code, early.json()["error"]) == (409, "wrong_step")
    assert [scrutineer.send(f"/api/{house.id}/decryption", dict(part)).status_code for _ in "ab"] == [204] * 2
    seen = duty(scrutineer)
    assert (seen["decrypted"], seen["opened"], seen["report"]) == (True, 1, None)


@pytest.mark.parametrize("text", ["{}", "hello", ""])
def test_a_decryption_that_is_none_is_refused(open_house: MakeHouse, text: str) -> None:
    house = open_house(state="reconciled")
    scrutineer = house.enter("scrutineer")
    answer = scrutineer.send(f"/api/{house.id}/decryption", {"decryption": text})
    assert answer.status_code in {400, 422}
    assert not duty(scrutineer)["decrypted"]


def test_another_scrutineers_decryption_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="reconciled")
    scrutineer = house.enter("scrutineer")
    answer = scrutineer.send(f"/api/{house.id}/decryption", {"decryption": house.hall.decryption(2).decode()})
    assert answer.status_code == 422
    assert not duty(scrutineer)["decrypted"]


def test_the_report_is_there_to_be_signed_once_it_is_counted(open_house: MakeHouse) -> None:
    house = open_house(state="counted")
    scrutineer = house.enter("scrutineer")
    before = duty(scrutineer)
    assert before["report"].startswith("计票结果报告单\n")
    wrong = scrutineer.send(f"/api/{house.id}/signature", {"signature": house.hall.signature(2)})
    right = scrutineer.send(f"/api/{house.id}/signature", {"signature": house.hall.signature(1)})
    assert (wrong.status_code, wrong.json()["error"]) == (422, "bad_signature")
    assert (before["signed"], right.status_code, duty(scrutineer)["signed"]) == (False, 204, True)


def test_there_is_nothing_to_sign_before_it_is_counted(open_house: MakeHouse) -> None:
    house = open_house(state="reconciled")
    answer = house.enter("scrutineer").send(f"/api/{house.id}/signature", {"signature": "00" * 64})
    assert (answer.status_code, answer.json()["error"]) == (404, "not_yet")


def test_the_page_is_the_frame_for_its_script(house: House) -> None:
    answer = house.enter("scrutineer").get()
    assert answer.status_code == 200
    assert "client/scrutineer.js" in answer.text
