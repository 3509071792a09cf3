"""Projects as the store keeps them, for tests of what happens to them.

made = project(county, "农村公路提升改造")                      # being delivered, with three milestones
made = project(county, state="chosen")                          # chosen, not yet handed over
made = project(county, lead_unit=county.units[1].id, planned=yuan(Decimal(320)))
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from tests.county import Body, new_id
from voting.delivering.projects import Handover, Milestone, Project, ProjectState, yuan
from voting.screening.plans import Target

YEAR: Final = 2027
CHOSEN_AT: Final = datetime(2027, 1, 25, 8, 0, tzinfo=UTC)
STEPS: Final = (
    ("完成招标", date(2027, 3, 1), date(2027, 4, 30), 20),
    ("路基施工", date(2027, 5, 1), date(2027, 8, 31), 50),
    ("铺设路面并通车", date(2027, 9, 1), date(2027, 10, 31), 30),
)
"""Title, first day, last day, weight in per cent."""


def project(
    body: Body, title: str = "农村公路提升改造", state: ProjectState = "planned", **fields: Any
) -> Project:
    """The next number of 2027 (or of `year`), led by the county's first unit."""
    facts: dict[str, Any] = {
        "id": new_id(title),
        "congress": body.congress.id,
        "year": YEAR,
        "state": state,
        "title": title,
        "content": "改造农村公路12.5公里，安装路灯120盏。",
        "place": "东河镇、西山村",
        "standard": "四级公路标准，一次验收合格。",
        "targets": (Target(indicator="改造公路", amount=Decimal("12.5"), measure="公里"),),
        "planned": yuan(Decimal(320)),
        "funds": "县财政200万元，上级补助120万元",
        "made_at": CHOSEN_AT,
    }
    if state != "chosen":
        facts |= {"lead_unit": body.units[0].id, "deadline": date(2027, 10, 31)}
    if state not in {"chosen", "handed"}:
        facts |= {"planned_at": CHOSEN_AT, "chief": "副县长周明", "watcher": "副主任吴芳"}
    facts.update(fields)
    with body.store.write() as tx:
        facts.setdefault("number", tx.projects.last_number(body.congress.id, facts["year"]) + 1)
        made = Project(**facts)
        tx.projects.add_many([made])
        if state not in {"chosen", "handed"}:
            tx.projects.set_milestones(made, 1, milestones(made))
    return made


def milestones(of: Project) -> list[Milestone]:
    """The three of `STEPS`, moved to the project's year."""
    return [
        Milestone(
            id=new_id(title),
            congress=of.congress,
            project=of.id,
            baseline=1,
            place=place,
            title=title,
            starts=starts.replace(year=of.year),
            due=due.replace(year=of.year),
            weight=weight,
        )
        for place, (title, starts, due, weight) in enumerate(STEPS, start=1)
    ]


def handover(body: Body, number: str = "示例人大办函〔2027〕3号", **fields: Any) -> Handover:
    """A letter of 2027 as the store keeps it; it is the caller's to name it in projects."""
    facts: dict[str, Any] = {
        "id": new_id(number),
        "congress": body.congress.id,
        "year": YEAR,
        "number": number,
        "day": date(2027, 2, 1),
        "sender": "示例县人大常委会办公室",
        "recipient": "示例县人民政府",
        "text": "请抓好落实。",
        "by": "刘科长",
        "at": CHOSEN_AT,
    }
    new = Handover(**{**facts, **fields})
    with body.store.write() as tx:
        tx.projects.add_handover(new)
    return new
