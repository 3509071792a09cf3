"""示例县's projects on their way: handed over, planned, reported on, watched, changed, finished, accepted.

All by the moments that the pages call, at the times at which they would have happened.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec.structs import replace
from PIL import Image, ImageDraw

from ballots.group import Random
from voting.actors import Actor
from voting.days import CHINA, today
from voting.delivering.entering import Entered, enter
from voting.delivering.handing_over import hand_over, matter
from voting.delivering.planning import desk, publish_plan, save_plan
from voting.delivering.projects import Milestone, Project, yuan
from voting.delivering.schemes import Scheme, Step
from voting.demo.autumn import UNITS
from voting.demo.promised import LAST_YEAR, THIS_YEAR, Promise
from voting.demo.sitting import FIRST
from voting.documents.office_paper import as_bytes, new_paper, put_text, put_title
from voting.handling.clocks import months_after
from voting.photos import Prepared, prepare
from voting.reporting import filing, issuing
from voting.reporting.baseline import DONE, share
from voting.reporting.overviews import periods_of, rules
from voting.reporting.periods import Period
from voting.reporting.reports import Content
from voting.screening.plans import Target
from voting.store import Store
from voting.supervising import changing, completing, conferring, grouping, ordering, visiting
from voting.supervising.changes import Step as ChangedStep
from voting.supervising.changes import Terms
from voting.supervising.completing import Proof
from voting.supervising.completions import Accepted, Reported
from voting.supervising.conferences import Agreed
from voting.supervising.visits import Seen, Visit

CHIEFS: Final = ("县长李建平", "副县长周明", "副县长孙红", "副县长马骏", "副县长何静")
WATCHERS: Final = ("主任方志远", "副主任吴芳", "副主任唐伟", "副主任蒋琳", "副主任丁宁")


class Offices:
    """Who acts in the demonstration, and what they act with."""

    def __init__(self, store: Store, staff: Actor, random: Random) -> None:
        self.store, self.staff, self._random = store, staff, random
        self.government = replace(staff, role="government_office", name="赵主任")
        with store.read() as tx:
            units = {one.name: one.id for one in tx.units.current(staff.congress)}
            self.deputies = tx.deputies.current(staff.congress)
        self.units = [units[name] for name in UNITS]

    def unit(self, place: int) -> Actor:
        """Somebody of the unit at this place of `autumn.UNITS`."""
        return replace(self.staff, role="unit", name="经办人", unit=self.units[place])

    def id(self) -> str:
        return self._random(16).hex()


def at(day: date, hour: int = 2) -> datetime:
    """Ten in the morning in China."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def promise_all(of: Offices, year: int, promises: Sequence[Promise]) -> list[Project]:
    """Entered in January, handed over the day after, the plans public in February."""
    chosen = date(year, 1, 22)
    made = [_enter(of, year, one, at(chosen)) for one in promises]
    letter = matter(of.store, of.staff, year, at(chosen + timedelta(days=1))).letter
    wanted = replace(letter, number=f"示人大办〔{year}〕3号", day=chosen + timedelta(days=1))
    hand_over(of.store, of.staff, of.id(), year, wanted, at(chosen + timedelta(days=1)))
    published = at(date(year, 2, 20))
    return [
        _plan(of, one.id, year, promise, place, published)
        for place, (one, promise) in enumerate(zip(made, promises, strict=True))
    ]


def _enter(of: Offices, year: int, promise: Promise, now: datetime) -> Project:
    entered = Entered(
        title=promise.title,
        content=promise.content,
        place=promise.place,
        planned=yuan(Decimal(promise.planned)),
        basis=f"示例县第十八届人民代表大会票决，{year}年1月22日公告。",
        funds="县财政预算，争取上级补助",
    )
    return enter(of.store, of.staff, of.id(), year, entered, now)


def _plan(of: Offices, project_id: str, year: int, promise: Promise, place: int, now: datetime) -> Project:
    scheme = Scheme(
        lead_unit=of.units[promise.unit],
        chief=CHIEFS[place % len(CHIEFS)],
        watcher=WATCHERS[place % len(WATCHERS)],
        deadline=_last_day(year, max(one.last for one in promise.steps)),
        completion="staged" if promise.staged else "this_year",
        stage=promise.staged,
        standard="按设计和规范施工，一次验收合格，资金专款专用。",
        targets=(Target(indicator=promise.indicator, amount=promise.amount, measure=promise.measure),),
        planned=yuan(Decimal(promise.planned)),
        funds="县财政预算，争取上级补助",
        steps=tuple(
            Step(
                title=one.title,
                starts=date(year, one.first, 1),
                due=_last_day(year, one.last),
                weight=one.weight,
            )
            for one in promise.steps
        ),
    )
    save_plan(
        of.store, of.government, project_id, desk(of.store, of.government, project_id).version, scheme, now
    )
    version = desk(of.store, of.government, project_id).version
    return publish_plan(of.store, of.government, project_id, version, now)


def last_year(of: Offices, year: int) -> list[Project]:
    """Everything was done in time and accepted."""
    projects = promise_all(of, year, LAST_YEAR)
    for place, project in enumerate(projects):
        report(of, project, date(year, 11, 3), place, running=True)
        finish(of, project, date(year, 10, 28), date(year, 11, 6))
    return projects


def this_year(of: Offices, year: int, now: datetime) -> list[Project]:
    """One late, one done, one with more time; the others as planned."""
    day = today(now)
    projects = promise_all(of, year, THIS_YEAR)
    late, done, third, longer, fifth = projects
    report(of, late, day, 0, slow=True)
    for place, project in enumerate((done, third, fifth), start=1):
        report(of, project, day, place)
    if day > date(year, 10, 20):
        finish(of, done, date(year, 9, 28), date(year, 10, 10))
    autumn = min(day, date(year, 9, 12))
    report(of, longer, autumn, 3)
    _more_time(of, longer, year, at(autumn, 1))
    report(of, longer, day, 4, since=autumn)
    if day > date(year + 1, 1, 12):
        for project in (third, longer, fifth):
            finish(of, project, date(year, 12, 28), date(year + 1, 1, 4))
    return projects


def report(
    of: Offices,
    project: Project,
    until: date,
    place: int,
    *,
    since: date = date.min,
    slow: bool = False,
    running: bool = False,
) -> None:
    """The quarterly reports on periods that ended from `since` to `until`, or also on the `running` one.

    A slow unit has handed in two, with little in them.
    """
    with of.store.read() as tx:
        periods = periods_of(project, rules(tx, project.congress)[0], until)
    wanted = [one for one in periods if since <= one.ends and (running or one.ends < until)]
    wanted = wanted[:2] if slow else wanted
    for number, period in enumerate(wanted):
        photos = [photo(place, number)] if number + 1 == len(wanted) else []
        _report(of, project, period, at(min(period.ends + timedelta(days=3), until)), photos, slow=slow)


def _report(
    of: Offices, project: Project, period: Period, now: datetime, photos: Sequence[Prepared], *, slow: bool
) -> None:
    with of.store.read() as tx:
        as_it_is = tx.projects.get(of.staff, project.id)
        milestones = tx.projects.milestones([as_it_is])[project.id]
    day = min(period.ends, today(now))
    percents = {one.id: _percent(one, day, slow=slow) for one in milestones}
    done = sum(one.weight * percents[one.id] for one in milestones)
    content = Content(
        percents=percents,
        spent=yuan(Decimal(project.planned * done // 12000 // 10000)),
        text="征地有三户还没有谈妥，施工队伍没有进场。" if slow else "按计划推进，质量和安全情况良好。",
        problems="征地拆迁进度慢。" if slow else "",
        measures="成立专班逐户商谈。" if slow else "",
    )
    who, key = of.government, period.key
    filing.save(of.store, who, project.id, key, content, now, version=0, submit=True, photos=photos)
    if photos:
        filing.show_photos(of.store, who, project.id, key, now, public=True)


def _percent(one: Milestone, day: date, *, slow: bool) -> int:
    whole = int(share(one, day) * DONE)
    return whole // 6 if slow else whole


def finish(of: Offices, project: Project, finished: date, day: date) -> None:
    """办结, reported on `day` with a photo; 验收 with its paper a week later."""
    done = completing.finish(
        of.store,
        of.government,
        project.id,
        of.id(),
        Reported(finished_on=finished, text="全部完成，已经投入使用。"),
        Proof(photos=[photo(3, 7)], public=True),
        at(day),
    )
    accepted = Accepted(
        result="passed",
        accepted_on=day + timedelta(days=7),
        body="县政府办公室、县财政局、县审计局联合验收组",
        approvers="赵立新、钱进、孙平",
    )
    proof = (
        "验收意见书.docx",
        paper(f"{project.title}验收意见书", "经现场查验和资料审查，符合要求，同意验收。", day),
    )
    completing.accept(
        of.store,
        of.government,
        project.id,
        done.id,
        accepted,
        Proof(document=proof, public=True),
        at(day + timedelta(days=7)),
    )


def _more_time(of: Offices, project: Project, year: int, now: datetime) -> None:
    """Two months more, as the standing committee decided."""
    with of.store.read() as tx:
        milestones = tx.projects.milestones([project])[project.id]
    deadline = _last_day(year, 12)
    steps = [
        ChangedStep(title=one.title, starts=one.starts, due=one.due, weight=one.weight) for one in milestones
    ]
    steps[-1] = replace(steps[-1], due=deadline)
    asked = changing.Asked(
        kind="time",
        reason="汛期提前，双河镇段停工四十天，申请延长两个月。",
        after=Terms(deadline=deadline, steps=tuple(steps)),
    )
    change = changing.ask(of.store, of.government, project.id, of.id(), asked, now)
    title = "关于同意调整老旧供水管网更换项目完成时限的决定"
    decided = changing.Decided(
        approved=True,
        body="committee",
        day=today(now),
        number=f"示人常〔{year}〕18号",
        session="县十八届人大常委会第三十六次会议",
        note="同意延长至年底，县政府要加强汛期施工组织。",
        document=(f"{title}.docx", paper(title, "会议决定：同意将完成时限调整为年底。", today(now))),
        public=True,
    )
    changing.decide(of.store, of.staff, project.id, change.id, decided, now)


def watch(of: Offices, projects: Sequence[Project], now: datetime) -> tuple[Visit, Actor]:
    """The deputies have been at the first of them, the late one; the warning is out, the 督办单 waits for its
    answer. The visit, and the deputy who entered it.
    """
    late = projects[0]
    day = today(now)
    leader, *members = [one.id for one in of.deputies[: len(FIRST)]]
    group = grouping.Wanted(
        name="第一监督小组", leader=leader, members=tuple(members), projects=tuple(one.id for one in projects)
    )
    grouping.make_group(of.store, of.staff, of.id(), group, now - timedelta(days=60))
    seen = Seen(
        day=day - timedelta(days=12),
        who="张桂兰等4名县人大代表",
        seen="现场只有一台挖掘机，石桥乡段路基没有开挖，群众绕行不便。",
        opinion="请抓紧解决征地问题，先修通学校门前一段，冬天以前让孩子走上好路。",
    )
    deputy = replace(of.staff, role="deputy", name="张桂兰", deputy=leader)
    visit = visiting.enter(
        of.store, deputy, late.id, of.id(), seen, [photo(0, 9)], None, now - timedelta(days=11)
    )
    visiting.release(of.store, of.staff, late.id, visit.id, now - timedelta(days=10))
    _warn(of, late, now - timedelta(days=9))
    wanted = ordering.Wanted(
        body="committee",
        number=f"示人督〔{day.year}〕1号",
        decision="县十八届人大常委会主任会议决定",
        day=day - timedelta(days=6),
        unit=late.lead_unit or "",
        matter=f"“{late.title}”进度严重滞后。",
        demand="查明原因，明确每一段的完工日期，书面答复。",
    )
    order = ordering.issue(of.store, of.staff, late.id, of.id(), wanted, now - timedelta(days=6))
    ordering.release(of.store, of.staff, late.id, order.id, now - timedelta(days=6))
    agreed = Agreed(
        day=day - timedelta(days=3),
        subject="征地和施工组织",
        participants="县人大常委会、县政府办、县交通运输局、石桥乡",
        agreed="石桥乡一周内谈妥三户，交通局同步进场。",
        commitments=(("石桥乡", "谈妥三户", day + timedelta(days=4)),),
    )
    conferring.record(of.store, of.staff, late.id, of.id(), agreed, now - timedelta(days=3))
    return visit, deputy


def _warn(of: Offices, late: Project, now: datetime) -> None:
    """What the light proposed is issued; the unit has not acknowledged it yet."""
    with of.store.read() as tx:
        proposed = [one for one in tx.warnings.unended(of.staff) if one.project == late.id]
    cause = "到三季度末应完成80%以上，报告完成不到一成。请立即采取措施。"
    if proposed:
        issuing.confirm(of.store, of.staff, proposed[0].id, "red", cause, now)
    else:
        issuing.issue(of.store, of.staff, late.id, of.id(), "red", cause, now)


def _last_day(year: int, month: int) -> date:
    return months_after(date(year, month, 1), 1) - timedelta(days=1)


def paper(title: str, text: str, day: date) -> bytes:
    """A decision or a report of the fictional county, as .docx."""
    page = new_paper(datetime(day.year, day.month, day.day, tzinfo=CHINA), across=False)
    put_title(page, title)
    put_text(page, text)
    return as_bytes(page)


def photo(place: int, number: int) -> Prepared:
    """A drawn building site: nobody's photo, and no two of them alike."""
    image = Image.new("RGB", (960, 640), "#9db9cf")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, 960, 640), fill="#7d7358")
    draw.polygon([(300, 640), (660, 640), (520, 400), (440, 400)], fill="#55565a")
    for n in range(place + 2):
        left, top = 60 + 150 * n, 330 - 30 * ((n + number) % 4)
        draw.rectangle((left, top, left + 96, 410), fill="#b9a27c", outline="#6b5d44")
        draw.polygon([(left - 8, top), (left + 104, top), (left + 48, top - 46)], fill="#8a3b2e")
    draw.ellipse((780, 60 + 8 * number, 860, 140 + 8 * number), fill="#f4e3a1")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return prepare(file.getvalue())
