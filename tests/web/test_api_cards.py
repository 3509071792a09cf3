"""`…/receipts/{digest}` and `…/cards/{credential}`: what a page asks that has lost its memory."""

import json
from uuid import uuid4

import pytest

from ballots.ballot import digest_of
from tests.web.house import House, MakeHouse
from voting.handing_out import replacing


@pytest.fixture
def house(open_house: MakeHouse) -> House:
    return open_house(state="open")


def path(house: House, what: str, which: str) -> str:
    return f"/api/v/{house.hall.session.code}/{house.id}/{what}/{which}"


def test_a_ballot_is_recorded_once_it_was_cast(house: House) -> None:
    visitor, raw = house.visitor(), house.hall.ballot(0, 1)
    asked = path(house, "receipts", digest_of(raw))
    before = visitor.get(asked).json()
    house.hall.hand_in(raw)
    assert (before, visitor.get(asked).json()) == ({"recorded": False}, {"recorded": True})


def test_a_card_is_unused_then_used_and_tells_its_own_tracker(house: House) -> None:
    visitor, raw = house.visitor(), house.hall.ballot(0, 1)
    asked = path(house, "cards", json.loads(raw)["credential"])
    before = visitor.get(asked).json()
    receipt = house.hall.hand_in(raw)
    assert before == {"state": "unused", "tracker": None}
    assert visitor.get(asked).json() == {"state": "used", "tracker": receipt.tracker}


def test_a_dead_card_and_an_unknown_one_are_told_apart(house: House) -> None:
    credential = json.loads(house.hall.ballot(0, 1))["credential"]
    replacing.declare_dead(house.store, house.hall.staff, house.id, credential, house.hall.now())
    visitor = house.visitor()
    assert visitor.get(path(house, "cards", credential)).json()["state"] == "dead"
    assert visitor.get(path(house, "cards", "ab" * 32)).json()["state"] == "unknown"


@pytest.mark.parametrize("what", ["receipts", "cards"])
@pytest.mark.parametrize("which", ["ab", "AB" * 32, "zz" * 32, "ab" * 33, "%00", "x" * 5000])
def test_what_is_no_hash_leads_nowhere(house: House, what: str, which: str) -> None:
    answer = house.visitor().get(path(house, what, which))
    assert answer.status_code == 404
    assert answer.json()["sentence"]


@pytest.mark.parametrize("what", ["receipts", "cards"])
def test_a_round_of_another_session_is_not_there(house: House, what: str) -> None:
    for address in (
        f"/api/v/unknown1/{house.id}/{what}/{'ab' * 32}",
        f"/api/v/{house.hall.session.code}/{uuid4().hex}/{what}/{'ab' * 32}",
    ):
        assert house.visitor().get(address).status_code == 404


@pytest.mark.parametrize("what", ["receipts", "cards"])
def test_a_drafted_round_is_not_there_either(open_house: MakeHouse, what: str) -> None:
    house = open_house()
    assert house.visitor().get(path(house, what, "ab" * 32)).status_code == 404


@pytest.mark.parametrize("what", ["receipts", "cards"])
def test_it_is_only_asked_never_told(house: House, what: str) -> None:
    assert house.visitor().post(path(house, what, "ab" * 32)).status_code == 405
