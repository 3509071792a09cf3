"""征集公告: a draft only the offices see, a published one nobody rewrites."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.collecting import a_call
from tests.county import FIRST_DAY, County
from voting.actors import Forbidden, NotFound
from voting.collecting.calling import (
    CallError,
    CallPublished,
    CallText,
    change_call,
    draft_call,
    publish_call,
)
from voting.days import today
from voting.errors import TextError

DAY = today(FIRST_DAY)
TEXT = CallText(
    year=2027,
    title="征集2027年度民生实事项目",
    text="面向全县征集。",
    issuers="县人民政府办公室、县人大常委会办公室",
    opens=DAY,
    closes=DAY + timedelta(days=30),
)


def test_a_draft_is_seen_by_the_offices_and_a_published_call_by_everybody_of_the_congress(
    county: County,
) -> None:
    made = draft_call(county.store, county.government, TEXT, county.now())
    with county.store.read() as tx:
        assert tx.calls.listing(county.staff) == (made,)
        assert tx.calls.listing(county.deputy) == tx.calls.open_on(county.congress.id, DAY) == ()
        with pytest.raises(NotFound):
            tx.calls.get(county.deputy, made.id)
    shown = publish_call(county.store, county.staff, made.id, county.now())
    with county.store.read() as tx:
        assert tx.calls.get(county.deputy, made.id) == shown
        assert tx.calls.open_on(county.congress.id, TEXT.closes) == (shown,)
        assert tx.calls.open_on(county.congress.id, TEXT.closes + timedelta(days=1)) == ()
        with pytest.raises(NotFound):
            tx.calls.get(county.town.staff, made.id)


def test_a_published_call_keeps_its_words_and_may_end_later(county: County) -> None:
    made = draft_call(county.store, county.staff, TEXT, county.now())
    draft = change_call(county.store, county.staff, made.id, replace(TEXT, text="改。"), county.now())
    publish_call(county.store, county.staff, made.id, county.now())
    with pytest.raises(CallPublished):
        change_call(county.store, county.staff, made.id, TEXT, county.now())
    later = replace(TEXT, text=draft.text, closes=TEXT.closes + timedelta(days=7))
    changed = change_call(county.store, county.staff, made.id, later, county.now())
    assert (changed.closes, changed.text) == (later.closes, "改。")


def test_what_is_done_twice_is_done_once(county: County) -> None:
    made = draft_call(county.store, county.staff, TEXT, county.now())
    assert draft_call(county.store, county.staff, TEXT, county.now()) == made
    shown = publish_call(county.store, county.staff, made.id, county.now())
    assert publish_call(county.store, county.staff, made.id, county.now()) == shown
    with pytest.raises(CallError):
        draft_call(county.store, county.staff, replace(TEXT, text="另一份"), county.now())


def test_windows_of_published_calls_do_not_overlap(county: County) -> None:
    a_call(county, DAY, DAY + timedelta(days=3))
    with pytest.raises(CallError):
        a_call(county, DAY + timedelta(days=3), DAY + timedelta(days=9), title="第二份")
    a_call(county, DAY + timedelta(days=4), DAY + timedelta(days=9), title="第三份")


def test_what_contradicts_itself_is_refused(county: County) -> None:
    wrong = (
        ({"closes": DAY - timedelta(days=1)}, CallError),
        ({"year": 2031}, CallError),
        ({"text": ""}, CallError),
        ({"title": ""}, TextError),
        ({"issuers": "x" * 200}, TextError),
    )
    for fields, kind in wrong:
        with pytest.raises(kind):
            draft_call(county.store, county.staff, replace(TEXT, **fields), county.now())
    over = draft_call(
        county.store,
        county.staff,
        replace(TEXT, opens=date(2026, 1, 1), closes=date(2026, 1, 9)),
        county.now(),
    )
    with pytest.raises(CallError):
        publish_call(county.store, county.staff, over.id, county.now())
    for actor in (county.deputy, county.unit, county.presidium):
        with pytest.raises(Forbidden):
            publish_call(county.store, actor, over.id, county.now())
