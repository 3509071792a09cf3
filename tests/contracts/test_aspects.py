"""Promises of the figures of 建议办理 by unit, on both databases."""

from __future__ import annotations

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.rated import a_session, wanted
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import accepted, handed, met, now_of, released, submitted
from voting.actors import Forbidden, NotFound
from voting.handling import confirming
from voting.rating import rating_units
from voting.rating.refusals import RatingError
from voting.rating.settings import Aspect, RatingSettings, Weights
from voting.rating.unit_index import ProposalCounts
from voting.suggestions import Suggestion

YEAR = 2027


def proposal(county: County, title: str, **fields: object) -> Suggestion:
    return county.suggest(title, kind="proposal", deputy=county.deputies[0].id, source="deputy", **fields)


@case("aspects.counts")
def test_a_units_proposals_are_counted_from_what_was_recorded(county: County) -> None:
    good = proposal(county, "修好了", released_at=county.now())
    bad = proposal(county, "没修好")
    for item in (good, bad):
        released(county, item)
    confirming.confirm(county.store, county.deputy, good.id, "satisfied", "好", county.now())
    confirming.confirm(county.store, county.deputy, bad.id, "unsatisfied", "不好", county.now())
    met(county, accepted(county, proposal(county, "正在办")))
    handed(county, proposal(county, "刚交办"), 1)
    handed(county, county.suggest("群众的"))
    handed(county.town, county.town.suggest("镇里的", kind="proposal"))
    proposal(county, "没交办")
    with county.store.read() as tx:
        found = tx.aspects.counts(county.staff, YEAR)
        assert tx.aspects.counts(county.staff, YEAR - 1) == {}
        assert tx.aspects.counts(county.unit, YEAR) == {}
    assert found == {
        county.units[0].id: ProposalCounts(
            handled=4,
            closed=int(now_of(county, good).closed_at is not None),
            met=3,
            evaluated=2,
            favourable=1,
            answered=1,
            solved=1,
            online=1,
        )
    }


@case("aspects.enter", "aspects.entered")
def test_points_are_entered_in_place_of_the_old_ones_and_logged(county: County) -> None:
    submitted(county, proposal(county, "修路"))
    unit = county.units[0].id
    [before] = rating_units.table(county.store, county.staff, YEAR).units
    assert (before.index, before.missing) == (None, ("attention", "digital"))
    both: tuple[dict[Aspect, int], ...] = ({"attention": 60}, {"attention": 90, "digital": 80})
    for points in both:
        rating_units.enter(county.store, county.staff, YEAR, unit, points, county.now())
    with unchanged(county.store):
        rating_units.enter(county.store, county.staff, YEAR, unit, {"digital": 80}, county.now())
    [after] = rating_units.table(county.store, county.staff, YEAR).units
    assert (after.aspects["attention"], after.aspects["digital"], after.missing) == (900, 800, ())
    with refused(county.store, RatingError, "0至100"):
        rating_units.enter(county.store, county.staff, YEAR, unit, {"digital": 101}, county.now())
    with refused(county.store, NotFound):
        theirs = county.town.units[0].id
        rating_units.enter(county.store, county.staff, YEAR, theirs, {"digital": 1}, county.now())
    with refused(county.store, Forbidden):
        rating_units.enter(county.store, county.government, YEAR, unit, {"digital": 1}, county.now())


def test_weights_make_a_hundred_and_leave_the_other_settings(county: County) -> None:
    with refused(county.store, RatingError, "合计应是100，现在是110"):
        rating_units.set_weights(county.store, county.staff, Weights(finished=25), county.now())
    own = Weights(attention=0, finished=25, digital=10)
    rating_units.set_weights(county.store, county.staff, own, county.now())
    with county.store.read() as tx:
        assert tx.settings.get(county.congress.id, RatingSettings) == RatingSettings(weights=own)


def test_deputies_rate_how_a_unit_handled_and_what_came_of_it(county: County) -> None:
    submitted(county, proposal(county, "修路"))
    asked = wanted(a_session(county), "建议办理测评")
    unit = county.units[0].id
    made = rating_units.make_round(county.store, county.staff, YEAR, asked, [unit], county.now())
    assert [one.title for one in made.candidates] == ["县交通运输局：办理过程", "县交通运输局：办理结果"]
    assert "面商率100.0%" in made.candidates[0].content
    with county.store.read() as tx:
        assert {one.unit for one in tx.rated.of_round(made)} == {unit}
    for units, error in (([], RatingError), ([new_id("unit")], NotFound)):
        with refused(county.store, error):
            rating_units.make_round(county.store, county.staff, YEAR, asked, units, county.now())
