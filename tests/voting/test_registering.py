"""What offices, deputies and units enter; numbering when two enter at once; putting right."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import select

from tests import pictures
from tests.collecting import a_call, entry_of, filed, registered
from tests.county import FIRST_DAY, County
from tests.parts import ROOT
from voting.actors import Forbidden, NotFound
from voting.collecting.cosigning import NoCosigning, cosign, withdraw_cosign
from voting.collecting.entry import EntryError
from voting.collecting.registering import add_photos, correct, file, propose, received_on
from voting.collecting.sifting import accept
from voting.collecting.submitting import AlreadySent
from voting.days import today
from voting.errors import TextError
from voting.photos import PhotoError, prepare
from voting.store import Store
from voting.store.tables.people import audit
from voting.suggestions import Suggestion


@pytest.fixture
def one_county(sqlite: Store) -> County:
    """On SQLite only, for what does not depend on the database."""
    return County(sqlite)


def log_of(county: County, subject: Suggestion) -> list[tuple[str, bytes, bytes]]:
    with county.store.read() as tx:
        query = select(audit.c.what, audit.c.before, audit.c.after).where(audit.c.subject_id == subject.id)
        return [(row[0], row[1], row[2]) for row in tx.audit._connection.execute(query.order_by(audit.c.at))]


def test_what_a_clerk_enters_is_registered_at_once_with_its_source(county: County) -> None:
    made = registered(county, channel="paper", source="hotline", proposer="周大爷")
    assert (made.state, made.channel, made.source) == ("registered", "paper", "hotline")
    assert (made.entered_by, made.released_at) == (county.staff.name, None)
    with county.store.read() as tx:
        assert tx.suggestions.get(county.government, made.id) == made


def test_a_clerk_may_release_it_with_the_same_step_but_never_a_complaint(one_county: County) -> None:
    assert registered(one_county, release=True).released_at is not None
    assert registered(one_county, release=True, kind="complaint").released_at is None


def test_it_is_counted_on_the_day_it_came_and_not_before_it_came(one_county: County) -> None:
    now = FIRST_DAY + timedelta(days=9)
    a_call(one_county, today(FIRST_DAY), today(FIRST_DAY) + timedelta(days=5))
    day = received_on("2026-09-03", now)
    made = registered(one_county, received_on=day, now=now)
    assert today(made.received_at).isoformat() == "2026-09-03"
    assert made.year == 2027
    for text in ("2026-09-11", "3.9.2026", "1999-01-01"):
        with pytest.raises(EntryError):
            received_on(text, now)
    assert received_on("2026-09-10", now) is None


def test_the_same_form_of_the_office_makes_one_and_other_words_are_not_swallowed(county: County) -> None:
    key, now = "ab" * 32, county.now()
    one = registered(county, form_key=key, now=now)
    assert registered(county, form_key=key, now=now) == one
    with pytest.raises(AlreadySent):
        registered(county, form_key=key, title="另一件事", now=now)


def test_only_the_offices_register_and_only_in_their_own_congress(one_county: County) -> None:
    for actor in (one_county.deputy, one_county.unit, one_county.presidium):
        one_county.staff = actor
        with pytest.raises(Forbidden):
            registered(one_county)


def test_a_deputy_files_a_proposal_under_the_own_name(county: County) -> None:
    made = filed(county, proposer="别人", confidential=True)
    assert (made.kind, made.source, made.state) == ("proposal", "deputy", "received")
    assert (made.proposer, made.deputy) == (county.deputy.name, county.deputy.deputy)
    assert made.confidential
    with county.store.read() as tx:
        assert tx.inbox.own(county.deputy, 9) == (made,)
        assert tx.inbox.own(county.other_deputy, 9) == ()
        assert tx.inbox.own(county.staff, 9) == ()


def test_a_unit_proposes_a_project_in_its_name(county: County) -> None:
    made = propose(county.store, county.unit, entry_of(county), form_key="a" * 64, code="c", now=county.now())
    assert (made.kind, made.source, made.proposer) == ("clue", "department", county.units[0].name)
    with county.store.read() as tx:
        assert tx.inbox.own(county.unit, 9) == (made,)
    for moment, actor in ((propose, county.deputy), (file, county.unit)):
        with pytest.raises(Forbidden):
            moment(county.store, actor, entry_of(county), form_key="b" * 64, code="d", now=county.now())


def test_putting_right_is_in_the_log_without_the_title_that_a_citizen_wrote(county: County) -> None:
    made = registered(county)
    changed = correct(
        county.store,
        county.government,
        made.id,
        title="东河村口没有路灯",
        category=county.categories[1].id,
        village=county.villages[0].id,
        now=county.now(),
    )
    assert (changed.title, changed.category) == ("东河村口没有路灯", county.categories[1].id)
    what, before, after = log_of(county, made)[-1]
    assert what == "correct"
    assert "村口没有路灯".encode() not in before + after
    assert "(已改)".encode() in after
    assert made.village is not None
    assert made.village.encode() not in before + after


def test_putting_right_twice_or_wrongly_changes_nothing(one_county: County) -> None:
    made = registered(one_county)
    same = {"title": made.title, "category": made.category, "village": made.village}
    store, staff = one_county.store, one_county.staff
    assert correct(store, staff, made.id, **same, now=one_county.now()) == made  # type: ignore[arg-type]  # three texts
    with pytest.raises(TextError):
        correct(store, staff, made.id, title="", category=None, village=None, now=one_county.now())
    with pytest.raises(EntryError):
        correct(
            store,
            staff,
            made.id,
            title="改",
            category=one_county.town.categories[0].id,
            village=None,
            now=one_county.now(),
        )
    with pytest.raises(NotFound):
        correct(
            store,
            one_county.town.staff,
            made.id,
            title="改",
            category=None,
            village=None,
            now=one_county.now(),
        )
    assert len(log_of(one_county, made)) == 1


def test_photos_come_later_up_to_six(one_county: County) -> None:
    made = registered(one_county)
    photo = prepare(pictures.jpeg(50, 40))
    store, staff = one_county.store, one_county.staff
    made = add_photos(store, staff, made.id, [photo] * 4, one_county.now())
    with pytest.raises(PhotoError, match="已有 4 张"):
        add_photos(store, staff, made.id, [photo] * 3, one_county.now())
    with store.read() as tx:
        assert [one.place for one in tx.photos.of(made)] == [1, 2, 3, 4]


def released(county: County) -> Suggestion:
    made = filed(county)
    return accept(county.store, county.staff, made.id, "proposal", county.now(), release=True)


def test_another_deputy_stands_behind_a_proposal_and_steps_back(county: County) -> None:
    made = released(county)
    store, other = county.store, county.other_deputy
    for _ in range(2):
        cosign(store, other, made.id, county.now())
        with store.read() as tx:
            assert [one.name for one in tx.cosigns.of(made)] == [other.name]
            assert tx.cosigns.counts(county.staff) == {made.id: 1}
            assert [one.id for one in tx.inbox.to_cosign(other, 9)] == [made.id]
            assert tx.inbox.to_cosign(county.deputy, 9) == ()
    for _ in range(2):
        withdraw_cosign(store, other, made.id, county.now())
        with store.read() as tx:
            assert tx.cosigns.of(made) == ()
    assert [what for what, _, _ in log_of(county, made)] == ["record", "accept", "cosign", "withdraw_cosign"]


def test_nobody_stands_behind_the_own_an_unseen_a_citizens_or_a_decided_one(one_county: County) -> None:
    store, other, now = one_county.store, one_county.other_deputy, one_county.now()
    own = released(one_county)
    with pytest.raises(NoCosigning):
        cosign(store, one_county.deputy, own.id, now)
    with pytest.raises(NotFound):
        cosign(store, other, filed(one_county).id, now)
    opinion = one_county.suggest(released_at=now)
    with pytest.raises(NotFound):
        cosign(store, other, opinion.id, now)
    for changes in ({"decided_at": now}, {"state": "answered"}):
        decided = one_county.suggest(
            kind="proposal", deputy=one_county.deputies[0].id, released_at=now, **changes
        )
        with pytest.raises(NoCosigning):
            cosign(store, other, decided.id, now)
        with pytest.raises(NoCosigning):
            withdraw_cosign(store, other, decided.id, now)
    with pytest.raises(NotFound):
        cosign(store, one_county.town.deputy, own.id, now)
    for actor in (one_county.staff, one_county.unit):
        with pytest.raises(Forbidden):
            cosign(store, actor, own.id, now)


_WRITER: Final = """
import sys
from datetime import UTC, datetime
from ballots.encoding import sha256_hex
from voting.actors import Actor
from voting.collecting.entry import Entry
from voting.collecting.registering import register
from voting.store import Store
url, congress, name = sys.argv[1:]
actor = Actor(role="staff", congress=congress, name=name)
sys.stdin.readline()
with Store.open(url) as store:
    for n in range(15):
        register(
            store, actor, Entry(title=f"{name}{n}", text="x"), kind="opinion", source="public",
            channel="paper", received_on=None, release=False, form_key=sha256_hex(f"{name}{n}".encode()),
            code=f"{name}{n}", now=datetime(2026, 9, 1, 4, tzinfo=UTC),
        )
"""


def test_two_processes_at_once_give_each_number_once_and_leave_no_gap(
    county: County, database_url: str
) -> None:
    command = [sys.executable, "-c", _WRITER, database_url, county.congress.id]
    writers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, cwd=ROOT, env={**os.environ})
        for name in ("甲", "乙")
    ]
    for one in writers:
        assert one.stdin is not None
        one.stdin.write(b"\n")
        one.stdin.flush()
    for one in writers:
        one.communicate(timeout=120)
        assert one.returncode == 0
    with county.store.read() as tx:
        found = tx.handlings.inbox(county.staff, ["registered"], 99)
    assert sorted(one.number for one in found) == list(range(1, 31))
