"""Promises of voting/links.py: a link lets in its holder, and nobody who has only read the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.people import OPENING_DAY, Hall
from tests.refusals import dump, refused, unchanged
from voting import links
from voting.actors import PUBLIC, Actor, Forbidden, NotFound, Role, system
from voting.errors import TextError
from voting.links import LinkExpired, LinkRevoked, LinkUnfit, LinkUnknown

EXPIRES = OPENING_DAY + timedelta(days=1)


def issue(hall: Hall, role: Role, number: int | None = None, name: str = "陈秀英") -> str:
    session = None if role == "staff" else hall.session.id
    return links.issue(
        hall.store, hall.staff, role, name, EXPIRES, session, number, now=OPENING_DAY, random=hall.random
    )


@pytest.mark.parametrize(
    ("role", "number"), [("staff", None), ("operator", None), ("chair", None), ("scrutineer", 1)]
)
def test_a_link_makes_its_holder_the_actor_it_names(hall: Hall, role: Role, number: int | None) -> None:
    actor = links.enter(hall.store, issue(hall, role, number), OPENING_DAY)
    (listed,) = links.listing(hall.store, hall.staff)
    assert actor == Actor(
        role=role,
        congress=hall.congress.id,
        name="陈秀英",
        link=listed.id,
        session=None if role == "staff" else hall.session.id,
        scrutineer=number,
    )


def test_the_installation_gives_out_the_first_link_of_a_congress(hall: Hall) -> None:
    owner = system(hall.congress.id)
    token = links.issue(hall.store, owner, "staff", "刘科长", EXPIRES, now=OPENING_DAY, random=hall.random)
    assert links.enter(hall.store, token, OPENING_DAY).role == "staff"


def test_a_link_opens_what_its_holder_may_see(hall: Hall) -> None:
    hall.reach("adopted")
    actor = links.enter(hall.store, issue(hall, "scrutineer", 1), OPENING_DAY)
    with hall.store.read() as tx:
        assert tx.rounds.get(actor, hall.round.id).state == "adopted"


def test_the_token_is_256_random_bits_and_stored_nowhere(hall: Hall) -> None:
    token = issue(hall, "chair")
    assert len(token) == 43
    assert token not in str(dump(hall.store))
    assert issue(hall, "chair") != token


def test_a_seat_has_one_living_link_and_others_keep_theirs(hall: Hall) -> None:
    first = issue(hall, "scrutineer", 1)
    others = [issue(hall, "scrutineer", 2), issue(hall, "chair"), issue(hall, "staff"), issue(hall, "staff")]
    second = issue(hall, "scrutineer", 1, name="另一个人")
    with refused(hall.store, LinkRevoked):
        links.enter(hall.store, first, OPENING_DAY)
    for token in (second, *others):
        links.enter(hall.store, token, OPENING_DAY)


def test_giving_out_a_link_is_recorded(hall: Hall) -> None:
    issue(hall, "scrutineer", 1)
    assert [row[3] for row in dump(hall.store)["step"] if row[2] is None] == ["issue_link"]
    assert "监票人陈秀英" in str(dump(hall.store)["step"])


@pytest.mark.parametrize("token", ["", "a" * 43, "\0", "票", "\ud800"])
def test_a_wrong_token_lets_nobody_in(hall: Hall, token: str) -> None:
    issue(hall, "chair")
    with refused(hall.store, LinkUnknown):
        links.enter(hall.store, token, OPENING_DAY)


def test_what_is_stored_lets_nobody_in(hall: Hall) -> None:
    issue(hall, "chair")
    stored = {str(value) for row in dump(hall.store)["link"] for value in row}
    assert stored
    for token in stored:
        with pytest.raises(LinkUnknown):
            links.enter(hall.store, token, OPENING_DAY)


def test_a_link_lets_in_until_the_moment_it_expires(hall: Hall) -> None:
    token = issue(hall, "chair")
    links.enter(hall.store, token, EXPIRES - timedelta(microseconds=1))
    with refused(hall.store, LinkExpired):
        links.enter(hall.store, token, EXPIRES)


def test_a_revoked_link_lets_nobody_in_and_the_step_is_recorded(hall: Hall) -> None:
    token, other = issue(hall, "chair"), issue(hall, "operator")
    link = links.enter(hall.store, token, OPENING_DAY).link or ""
    revoked = links.revoke(hall.store, hall.staff, link, OPENING_DAY)
    assert revoked.revoked_at == OPENING_DAY
    with refused(hall.store, LinkRevoked):
        links.enter(hall.store, token, OPENING_DAY)
    assert links.enter(hall.store, other, OPENING_DAY).role == "operator"
    assert "执行主席陈秀英" in str(dump(hall.store)["step"])


def test_revoking_twice_changes_nothing(hall: Hall) -> None:
    link = links.enter(hall.store, issue(hall, "chair"), OPENING_DAY).link or ""
    revoked = links.revoke(hall.store, hall.staff, link, OPENING_DAY)
    with unchanged(hall.store):
        assert links.revoke(hall.store, hall.staff, link, EXPIRES) == revoked


def test_a_link_of_another_congress_cannot_be_revoked(hall: Hall) -> None:
    link = links.enter(hall.store, issue(hall, "chair"), OPENING_DAY).link or ""
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        links.revoke(hall.store, stranger, link, OPENING_DAY)
    assert links.listing(hall.store, stranger) == ()


def test_only_staff_and_the_installation_deal_with_links(hall: Hall) -> None:
    link = links.enter(hall.store, issue(hall, "chair"), OPENING_DAY).link or ""
    for actor in (hall.chair, hall.operator, hall.scrutineers[0], PUBLIC):
        with refused(hall.store, Forbidden):
            links.issue(hall.store, actor, "staff", "某人", EXPIRES, now=OPENING_DAY, random=hall.random)
        with refused(hall.store, Forbidden):
            links.revoke(hall.store, actor, link, OPENING_DAY)
        with refused(hall.store, Forbidden):
            links.listing(hall.store, actor)


@pytest.mark.parametrize(
    ("role", "in_session", "number"),
    [
        ("public", False, None),
        ("system", False, None),
        ("staff", True, None),
        ("chair", False, None),
        ("operator", False, None),
        ("scrutineer", True, None),
        ("scrutineer", True, 0),
        ("chair", True, 1),
    ],
)
def test_a_link_that_would_lead_nowhere_is_not_given_out(
    hall: Hall, role: Role, in_session: bool, number: int | None
) -> None:
    session = hall.session.id if in_session else None
    with refused(hall.store, LinkUnfit):
        links.issue(
            hall.store,
            hall.staff,
            role,
            "某人",
            EXPIRES,
            session,
            number,
            now=OPENING_DAY,
            random=hall.random,
        )


def test_a_link_needs_a_name_that_can_be_printed(hall: Hall) -> None:
    for name in ("", "  ", "陈\u202e秀英", "陈" * 10_000):
        with refused(hall.store, TextError):
            issue(hall, "chair", name=name)


def test_a_link_into_an_unknown_session_is_not_given_out(hall: Hall) -> None:
    with refused(hall.store, NotFound):
        links.issue(
            hall.store, hall.staff, "chair", "某人", EXPIRES, "0" * 32, now=OPENING_DAY, random=hall.random
        )
