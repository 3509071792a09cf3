"""Reports as people make them, for tests: per cent of each milestone, in order.

submit(county, made, "2027Q1", 100, 20, 0)           # by the unit that leads, handed in
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.county import Body, new_id
from tests.delivery import project
from voting.actors import Actor
from voting.delivering.projects import Milestone, Project, yuan
from voting.reporting import filing, issuing
from voting.reporting.reports import Content, Report


def at(month: int, day: int, hour: int = 2, year: int = 2027) -> datetime:
    """Morning in China."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def content(steps: Sequence[Milestone], *percents: int, wan: str = "0", **texts: str) -> Content:
    """`wan` is the money in 万元; without words the text says that it goes on."""
    said = dict(zip((one.id for one in steps), percents, strict=True))
    texts.setdefault("text", "按计划施工。")
    return Content(percents=said, spent=yuan(Decimal(wan)), **texts)


def submit(
    body: Body,
    of: Project,
    period: str,
    *percents: int,
    now: datetime | None = None,
    actor: Actor | None = None,
    **more: Any,
) -> Report:
    """Hand it in, or correct it; `version` is the newest unless given."""
    kept = {name: more.pop(name) for name in ("version", "photos", "submit") if name in more}
    when, by = now or at(12, 31), actor or body.unit
    office = body.government if body.level == "county" else body.staff
    form = filing.open_report(body.store, office, of.id, period, when)
    kept.setdefault("version", form.version)
    said = content(form.milestones, *percents, **more)
    return filing.save(body.store, by, of.id, period, said, when, **{"submit": True, **kept})


def belongings(body: Body) -> dict[str, str]:
    """A warning on a project that was reported on, by the names that addresses give them."""
    made, office = project(body, "报告过进度的项目"), body.staff
    submit(body, made, "2027Q1", 80, 0, 0)
    sent = issuing.issue(body.store, office, made.id, new_id("warning"), "red", "停工。", body.now())
    return {"period": "2027Q1", "warning_id": sent.id}
