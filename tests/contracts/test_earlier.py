"""Contract of `tx.earlier`: results of years before the service came, in and out of the office's table."""

from __future__ import annotations

import pytest

from tests.contracts.cases import case
from tests.county import Body, County
from tests.refusals import refused, unchanged
from tests.voting.workbooks import workbook
from voting.actors import PUBLIC, Actor, Forbidden
from voting.open_data import table_csv
from voting.years.earlier import EarlierError, template_csv
from voting.years.importing import earlier_scores, import_scores

HEAD = ("年度", "项目名称", "责任单位", "满意", "基本满意", "不满意", "弃权", "无效票", "收回")
ROADS = (2025, "农村公路提升改造", "县交通运输局", 152, 30, 5, 3, 0, 190)
MEALS = (2025, "城乡老年食堂", "县民政局", 100, 60, 20, 8, 2, 190)


def bring(body: Body, *rows: tuple[object, ...]) -> int:
    table = table_csv(HEAD, rows)
    return import_scores(body.store, body.staff, "测评.csv", table, body.now()).rows


def titles(county: County, actor: Actor, year: int = 2025) -> list[str]:
    with county.store.read() as tx:
        return [one.project for one in earlier_scores(tx, actor, county.congress.id, year)]


@case("earlier.replace_years", "earlier.of_year", "earlier.all")
def test_a_table_of_earlier_results_is_kept_as_it_stands(county: County) -> None:
    assert bring(county, ROADS, MEALS, (2024, "改造厕所", "", 80, 10, 10, 0, 0, 100)) == 3
    with county.store.read() as tx:
        roads, meals = tx.earlier.of_year(county.government, county.congress.id, 2025)
        assert [one.year for one in tx.earlier.all(county.staff, county.congress.id)] == [2025, 2025, 2024]
    assert roads.figures == (("满意", 152), ("基本满意", 30), ("不满意", 5), ("弃权", 3))
    assert (roads.satisfied, roads.overall) == ("80.0%", "95.8%")
    assert (meals.valid, meals.satisfied, meals.overall) == (188, "53.2%", "85.1%")
    assert meals.overall_tenths == 851


@case("earlier.of_year", "earlier.all")
def test_earlier_results_are_read_by_their_own_congress_alone(county: County) -> None:
    bring(county, ROADS)
    for actor in (county.staff, county.government, county.presidium, county.deputy, county.unit):
        assert titles(county, actor) == ["农村公路提升改造"]
    for actor in (county.town.staff, PUBLIC):
        assert titles(county, actor) == []
        with county.store.read() as tx:
            assert tx.earlier.all(actor, county.congress.id) == ()


@case("earlier.replace_years")
def test_a_years_results_are_replaced_whole_and_the_same_table_changes_nothing(county: County) -> None:
    bring(county, ROADS, MEALS)
    with unchanged(county.store):
        assert bring(county, ROADS, MEALS) == 0
    assert bring(county, (*ROADS[:3], 150, 32, *ROADS[5:])) == 1
    assert titles(county, county.staff) == ["农村公路提升改造"]
    bring(county, (2024, *MEALS[1:]))
    assert titles(county, county.staff) == ["农村公路提升改造"]
    assert titles(county, county.staff, 2024) == ["城乡老年食堂"]


def test_rows_that_do_not_add_up_are_all_named_and_nothing_is_imported(county: County) -> None:
    bring(county, ROADS)
    wrong = [(*MEALS[:3], 101, *MEALS[4:]), (2025, "改造厕所", "", 1, 1, 1, 0, 0, 4)]
    with refused(county.store, EarlierError, "2行需要修改，没有导入任何内容") as _:
        bring(county, ROADS, *wrong)
    try:
        bring(county, ROADS, *wrong)
    except EarlierError as error:
        faults = [(one.row, one.reason) for one in error.faults]
    assert [row for row, _ in faults] == [3, 4]
    assert "“城乡老年食堂”满意101票、基本满意60票、不满意20票、弃权8票、无效2票" in faults[0][1]
    assert "合计191票，与收回的190票不符" in faults[0][1]
    assert "“改造厕所”" in faults[1][1]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((1999, *ROADS[1:]), "年度应在2000至2100之间"),
        (("", *ROADS[1:]), "“年度”没有填写"),
        ((2025, "", *ROADS[2:]), "没有填写“项目”"),
        ((*ROADS[:3], "一百五", *ROADS[4:]), "“满意”“一百五”不是整数"),
        ((*ROADS[:3], -2, *ROADS[4:]), "“满意”"),
        ((*ROADS[:8], 99999), "多于3,000"),
        ((2025, "空项目", "", 0, 0, 0, 0, 0, 0), "收回0张票"),
    ],
    ids=["year", "no year", "no project", "words", "negative", "too many", "no ballots"],
)
def test_a_row_that_cannot_be_right_is_named(county: County, row: tuple[object, ...], sentence: str) -> None:
    with refused(county.store, EarlierError):
        bring(county, row)
    with pytest.raises(EarlierError) as caught:
        bring(county, row)
    ((fault,),) = (caught.value.faults,)
    assert fault.row == 2
    assert sentence in fault.reason


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (("项目", "满意", "收回"), "没有找到表头"),
        (("年度", "项目", "收回", "满意"), "至少要有两个等次"),
        ((*HEAD, "备注"), "不认识的列“备注”"),
        ((*HEAD, "满意票"), "两列都是“满意”"),
    ],
)
def test_a_table_without_the_columns_it_needs_is_refused(
    county: County, head: tuple[str, ...], sentence: str
) -> None:
    table = table_csv(head, [[""] * len(head)])
    with refused(county.store, EarlierError, sentence):
        import_scores(county.store, county.staff, "测评.csv", table, county.now())


def test_the_same_project_twice_is_refused(county: County) -> None:
    with pytest.raises(EarlierError) as caught:
        bring(county, ROADS, MEALS, ROADS)
    assert [(one.row, one.reason[:20]) for one in caught.value.faults] == [
        (4, "“农村公路提升改造”2025年与第2行重复"[:20])
    ]


def test_a_workbook_with_a_title_and_five_levels_is_read(county: County) -> None:
    rows: list[list[object]] = [
        ["2024年度测评结果"],
        ["序号", "年份", "项目", "很满意", "较满意", "一般", "较不满意", "很不满意", "不了解", "收回票数"],
        [1, 2024, "改造厕所", 40, 30, 20, 5, 3, 2, 100],
    ]
    import_scores(county.store, county.staff, "测评.xlsx", workbook(rows), county.now())
    with county.store.read() as tx:
        (one,) = tx.earlier.of_year(county.staff, county.congress.id, 2024)
    assert (one.satisfied, one.overall, one.unit) == ("40.0%", "70.0%", "")


def test_the_template_can_be_imported_as_it_is(county: County) -> None:
    import_scores(county.store, county.staff, "模板.csv", template_csv(), county.now())
    assert titles(county, county.staff) == ["农村公路提升改造"]


def test_only_the_congress_imports_results_and_not_the_rated_government(county: County) -> None:
    for actor in (county.government, county.deputy, county.unit, county.presidium):
        with refused(county.store, Forbidden, "由工作人员进行"):
            import_scores(county.store, actor, "模板.csv", template_csv(), county.now())
