"""Contract of 待补全的草稿, on both databases: made by a tick, nothing made up, gone once it is a draft."""

from __future__ import annotations

from tests.contracts.cases import case
from tests.contracts.test_years import LATE, left, take
from tests.county import County
from tests.drafts import plan
from tests.refusals import refused, unchanged
from voting.actors import Forbidden, NotFound
from voting.merging import merge
from voting.screening import proposing, sketching
from voting.screening.sketches import UNSAID
from voting.suggestions import Suggestion
from voting.years.facts import YearStep


def raised_twice(county: County, year: int = 2028) -> Suggestion:
    """In the two years before this one, and not solved."""
    old = county.suggest("桥太窄", year=year - 2, text="桥太窄，两辆车过不去。")
    new = county.suggest("桥还是太窄", year=year - 1, text="桥太窄，两辆车过不去，又一年了。")
    merge(county.store, county.staff, old.id, new.id, county.now())
    return new


@case("sketches.add", "sketches.find", "sketches.of_year", "sketches.of_suggestions", "sketches.drop")
def test_what_is_ticked_is_a_sketch_that_names_what_is_missing_until_it_is_handed_in(county: County) -> None:
    asked = raised_twice(county)
    [key] = [one.key for one in left(county).again]
    [made] = take(county, key)
    with county.store.read() as tx:
        [sketch] = tx.sketches.of_year(county.government, 2028)
        assert tx.sketches.find(county.government, made) == sketch
        assert (sketch.title, sketch.suggestion) == ("桥还是太窄", asked.id)
        assert set(UNSAID) <= set(sketch.missing)
        assert ("实施地点" in sketch.missing) is (asked.village is None)
        assert tx.drafts.of_year(county.government, 2028) == ()
        assert tx.sketches.of_suggestions(county.government, [asked.id], 2028) == {asked.id}
        assert tx.sketches.of_year(county.deputy, 2028) == tx.sketches.of_year(county.town.staff, 2028) == ()
        assert tx.sketches.find(county.government, "x") is None
    assert left(county).again == ()
    with unchanged(county.store):
        assert take(county, key) == (made,)
    said = plan(county, "拓宽东河桥")
    proposing.propose(county.store, county.government, made, 2028, said, [asked.id], LATE)
    with county.store.read() as tx:
        assert tx.sketches.find(county.government, made) is None
        assert tx.sketches.of_year(county.government, 2028) == ()
    with unchanged(county.store):
        assert take(county, key) == (made,)


def test_a_sketch_that_is_not_wanted_offers_its_suggestion_again(county: County) -> None:
    raised_twice(county)
    [key] = [one.key for one in left(county).again]
    [made] = take(county, key)
    with refused(county.store, Forbidden):
        sketching.drop(county.store, county.staff, made, LATE)
    sketching.drop(county.store, county.government, made, LATE)
    assert [one.key for one in left(county).again] == [key]
    with refused(county.store, NotFound):
        sketching.drop(county.store, county.government, made, LATE)
    with refused(county.store, YearStep, "不在上年遗留的清单里"):
        take(county, "suggestion:" + "0" * 32)
