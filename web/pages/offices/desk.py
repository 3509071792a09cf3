"""`…/today`: what waits for the office. `…/office`: lists, clocks and settings, which are made once."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency

from voting.agenda import board
from voting.duties import Action, may
from web.access import Visit

SET_ONCE: Final[tuple[tuple[str, str, str, Action], ...]] = (
    ("/lists", "名册", "代表、承办单位、村和社区、建议类别；可以从表格导入。", "keep_roster"),
    ("/stations", "联络站", "登记家站室点，排值班，记接待，打印二维码海报。", "keep_places"),
    ("/receptions", "接待日", "每月固定的代表接待日：排各接待点的值班，看接待和解决的数。", "keep_places"),
    ("/liaisons", "联系代表和群众", "组成人员联系代表和群众、代表联系选民，谁还没有联系。", "keep_liaisons"),
    ("/groups", "监督小组和督办", "代表监督小组看哪些项目，督办期限，调整由谁决定。", "keep_groups"),
    ("/members", "使用人员", "邀请同事、单位、代表和主席团成员，收回身份。", "invite"),
    ("/clocks", "办理时限", "各环节几天、几个月，采用哪个地方的规定。", "keep_calendar"),
    ("/calendar", "工作日历", "节假日和调休，期限按它计算。", "keep_calendar"),
    ("/reports/settings", "进度报告和亮灯规则", "按季度还是按月，何时提醒，何时亮红灯。", "keep_calendar"),
    ("/slates/bodies", "研究决定的机构", "候选项目名单依次经过哪些会议。", "change_settings"),
    ("/settings", "公开设置", "哪些内容对群众公开。", "change_settings"),
    ("/settings/citizens", "群众对项目的意见", "收不收意见，群众能不能给项目打分。", "change_settings"),
    ("/settings/paper", "纸质票", "多少张纸质票起由计票人统计，少于多少张逐张代投。", "change_settings"),
    ("/keeping", "保存期限", "个人信息保存多久、删除记录、暂停删除，给网信部门的说明。", "keep_records"),
    ("/trial", "试算", "办法通过之前，用设想的票数试一试结果。", "make_round"),
)
"""(path, name, what it is for, who may)."""


@get("/today", sync_to_thread=True)
def today(visit: NamedDependency[Visit]) -> Response[str]:
    """What is next, and where."""
    store = visit.house.store
    with store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
        sessions = tx.sessions.listing(visit.actor)
    return visit.page(
        "offices/today.html",
        congress=congress,
        sessions=sessions if visit.actor.role == "staff" else (),
        board=board(store, visit.actor, visit.now),
        public=visit.house.settings.address(f"/t/{congress.id}"),
    )


@get("/office", sync_to_thread=True)
def set_once(visit: NamedDependency[Visit]) -> Response[str]:
    """Everything that is set once, for those who may."""
    places = [place for place in SET_ONCE if may(visit.actor, place[3])]
    return visit.page("offices/office.html", places=places)
