"""Promises of erasing: on its day, once, with a record, and nothing that stays is broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event, make_url

from tests.county import FIRST_DAY, County
from tests.people import Hall
from voting import audit
from voting.actors import Forbidden, system
from voting.keeping import due
from voting.keeping.erasing import StillHeld, erase_due, erase_proposer
from voting.keeping.holding import HoldRefused, lift_hold, put_hold
from voting.keeping.rules import KeepingSettings
from voting.store import Store
from voting.store.audit import Wanted
from voting.store.scrubbing import TABLES, scrub

LATER: Final = FIRST_DAY + timedelta(days=900)
NAME, NUMBER = "欧阳不留痕", "13912345678"


def closed(county: County, **more: Any) -> str:
    return county.suggest(state="closed", closed_at=FIRST_DAY, proposer=NAME, phone=NUMBER, **more).id


def kinds(county: County, now: Any = LATER) -> dict[str, int]:
    return {one.kind: one.number for one in erase_due(county.store, system(county.congress.id), now)}


def test_nothing_goes_before_its_day_and_everything_due_on_it(county: County) -> None:
    closed(county)
    day_before = FIRST_DAY + timedelta(days=729)
    assert kinds(county, day_before) == {}
    assert kinds(county)["proposers"] == 2


def test_a_shorter_period_set_by_the_office_brings_the_day_nearer(county: County) -> None:
    closed(county)
    half_a_year = FIRST_DAY + timedelta(days=200)
    due.change_periods(county.store, county.staff, KeepingSettings(proposers=6), FIRST_DAY)
    assert kinds(county, half_a_year) == {"proposers": 2}


def test_the_record_says_what_how_many_until_when_and_by_whom_but_never_what_was_erased(
    county: County,
) -> None:
    closed(county)
    (made,) = erase_due(county.store, county.staff, LATER)
    assert (made.kind, made.number, made.by, made.at) == ("proposers", 2, county.staff.name, LATER)
    with county.store.read() as tx:
        written = repr(tx.keeping.records(county.staff))
    changes = audit.read_all(county.store, system(county.congress.id), Wanted())
    log = "".join(one.what + one.before.decode() + one.after.decode() for one in changes)
    assert NAME not in written + log
    assert NUMBER not in written + log
    assert "erase" in log


def test_erasing_twice_changes_nothing_and_leaves_one_record(county: County) -> None:
    closed(county)
    assert kinds(county)
    assert kinds(county) == {}
    assert len(due.overview(county.store, county.staff, LATER).records) == 1


def test_the_log_stays_whole(county: County) -> None:
    closed(county)
    house = system(county.congress.id)
    assert audit.check(county.store, house).whole
    kinds(county)
    checked = audit.check(county.store, house)
    assert checked.whole
    assert checked.head.place > 0


def test_an_erased_proposer_leaves_the_suggestion_its_query_code_and_its_public_page(county: County) -> None:
    about = closed(county, released_at=FIRST_DAY)
    kinds(county)
    with county.store.read() as tx:
        kept = tx.suggestions.get(county.staff, about)
        assert (kept.proposer, kept.phone) == ("", "")
        assert kept.title == "村口没有路灯"
        assert tx.suggestions.by_query_hash(kept.query_hash) == kept


def test_a_deputy_s_name_under_a_proposal_stays_and_the_number_goes(county: County) -> None:
    about = closed(county, kind="proposal", source="deputy", deputy=county.deputies[0].id)
    kinds(county)
    with county.store.read() as tx:
        kept = tx.suggestions.get(county.staff, about)
    assert (kept.proposer, kept.phone) == (NAME, "")


def test_a_hold_stops_it_until_it_is_lifted_also_for_what_was_merged(county: County) -> None:
    about = closed(county)
    source = closed(county, merged_into=about)
    with county.store.read() as tx:
        label = tx.suggestions.get(county.staff, about).label
    made = put_hold(county.store, county.staff, "suggestion", label, "信访复查", FIRST_DAY)
    assert put_hold(county.store, county.staff, "suggestion", label, "再说一次", FIRST_DAY) == made
    assert kinds(county) == {}
    with pytest.raises(StillHeld):
        erase_proposer(county.store, county.staff, source, LATER)
    lift_hold(county.store, county.staff, made.id, LATER)
    assert kinds(county)["proposers"] == 4


def test_what_is_not_there_or_not_theirs_cannot_be_held(county: County) -> None:
    closed(county)
    with pytest.raises(HoldRefused):
        put_hold(county.store, county.town.staff, "suggestion", "2027-00001", "原因", FIRST_DAY)
    with pytest.raises(HoldRefused):
        put_hold(county.store, county.staff, "suggestion", "第一件", "原因", FIRST_DAY)
    for somebody in (county.deputy, county.unit, county.government):
        with pytest.raises(Forbidden):
            erase_due(county.store, somebody, LATER)


def test_at_the_proposer_s_own_wish_it_goes_before_the_day(county: County) -> None:
    about = county.suggest(proposer=NAME, phone=NUMBER).id
    assert erase_proposer(county.store, county.staff, about, FIRST_DAY) == 2
    assert erase_proposer(county.store, county.staff, about, FIRST_DAY) == 0
    (record,) = due.overview(county.store, county.staff, FIRST_DAY).records
    assert (record.subject, record.by) == (about, county.staff.name)


def test_the_phone_of_a_deputy_who_left_goes_and_one_who_sits_keeps_it(county: County) -> None:
    with county.store.write() as tx:
        tx.deputies.change(county.deputies[0], phone=NUMBER, ended_on=FIRST_DAY.date())
        tx.deputies.change(county.deputies[1], phone=NUMBER)
    assert kinds(county)["deputy_phones"] == 1
    with county.store.read() as tx:
        phones = {one.id: one.phone for one in tx.deputies.all(county.congress.id)}
    assert phones[county.deputies[0].id] == ""
    assert phones[county.deputies[1].id] == NUMBER


def test_a_crash_between_two_kinds_loses_nothing_and_the_next_run_goes_on(county: County) -> None:
    closed(county)
    with county.store.write() as tx:
        tx.deputies.change(county.deputies[0], phone=NUMBER, ended_on=FIRST_DAY.date())
    with power_cut_at("UPDATE deputy SET phone"), pytest.raises(PowerCut):
        erase_due(county.store, system(county.congress.id), LATER)
    shown = due.overview(county.store, county.staff, LATER)
    assert [one.kind for one in shown.records] == ["proposers"]
    assert {one.kind for one in shown.standings if one.due} == {"deputy_phones"}
    assert kinds(county) == {"deputy_phones": 1}


def test_a_crash_within_a_kind_leaves_all_of_it_for_the_next_run(county: County) -> None:
    closed(county)
    with power_cut_at("INSERT INTO erasure"), pytest.raises(PowerCut):
        erase_due(county.store, system(county.congress.id), LATER)
    assert due.overview(county.store, county.staff, LATER).due == 2
    assert kinds(county) == {"proposers": 2}


def test_of_what_was_erased_no_byte_is_left_in_the_file(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    with Store.open(sqlite_url) as store:
        county = County(store)
        about = closed(county)
        assert present(file)
        erase_due(store, system(county.congress.id), LATER)
        assert scrub(sqlite_url, ["proposers"])
        assert not present(file)
        with store.read() as tx:
            assert tx.suggestions.get(county.staff, about).title == "村口没有路灯"


def test_postgres_writes_the_tables_anew_unless_somebody_votes(postgres_url: str, tmp_path: Path) -> None:
    with Store.open(postgres_url) as store:
        hall = Hall(store, tmp_path)
        assert scrub(postgres_url, list(TABLES))
        hall.reach("open")
        assert not scrub(postgres_url, list(TABLES))
        hall.reach("announced")


def present(file: Path) -> bool:
    """Whether name or number stands anywhere in the database or the log beside it."""
    parts = [one.read_bytes() for one in file.parent.iterdir() if one.name.startswith(file.name)]
    return any(secret.encode() in part for part in parts for secret in (NAME, NUMBER))


class PowerCut(BaseException):
    """The process ends here."""


@contextmanager
def power_cut_at(statement: str) -> Iterator[None]:
    """The database's own connection fails at the first statement that begins like this."""

    def cut(_: object, __: object, asked: str, *___: object) -> None:
        if asked.startswith(statement):
            raise PowerCut

    event.listen(Engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", cut)
