"""The public's form: what makes a suggestion, and what a flood, a repeat and a forgery get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select

from tests import pictures
from tests.collecting import PATIENCE, SECRETS, Form, a_call, proof
from tests.county import County
from voting.actors import NotFound
from voting.collecting import gate
from voting.collecting.codes import query_hash
from voting.collecting.entry import EntryError
from voting.collecting.gate import SlipInvalid, TooFast, TooMany
from voting.collecting.submitting import AlreadySent
from voting.errors import TextError
from voting.photos import prepare
from voting.store import Store
from voting.store.tables.people import audit


@pytest.fixture
def one_county(sqlite: Store) -> County:
    """On SQLite only, for what does not depend on the database."""
    return County(sqlite)


def how_many(county: County) -> int:
    with county.store.read() as tx:
        return tx.inbox.count_waiting(county.staff)


def test_a_form_becomes_a_numbered_suggestion_that_waits_unseen(county: County) -> None:
    made, code = Form(county).submit(proposer="周大爷", phone="0917-4241234", spot="小卖部旁")
    with county.store.read() as tx:
        assert tx.suggestions.by_query_hash(query_hash(code)) == made
        assert tx.inbox.waiting(county.staff, 10) == (made,)
    assert (made.state, made.source, made.channel, made.released_at) == ("received", "public", "online", None)
    assert (made.label, made.proposer, made.spot) == ("2026-00001", "周大爷", "小卖部旁")


def test_numbers_have_no_gaps_within_a_year_and_a_congress(county: County) -> None:
    with pytest.raises(TextError):
        Form(county).submit(title="")
    labels = [Form(county).submit()[0].label for _ in range(3)]
    assert labels == ["2026-00001", "2026-00002", "2026-00003"]
    assert Form(county.town).submit()[0].label == "2026-00001"


def test_in_the_window_of_a_call_it_is_a_clue_for_its_year_and_before_it_an_opinion(county: County) -> None:
    before, _ = Form(county).submit()
    call = a_call(county, date(2026, 9, 2), date(2026, 9, 30))
    still_before, _ = Form(county).submit()
    inside, _ = Form(county, at=county.now() + timedelta(days=10)).submit()
    last_day, _ = Form(county, at=county.now() + timedelta(days=29)).submit()
    after, _ = Form(county, at=county.now() + timedelta(days=31)).submit()
    for one in (before, still_before, after):
        assert (one.kind, one.call, one.year) == ("opinion", None, 2026)
    for one in (inside, last_day):
        assert (one.kind, one.call, one.year) == ("clue", call.id, 2027)
    assert [one.number for one in (before, still_before, after)] == [1, 2, 3]
    assert [one.number for one in (inside, last_day)] == [1, 2]


def test_a_complaint_is_kept_as_one(one_county: County) -> None:
    assert Form(one_county).submit(complaint=True)[0].kind == "complaint"


def test_the_same_form_sent_twice_makes_one_and_shows_the_same_code(county: County) -> None:
    form = Form(county)
    first = form.submit()
    assert form.submit(after=timedelta(minutes=5)) == first
    assert how_many(county) == 1


def test_a_form_that_comes_again_with_other_words_is_not_swallowed(one_county: County) -> None:
    form = Form(one_county)
    made, _ = form.submit()
    with pytest.raises(AlreadySent):
        form.submit(title="村口没有路灯，也没有路牌")
    with one_county.store.read() as tx:
        assert tx.suggestions.get(one_county.staff, made.id) == made


def test_two_forms_have_two_codes_and_another_installation_has_others(one_county: County) -> None:
    codes = {Form(one_county).submit()[1] for _ in range(3)}
    assert len(codes) == 3


def test_an_eleventh_form_of_a_device_in_an_hour_is_refused_and_the_neighbours_first_is_not(
    county: County,
) -> None:
    start = county.now()
    mark = gate.new_mark(county.random)
    for _ in range(gate.MOST_AN_HOUR):
        Form(county, mark, start).submit()
    with pytest.raises(TooMany):
        Form(county, mark, start).submit()
    assert how_many(county) == gate.MOST_AN_HOUR
    Form(county, at=start).submit()
    Form(county, mark, start + timedelta(hours=1)).submit()
    assert how_many(county) == gate.MOST_AN_HOUR + 2


def test_of_a_thousand_forms_a_minute_one_device_gets_its_ten_in_and_its_village_all(
    one_county: County,
) -> None:
    """Behind one address or behind a thousand is the same: an address is not even asked for."""
    start, mark = one_county.now(), gate.new_mark(one_county.random)
    refused = 0
    for _ in range(1000):
        try:
            Form(one_county, mark, start).submit()
        except TooMany:
            refused += 1
    assert refused == 1000 - gate.MOST_AN_HOUR
    for _ in range(50):
        Form(one_county, at=start).submit()
    assert how_many(one_county) == gate.MOST_AN_HOUR + 50


def test_a_repeat_after_the_limit_still_shows_its_code(one_county: County) -> None:
    start, mark = one_county.now(), gate.new_mark(one_county.random)
    forms = [Form(one_county, mark, start) for _ in range(gate.MOST_AN_HOUR)]
    codes = [form.submit()[1] for form in forms]
    assert [form.submit()[1] for form in forms] == codes


def test_devices_that_invent_their_mark_or_have_none_count_together(county: County) -> None:
    start = county.now()
    with county.store.write() as tx:
        nobody, hour = gate.device_of(gate.NO_MARK, "form"), gate.hour_of(start + PATIENCE)
        for _ in range(gate.MOST_WITHOUT_MARK_AN_HOUR - 2):
            tx.sent_forms.count(county.congress.id, nobody, hour)
    for mark in (gate.NO_MARK, "e" * 32):
        Form(county, at=start).submit(mark=mark)
    with pytest.raises(TooMany):
        Form(county, at=start).submit(mark=gate.NO_MARK)
    with pytest.raises(TooMany):
        Form(county, at=start).submit(mark="f" * 32)
    Form(county, at=start).submit()


def test_a_form_is_not_filled_in_within_seconds(one_county: County) -> None:
    form = Form(one_county)
    with pytest.raises(TooFast):
        form.submit(after=timedelta(seconds=3), nonce=proof(form.slip))
    with pytest.raises(TooFast):
        form.submit(after=timedelta(seconds=19))
    with pytest.raises(TooFast):
        form.submit(after=timedelta(seconds=19), nonce="1")
    assert how_many(one_county) == 0
    form.submit(after=timedelta(seconds=5), nonce=proof(form.slip))
    assert how_many(one_county) == 1


def test_without_the_proof_of_work_patience_suffices(one_county: County) -> None:
    Form(one_county).submit(after=timedelta(seconds=20))
    assert how_many(one_county) == 1


def test_a_form_of_another_day_is_given_out_anew(one_county: County) -> None:
    for after in (timedelta(days=3), timedelta(minutes=-1)):
        with pytest.raises(SlipInvalid):
            Form(one_county).submit(after=after)


def test_a_slip_is_of_one_congress_and_cannot_be_made_or_changed(one_county: County) -> None:
    form = Form(one_county)
    form.body = one_county.town
    with pytest.raises(SlipInvalid):
        form.submit()
    for slip in ("", "x" * 5000, form.slip[:-1], form.slip.replace(".", ",", 1), "0" + form.slip[1:] + "=\0"):
        other = Form(one_county)
        other.slip = slip
        with pytest.raises(SlipInvalid):
            other.submit()
    forged = Form(one_county)
    forged.slip = gate.give_slip(
        b"x" * 32, one_county.congress.id, forged.mark, forged.given_at, one_county.random
    )
    with pytest.raises(SlipInvalid):
        forged.submit()


UNPRINTABLE: Final[tuple[dict[str, Any], ...]] = (
    {"title": ""},
    {"title": "   "},
    {"title": "x" * 100_000},
    {"title": "a\nb"},
    {"text": ""},
    {"text": "字" * 2001},
    {"text": "x" * 100_000},
    {"title": "路\x00灯"},
    {"text": "路\x1b灯"},
    {"title": "路\u202e灯"},
    {"spot": "\u2066灯"},
    {"proposer": "x" * 121},
    {"phone": "call me"},
    {"phone": "1" * 60},
)


def test_what_cannot_be_printed_makes_nothing(one_county: County) -> None:
    for fields in UNPRINTABLE:
        with pytest.raises(TextError):
            Form(one_county).submit(**fields)
    assert how_many(one_county) == 0


def test_what_is_on_no_list_of_this_congress_makes_nothing(one_county: County) -> None:
    theirs = one_county.town
    foreign: tuple[dict[str, Any], ...] = (
        {"category": theirs.categories[0].id},
        {"village": theirs.villages[0].id},
        {"category": "nothing"},
        {"village": "\0"},
        {"station": theirs.congress.id},
    )
    for fields in foreign:
        with pytest.raises(EntryError):
            Form(one_county).submit(**fields)
    assert how_many(one_county) == 0


def test_a_congress_that_is_not_there_takes_nothing(one_county: County) -> None:
    form = Form(one_county)
    form.body.congress = type(form.body.congress)(id="0" * 32, name="无", level="town")
    form.slip = gate.give_slip(SECRETS.slips, "0" * 32, form.mark, form.given_at, one_county.random)
    with pytest.raises(NotFound):
        form.submit()


def test_photos_are_kept_in_order_with_their_suggestion(county: County) -> None:
    photos = tuple(prepare(pictures.jpeg(side, 50)) for side in (100, 120))
    made, code = Form(county).submit(photos=photos)
    with county.store.read() as tx:
        kept = tx.photos.of(made)
        assert [(one.place, one.width) for one in kept] == [(1, 100), (2, 120)]
        assert tx.photos.body(county.staff, kept[0].id, small=False) == photos[0].body
        assert tx.photos.body(county.staff, kept[1].id, small=True) == photos[1].small
        assert (
            tx.photos.body_by_query_hash(county.congress.id, query_hash(code), kept[0].id, small=True)
            == photos[0].small
        )
    assert made.photos == 2


def test_a_photo_is_shown_to_whom_its_suggestion_is_shown_and_to_nobody_else(county: County) -> None:
    made, _ = Form(county).submit(photos=(prepare(pictures.jpeg()),))
    _, other_code = Form(county).submit()
    with county.store.read() as tx:
        (photo,) = tx.photos.of(made)
        for actor in (county.deputy, county.unit, county.town.staff):
            with pytest.raises(NotFound):
                tx.photos.body(actor, photo.id, small=True)
        refused: list[Callable[[], bytes]] = [
            lambda: tx.photos.body_of_released(county.congress.id, photo.id, small=True),
            lambda: tx.photos.body_by_query_hash(
                county.congress.id, query_hash(other_code), photo.id, small=True
            ),
            lambda: tx.photos.body_by_query_hash(county.congress.id, "\0", photo.id, small=True),
            lambda: tx.photos.body(county.staff, "\0", small=True),
        ]
        for looked_up in refused:
            with pytest.raises(NotFound):
                looked_up()
    with county.store.write() as tx:
        tx.suggestions.change(made, released_at=county.now())
    with county.store.read() as tx:
        assert tx.photos.body_of_released(county.congress.id, photo.id, small=True)
        with pytest.raises(NotFound):
            tx.photos.body_of_released(county.town.congress.id, photo.id, small=True)


def test_the_log_holds_what_was_done_and_no_telephone_number(county: County) -> None:
    made, code = Form(county).submit(proposer="周大爷", phone="13812345678")
    said = _log(county, made.id)
    assert "2026-00001" in said
    for secret in ("13812345678", "周大爷", code):
        assert secret not in said


def _log(county: County, subject: str) -> str:
    with county.store.read() as tx:
        query = select(audit).where(audit.c.subject_id == subject)
        return str(tx.audit._connection.execute(query).mappings().all())
