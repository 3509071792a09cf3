"""民呼我来: a citizen leaves word for a deputy, an office lets it through, the deputy answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from httpx import Response
from msgspec.structs import replace

from tests.county import Body, new_id
from tests.web.citizen import START, hidden
from tests.web.house import House, Person
from voting import audit
from voting.actors import Forbidden, NotFound
from voting.collecting import addressing, gate
from voting.congress_settings import PublicSettings, change
from voting.handling.refusals import AlreadyDecided
from voting.stations import Duty, Station
from voting.store.audit import Wanted
from voting.suggestions import Suggestion

WORD = {"title": "村口的桥坏了", "text": "下雨天孩子过不去，想请您看看。", "consent": "yes"}


class Caller:
    """A citizen with a browser in front of the directory of deputies."""

    def __init__(self, house: House, body: Body | None = None) -> None:
        self.house, self.body = house, body or house.county
        self.client = house.visitor()
        self.home = f"/t/{self.body.congress.id}"
        house.clock = house.clock or START

    def get(self, path: str = "/deputies") -> Response:
        return self.client.get(self.home + path)

    def form(self, n: int = 0) -> Response:
        return self.get(f"/deputies/{self.body.deputies[n].id}")

    def send(self, page: Response | None = None, n: int = 0, /, **fields: Any) -> Response:
        """Leave word half a minute after the form was opened."""
        typed = {**hidden((page or self.form(n)).text), **WORD, **fields}
        assert self.house.clock is not None
        self.house.clock += gate.LEAST_TIME_WITHOUT_WORK * 2
        return self.client.post(f"{self.home}/deputies/{self.body.deputies[n].id}", data=typed)

    def read(self, answer: Response) -> str:
        """What the query page says to whoever has the code of an accepted form."""
        assert answer.status_code == 303, answer.text
        code = answer.headers["location"].rpartition("/")[2]
        return self.get(f"/mine/{code}").text


def publish(house: House, body: Body, *, deputies: bool = True) -> None:
    change(house.store, body.staff, PublicSettings(show_deputies=deputies), START)


@pytest.fixture
def caller(house: House) -> Caller:
    publish(house, house.county)
    return Caller(house)


@pytest.fixture
def deputy(house: House, caller: Caller) -> Person:
    return house.enter_as(replace(house.county.deputy, link=new_id("代表")))


def only(house: House) -> Suggestion:
    with house.store.read() as tx:
        (found,) = tx.inbox.waiting(house.county.staff, 9)
    return found


def let_through(house: House, verdict: str = "accept") -> Suggestion:
    one = only(house)
    clerk = house.enter_as(replace(house.county.staff, link=new_id("审核")))
    assert "留言给" in clerk.get(f"/inbox/{one.id}").text
    typed = {"verdict": verdict, "kind": "opinion", "release": "no", "reason": "不属于人大受理的事。"}
    assert clerk.post(f"/inbox/{one.id}", **typed).status_code == 303
    return one


def answers(house: House) -> int:
    return len(audit.read_all(house.store, house.county.presidium, Wanted(whats=("answer",))))


def test_the_directory_is_shown_only_where_the_congress_says_so(house: House) -> None:
    someone = Caller(house)
    for path in ("/deputies", f"/deputies/{house.county.deputies[0].id}"):
        refused = someone.get(path)
        assert refused.status_code == 404
        assert "没有公开代表名录" in refused.text
    assert "找代表" not in someone.get("").text
    assert someone.client.post(f"{someone.home}/deputies/{house.county.deputies[0].id}").status_code == 404
    clerk = house.enter_as(replace(house.county.staff, link=new_id("设置")))
    clerk.post("/settings", show_deputies="yes", show_stations="yes")
    shown = someone.get()
    assert shown.status_code == 200
    assert "找代表" in someone.get("").text
    for one in house.county.deputies:
        assert one.name in shown.text
        assert one.delegation in shown.text


def test_the_directory_names_days_of_duty_and_no_telephone(house: House, caller: Caller) -> None:
    here = house.county.congress.id
    station = Station(id=new_id("站"), congress=here, code="7654321", name="东河站", kind="station")
    with house.store.write() as tx:
        tx.stations.add(station)
        tx.deputies.change(house.county.deputies[0], phone="13812345678")
        tx.deputies.end(house.county.deputies[1], date(2026, 9, 1))
        for day in (date(2026, 9, 13), date(2026, 9, 17), date(2027, 3, 17)):
            duty = Duty(congress=here, station=station.id, day=day, deputy=house.county.deputies[0].id)
            tx.station_work.put_on_duty([duty])
    page = caller.get().text
    assert "2026年9月17日在东河站值班" in page
    for hidden_words in ("13812345678", "2026年9月13日", "2027年3月17日", house.county.deputies[1].name):
        assert hidden_words not in page


def test_word_goes_through_the_office_to_the_deputy_and_the_answer_back(
    house: House, caller: Caller, deputy: Person
) -> None:
    sent = caller.send(proposer="周大爷", phone="13900000000")
    assert "等待工作人员查看" in caller.read(sent)
    assert "张桂兰代表" in caller.read(sent)
    one = only(house)
    assert (one.kind, one.source, one.state) == ("opinion", "public", "received")
    assert one.title not in deputy.get("/words").text
    assert deputy.get(f"/words/{one.id}").status_code == 404
    let_through(house)
    assert one.title in deputy.get("/notices").text
    assert one.title in deputy.get("/words").text
    page = deputy.get(f"/words/{one.id}").text
    for said in (WORD["text"], "周大爷", "13900000000"):
        assert said in page
    for _ in range(2):
        answer = deputy.post(f"/words/{one.id}", answer="我周六去看，再找交通局。")
        assert answer.status_code == 303
    assert answers(house) == 1
    shown = caller.read(sent)
    assert "我周六去看，再找交通局。" in shown
    assert "由张桂兰代表答复。" in shown
    assert "请您评价这个答复" in shown


def test_word_is_the_named_deputys_and_nobody_elses(house: House, caller: Caller, deputy: Person) -> None:
    caller.send()
    one = let_through(house)
    other = house.enter_as(replace(house.county.other_deputy, link=new_id("另一位")))
    abroad = house.enter_as(replace(house.county.town.deputy, link=new_id("镇代表")))
    for person in (other, abroad):
        assert one.title not in person.get("/words").text
        assert person.get(f"/words/{one.id}").status_code == 404
        assert person.post(f"/words/{one.id}", answer="替他答复").status_code == 404
    for actor in (house.county.other_deputy, house.county.town.deputy):
        with pytest.raises(NotFound):
            addressing.answer(house.store, actor, one.id, "替他答复", START)
    assert answers(house) == 0
    assert deputy.get(f"/words/{one.id}").status_code == 200


@pytest.mark.parametrize("verdict", ["refuse", "complaint"])
def test_what_the_office_refuses_never_reaches_the_deputy(
    house: House, caller: Caller, deputy: Person, verdict: str
) -> None:
    caller.send()
    one = let_through(house, verdict)
    assert one.title not in deputy.get("/words").text
    assert one.title not in deputy.get("/notices").text
    assert deputy.post(f"/words/{one.id}", answer="答复").status_code == 404


def test_what_the_office_has_decided_the_deputy_no_longer_answers(
    house: House, caller: Caller, deputy: Person
) -> None:
    caller.send()
    one = let_through(house)
    clerk = house.enter_as(replace(house.county.staff, link=new_id("分办")))
    with house.store.write() as tx:
        found = tx.suggestions.lock(house.county.staff, one.id)
        tx.suggestions.change(
            found, state="assigned", route="candidate", decided_at=START, decided_by="刘科长"
        )
    refused = deputy.post(f"/words/{one.id}", answer="我的长答复")
    assert refused.status_code == 409
    assert "不能再由代表答复" in refused.text
    assert "我的长答复" in refused.text
    assert answers(house) == 0
    assert clerk.get(f"/words/{one.id}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "没有填写“标题”"),
        ({"text": " "}, "没有填写“现状和诉求”"),
        ({"text": "长" * 100_000}, "“现状和诉求”"),
        ({"title": "长" * 100_000}, "“标题”"),
        ({"title": "坏\x00字"}, "“标题”"),
        ({"phone": "不给"}, "电话号码写法不对"),
        ({"consent": ""}, "请先勾选"),
        ({"website": "http://x"}, "请不要填写"),
        ({"slip": "假的"}, "已经失效"),
    ],
)
def test_odd_words_are_refused_and_nothing_is_lost(
    house: House, caller: Caller, typed: dict[str, str], sentence: str
) -> None:
    answer = caller.send(**typed)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    kept = {**WORD, **typed}
    for name in ("title", "text"):
        assert kept[name].replace("\x00", "") in answer.text.replace("\x00", "").replace("�", "")
    with house.store.read() as tx:
        assert tx.inbox.count_waiting(house.county.staff) == 0


def test_a_script_is_shown_as_the_words_it_is(house: House, caller: Caller, deputy: Person) -> None:
    caller.send(title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    one = let_through(house)
    page = deputy.get(f"/words/{one.id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_too_fast_too_many_and_the_same_twice(house: House, caller: Caller) -> None:
    page = caller.form()
    typed = {**hidden(page.text), **WORD}
    fast = caller.client.post(f"{caller.home}/deputies/{house.county.deputies[0].id}", data=typed)
    assert "提交得太快" in fast.text
    first, second = caller.send(page), caller.send(page)
    assert first.headers["location"] == second.headers["location"]
    changed = caller.send(page, text="别的话")
    assert changed.status_code == 409
    assert "别的话" in changed.text
    to_another = caller.send(page, 1)
    assert to_another.status_code == 409
    for _ in range(gate.MOST_AN_HOUR - 1):
        house.clock = START
        assert caller.send().status_code == 303
    house.clock = START
    assert "次数太多" in caller.send().text
    with house.store.read() as tx:
        assert tx.inbox.count_waiting(house.county.staff) == gate.MOST_AN_HOUR


@pytest.mark.parametrize("which", ["left", "abroad", "nobody", "odd"])
def test_whoever_is_no_deputy_here_cannot_be_left_word(house: House, caller: Caller, which: str) -> None:
    typed = {**hidden(caller.form().text), **WORD}
    ids = {
        "left": house.county.deputies[2].id,
        "abroad": house.county.town.deputies[0].id,
        "nobody": "0" * 32,
        "odd": "%27%3B--",
    }
    with house.store.write() as tx:
        tx.deputies.end(house.county.deputies[2], date(2026, 9, 1))
    path = f"{caller.home}/deputies/{ids[which]}"
    for answer in (caller.client.get(path), caller.client.post(path, data=typed)):
        assert answer.status_code == 404
        assert "不在现任代表名录里" in answer.text
    with house.store.read() as tx:
        assert tx.inbox.count_waiting(house.county.staff) == 0


def test_a_deputy_who_left_answers_no_more(house: House, caller: Caller) -> None:
    caller.send()
    one = let_through(house)
    with house.store.write() as tx:
        tx.deputies.end(house.county.deputies[0], date(2026, 9, 14))
    with pytest.raises(Forbidden):
        addressing.answer(house.store, house.county.deputy, one.id, "答复", START)
    assert answers(house) == 0


@pytest.mark.parametrize("said", ["", " \n", "长" * 100_000, "坏\u202e字"])
def test_an_odd_answer_is_refused_and_kept(house: House, caller: Caller, deputy: Person, said: str) -> None:
    caller.send()
    one = let_through(house)
    answer = deputy.post(f"/words/{one.id}", answer=said)
    assert answer.status_code == 422
    assert said in answer.text
    assert answers(house) == 0


def test_only_a_deputy_answers_and_only_what_is_open(house: House, caller: Caller) -> None:
    caller.send()
    one = let_through(house)
    for actor in (house.county.staff, house.county.unit, house.county.presidium):
        with pytest.raises(Forbidden):
            addressing.answer(house.store, actor, one.id, "答复", START)
    addressing.answer(house.store, house.county.deputy, one.id, "第一次", START)
    with pytest.raises(AlreadyDecided):
        addressing.answer(house.store, house.county.deputy, one.id, "第二次", START)
