"""`POST /api/v/{code}/{round}/ballots`: each way a ballot can be wrong has its own status and sentence."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx import Response
from nacl.signing import VerifyKey

from ballots.ballot import LIMIT
from ballots.group import IDENTITY, ORDER, point_hex
from ballots.record import receipt_message
from tests.web.house import House, MakeHouse
from voting import casting
from voting.handing_out import replacing

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def house(open_house: MakeHouse) -> House:
    return open_house(state="open")


def cast(house: House, raw: bytes, round_id: str | None = None, code: str | None = None) -> Response:
    path = f"/api/v/{code or house.hall.session.code}/{round_id or house.id}/ballots"
    return house.visitor().post(path, content=raw)


def refused(house: House, answer: Response, status: int, kind: str) -> None:
    """This refusal, in words, and the box as it was."""
    assert (answer.status_code, answer.json()["error"]) == (status, kind)
    assert answer.json()["sentence"].endswith("。")
    assert casting.turnout(house.store, house.hall.staff, house.id) == 0


def edited(raw: bytes, change: Change) -> bytes:
    ballot = json.loads(raw)
    change(ballot)
    return msgspec.json.encode(ballot)


def test_a_good_ballot_gets_a_receipt_that_the_installation_signed(house: House) -> None:
    answer = cast(house, house.hall.ballot(0, 1, 3))
    assert answer.status_code == 200
    receipt = answer.json()
    assert set(receipt) == {"fingerprint", "tracker", "signature"}
    key = VerifyKey(bytes.fromhex(house.hall.signer.public_hex))
    key.verify(
        receipt_message(receipt["fingerprint"], receipt["tracker"]), bytes.fromhex(receipt["signature"])
    )
    assert casting.turnout(house.store, house.hall.staff, house.id) == 1


def test_the_same_bytes_again_get_the_same_receipt_also_after_closing(house: House) -> None:
    raw = house.hall.ballot(0, 1)
    first, second = cast(house, raw), cast(house, raw)
    house.hall.reach("closed")
    third = cast(house, raw)
    assert first.json() == second.json() == third.json()
    assert first.status_code == third.status_code == 200


def test_a_second_ballot_of_a_card_is_refused_and_the_first_one_stays(house: House) -> None:
    cast(house, house.hall.ballot(0, 1))
    answer = cast(house, house.hall.ballot(0, 2))
    assert (answer.status_code, answer.json()["error"]) == (409, "card_already_voted")
    assert casting.turnout(house.store, house.hall.staff, house.id) == 1


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 90_000, b'{"a":1}'])
def test_what_is_not_a_ballot_at_all(house: House, raw: bytes) -> None:
    refused(house, cast(house, raw), 400, "malformed")


def test_a_ballot_that_is_too_big(house: House) -> None:
    refused(house, cast(house, b" " * (LIMIT + 1)), 413, "too_large")


def test_a_big_ballot_is_refused_before_it_is_read(house: House) -> None:
    path = f"/api/v/{house.hall.session.code}/{house.id}/ballots"
    refused(house, house.visitor().post(path, content=(b" " * 65536 for _ in range(1000))), 413, "too_large")


def test_an_unknown_field(house: House) -> None:
    raw = edited(house.hall.ballot(0, 1), lambda ballot: ballot.update(note="hello"))
    refused(house, cast(house, raw), 400, "malformed")


def test_another_way_of_writing_the_same_json(house: House) -> None:
    spaced = json.dumps(json.loads(house.hall.ballot(0, 1))).encode()
    refused(house, cast(house, spaced), 400, "malformed")


def test_a_ballot_for_another_version_of_the_election(house: House) -> None:
    raw = edited(house.hall.ballot(0, 1), lambda ballot: ballot.update(election_hash="A" * 43))
    refused(house, cast(house, raw), 409, "wrong_election")


def test_a_ballot_sent_to_another_round(house: House) -> None:
    refused(house, cast(house, house.hall.ballot(0, 1), round_id=uuid4().hex), 404, "not_found")


def test_a_ballot_sent_to_another_session(house: House) -> None:
    refused(house, cast(house, house.hall.ballot(0, 1), code="unknown1"), 404, "not_found")


def test_a_card_of_nobody(house: House) -> None:
    unknown = point_hex(house.hall.election().key)
    raw = edited(house.hall.ballot(0, 1), lambda ballot: ballot.update(credential=unknown))
    refused(house, cast(house, raw), 403, "unknown_credential")


def test_a_dead_card(house: House) -> None:
    raw = house.hall.ballot(0, 1)
    credential = json.loads(raw)["credential"]
    replacing.declare_dead(house.store, house.hall.staff, house.id, credential, house.hall.now())
    refused(house, cast(house, raw), 403, "card_dead")


def test_a_bad_signature(house: House) -> None:
    raw, other = house.hall.ballot(0, 1), json.loads(house.hall.ballot(0, 1))
    raw = edited(raw, lambda ballot: ballot["signature"].update(proof=other["signature"]["proof"]))
    refused(house, cast(house, raw), 422, "bad_signature")


def _set_point(text: str) -> Change:
    return lambda ballot: ballot["answers"][0]["choices"][0].update(alpha=text)


def _set_scalar(text: str) -> Change:
    return lambda ballot: ballot["answers"][0]["individual_proofs"][0][0].update(challenge=text)


SMALL_ORDER = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"


@pytest.mark.parametrize("point", [point_hex(IDENTITY), SMALL_ORDER, "00" * 32, "ff" * 32, "zz", ""])
def test_points_that_are_none(house: House, point: str) -> None:
    answer = cast(house, edited(house.hall.ballot(0, 1), _set_point(point)))
    assert answer.status_code in {400, 422}
    refused(house, answer, answer.status_code, answer.json()["error"])


@pytest.mark.parametrize("scalar", [str(ORDER), "-1", "1e3", "007", str(2**256)])
def test_scalars_that_are_none(house: House, scalar: str) -> None:
    answer = cast(house, edited(house.hall.ballot(0, 1), _set_scalar(scalar)))
    assert answer.status_code in {400, 422}
    refused(house, answer, answer.status_code, answer.json()["error"])


def test_a_ballot_before_opening(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    refused(house, cast(house, house.hall.ballot(0, 1)), 409, "not_open_yet")


def test_a_ballot_after_closing(house: House) -> None:
    raw = house.hall.ballot(0, 1)
    house.hall.reach("closed")
    refused(house, cast(house, raw), 409, "already_closed")


def test_a_ballot_is_answered_without_cookie_or_address(house: House) -> None:
    answer = cast(house, house.hall.ballot(0, 1))
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_a_ballot_may_come_from_anywhere_because_the_card_is_its_right(house: House) -> None:
    path = f"/api/v/{house.hall.session.code}/{house.id}/ballots"
    answer = house.visitor().post(
        path, content=house.hall.ballot(0, 1), headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 200


def test_it_is_not_a_page(house: House) -> None:
    path = f"/api/v/{house.hall.session.code}/{house.id}/ballots"
    assert house.visitor().get(path).status_code == 405
