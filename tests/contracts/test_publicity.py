"""Promises of what citizens say about projects, and of what public pages are checked by."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from msgspec.structs import replace

from ballots.encoding import sha256_hex
from tests import pictures
from tests.contracts.cases import case
from tests.county import FIRST_DAY, Body, County, new_id
from tests.delivery import project
from tests.drafts import PDF
from tests.people import Hall
from tests.publicity import a_year, report
from voting import audit
from voting.actors import PUBLIC, NotFound
from voting.delivering.projects import Paper, Project
from voting.photos import prepare
from voting.publicity.opinions import Opinion, OpinionState


def opinion(body: Body, of: Project, state: OpinionState = "waiting") -> Opinion:
    key = new_id("opinion")
    new = Opinion(
        id=key,
        congress=of.congress,
        project=of.id,
        state=state,
        name="王女士",
        text="路灯还没有亮。",
        form_key=sha256_hex(key.encode()),
        sent_at=body.now(),
    )
    with body.store.write() as tx:
        tx.citizens.add(new)
    return new


@case("citizens.add", "citizens.by_form_key")
def test_an_opinion_is_found_by_its_form_in_its_congress_only(county: County) -> None:
    new = opinion(county, project(county))
    with county.store.read() as tx:
        assert tx.citizens.by_form_key(county.congress.id, new.form_key) == new
        assert tx.citizens.by_form_key(county.town.congress.id, new.form_key) is None


@case("citizens.listing", "citizens.number", "citizens.unanswered")
def test_offices_list_all_and_a_unit_what_is_released_of_its_projects(county: County) -> None:
    own, other = project(county), project(county, "学校", lead_unit=county.units[1].id)
    first, second = opinion(county, own), opinion(county, own)
    shown, foreign = opinion(county, own, "released"), opinion(county, other, "released")
    with county.store.read() as tx:
        waiting = tx.citizens.listing(county.staff, "waiting", 10)
        assert [one.opinion for one in waiting] == [first, second]
        assert [one.opinion for one in tx.citizens.listing(county.government, "released", 10)] == [
            foreign,
            shown,
        ]
        assert [(one.opinion, one.title) for one in tx.citizens.listing(county.unit, "released", 10)] == [
            (shown, own.title)
        ]
        assert tx.citizens.listing(county.unit, "waiting", 10) == ()
        assert tx.citizens.number(county.staff, "waiting") == 2
        assert (tx.citizens.unanswered(county.government), tx.citizens.unanswered(county.unit)) == (2, 1)
        for stranger in (county.town.staff, county.deputy, county.presidium, PUBLIC):
            assert tx.citizens.listing(stranger, "released", 10) == ()


@case("citizens.get", "citizens.lock", "citizens.change")
def test_an_opinion_changes_for_whoever_may_see_it(county: County) -> None:
    new = opinion(county, project(county))
    with county.store.write() as tx:
        changed = tx.citizens.change(tx.citizens.lock(county.staff, new.id), state="released")
    with county.store.write() as tx:
        assert tx.citizens.lock(county.unit, new.id) == changed
        for stranger in (county.other_unit, county.town.staff, county.deputy, PUBLIC):
            with pytest.raises(NotFound):
                tx.citizens.lock(stranger, new.id)
        with pytest.raises(NotFound):
            tx.citizens.lock(county.staff, "x\0")
    with county.store.read() as tx:
        assert tx.citizens.get(county.unit, new.id) == changed
        for stranger in (county.other_unit, county.town.staff, county.deputy, PUBLIC):
            with pytest.raises(NotFound):
                tx.citizens.get(stranger, new.id)
        with pytest.raises(NotFound):
            tx.citizens.get(county.staff, "x\0")


@case("citizens.lock", "citizens.listing", "citizens.unanswered")
def test_a_unit_that_only_assists_has_no_part_in_what_citizens_say(county: County) -> None:
    of = project(county)
    shown = opinion(county, of, "released")
    with county.store.write() as tx:
        tx.projects.set_assisting(of, (county.units[1].id,))
        assert tx.citizens.listing(county.other_unit, "released", 10) == ()
        assert tx.citizens.unanswered(county.other_unit) == 0
        with pytest.raises(NotFound):
            tx.citizens.lock(county.other_unit, shown.id)


@case("citizens.released")
def test_the_newest_released_opinions_are_shown_and_no_others(county: County) -> None:
    of = project(county)
    opinion(county, of), opinion(county, of, "refused")
    shown = [opinion(county, of, "released") for _ in range(3)]
    opinion(county, project(county, "学校"), "released")
    with county.store.read() as tx:
        assert tx.citizens.released(of, 2) == (shown[2], shown[1])


@case("citizens.put_score", "citizens.score_of", "citizens.score_counts")
def test_a_device_has_one_score_for_each_project_and_the_last_counts(county: County) -> None:
    of, other = project(county), project(county, "学校")
    device, second = sha256_hex(b"1"), sha256_hex(b"2")
    with county.store.write() as tx:
        tx.citizens.put_score(of, device, "grades", 3, county.now())
        tx.citizens.put_score(of, device, "grades", 1, county.now())
        tx.citizens.put_score(of, second, "grades", 1, county.now())
        tx.citizens.put_score(other, device, "points", 5, county.now())
    with county.store.read() as tx:
        assert tx.citizens.score_counts(of, "grades") == {1: 2}
        assert (tx.citizens.score_counts(of, "points"), tx.citizens.score_counts(other, "points")) == (
            {},
            {5: 1},
        )
        assert tx.citizens.score_of(of, device) == ("grades", 1)
        assert tx.citizens.score_of(other, second) is None


@case("public_projects.changes")
def test_every_change_makes_the_log_longer_and_chaining_does_not(county: County) -> None:
    here = county.congress.id

    def length() -> dict[str, int]:
        with county.store.read() as tx:
            return tx.public_projects.changes([here, county.town.congress.id, "0" * 32, "x\0"])

    before = length()
    assert set(before) == {here, county.town.congress.id}
    for n in range(1, 4):
        with county.store.write() as tx:
            tx.audit.add(county.staff, "change_settings", county.now(), "setting")
        assert length()[here] == before[here] + n
        audit.chain(county.store, here)
        assert length()[here] == before[here] + n
    assert length()[county.town.congress.id] == before[county.town.congress.id]


def test_a_change_that_was_taken_back_is_no_change_and_one_at_the_same_time_is_not_missed(
    county: County,
) -> None:
    """Whichever of two transactions commits first, each commit makes the number another one."""
    here, seen = county.congress.id, []

    def look() -> int:
        with county.store.read() as tx:
            return tx.public_projects.changes([here])[here]

    def fail() -> None:
        with county.store.write() as tx:
            tx.audit.add(county.staff, "change_settings", county.now(), "setting")
            raise ZeroDivisionError

    before = look()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert look() == before

    def change() -> None:
        with county.store.write() as tx:
            tx.audit.add(county.staff, "change_settings", county.now() - timedelta(days=1), "setting")
        seen.append(look())

    both = [Thread(target=change) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert max(seen) == look() == before + 2


@case("public_projects.photo", "public_projects.shows_photo")
def test_everybody_sees_public_photos_of_projects_that_were_handed_over(county: County) -> None:
    here, jpeg = county.congress.id, prepare(pictures.jpeg())
    shown, chosen = project(county), project(county, "学校", state="chosen")
    with county.store.write() as tx:
        tx.project_files.add_pictures(shown, new_id("a"), [jpeg], public=True)
        tx.project_files.add_pictures(shown, new_id("b"), [jpeg], public=False)
        tx.project_files.add_pictures(chosen, new_id("c"), [jpeg], public=True)
    with county.store.read() as tx:
        of_shown = {one.public: one.id for one in tx.project_files.pictures(county.staff, shown)}
        (hidden,) = tx.project_files.pictures(county.staff, chosen)
        assert tx.public_projects.photo(here, of_shown[True], small=False) == jpeg.body
        assert tx.public_projects.photo(here, of_shown[True], small=True) == jpeg.small
        assert tx.public_projects.shows_photo(here, of_shown[True])
        for congress, photo in (
            (here, of_shown[False]),
            (here, hidden.id),
            (county.town.congress.id, of_shown[True]),
            (here, "0" * 32),
            (here, "x\0"),
            ("\0", of_shown[True]),
        ):
            assert not tx.public_projects.shows_photo(congress, photo)
            with pytest.raises(NotFound):
                tx.public_projects.photo(congress, photo, small=True)


@case("public_projects.paper")
def test_everybody_reads_public_papers_of_projects_that_were_handed_over(county: County) -> None:
    def paper(of: Project, *, public: bool) -> Paper:
        new = Paper(
            id=new_id("paper"),
            congress=of.congress,
            project=of.id,
            of=new_id("proved"),
            name="决定.pdf",
            media_type="application/pdf",
            hash=sha256_hex(PDF),
            public=public,
            by="刘科长",
            at=county.now(),
        )
        with county.store.write() as tx:
            tx.project_files.add_paper(new, PDF)
        return new

    shown, chosen = project(county), project(county, "学校", state="chosen")
    open_one, others = paper(shown, public=True), [paper(shown, public=False), paper(chosen, public=True)]
    with county.store.read() as tx:
        assert tx.public_projects.paper(county.congress.id, open_one.id) == (open_one, PDF)
        with pytest.raises(NotFound):
            tx.public_projects.paper(county.town.congress.id, open_one.id)
        for one in others:
            with pytest.raises(NotFound):
                tx.public_projects.paper(county.congress.id, one.id)


@case("public_news.newest")
def test_news_are_of_this_congress_the_newest_first_and_not_of_what_is_not_public(county: County) -> None:
    year = a_year(county)
    report(county.town, project(county.town), (100, 0, 0))
    report(county, project(county, "还没有交办", state="planned"), (10, 0, 0))
    with county.store.write() as tx:
        hidden = next(
            one for one in tx.projects.of_year(county.staff, county.congress.id, 2027) if one.number == 6
        )
        tx.projects.change(hidden, state="chosen")
    with county.store.read() as tx:
        news = tx.public_news.newest(county.congress.id, 50)
        assert len(news) == 9
        assert {one.project for one in news} == {year.red.id, year.yellow.id, year.green.id}
        assert [one.at for one in news] == sorted((one.at for one in news), reverse=True)
        assert tx.public_news.newest(county.congress.id, 2) == news[:2]


@case("results.published")
def test_published_results_are_listed_page_after_page_and_nothing_else(
    hall: Hall, elsewhere: Hall, county: County
) -> None:
    """Two of the same moment."""
    for one in (hall, elsewhere):
        one.reach("published")
    with county.store.write() as tx:
        for one in (hall, elsewhere):
            published = tx.rounds.get(one.staff, one.round.id)
            assert published.published is not None
            tx.rounds.change(published, published=replace(published.published, at=FIRST_DAY))
    with county.store.read() as tx:
        first, second = tx.results.published(10)
        assert {first.id, second.id} == {hall.round.id, elsewhere.round.id}
        assert (first.congress, first.session) == (hall.congress.name, hall.session.title)
        assert tx.results.published(1) == (first,)
        assert tx.results.published(10, first.id) == (second,)
        assert tx.results.published(10, second.id) == ()
        assert tx.results.published(10, "x\0") == tx.results.published(10, "0" * 32) == (first, second)
