"""What followed in 示例县: records put right, their old words kept, and the ladder after the bad score."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import Project
from voting.demo.delivery import Offices, paper, photo
from voting.rating import inquiring
from voting.rating.climbing import Climb, climb
from voting.rating.inquiries import Inquiry
from voting.rating.inquiring import Asked, Plan
from voting.rating.ladder import SUMMONS, Talk
from voting.rating.proofs import Proof
from voting.rating.rectifications import Rectification
from voting.reporting import filing
from voting.reporting.overviews import progress_of
from voting.supervising import correcting, rewording, visiting
from voting.supervising.correcting import Corrected
from voting.supervising.visits import Seen, Visit

DIRECTORS = "县十八届人大常委会主任会议"
SITTING = "县十八届人大常委会第三十九次会议"


def answer_visit(
    of: Offices, project: Project, unit: Actor, visit: Visit, deputy: Actor, now: datetime
) -> None:
    """The visit was corrected once it was public; so was the answer to it."""
    seen = Seen(day=visit.day, who="张桂兰等5名县人大代表", seen=visit.seen, opinion=visit.opinion)
    why = Corrected(reason="漏写了一名参加视察的代表。", known=0)
    day = timedelta(days=1)
    correcting.correct_visit(of.store, deputy, project.id, visit.id, seen, why, now - 9 * day)
    words = "三户的补偿标准已经谈好，下月10日前签完协议，签完就进场。"
    said = visiting.reply(of.store, unit, project.id, visit.id, words, now - 8 * day)
    visiting.release(of.store, of.staff, project.id, visit.id, now - 7 * day)
    right = words.replace("下月10日", "本月底")
    why = Corrected(reason="日期写错了，以与三户商定的为准。", known=1)
    rewording.correct_reply(of.store, unit, project.id, said.id, right, why, now - 5 * day)


def correct_report(of: Offices, project: Project, now: datetime) -> None:
    """The newest report said too little, and one of its photos showed another place."""
    with of.store.read() as tx:
        told = progress_of(tx, of.government, project, today(now)).reports
    if not told or not told[0].pictures:
        return
    key, wrong = told[0].report.period, told[0].pictures[0].id
    at = filing.open_report(of.store, of.government, project.id, key, now)
    filing.take_down_photo(of.store, of.government, project.id, key, wrong, "拍的是另一处工地。", now)
    content = replace(
        at.start, text=f"{at.start.text}东溪镇段已经放线。", reason="漏写了东溪镇段，补上照片。"
    )
    right = [photo(1, 8)]
    filing.save(
        of.store,
        of.government,
        project.id,
        key,
        content,
        now,
        version=at.version,
        submit=True,
        photos=right,
    )


def press(of: Offices, matter: Rectification, unit: Actor, now: datetime) -> None:
    """通报, 约见 with its record, and a 专题询问 whose questions and answers are public."""
    day = timedelta(days=1)
    when = now - 18 * day
    told = "在全县通报测评结果，责成责任单位认真整改。"
    _climb(of, matter, Climb(place=1, day=today(when), body=DIRECTORS, text=told), "测评结果通报", when)
    when = now - 13 * day
    talk = Talk(
        summoned="县城市管理局局长杨帆",
        hosts="县人大常委会副主任吴芳、社会建设工委主任郑军",
        place="县人大常委会会议室",
        said="公厕建成后没有落实保洁员，部分洗手设施缺失，群众意见集中。要求逐座查明原因，写清每一座的责任人。",
        promised="本月底前75座公厕全部落实保洁员，名单张贴在每座公厕。",
    )
    summoned = Climb(
        place=SUMMONS,
        day=today(when),
        body=DIRECTORS,
        text="公厕改造测评等次为不满意，约见责任单位主要负责人。",
        skipped="整改期限还没有到，先约见负责人，不另定期限。",
        talk=talk,
    )
    _climb(of, matter, summoned, "", when)
    held = _inquire(of, matter, unit, now)
    asked = Climb(place=4, day=held.day, body=held.meeting, text=held.title)
    _climb(of, matter, asked, "", now - 4 * day)


def _climb(of: Offices, matter: Rectification, step: Climb, title: str, now: datetime) -> None:
    proof = None
    if title:
        body = paper(title, step.text, step.day)
        proof = Proof(name=f"{title}.docx", body=body, public=True)
    climb(of.store, of.staff, matter.id, of.id(), step, proof, now)


def _inquire(of: Offices, matter: Rectification, unit: Actor, now: datetime) -> Inquiry:
    day, store, key = timedelta(days=1), of.store, of.id()
    plan = Plan(
        title=f"“{matter.title}”整改情况专题询问",
        day=today(now - 5 * day),
        meeting=SITTING,
        months=3,
        projects=(),
        units=(matter.unit,),
        matters=(matter.id,),
    )
    inquiring.prepare(store, of.staff, key, plan, now - 8 * day)
    first = _ask(of, key, matter.unit, "张桂兰", "75座公厕有多少座落实了保洁员？", "", now - 7 * day)
    _answer(of, key, first, "已经落实61座，名单张贴在公厕门口，其余14座月底前落实。", now - 5 * day)
    more = _ask(of, key, matter.unit, "王建军", "保洁经费明年列不列入预算？", first, now - 5 * day)
    _answer(of, key, more, "列入。每座每年6000元，已经报县财政局。", now - 5 * day)
    held = inquiring.hold(store, of.staff, key, now - 5 * day)
    measures = "一、月底前落实全部保洁员；二、补齐洗手设施；三、经费列入乡镇预算；四、每季度检查并公布结果。"
    inquiring.give_measures(store, unit, key, matter.unit, measures, now - day)
    inquiring.release(store, of.staff, key, now - 4 * day)
    return held


def _ask(of: Offices, inquiry: str, unit: str, who: str, text: str, follows: str, now: datetime) -> str:
    asked = Asked(unit=unit, asked_by=f"县人大代表{who}", text=text, on_spot=bool(follows), follows=follows)
    return inquiring.ask(of.store, of.staff, inquiry, of.id(), asked, now).id


def _answer(of: Offices, inquiry: str, question: str, text: str, now: datetime) -> None:
    inquiring.answer(of.store, of.staff, inquiry, question, "县城市管理局局长杨帆", text, now)
