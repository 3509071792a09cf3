"""Promises of what the public may count and read of 群众提."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contracts.cases import case
from tests.county import County, new_id
from voting import showing
from voting.actors import NotFound
from voting.collecting.window import Call
from voting.congress_settings import PublicSettings
from voting.suggestions import Suggestion


def released(county: County, title: str, **fields: object) -> Suggestion:
    return county.suggest(title, released_at=county.now(), **fields)


def publish(county: County, **settings: bool) -> None:
    with county.store.write() as tx:
        tx.settings.put(county.staff, PublicSettings(**settings), county.now())


@case("showing.by_category", "showing.by_place", "showing.by_source", "showing.totals", "showing.years")
def test_only_what_was_released_is_counted_and_complaints_never(county: County) -> None:
    released(county, "修路")
    county.suggest("还没有审核")
    released(county, "投诉", kind="complaint")
    county.town.suggest("别处的", released_at=county.now())
    shown = showing.overview(county.store, county.congress.id)
    assert (shown.totals.released, shown.year, shown.years) == (1, 2027, (2027,))
    assert [(one.name, one.times) for one in shown.by_category] == [("交通出行", 1)]


def test_counts_go_by_category_place_and_source_most_first(county: County) -> None:
    for title in ("一", "二"):
        released(county, title, village=county.villages[1].id, source="deputy")
    released(county, "三", category=None, village=None)
    shown = showing.overview(county.store, county.congress.id)
    assert [(one.name, one.times) for one in shown.by_place] == [("西山村", 2), ("全域", 1)]
    assert [(one.name, one.times) for one in shown.by_category] == [("交通出行", 2), ("其他", 1)]
    assert [(one.name, one.times) for one in shown.by_source] == [("代表", 2), ("群众", 1)]


def test_single_suggestions_are_shown_only_where_the_congress_publishes_them(county: County) -> None:
    one = released(county, "修路")
    with pytest.raises(showing.NotShown):
        showing.suggestion(county.store, county.congress.id, one.year, one.number)
    assert showing.everything(county.store, county.congress.id) == ()
    publish(county, show_suggestions=True)
    shown = showing.suggestion(county.store, county.congress.id, one.year, one.number)
    assert (shown.title, shown.place) == ("修路", "东河村")
    assert "周大爷" not in str(shown)
    assert "13800000000" not in str(shown)


@case("showing.one")
def test_reasons_of_refusal_need_a_setting_of_their_own(county: County) -> None:
    refused = released(county, "免票", route="explained", decision="不属于本级权限。", state="answered")
    publish(county, show_suggestions=True)
    shown = showing.suggestion(county.store, county.congress.id, refused.year, refused.number)
    assert shown.decision == ""
    publish(county, show_suggestions=True, show_refusals=True)
    shown = showing.suggestion(county.store, county.congress.id, refused.year, refused.number)
    assert shown.decision == "不属于本级权限。"


@case("showing.listing")
def test_the_list_goes_on_below_a_number(county: County) -> None:
    publish(county, show_suggestions=True)
    numbers = [released(county, f"第{n}件").number for n in range(3)]
    found = showing.listing(county.store, county.congress.id, 2027, after=numbers[2])
    assert [one.number for one in found] == [numbers[1], numbers[0]]


def test_a_congress_that_does_not_exist_is_not_found(county: County) -> None:
    for made_up in ("0" * 32, "x", "\x00"):
        with pytest.raises(NotFound):
            showing.overview(county.store, made_up)


@case("showing.calls", "showing.everything", "showing.newest")
def test_calls_once_published_and_suggestions_once_released_are_news(county: County) -> None:
    call = Call(
        id=new_id("call"),
        congress=county.congress.id,
        year=2027,
        title="征集公告",
        text="请您说说身边要办的事。",
        issuers="县政府办",
        opens=date(2026, 9, 1),
        closes=date(2026, 9, 30),
    )
    with county.store.write() as tx:
        tx.calls.add(call)
    released(county, "先公开的")
    released(county, "后公开的")
    publish(county, show_suggestions=True)
    assert [one.title for one in showing.everything(county.store, county.congress.id)] == [
        "先公开的",
        "后公开的",
    ]
    assert [one.title for one in showing.news(county.store, county.congress.id)] == ["后公开的", "先公开的"]
    with county.store.write() as tx:
        tx.calls.change(call, published_at=county.now())
    titles = [one.title for one in showing.news(county.store, county.congress.id)]
    assert titles == ["征集公告", "后公开的", "先公开的"]
