"""A year of a county's projects as the public sees it, and what a citizen's device brings along.

year = a_year(county)                      # five projects: red, yellow, green, handed over, chosen only
report(county, project, (100, 60, 0), 3)   # what 政府办 handed in for the third quarter
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Final, NamedTuple

from tests import pictures
from tests.county import Body, new_id
from tests.delivery import project
from voting.delivering.projects import Project, yuan
from voting.photos import prepare
from voting.reporting.baseline import actual
from voting.reporting.periods import Period
from voting.reporting.reports import Report, Revision

OCTOBER: Final = datetime(2027, 10, 12, 1, 0, tzinfo=UTC)
"""The third quarter's reports are due since a few days."""


PHOTO: Final = prepare(pictures.jpeg(64, 48))


class Year(NamedTuple):
    """By how they stand in October."""

    red: Project
    yellow: Project
    green: Project
    handed: Project
    chosen: Project


def at(body: Body, moment: datetime) -> None:
    """From now on the body's clock goes on from this moment."""
    minutes = count()
    body.now = lambda: moment + timedelta(minutes=next(minutes))


def a_year(body: Body) -> Year:
    """Their reports of three quarters included; it is October."""
    at(body, OCTOBER)
    school = body.units[1].id
    year = Year(
        red=project(body, "农村公路提升改造"),
        yellow=project(body, "城区老旧小区加装电梯", lead_unit=school),
        green=project(body, "乡镇卫生院设备更新", planned=yuan(Decimal(560))),
        handed=project(body, "居家养老服务中心建设", state="handed"),
        chosen=project(body, "中小学操场改造", state="chosen"),
    )
    for quarter, (red, yellow, green) in enumerate(
        (
            ((50, 0, 0), (60, 0, 0), (70, 0, 0)),
            ((80, 10, 0), (100, 20, 0), (100, 30, 0)),
            ((100, 20, 0), (100, 70, 0), (100, 100, 60)),
        ),
        start=1,
    ):
        report(body, year.red, red, quarter, photos=1)
        report(body, year.yellow, yellow, quarter)
        report(body, year.green, green, quarter)
    return year


def report(
    body: Body,
    of: Project,
    percents: Sequence[int],
    quarter: int = 1,
    *,
    photos: int = 0,
    public: bool = True,
) -> Report:
    """Handed in at the end of its quarter; `percents` in the order of the milestones."""
    period = Period(kind="quarter", year=of.year, number=quarter)
    with body.store.write() as tx:
        steps = tx.projects.milestones([of])[of.id]
        said = dict(zip((one.id for one in steps), percents, strict=True))
        submitted = datetime(period.ends.year, period.ends.month, period.ends.day, 2, 0, tzinfo=UTC)
        new = Report(
            id=new_id("report"),
            congress=of.congress,
            project=of.id,
            period=period.key,
            starts=period.starts,
            ends=period.ends,
            due=period.ends + timedelta(days=7),
            baseline=1,
            version=1,
            percents=said,
            progress=actual(steps, said),
            spent=of.planned // 10 * quarter,
            text=f"第{quarter}季度按计划推进，现场情况正常。",
            problems="西山段征地进度慢。",
            measures="镇村包户，本月底前完成。",
            reason="",
            saved_by="小孙",
            saved_at=submitted,
            submitted_by="小孙",
            submitted_at=submitted,
        )
        tx.reports.add(new)
        tx.reports.add_revision(_revision(new))
        tx.project_files.add_pictures(of, new.id, [PHOTO] * photos, public=public)
        tx.projects.change(of, progress=new.progress, spent=new.spent, reported_at=submitted)
        tx.audit.add(body.staff, "submit_report", submitted, "report", new.id)
    return new


def _revision(of: Report) -> Revision:
    names = ("congress", "percents", "progress", "spent", "text", "problems", "measures", "reason")
    return Revision(
        report=of.id,
        revision=1,
        by=of.saved_by,
        at=of.saved_at,
        **{name: getattr(of, name) for name in names},
    )
