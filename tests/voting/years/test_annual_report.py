"""年度报告: opened again with python-docx, it says what was gathered, and no more than the rules publish."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from docx import Document
from msgspec.structs import replace
from PIL import Image

from tests.county import County
from tests.delivery import project
from tests.drafts import Way
from tests.rated import UNSATISFIED, Sitting, a_session, wanted
from tests.voting.years.sitting import voted
from voting.actors import Forbidden
from voting.documents.annual_charts import against_plan, bars, stacked
from voting.documents.annual_report import annual_report_docx
from voting.ledger import Tally
from voting.rating.rounds_over_projects import make_round
from voting.rating.scores import Score
from voting.rule_fields import Extent
from voting.screening.drafts import DraftStep
from voting.years.annual import annual_report, gather
from voting.years.annual_facts import (
    AnnualReport,
    CandidateRow,
    ChangeRow,
    ProjectRow,
    RectificationRow,
    ScoreRow,
    SupervisionRow,
    VoteRows,
)

LATE: Final = datetime(2027, 11, 2, 1, 0, tzinfo=UTC)
SCORE: Final = Score(
    round="r",
    round_title="满意度测评",
    body="congress",
    day=date(2028, 1, 20),
    number=1,
    title="农村公路提升改造",
    level="不满意",
    bad=True,
    columns=("满意", "基本满意", "不满意", "弃权"),
    counts=(60, 40, 185, 13),
    overall=336,
)
REPORT: Final = AnnualReport(
    congress="示例县人民代表大会",
    year=2027,
    day=date(2028, 2, 1),
    suggestions=Tally(received=87, taken_up=85, answered=80, closed=78, evaluated=40, satisfied=30, basic=8),
    by_category=(("交通出行", 40), ("教育", 30), ("养老服务", 17)),
    by_source=(("群众", 60), ("代表", 27)),
    drafts=12,
    votes=(
        VoteRows(
            session="第二次会议",
            title="民生实事项目票决",
            sentences=("候选项目2件，应选1件。",),
            rows=(
                CandidateRow(
                    number=1, title="农村公路提升改造", cost="320万元", unit="", result="入选", votes=270
                ),
                CandidateRow(number=2, title="改造厕所", cost="80万元", unit="", result="未入选", votes=120),
            ),
        ),
    ),
    projects=(
        ProjectRow(
            number=1,
            title="农村公路提升改造",
            unit="县交通运输局",
            state="正在实施",
            planned=3_200_000,
            spent=1_005_000,
            percent=365,
            expected=800,
            light="红灯",
            color="red",
            light_words="落后43.5个百分点",
            targets="改造公路12.5公里",
            deadline=date(2027, 10, 31),
        ),
    ),
    supervision=(
        SupervisionRow(
            title="农村公路提升改造", visits=2, warnings=1, orders=1, orders_done=0, conferences=1
        ),
    ),
    changes=(
        ChangeRow(
            title="农村公路提升改造",
            kind="时间",
            lines=(("完成时限", "2027年10月31日", "2027年12月31日"),),
            decision="县人大常委会第九次会议",
        ),
    ),
    scores=(ScoreRow(score=SCORE, unit="县交通运输局", before="80.1%"),),
    rectifications=(
        RectificationRow(
            title="农村公路提升改造",
            unit="县交通运输局",
            level="不满意",
            state="正在整改",
            due=date(2028, 4, 20),
            retest="",
        ),
    ),
)


def said(raw: bytes) -> str:
    """All text of the paper, cells of tables included."""
    paper = Document(io.BytesIO(raw))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def test_every_part_of_the_year_stands_in_the_report() -> None:
    raw = annual_report_docx(REPORT)
    text = said(raw)
    for words in (
        "示例县2027年民生实事项目年度报告",
        "一、意见建议",
        "共收到群众和代表的意见建议87件",
        "总体满意率95.0%",
        "270",
        "计划投资320万元，已支出100.5万元",
        "36.5%",
        "落后43.5个百分点",
        "组织代表视察2次，发出督办单1件",
        "完成时限：2027年12月31日",
        "不满意185",
        "33.6%",
        "80.1%",
        "正在整改",
        "2028年4月20日",
    ):
        assert words in text
    assert len(Document(io.BytesIO(raw)).inline_shapes) == 4
    assert len(Document(io.BytesIO(raw)).tables) == 9


def test_the_same_facts_make_the_same_file() -> None:
    assert annual_report_docx(REPORT) == annual_report_docx(REPORT)
    assert annual_report_docx(REPORT) != annual_report_docx(replace(REPORT, drafts=13))


def test_figures_that_are_kept_back_stand_nowhere() -> None:
    kept = replace(SCORE, counts=None, overall=None, kept_back="人太少，不公布票数。")
    raw = annual_report_docx(replace(REPORT, scores=(ScoreRow(score=kept, unit="县交通运输局"),)))
    text = said(raw)
    assert "185" not in text
    assert "人太少，不公布票数。" in text
    assert len(Document(io.BytesIO(raw)).inline_shapes) == 3


def test_a_year_without_anything_has_a_report_that_says_so(county: County) -> None:
    text = said(annual_report(county.store, county.staff, 2027, LATE))
    assert "没有项目。" in text
    assert "还没有测评结果" in text


def test_the_report_is_gathered_from_every_room(county: County, tmp_path: Path) -> None:
    county.suggest()
    voted(Way(county), tmp_path)
    project(county, progress=200, spent=500_000, reported_at=LATE - timedelta(days=9))
    with county.store.read() as tx:
        facts = gather(tx, county.government, 2027, LATE.date())
    assert facts.suggestions.received == 1
    assert facts.by_category == (("交通出行", 1),)
    ((first, second, _),) = (one.rows for one in facts.votes)
    assert (first.title, first.votes, first.result) == ("硬化村道", 3, "入选")
    assert (second.votes, second.result) == (0, "未入选")
    assert [(one.title, one.unit, one.spent) for one in facts.projects] == [
        ("农村公路提升改造", county.units[0].name, 500_000)
    ]
    assert [one.visits for one in facts.supervision] == [0]
    assert "硬化村道" in said(annual_report(county.store, county.government, 2027, LATE))


def test_nothing_of_the_vote_stands_in_the_report_before_it_is_published(
    county: County, tmp_path: Path
) -> None:
    _, sitting = voted(Way(county), tmp_path, state="counted")
    with county.store.read() as tx:
        assert gather(tx, county.staff, 2027, LATE.date()).votes == ()
    sitting.reach("announced")
    with county.store.read() as tx:
        (vote,) = gather(tx, county.staff, 2027, LATE.date()).votes
    assert [(one.result, one.votes) for one in vote.rows] == [
        ("尚未公布", None),
        ("尚未公布", None),
        ("尚未公布", None),
    ]


def test_only_those_who_keep_the_year_make_the_report(county: County) -> None:
    for actor in (county.deputy, county.unit, county.presidium):
        with pytest.raises(Forbidden):
            annual_report(county.store, actor, 2027, LATE)
    with pytest.raises(DraftStep):
        annual_report(county.store, county.staff, 1999, LATE)


def test_charts_are_pictures_whose_bars_are_as_long_as_their_figures() -> None:
    picture = Image.open(io.BytesIO(bars([("甲", 10, "10"), ("乙", 5, "5"), ("丙", 0, "0")]))).convert("RGB")
    lengths = [
        sum(picture.getpixel((x, 24 + row * 64 + 30)) == (166, 28, 28) for x in range(picture.width))
        for row in range(3)
    ]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=2)
    assert lengths[2] == 0
    for raw in (
        stacked(("满意", "不满意"), [("甲", (3, 1)), ("乙", (0, 0))]),
        against_plan([("很长很长很长很长很长很长很长很长很长的项目名称", 365, 800, "36.5%", "red")]),
        bars([]),
    ):
        assert Image.open(io.BytesIO(raw)).format == "PNG"


@pytest.mark.parametrize(
    ("deputies", "publish", "shown"),
    [(3, "with_archive", False), (5, "list", False), (5, "list_and_votes", True)],
    ids=["too few", "levels only", "votes"],
)
def test_the_report_has_no_more_of_a_score_than_the_rules_publish(
    county: County, tmp_path: Path, deputies: int, publish: Extent, *, shown: bool
) -> None:
    """Whoever asks for it: the office that held the test sees all figures on its own pages, not here."""
    one = project(county, state="accepted")
    session = a_session(county, deputies)
    asked = wanted(session, publish=publish)
    made = make_round(county.store, county.staff, asked, [one.id], county.now())
    sitting = Sitting(county, session, made, tmp_path)
    sitting.vote([[UNSATISFIED]] * deputies, "published")
    with county.store.read() as tx:
        (row,) = gather(tx, county.staff, 2027, LATE.date()).scores
    assert row.score.level == "不满意"
    assert (row.score.counts is not None) is shown
