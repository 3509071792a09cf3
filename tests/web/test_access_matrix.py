"""Everybody's every page, found by walking the app's own routes: whose it is, and that nobody reaches across.

A county and its town stand side by side; each is full of things that the other may never see.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from litestar.routes import HTTPRoute
from msgspec.structs import replace
from sqlalchemy import select

from tests import delivery, rated, reporting
from tests.county import FIRST_DAY, Body, new_id
from tests.voting.supervising import desk as supervision
from tests.web.house import House, MakeHouse, Person
from voting import drafting
from voting.accounts import invitations
from voting.accounts.facts import ACCOUNT_ROLES
from voting.actors import Actor
from voting.checking_in import plenaries
from voting.handing_out import incidents
from voting.store.tables.base import metadata
from web.access import LINK_ROLES, PAGE_ROLES, home

_PARAMETER: Final = re.compile(r"\{(\w+):(\w+)\}")


def pages(house: House, role: str, method: str = "GET") -> Iterator[str]:
    """The paths below the own link that this role can ask."""
    start = f"/{role}/{{link:str}}"
    for route in house.app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(start) and method in route.methods:
            yield route.path.removeprefix(start)


def everybody(body: Body) -> list[Actor]:
    return [
        replace(one, link=new_id(one.name))
        for one in (body.staff, body.government, body.unit, body.deputy, body.presidium)
    ]


def belongings(house: House, body: Body) -> dict[str, str]:
    """Ids of what a congress has, by the names that addresses give them."""
    suggestion = body.suggest()
    member = replace(body.presidium, link=new_id("member"))
    house.account_token(member)
    now = FIRST_DAY
    invitations.invite(
        house.store, body.staff, "presidium", "某人", now + timedelta(days=1), now=now, random=os.urandom
    )
    (invitation,) = invitations.listing(house.store, body.staff)
    return {
        **supervision.belongings(body),
        **rated.belongings(body),
        **reporting.belongings(body),
        "handover_id": delivery.handover(body).id,
        "suggestion_id": suggestion.id,
        "unit_id": body.units[0].id,
        "deputy_id": body.deputies[0].id,
        "entry_id": body.deputies[0].id,
        "village_id": body.villages[0].id,
        "category_id": body.categories[0].id,
        "membership_id": member.link or "",
        "invitation_id": invitation.id,
        "round_id": house.id,
        "session_id": house.hall.session.id,
    }


def filled(path: str, ids: dict[str, str]) -> str:
    """Numbers are 1; what the congress has none of is an id that nobody has."""
    return _PARAMETER.sub(lambda found: "1" if found[2] == "int" else ids.get(found[1], "0" * 32), path)


def expected(path: str) -> set[int]:
    """Of a page whose address names a thing that is not there; a query code is text, and may be misspelt."""
    if "{code:str}" in path:
        return {403, 404, 422}
    if "." in path:
        return {200, 403, 404}  # a file of what there is none of yet
    return {403, 404} if "{" in path else {200, 403}


@pytest.fixture
def bodies(house: House) -> tuple[Body, Body]:
    house.clock = FIRST_DAY
    return house.county, house.county.town


def status(person: Person, path: str, method: str = "GET") -> int:
    return person.client.request(method, person.base + path).status_code


def test_every_page_of_a_role_opens_or_says_who_may(house: House, bodies: tuple[Body, Body]) -> None:
    """No role has a page that breaks; what has no id in its address is there for the role, or refused."""
    odd = []
    for body in bodies:
        for actor in everybody(body):
            person = house.enter_as(actor)
            for path in pages(house, actor.role):
                answer = person.get(filled(path, {}))
                told = answer.status_code != 403 or "您进入时的身份是" in answer.text
                if answer.status_code not in expected(path) or not told:
                    odd.append((actor.role, path, answer.status_code))
    assert odd == []


def test_a_towns_clerk_may_open_whatever_the_countys_may(house: House, bodies: tuple[Body, Body]) -> None:
    county, town = (house.enter_as(everybody(body)[0]) for body in bodies)
    for path in pages(house, "staff"):
        if "{" not in path and status(county, path) == 200:
            assert (path, status(town, path)) == (path, 200)


def test_nothing_of_another_congress_opens_for_anybody(house: House, bodies: tuple[Body, Body]) -> None:
    """County staff on a town's things, a town's on the county's, units, deputies, presidium likewise."""
    ids = {body.congress.id: belongings(house, body) for body in bodies}
    reached = []
    for body, other in (bodies, bodies[::-1]):
        for actor in everybody(body):
            person = house.enter_as(actor)
            for path in pages(house, actor.role):
                if "{" in path:
                    got = status(person, filled(path, ids[other.congress.id]))
                    if got not in expected(path):
                        reached.append((actor.role, path, got))
    assert reached == []


def test_nothing_of_another_congress_is_changed_by_anybody(house: House, bodies: tuple[Body, Body]) -> None:
    """Whatever the answer to a form says (what is gone already may be dropped again), nothing happened."""
    ids = {body.congress.id: belongings(house, body) for body in bodies}
    people = [(actor, house.enter_as(actor)) for body in bodies for actor in everybody(body)]
    for actor, person in people:
        other = next(body.congress.id for body in bodies if body.congress.id != actor.congress)
        before = everything_of(house, other)
        for path in pages(house, actor.role, "POST"):
            if "{" in path:
                got = status(person, filled(path, ids[other]), "POST")
                assert (actor.role, path, got < 500) == (actor.role, path, True)
        after = everything_of(house, other)
        assert (actor.role, [name for name in after if after[name] != before[name]]) == (actor.role, [])


def everything_of(house: House, congress: str) -> dict[str, list[str]]:
    """All rows of a congress, table by table, without the chain of its log, which grows by itself."""
    tables = [one for one in metadata.sorted_tables if "congress" in one.c]
    with house.store._statements.connect() as connection:
        rows = {
            one.name: connection.execute(
                select(*(column for column in one.c if column.name not in {"place", "hash"})).where(
                    one.c.congress == congress
                )
            )
            for one in tables
        }
        return {
            name: sorted(row for row in map(str, found) if "audit_head" not in row)
            for name, found in rows.items()
        }


def test_a_units_own_things_are_not_another_units(house: House, bodies: tuple[Body, Body]) -> None:
    county, _ = bodies
    proposed = county.suggest(unit=county.units[0].id, source="department")
    own, other = (house.enter_as(replace(one, link=new_id("u"))) for one in (county.unit, county.other_unit))
    opened = set()
    for path in pages(house, "unit"):
        if "{suggestion_id:str}" in path:
            address = filled(path, {"suggestion_id": proposed.id})
            opened.add(status(own, address))
            assert (path, status(other, address)) == (path, 404)
    assert 200 in opened


def test_whoever_has_a_role_in_one_congress_enters_no_other(house: House, bodies: tuple[Body, Body]) -> None:
    """The cookie of a role, shown below the address of the same and of every other role of the other."""
    for body, other in (bodies, bodies[::-1]):
        for actor in everybody(body):
            token = house.account_token(actor)
            for foreign in everybody(other):
                house.enter_as(foreign)
                headers = {"cookie": f"piaojue={token}"}
                answer = house.visitor().get(home(foreign), headers=headers)
                assert (actor.role, foreign.role, answer.status_code) == (actor.role, foreign.role, 404)


MESSAGES: Final = {
    "decryption": {"decryption": "{}"},
    "signature": {"signature": "{}"},
    "confirmation": {"signature": "{}"},
    "paper": {"signature": "{}"},
    "restored": {"signature": "{}"},
    "certificate": {"certificate": "{}", "signing_key": "0" * 64, "endorsement": "{}"},
    "deal": {"deal": "{}"},
    "share": {"share": "{}"},
}
"""Bodies that can be read, so that it is the id that is wrong."""
OF_THE_OWN: Final = {"/scan", "/api/{round_id:str}/key"}
"""What is refused before any id is looked at: the own session has no plenary; a key is checked first."""


def test_whoever_serves_one_session_reaches_nothing_of_another(open_house: MakeHouse) -> None:
    """Chair, operator, scrutineers, tellers and ushers by their links, at the round, the key, the incident
    and the plenary of another session of the same congress."""
    house = open_house(state="open", scrutineers=3, threshold=2)
    ids, fields = of_the_hall(house)
    other = drafting.create_session(house.store, house.hall.staff, "第二次会议", 6, os.urandom)
    house.hall.session = other
    house.hall._take_seats()
    for role in sorted(set(LINK_ROLES) - {"staff"}):
        person = house.enter(role)
        before = everything_of(house, house.hall.congress.id)
        odd = []
        for method in ("GET", "POST"):
            for path in pages(house, role, method):
                if method == "GET" and "{" not in path:
                    continue
                body = {"json": MESSAGES.get(path.rsplit("/", 1)[-1])} if "/api" in path else {"data": fields}
                answer = person.client.request(method, person.base + filled(path, ids), **body)
                own = path in OF_THE_OWN and answer.status_code in {409, 422}
                if answer.status_code not in {403, 404} and not own:
                    odd.append((method, path, answer.status_code))
        after = everything_of(house, house.hall.congress.id)
        assert (role, odd) == (role, [])
        assert (role, [name for name in after if after[name] != before[name]]) == (role, [])


def of_the_hall(house: House) -> tuple[dict[str, str], dict[str, str]]:
    """Ids of what the hall's session has, by the names that addresses give them; a form that names them."""
    hall = house.hall
    plenary = plenaries.begin_plenary(hall.store, hall.staff, hall.session.id, "第一次全体会议", hall.now())
    told = incidents.report_incident(
        hall.store,
        hall.staff,
        hall.session.id,
        "other",
        "投影仪坏了",
        hall.now(),
        round_id=house.id,
        serial="",
    )
    ids = {
        "round_id": house.id,
        "session_id": hall.session.id,
        "ceremony_id": hall.current().ceremony or "",
        "incident_id": told.id,
        "plenary_id": plenary.id,
    }
    fields = {"plenary": plenary.id, "deputy": "0" * 32, "place": "0", "text": "王", "confirm": "yes"}
    return ids, fields | {f"answer_{told.id}": "换一台", "returned": "1", "invalid": "0", "reason": "故障"}


def test_the_matrix_covers_every_role_that_has_an_account() -> None:
    assert set(ACCOUNT_ROLES) | set(LINK_ROLES) == set(PAGE_ROLES)
    assert ACCOUNT_ROLES == ("staff", "government_office", "unit", "deputy", "presidium")
