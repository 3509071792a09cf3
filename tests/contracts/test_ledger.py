"""Promises of the store about the ledger: filters, words, similar ones, views, figures, workbooks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.contracts.cases import case
from tests.county import Body, County, new_id
from voting.actors import Actor, NotFound
from voting.handling.facts import Confirmation, Handling
from voting.ledger import Day, Filters, Place, Tally
from voting.store.exports import KEPT, STANDS_STILL, Export
from voting.store.tables.ledger import word_count
from voting.store.views import MOST_VIEWS
from voting.store.words import SearchTooWide
from voting.suggestions import Suggestion

DAY = Day(date(2026, 10, 10), 5)


def indexed(body: Body, title: str, text: str = "", **fields: Any) -> Suggestion:
    one = body.suggest(title, text=text, **fields)
    with body.store.write() as tx:
        tx.words.put(one)
    return one


def found(county: County, actor: Actor | None = None, **limits: Any) -> list[str]:
    """The titles that these filters find; and their number is right however it was counted."""
    actor, filters = actor or county.staff, Filters(**limits)
    with county.store.read() as tx:
        hits = tx.ledger.hits(actor, filters, DAY)
        total, ids = tx.ledger.find(hits, filters, 100)
        assert total == tx.ledger.count(hits) == len(ids)
        assert ids == tx.ledger.ids(hits, filters, 100)
        return [line.title for line in tx.ledger.lines(actor, ids)]


def handled(county: County, one: Suggestion, unit: int = 0, **fields: Any) -> None:
    at = county.now()
    facts: dict[str, Any] = {
        "state": "released",
        "result": "A",
        "released_at": at,
        "answered_at": at,
        **fields,
    }
    part = Handling(
        id=new_id("part"),
        congress=one.congress,
        suggestion=one.id,
        unit=county.units[unit].id,
        part="lead" if unit == 0 else "assist",
        handed_at=at,
        handed_by="刘科长",
        task="请办理。",
        return_by=None,
        contact_by=None,
        answer_by=at.date(),
        **facts,
    )
    with county.store.write() as tx:
        tx.handlings.add(part)


def graded(county: County, one: Suggestion, *grades: str) -> None:
    with county.store.write() as tx:
        for number, grade in enumerate(grades, 1):
            said = {"id": new_id("said"), "congress": one.congress, "suggestion": one.id, "round": number}
            facts: dict[str, Any] = {**said, "grade": grade, "text": "", "by": "周大爷", "at": county.now()}
            tx.handlings.add_confirmation(Confirmation(**facts))


@pytest.mark.parametrize(
    ("limits", "fields", "others"),
    [
        ({"year": 2026}, {"year": 2026}, {}),
        ({"kind": "clue"}, {"kind": "clue"}, {}),
        ({"source": "cppcc"}, {"source": "cppcc"}, {}),
        ({"state": "assigned"}, {"state": "assigned"}, {}),
        ({"route": "explained"}, {"route": "explained"}, {}),
        ({"photos": "yes"}, {"photos": 2}, {}),
        ({"photos": "no"}, {}, {"photos": 1}),
        ({"light": "red"}, {"due": date(2026, 10, 9)}, {"due": date(2026, 10, 10)}),
        ({"light": "yellow"}, {"due": date(2026, 10, 15)}, {"due": date(2026, 10, 16)}),
        ({"light": "green"}, {"due": date(2026, 10, 16)}, {"due": date(2026, 10, 15)}),
        ({"light": "none"}, {}, {"due": date(2026, 10, 16)}),
        ({"since": date(2026, 9, 2)}, {"received_at": datetime(2026, 9, 1, 16, tzinfo=UTC)}, {}),
        ({"until": date(2026, 8, 31)}, {"received_at": datetime(2026, 8, 31, 15, 59, tzinfo=UTC)}, {}),
    ],
)
@case("ledger.hits", "ledger.find", "ledger.count", "ledger.ids", "ledger.lines")
def test_each_filter_finds_what_it_says_and_nothing_else(
    county: County, limits: dict[str, Any], fields: dict[str, Any], others: dict[str, Any]
) -> None:
    county.suggest("这件", **fields)
    county.suggest("别的", **others)
    county.town.suggest("镇里的", **fields)
    assert found(county, **limits) == ["这件"]


def test_filters_of_lists_find_by_category_village_town_and_unit(county: County) -> None:
    one = county.suggest("这件", category=county.categories[1].id, village=county.villages[1].id)
    county.suggest("别的")
    handled(county, one, 1)
    assert found(county, category=county.categories[1].id) == ["这件"]
    assert found(county, village=county.villages[1].id) == ["这件"]
    assert found(county, unit=county.units[1].id) == ["这件"]
    assert found(county, unit=county.units[2].id) == []
    assert found(county, town="月亮镇") == []


def test_merged_ones_are_found_as_such_and_have_no_light(county: County) -> None:
    main = county.suggest("主件", due=date(2026, 10, 1))
    county.suggest("来源", merged_into=main.id, merged_at=county.now(), due=date(2026, 10, 1))
    assert found(county, merged="yes") == ["来源"]
    assert found(county, merged="no") == ["主件"]
    assert found(county, light="red") == ["主件"]


@case("words.put", "words.meant", "ledger.by_number")
def test_search_finds_words_parts_and_numbers(county: County) -> None:
    one = indexed(county, "安装路灯", "二组晚上一片漆黑")
    indexed(county, "修建大桥", "过河不便")
    assert found(county, text="路灯") == ["安装路灯"]
    assert found(county, text="漆黑 路灯") == ["安装路灯"]
    assert found(county, text="路灯 大桥") == []
    assert found(county, text="桥") == ["修建大桥"]
    assert found(county, text="路灯", state="registered") == ["安装路灯"]
    assert found(county, text=one.label) == ["安装路灯"]
    with county.store.read() as tx:
        assert tx.ledger.by_number(county.staff, one.year, one.number) == one
        assert tx.ledger.by_number(county.staff, one.year, 999) is None


def test_search_for_nothing_at_all_is_told(county: County) -> None:
    with county.store.read() as tx, pytest.raises(SearchTooWide, match="只有标点和常用字"):
        tx.words.meant(county.congress.id, "的，了")


@case("words.having", "words.turn", "words.missing")
def test_put_again_a_suggestion_is_found_by_its_new_words_only(county: County) -> None:
    one = indexed(county, "安装路灯")
    with county.store.write() as tx:
        tx.words.turn(one.congress)
        changed = tx.suggestions.change(one, title="修建公厕")
        tx.words.put(changed)
        tx.words.put(changed)
    assert found(county, text="路灯") == []
    assert found(county, text="公厕") == ["修建公厕"]
    with county.store.read() as tx:
        rarity = tx.words.having(one.congress, ["路灯", "公厕"])
    assert (rarity.suggestions, rarity.having["路灯"], rarity.having["公厕"]) == (1, 0, 1)
    other = county.suggest("还没有编入索引")
    with county.store.read() as tx:
        assert tx.words.missing(one.congress) == (other.id,)


@case("words.blank")
def test_what_is_blanked_is_found_by_no_word_and_its_own_words_are_gone_from_the_index(
    county: County,
) -> None:
    one, other = indexed(county, "安装路灯", "欧阳家门口"), indexed(county, "修路灯")
    with county.store.write() as tx:
        tx.words.blank([one])
        tx.words.blank([one])
        tx.words.blank([])
    assert found(county, text="路灯") == [other.title]
    assert found(county, text="欧阳") == []
    with county.store.read() as tx:
        rarity = tx.words.having(one.congress, ["路灯", "安装"])
        assert tx.words.missing(one.congress) == ()
        listed = tx.words._connection.execute(select(word_count.c.word)).scalars().all()
    assert (rarity.suggestions, rarity.having.get("路灯"), rarity.having.get("安装")) == (2, 1, None)
    assert "安装" not in listed


@case("ledger.stretch")
def test_a_stretch_is_the_lines_of_a_page_for_whoever_reads_all(county: County) -> None:
    main = county.suggest("主件", due=date(2026, 10, 1))
    source = county.suggest("来源", merged_into=main.id, merged_at=county.now())
    handled(county, main)
    graded(county, main, "unsatisfied", "basic")
    handled(county, source, unit=1)
    filters = Filters()
    with county.store.read() as tx:
        hits = tx.ledger.hits(county.staff, filters, DAY)
        first = tx.ledger.stretch(hits, filters, 1)
        rest = tx.ledger.stretch(hits, filters, 9, first[-1].place("newest"))
        lines = tx.ledger.lines(county.staff, [source.id, main.id])
    assert rest == lines[1:]
    assert (rest[0].units, rest[0].grade) == ((county.units[0].id,), "basic")
    assert (first[0].main, first[0].units) == (main.label, ())


@case("words.bulk_put", "words.similar")
def test_similar_ones_come_with_the_words_they_share(county: County) -> None:
    texts = ("东河村二组没有路灯", "东河村二组要安装路灯", "修建公厕", "增加客车班次", "石门水库渠道漏水")
    many = [county.suggest(text, text=text) for text in texts]
    theirs = county.town.suggest(texts[0], text=texts[0])
    with county.store.write() as tx:
        tx.words.bulk_put(many)
        tx.words.put(theirs)
    with county.store.read() as tx:
        similar = tx.words.similar(county.staff, many[0])
    assert [one.other.id for one in similar] == [many[1].id]
    assert {"东河", "路灯"} <= set(similar[0].shared)


def test_a_complaint_is_like_nothing(county: County) -> None:
    indexed(county, "村口没有路灯", kind="complaint")
    one = indexed(county, "村口没有路灯")
    with county.store.read() as tx:
        assert tx.words.similar(county.staff, one) == ()


@case("ledger.raised", "words.add_kin", "words.drop_kin")
def test_what_is_raised_in_several_years_is_marked_until_it_is_solved(county: County) -> None:
    noise = [indexed(county, text) for text in ("修建公厕", "增加客车班次", "石门水库渠道漏水", "开办幼儿园")]
    old = indexed(county, "东河村二组安装路灯", year=2025)
    new = indexed(county, "东河村二组安装路灯", year=2027)
    assert sorted(found(county, yearly="yes")) == [old.title, new.title]
    assert len(found(county, yearly="no")) == len(noise)
    with county.store.read() as tx:
        lines = tx.ledger.lines(county.staff, [new.id, noise[0].id])
        assert [line.raised for line in lines] == [(2025, 2027), ()]
        assert tx.ledger.raised(county.staff, lines)[new.id] == (2025, 2027)
    handled(county, old)
    assert found(county, yearly="yes") == []
    with county.store.write() as tx:
        tx.words.add_kin(new.congress, new.id, noise[0].id)
        tx.words.add_kin(new.congress, new.id, noise[0].id)
        tx.words.drop_kin(new.congress, old.id, new.id)
    assert len(found(county, yearly="yes")) == 2


@pytest.mark.parametrize(
    "limits", [{}, {"text": "村民"}, {"text": "村民", "kind": "opinion"}, {"order": "due"}]
)
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_join_without_gap_forwards_and_backwards(
    county: County, limits: dict[str, Any], order: str
) -> None:
    for n in range(7):
        indexed(county, f"村民要求{n}", due=date(2026, 10, 1 + n % 3))
    filters = Filters(**{"order": order, **limits})
    with county.store.read() as tx:
        hits = tx.ledger.hits(county.staff, filters, DAY)
        total, every = tx.ledger.find(hits, filters, 10)
        lines = tx.ledger.lines(county.staff, every)
        places: list[Place] = [line.place(filters.order) for line in lines]
        assert total == 7
        for n, place in enumerate(places):
            assert Place.read(place.written) == place
            assert tx.ledger.find(hits, filters, 3, after=place) == (7, every[n + 1 : n + 4])
            assert tx.ledger.find(hits, filters, 3, before=place) == (7, every[max(0, n - 3) : n])


@case("ledger.names", "ledger.yellow")
def test_names_are_those_of_the_own_congress(county: County) -> None:
    with county.store.read() as tx:
        names = tx.ledger.names(county.staff)
        assert tx.ledger.yellow(county.staff) == 5
    assert set(names.units) == {one.id for one in county.units}
    assert set(names.villages) == {one.id for one in county.villages}


def test_a_line_says_its_units_its_last_grade_and_its_main_one(county: County) -> None:
    main = county.suggest("主件")
    one = county.suggest("来源", merged_into=main.id, merged_at=county.now())
    handled(county, one, 1)
    handled(county, one, 0)
    graded(county, one, "unsatisfied", "satisfied")
    with county.store.read() as tx:
        (line,) = tx.ledger.lines(county.staff, [one.id])
    assert line.units == (county.units[0].id, county.units[1].id)
    assert (line.grade, line.main) == ("satisfied", main.label)


def test_a_view_belongs_to_whoever_saved_it(county: County) -> None:
    with county.store.write() as tx:
        assert tx.ledger.views.put(county.staff, "超期", "light=red")
        assert tx.ledger.views.put(county.staff, "超期", "light=yellow")
        (view,) = tx.ledger.views.of(county.staff)
        assert (view.name, view.query) == ("超期", "light=yellow")
        tx.ledger.views.drop(county.government, view.id)
        assert tx.ledger.views.of(county.staff) == (view,)
        assert tx.ledger.views.of(county.government) == ()
        more = [tx.ledger.views.put(county.staff, f"视图{n}", "") for n in range(MOST_VIEWS)]
        assert more == [True] * (MOST_VIEWS - 1) + [False]
        tx.ledger.views.drop(county.staff, view.id)
        assert len(tx.ledger.views.of(county.staff)) == MOST_VIEWS - 1


def test_figures_count_up_to_the_cut_off_and_leave_out_who_said_nothing(county: County) -> None:
    at = county.now()
    done: dict[str, Any] = {"state": "closed", "answered_at": at, "closed_at": at}
    first = county.suggest(**done)
    second = county.suggest(**done)
    county.suggest(**done)
    county.suggest(state="received")
    county.suggest(kind="clue", state="closed", route="candidate", decided_at=at, source="station")
    handled(county, first)
    graded(county, first, "unsatisfied", "satisfied")
    graded(county, second, "basic")
    later = at + timedelta(days=1)
    with county.store.read() as tx:
        figures = tx.totals.of_all(county.staff, until=later)
        nothing = tx.totals.of_all(county.staff, until=at - timedelta(days=1))
        other_year = tx.totals.of_all(county.staff, 1999, later)
        assert tx.ledger.figures.years(county.staff) == (2027,)
    by_source = figures["source"]
    assert by_source["public"] == Tally(
        received=4, taken_up=3, answered=3, closed=3, evaluated=2, satisfied=1, basic=1
    )
    assert by_source["station"] == Tally(received=1, taken_up=1, decided_clues=1, adopted=1)
    assert figures["unit"] == {
        county.units[0].id: Tally(received=1, taken_up=1, answered=1, closed=1, evaluated=1, satisfied=1)
    }
    assert not any(nothing.values())
    assert not any(other_year.values())


@case("exports.add", "exports.get", "exports.move", "exports.add_part", "exports.part")
def test_a_workbook_is_its_makers_own_and_replaces_the_one_before(county: County) -> None:
    def job(actor: Actor, at: datetime) -> Export:
        return Export(
            id=new_id("job"),
            congress=actor.congress,
            membership=actor.link or "",
            query="",
            started_at=at,
            seen_at=at,
            done=0,
            total=3,
        )

    now = county.now()
    old, mine = job(county.staff, now), job(county.staff, now)
    theirs = job(county.government, now - KEPT - timedelta(seconds=1))
    with county.store.write() as tx:
        tx.exports.add(old)
        tx.exports.add_part(old, 0, b"old")
        tx.exports.add(theirs)
        tx.exports.add(mine)
        tx.exports.add_part(mine, 0, b"a")
        assert tx.exports.move(mine, done=3)
        assert not tx.exports.move(old, done=3)
    with county.store.read() as tx:
        kept = tx.exports.get(county.staff, mine.id)
        assert (kept.done, tx.exports.part(kept, 0), tx.exports.part(kept, 1)) == (3, b"a", None)
        for actor, gone in ((county.staff, old), (county.government, theirs), (county.town.staff, mine)):
            with pytest.raises(NotFound):
                tx.exports.get(actor, gone.id)
    assert not kept.is_lost(now + STANDS_STILL)
    assert kept.is_lost(now + STANDS_STILL + timedelta(seconds=1))
