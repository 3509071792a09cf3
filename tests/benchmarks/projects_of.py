"""Congresses with years of projects, written past the store's doors: 72,000 reports would take hours.

What the doors would have written is written too: revisions, photos, the log of changes, rounds with their
results, opinions. Photos are small: what real ones need is measured apart.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import asdict
from PIL import Image
from sqlalchemy import Table

from ballots.encoding import sha256_hex
from tests.benchmarks.county_of import load, new_id, tidy
from voting import drafting
from voting.actors import system
from voting.delivering.projects import Milestone, Picture, Project
from voting.grading import Grading
from voting.people import Unit
from voting.publicity.opinions import Opinion
from voting.reporting.baseline import actual
from voting.reporting.periods import Period
from voting.reporting.reports import Report, Revision
from voting.rounds import Candidate
from voting.rules import encode_rules
from voting.screening.plans import Target
from voting.store import Store
from voting.store.tables import delivering, people, publicity, rating, reporting, round_, session

UNITS: Final = 20
STEPS: Final = (("完成勘察设计", 10), ("完成招标", 15), ("主体施工", 40), ("配套施工", 25), ("验收交付", 10))
SUBJECTS: Final = (
    "农村公路提升改造", "城区老旧小区加装电梯", "乡镇卫生院设备更新", "居家养老服务中心", "中小学操场改造",
    "公办幼儿园新建", "农村饮水安全巩固提升", "城区公共停车场", "污水管网改造", "生活垃圾分类点",
    "公交站点提升", "口袋公园建设", "农贸市场改造", "残疾人无障碍改造", "城乡路灯亮化",
    "河道治理", "危桥改造", "零工市场和技能培训", "充电桩建设", "文化活动室提升",
)  # fmt: skip
_REPORT: Final = (
    "本期完成路基整理和排水沟砌筑，材料进场率百分之八十，施工单位每日在岗四十余人，质量监督站抽检两次均合格。"
    * 2
)
_RULES: Final = Grading(projects=len(SUBJECTS), half="more_than", publish="list_and_votes")


class Size(Struct, frozen=True, kw_only=True):
    """How many of each; reports are monthly."""

    congresses: int = 30
    years: int = 10
    projects: int = 20
    reports: int = 12
    first_year: int = 2018

    @property
    def last_year(self) -> int:
        return self.first_year + self.years - 1


def build(url: str, size: Size) -> list[str]:
    """Fill the migrated database at `url`; the ids of its congresses."""
    with Store.open(url) as store:
        made = [
            drafting.create_congress(store, system(""), f"第{n}县人民代表大会", "county").id
            for n in range(1, size.congresses + 1)
        ]
        for congress in made:
            with store.write() as tx:
                tx.units.add_many(_units(congress))
    random = Random(11)  # noqa: S311 - made-up data, the same in every run
    photo = _photo(160, 120), _photo(64, 48)
    for congress in made:
        years = range(size.first_year, size.last_year + 1)
        _write(url, [_year(congress, year, size, random, photo) for year in years])
    tidy(url)
    return made


def _units(congress: str) -> list[Unit]:
    return [
        Unit(id=new_id(f"{congress}|unit{n}"), congress=congress, name=f"县第{n}局") for n in range(UNITS)
    ]


def _photo(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


Written = dict[Table, list[dict[str, Any]]]


def _write(url: str, years: Sequence[Written]) -> None:
    """All years of a congress at once: a table costs a connection and a transaction, however many rows."""
    for table in years[0]:
        load(url, table, [row for one in years for row in one[table]])


def _year(congress: str, year: int, size: Size, random: Random, photo: tuple[bytes, bytes]) -> Written:
    last = year == size.last_year
    projects = [_project(congress, year, number, random, last=last) for number in range(1, size.projects + 1)]
    steps = {one.id: _milestones(one) for one in projects}
    reports = [row for one in projects for row in _reports(one, steps[one.id], size, random)]
    return {
        delivering.project: _rows(projects),
        delivering.milestone: _rows([step for some in steps.values() for step in some]),
        reporting.report: _rows(reports),
        reporting.report_revision: _rows([_revision(one) for one in reports]),
        delivering.picture: [_picture(one, *photo) for one in reports],
        people.audit: [_change(one, number) for number, one in enumerate(reports, start=1)],
        publicity.citizen_opinion: _rows([_opinion(one, n) for one in projects for n in range(3)]),
        **_rated(congress, year, projects),
    }


def _rows(structs: Sequence[Struct]) -> list[dict[str, Any]]:
    """As the store writes them: what is no single value, as JSON."""
    return [
        {
            name: msgspec.json.encode(value) if isinstance(value, dict | tuple) else value
            for name, value in asdict(one).items()
        }
        for one in structs
    ]


def _project(congress: str, year: int, number: int, random: Random, *, last: bool) -> Project:
    return Project(
        id=new_id(f"{congress}|{year}|{number}"),
        congress=congress,
        year=year,
        number=number,
        state="planned" if last else "accepted",
        title=f"{SUBJECTS[number % len(SUBJECTS)]}（第{number}期）",
        content="改造农村公路12.5公里，安装路灯120盏，配套排水沟、标志牌和安全护栏。" * 3,
        place="东河镇、西山村、南桥社区",
        standard="四级公路标准，一次验收合格。",
        targets=(Target(indicator="改造公路", amount=Decimal("12.5"), measure="公里"),),
        planned=random.randrange(50, 900) * 10_000,
        spent=400_000,
        funds="县财政200万元，上级补助120万元",
        lead_unit=new_id(f"{congress}|unit{number % UNITS}"),
        deadline=date(year, 11, 30),
        chief="副县长周明",
        watcher="副主任吴芳",
        planned_at=datetime(year, 2, 20, 2, 0, tzinfo=UTC),
        progress=1000,
        reported_at=datetime(year, 12, 5, 2, 0, tzinfo=UTC),
        made_at=datetime(year, 1, 25, 8, 0, tzinfo=UTC),
    )


def _milestones(of: Project) -> list[Milestone]:
    return [
        Milestone(
            congress=of.congress,
            id=new_id(f"{of.id}|step{place}"),
            project=of.id,
            baseline=1,
            place=place,
            title=title,
            starts=date(of.year, 2 * place, 1),
            due=date(of.year, 2 * place + 1, 28),
            weight=weight,
        )
        for place, (title, weight) in enumerate(STEPS, start=1)
    ]


def _reports(of: Project, steps: Sequence[Milestone], size: Size, random: Random) -> Iterator[Report]:
    slower = random.choice((0, 0, 0, 15, 45))
    for month in range(1, size.reports + 1):
        period = Period(kind="month", year=of.year, number=month)
        at = datetime.combine(period.ends, time(9), tzinfo=UTC)
        said = {
            step.id: max(0, min(100, (month - 2 * place + 1) * 50 - slower))
            for place, step in enumerate(steps, start=1)
        }
        yield Report(
            id=new_id(f"{of.id}|report{month}"),
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
            spent=of.planned // 12 * month,
            text=_REPORT,
            problems="西山段征地进度慢。",
            measures="镇村包户，本月底前完成。",
            reason="",
            saved_by="小孙",
            saved_at=at,
            submitted_by="小孙",
            submitted_at=at,
        )


def _revision(of: Report) -> Revision:
    same = ("congress", "percents", "progress", "spent", "text", "problems", "measures", "reason")
    facts = {name: getattr(of, name) for name in same}
    return Revision(report=of.id, revision=1, by=of.saved_by, at=of.saved_at, **facts)


def _picture(of: Report, body: bytes, small: bytes) -> dict[str, Any]:
    facts = Picture(
        id=of.id,
        congress=of.congress,
        project=of.project,
        of=of.id,
        place=1,
        width=1600,
        height=1200,
        public=True,
    )
    return {**asdict(facts), "small": small, "body": body}


def _change(of: Report, number: int) -> dict[str, Any]:
    """Chained, as all but the last few rows always are."""
    return {
        "congress": of.congress,
        "id": of.id,
        "at": of.saved_at,
        "role": "unit",
        "name": "小孙",
        "by": None,
        "what": "submit_report",
        "subject": "report",
        "subject_id": of.id,
        "before": b"{}",
        "after": b'{"progress":500}',
        "place": of.starts.year * 100_000 + number,
        "hash": sha256_hex(of.id.encode()),
    }


def _opinion(of: Project, number: int) -> Opinion:
    key = new_id(f"{of.id}|opinion{number}")
    return Opinion(
        congress=of.congress,
        id=key,
        project=of.id,
        state="released",
        name="",
        text="路修得好，就是路灯还没亮，晚上老人出门还是不方便。",
        form_key=sha256_hex(key.encode()),
        sent_at=of.made_at,
        judged_at=of.made_at,
        judged_by="刘科长",
        reply="十月底前通电。",
        replied_by="县第1局",
        replied_at=of.made_at,
    )


def _rated(congress: str, year: int, projects: Sequence[Project]) -> Written:
    """A published round over all of them, at the beginning of the next year."""
    sitting, held = new_id(f"{congress}|session{year}"), new_id(f"{congress}|round{year}")
    code = sha256_hex(sitting.encode())[:8].replace("0", "z")
    sat = {
        "congress": congress,
        "id": sitting,
        "code": code,
        "title": f"{year + 1}年大会",
        "all_deputies": 200,
        "body": "congress",
    }
    rows = [
        {
            "congress": congress,
            "round": held,
            "number": number,
            "title": one.title,
            "project": one.id,
            "part": None,
            "unit": one.lead_unit,
            "question": None,
            "rectification": None,
        }
        for number, one in enumerate(projects, start=1)
    ]
    return {
        session: [sat],
        round_: [_round(congress, year, sitting, held, projects)],
        rating.rated: rows,
    }


def _round(congress: str, year: int, sitting: str, held: str, projects: Sequence[Project]) -> dict[str, Any]:
    day = datetime(year + 1, 1, 20, 3, 0, tzinfo=UTC)
    rules = msgspec.structs.replace(_RULES, projects=len(projects))
    candidates = [Candidate(number=n, title=one.title) for n, one in enumerate(projects, start=1)]
    given: dict[str, Any] = dict.fromkeys(round_.c.keys())
    return given | {
        "congress": congress,
        "id": held,
        "session": sitting,
        "state": "published",
        "method": "electronic",
        "trial": False,
        "paper": 0,
        "boxed": 190,
        "title": f"{year}年民生实事项目满意度测评",
        "drafted_at": day,
        "fingerprint": "f" * 43,
        "uuid": held[:22],
        "present": 190,
        "issued": 190,
        "opened_at": day,
        "returned": 190,
        "closing_head": "0" * 64,
        "published_number": "第3号",
        "published_date": day.date(),
        "published_approval": "主席团第三次会议同意",
        "published_at": day,
        "rules": encode_rules(rules),
        "candidates": msgspec.json.encode(candidates),
        "election": b"{}" * 8_000,
        "trustees": b"[]" * 500,
        "credentials": b"[]" * 8_000,
        "encrypted_tally": b"[]" * 4_000,
        "result": msgspec.json.encode({"result": [(150, 25, 10, 5)] * len(projects)}),
    }
