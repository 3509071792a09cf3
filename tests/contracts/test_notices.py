"""Contract of `tx.notices`: written once, read by its addressees and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.contracts.cases import case
from tests.county import FIRST_DAY, Body, County, new_id
from voting.actors import PUBLIC, Actor, NotFound, system

ABOUT = new_id("一件建议")


def remind(county: Body, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "kind": "due_soon",
        "text": "“村口没有路灯”还有3天到期",
        "path": f"/suggestions/{ABOUT}",
        "about": ABOUT,
        "due": date(2026, 9, 30),
        "at": county.now(),
    }
    facts.update(changes)
    with county.store.write() as tx:
        tx.notices.add(county.congress.id, **facts)


def texts(county: County, actor: Actor) -> list[str]:
    with county.store.read() as tx:
        return [one.text for one in tx.notices.listing(actor)]


@case("notices.add", "notices.listing", "notices.unseen")
def test_a_notice_reaches_its_addressees_and_nobody_else(county: County) -> None:
    remind(county, text="单位", unit=county.units[0].id)
    remind(county, text="代表", deputy=county.deputies[0].id)
    remind(county, text="角色", role="staff")
    assert texts(county, county.unit) == ["单位"]
    assert texts(county, county.deputy) == ["代表"]
    assert texts(county, county.staff) == ["角色"]
    others = (county.other_unit, county.other_deputy, county.government, county.presidium, PUBLIC)
    for actor in (*others, system(county.congress.id), county.town.staff, county.town.deputy):
        assert texts(county, actor) == []
        with county.store.read() as tx:
            assert tx.notices.unseen(actor) == 0


@case("notices.listing")
def test_a_towns_clerk_reads_what_the_government_office_is_told(county: County) -> None:
    remind(county, role="government_office")
    assert texts(county, county.staff) == []
    remind(county.town, role="government_office")
    assert len(texts(county, county.town.staff)) == 1


@case("notices.add", "notices.unseen")
@pytest.mark.parametrize("due", [date(2026, 9, 30), None], ids=["a day", "no day"])
def test_the_same_reminder_is_written_once(county: County, due: date | None) -> None:
    for words in ("第一遍", "第二遍"):
        remind(county, due=due, text=words, unit=county.units[0].id)
    assert texts(county, county.unit) == ["第一遍"]
    with county.store.read() as tx:
        assert tx.notices.unseen(county.unit) == 1


@case("notices.add")
def test_another_day_kind_thing_or_addressee_is_another_reminder(county: County) -> None:
    to = {"unit": county.units[0].id}
    remind(county, **to)
    remind(county, **to, due=date(2026, 10, 1))
    remind(county, **to, due=None)
    remind(county, **to, kind="overdue")
    remind(county, **to, about=new_id("另一件"))
    assert len(texts(county, county.unit)) == 5
    remind(county, unit=county.units[1].id)
    assert len(texts(county, county.other_unit)) == 1


@case(
    "notices.see", "notices.get", "notices.unseen", "notices.see_all", "notices.to_send", "notices.mark_sent"
)
def test_what_was_seen_stays_seen_by_whoever_saw_it_first(county: County) -> None:
    remind(county, role="staff")
    with county.store.read() as tx:
        (notice,) = tx.notices.listing(county.staff)
    colleague = county.actor("staff", "王干事")
    with county.store.write() as tx:
        assert tx.notices.see(county.staff, notice.id, FIRST_DAY).path == f"/suggestions/{ABOUT}"
        tx.notices.see(colleague, notice.id, county.now())
        assert tx.notices.unseen(county.staff) == 0
        seen = tx.notices.get(colleague, notice.id)
    assert (seen.seen_by, seen.seen_at) == ("刘科长", FIRST_DAY)


@case("notices.listing")
def test_unseen_ones_stand_first_and_then_the_newest(county: County) -> None:
    for words in ("一", "二", "三"):
        remind(county, role="staff", text=words, about=new_id(words))
    with county.store.write() as tx:
        newest = tx.notices.listing(county.staff)[0]
        tx.notices.see(county.staff, newest.id, FIRST_DAY)
    assert texts(county, county.staff) == ["二", "一", "三"]


@case("notices.get", "notices.see")
def test_somebody_elses_notice_is_not_found(county: County) -> None:
    remind(county, unit=county.units[0].id)
    with county.store.read() as tx:
        (notice,) = tx.notices.listing(county.unit)
    for actor in (county.other_unit, county.staff, county.town.unit, PUBLIC):
        for wanted in (notice.id, "f" * 32, "\x00", "../x"):
            with pytest.raises(NotFound), county.store.write() as tx:
                tx.notices.see(actor, wanted, FIRST_DAY)


@case("notices.add")
@pytest.mark.parametrize("to", [{}, {"role": "staff", "unit": "f" * 32}], ids=["nobody", "two"])
def test_a_notice_has_exactly_one_addressee(county: County, to: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        remind(county, **to)
