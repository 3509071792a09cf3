"""双联: the office arranges who keeps contact with whom, deputies enter contacts from their telephones."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.county import FIRST_DAY, new_id
from tests.web.house import House, Person
from voting import audit, liaisons
from voting.actors import Forbidden
from voting.contacts import CITIZENS, MOST_DEPUTIES, Liaison
from voting.people import Deputy
from voting.store.audit import Wanted

TODAY = "2026-09-01"


@pytest.fixture
def clerk(house: House) -> Person:
    house.clock = FIRST_DAY
    member = house.county.deputies[0]
    with house.store.write() as tx:
        tx.deputies.change(member, committee=True)
    return house.enter_as(replace(house.county.staff, link=new_id("工作人员")))


@pytest.fixture
def deputy(house: House, clerk: Person) -> Person:
    return house.enter_as(replace(house.county.deputy, link=new_id("代表")))


def own(house: House) -> tuple[Liaison, ...]:
    with house.store.read() as tx:
        return tx.liaisons.current(house.county.deputy)


def a_citizen(house: House, person: Person, name: str = "周大爷") -> Liaison:
    known = {one.id for one in own(house)}
    member = house.county.deputies[0].id
    answer = person.post(f"/liaisons/{member}", name=name, village=house.county.villages[0].id)
    assert answer.status_code == 303, answer.text
    return next(one for one in own(house) if one.id not in known)


def changes(house: House, what: str) -> int:
    return len(audit.read_all(house.store, house.county.presidium, Wanted(whats=(what,))))


def test_a_members_list_is_filled_up_to_its_numbers_and_says_what_it_lacks(
    house: House, clerk: Person
) -> None:
    member = house.county.deputies[0].id
    here = house.county.congress.id
    more = [
        Deputy(id=new_id("代表"), congress=here, number=10 + n, name=f"代表{n}", delegation="东河代表团")
        for n in range(MOST_DEPUTIES + 1)
    ]
    with house.store.write() as tx:
        tx.deputies.add_many(more)
    assert "至少还要联系 3 名代表，还要联系 5 名群众。" in clerk.get("/liaisons").text
    for one in more[:MOST_DEPUTIES]:
        for _ in range(2):
            assert clerk.post(f"/liaisons/{member}", whom="deputy", other=one.id).status_code == 303
    refused = clerk.post(f"/liaisons/{member}", whom="deputy", other=more[-1].id)
    assert refused.status_code == 422
    assert "张桂兰已经有 5 名" in refused.text
    for n in range(CITIZENS):
        a_citizen(house, clerk, f"群众{n}")
    refused = clerk.post(f"/liaisons/{member}", name="第六位")
    assert refused.status_code == 422
    assert "第六位" in refused.text
    assert "还要联系" not in clerk.get("/liaisons").text
    assert changes(house, "add_liaison") == len(own(house)) == MOST_DEPUTIES + CITIZENS


def test_a_deputy_who_left_counts_no_more_and_leaves_room(house: House, clerk: Person) -> None:
    member, left = house.county.deputies[0], house.county.deputies[1]
    clerk.post(f"/liaisons/{member.id}", whom="deputy", other=left.id)
    with house.store.write() as tx:
        tx.deputies.end(left, date(2026, 9, 1))
    assert left.name not in clerk.get(f"/liaisons/{member.id}").text
    assert "至少还要联系 3 名代表" in clerk.get("/liaisons").text
    refused = clerk.post(f"/liaisons/{member.id}", whom="deputy", other=left.id)
    assert "不再担任" in refused.text
    assert clerk.get(f"/liaisons/{left.id}").status_code == 404


def test_a_contact_from_the_telephone_takes_the_deputy_off_the_list(
    house: House, clerk: Person, deputy: Person
) -> None:
    one = a_citizen(house, deputy)
    member = house.county.deputies[0].id
    assert "还没有联系过一次的，有 1 人" in clerk.get("/liaisons").text
    said = {"liaison": one.id, "day": TODAY, "channel": "wechat", "note": "问了路灯", "key": "a" * 32}
    for _ in range(2):
        assert deputy.post(f"/liaisons/{member}/contacts", **said).status_code == 303
    assert changes(house, "enter_contact") == 1
    page = deputy.get("/liaisons").text
    for words in ("2026年9月1日 微信 周大爷", "问了路灯", "最近一次：2026年9月1日"):
        assert words in page
    assert "还没有联系过一次的" not in clerk.get("/liaisons").text
    house.clock = FIRST_DAY + timedelta(days=30)
    assert "2026年第四季度还没有联系过一次的，有 1 人" in clerk.get("/liaisons").text
    at_the_desk = {**said, "key": "b" * 32, "channel": "visit", "day": "2026-10-01"}
    clerk.post(f"/liaisons/{member}/contacts", **at_the_desk)
    assert "2026年10月1日 走访 周大爷" in deputy.get("/liaisons").text


def test_ending_keeps_the_log_and_a_deputy_ends_only_citizens(
    house: House, clerk: Person, deputy: Person
) -> None:
    member, other = house.county.deputies[0].id, house.county.deputies[1].id
    citizen = a_citizen(house, deputy)
    clerk.post(f"/liaisons/{member}", whom="deputy", other=other)
    with_deputy = next(one for one in own(house) if one.other)
    said = {"liaison": citizen.id, "day": TODAY, "channel": "phone", "note": "记一笔"}
    deputy.post(f"/liaisons/{member}/contacts", **said)
    assert deputy.post(f"/liaisons/{member}/end/{with_deputy.id}").status_code == 403
    for _ in range(2):
        assert deputy.post(f"/liaisons/{member}/end/{citizen.id}").status_code == 303
    assert own(house) == (with_deputy,)
    assert changes(house, "end_liaison") == 1
    assert "记一笔" in deputy.get("/liaisons").text
    assert deputy.post(f"/liaisons/{member}", whom="deputy", other=other).status_code == 403


def test_citizens_are_kept_by_name_and_village_only(house: House, deputy: Person) -> None:
    one = a_citizen(house, deputy)
    assert (one.name, one.village) == ("周大爷", house.county.villages[0].id)
    said = set(Liaison.__struct_fields__) - {"id", "congress", "deputy", "other", "made_at", "ended_at"}
    assert said == {"name", "village"}
    entries = audit.read_all(house.store, house.county.presidium, Wanted(whats=("add_liaison",)))
    assert "周大爷" not in str(entries)


@pytest.mark.parametrize("name", ["", " ", "长" * 100_000, "坏\x00字", "两\n行"])
def test_odd_names_are_refused(house: House, deputy: Person, name: str) -> None:
    answer = deputy.post(f"/liaisons/{house.county.deputies[0].id}", name=name)
    assert answer.status_code == 422
    assert own(house) == ()


def test_a_script_is_shown_as_words(house: House, deputy: Person) -> None:
    a_citizen(house, deputy, "<script>alert(1)</script>")
    page = deputy.get("/liaisons").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "typed",
    [
        {"day": ""},
        {"day": "2026-09-02"},
        {"channel": "fax"},
        {"channel": ""},
        {"note": "长" * 100_000},
        {"liaison": ""},
        {"liaison": "0" * 32},
        {"liaison": "\x00"},
    ],
)
def test_odd_contacts_are_refused(house: House, deputy: Person, typed: dict[str, str]) -> None:
    one = a_citizen(house, deputy)
    said = {"liaison": one.id, "day": TODAY, "channel": "phone", "note": "电话里问了", **typed}
    answer = deputy.post(f"/liaisons/{house.county.deputies[0].id}/contacts", **said)
    assert answer.status_code == 422
    assert said["note"] in answer.text
    assert changes(house, "enter_contact") == 0


def test_nobody_reaches_into_another_deputys_or_congresss_circle(
    house: House, clerk: Person, deputy: Person
) -> None:
    one = a_citizen(house, deputy)
    member = house.county.deputies[0].id
    said = {"liaison": one.id, "day": TODAY, "channel": "phone", "note": ""}
    others = (house.county.other_deputy, house.county.town.deputy, house.county.town.staff)
    for actor in others:
        person = house.enter_as(replace(actor, link=new_id("别人")))
        assert person.get(f"/liaisons/{member}").status_code == 404
        assert "周大爷" not in person.get("/liaisons").text
        assert person.post(f"/liaisons/{member}", name="某人").status_code == 404
        assert person.post(f"/liaisons/{member}/contacts", **said).status_code == 404
        assert person.post(f"/liaisons/{member}/end/{one.id}").status_code == 404
    theirs = {"other": house.county.town.deputies[1].id, "whom": "deputy"}
    assert clerk.post(f"/liaisons/{member}", **theirs).status_code == 404
    foreign = house.county.town.villages[0].id
    assert clerk.post(f"/liaisons/{member}", name="某人", village=foreign).status_code == 404
    assert own(house) == (one,)
    assert changes(house, "enter_contact") == 0
    for actor in (house.county.unit, house.county.presidium, house.county.government):
        with pytest.raises(Forbidden):
            liaisons.overview(house.store, actor, FIRST_DAY)


def test_oneself_and_nobody_are_no_choice(house: House, clerk: Person) -> None:
    member, plain = house.county.deputies[0].id, house.county.deputies[1].id
    for deputy, other in ((member, ""), (member, member), (plain, member)):
        assert clerk.post(f"/liaisons/{deputy}", whom="deputy", other=other).status_code == 422
    assert own(house) == ()
    assert re.search(r'<select id="other"', clerk.get(f"/liaisons/{member}").text)
    assert not re.search(r'<select id="other"', clerk.get(f"/liaisons/{plain}").text)
