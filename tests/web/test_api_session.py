"""`GET /api/v/{code}`: what the ballot page polls."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.people import GRADES, OPENING_DAY, SELECT, STANCES, STATES
from tests.web.house import House, MakeHouse
from voting.cycle import State
from voting.rules import RoundRules
from web.api.ballots import PHASES

FIELDS = {
    "id",
    "title",
    "kind",
    "most_for",
    "trial",
    "state",
    "form",
    "places",
    "choices",
    "election",
    "candidates",
    "notes",
}


def _ask(house: House, **headers: str) -> dict[str, object]:
    answer = house.visitor().get(f"/api/v/{house.hall.session.code}", headers=headers)
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


def test_a_drafted_round_is_not_there_yet(house: House) -> None:
    assert _ask(house) == {
        "session": {
            "code": house.hall.session.code,
            "title": house.hall.session.title,
            "congress": "示例县人民代表大会",
            "body": "congress",
        },
        "rounds": [],
    }


def test_an_open_round_says_what_is_voted_on_and_how(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    (round_,) = json.loads(json.dumps(_ask(house)["rounds"]))
    assert (round_["state"], round_["form"], round_["places"]) == ("open", "select_k", 2)
    assert round_["election"].encode() == house.hall.current().election
    assert round_["candidates"][0] == {
        "number": 1,
        "title": "农村公路改造",
        "content": "",
        "place": "",
        "cost": "100万元",
        "unit": "县交通局",
        "deadline": "",
    }
    assert any("最多选2件" in note for note in round_["notes"])


@pytest.mark.parametrize(
    ("rules", "kind", "form", "choices"),
    [
        (SELECT, "decision", "select_k", []),
        (STANCES, "decision", "for_against", ["赞成", "反对", "弃权"]),
        (replace(GRADES, unknown=True), "satisfaction", "grades", [*GRADES.levels, "不了解", "弃权"]),
    ],
    ids=["select_k", "for_against", "grades"],
)
def test_what_may_be_said_of_each_candidate_is_what_the_sealed_election_offers(
    open_house: MakeHouse, rules: RoundRules, kind: str, form: str, choices: list[str]
) -> None:
    house = open_house(rules, state="sealed")
    (round_,) = json.loads(json.dumps(_ask(house)["rounds"]))
    assert (round_["kind"], round_["form"], round_["choices"]) == (kind, form, choices)
    questions = json.loads(round_["election"])["questions"]
    assert not choices or {tuple(one["answers"]) for one in questions} == {tuple(choices)}


def test_a_session_of_the_committee_says_so(open_house: MakeHouse) -> None:
    found = json.loads(json.dumps(_ask(open_house(GRADES, state="adopted", body="committee"))))
    assert found["session"]["body"] == "committee"
    assert any("全体组成人员" in note for note in found["rounds"][0]["notes"])


def test_the_election_is_there_once_it_is_sealed(open_house: MakeHouse) -> None:
    house = open_house(STANCES, state="adopted")
    (round_,) = json.loads(json.dumps(_ask(house)["rounds"]))
    assert (round_["state"], round_["form"], round_["election"]) == ("waiting", "for_against", None)


@pytest.mark.parametrize("state", [*STATES[1:], "void"])
def test_each_state_has_its_phase_and_no_count(open_house: MakeHouse, state: State) -> None:
    house = open_house(state=state)
    (round_,) = json.loads(json.dumps(_ask(house)["rounds"]))
    assert round_["state"] == PHASES[house.hall.current().state]
    assert set(round_) == FIELDS


def test_who_has_it_already_gets_an_empty_answer_until_something_changes(house: House) -> None:
    visitor, path = house.visitor(), f"/api/v/{house.hall.session.code}"
    etag = visitor.get(path).headers["etag"]
    again = visitor.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    house.hall.reach("adopted")
    changed = visitor.get(path, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_news_are_at_most_half_a_second_old(house: House) -> None:
    visitor, path = house.visitor(), f"/api/v/{house.hall.session.code}"
    house.clock = OPENING_DAY
    assert visitor.get(path).json()["rounds"] == []
    house.hall.reach("adopted")
    house.clock = OPENING_DAY + timedelta(seconds=0.5)
    assert len(visitor.get(path).json()["rounds"]) == 1


def test_a_clock_set_back_does_not_freeze_the_news(house: House) -> None:
    visitor, path = house.visitor(), f"/api/v/{house.hall.session.code}"
    house.clock = OPENING_DAY
    visitor.get(path)
    house.hall.reach("adopted")
    house.clock = OPENING_DAY - timedelta(hours=1)
    assert len(visitor.get(path).json()["rounds"]) == 1


@pytest.mark.parametrize("code", ["unknown1", "x" * 3000, "%e4%bd%a0", "a%00b", "%2e%2e"])
def test_an_unknown_or_malformed_code_is_refused_in_json(house: House, code: str) -> None:
    answer = house.visitor().get(f"/api/v/{code}")
    assert answer.status_code == 404
    assert answer.json()["sentence"].endswith("。")


def test_no_cookie_is_set_and_none_is_asked_for(house: House) -> None:
    visitor = house.visitor()
    plain = visitor.get(f"/api/v/{house.hall.session.code}")
    with_cookie = visitor.get(
        f"/api/v/{house.hall.session.code}", headers={"cookie": f"piaojue={house.token('staff')}"}
    )
    assert "set-cookie" not in plain.headers
    assert plain.json() == with_cookie.json()


def test_it_is_not_posted_to(house: House) -> None:
    answer = house.visitor().post(f"/api/v/{house.hall.session.code}")
    assert (answer.status_code, answer.json()["error"]) == (405, "wrong_method")
