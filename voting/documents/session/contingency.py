"""应急预案 for the hall: what goes wrong, who decides, what is done. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from voting.documents.official import Grid, Label, Text
from voting.documents.session.facts import SessionFacts
from voting.documents.session.formal import Block, Formal, blank
from voting.documents.session.numerals import numeral


def contingency(facts: SessionFacts) -> Formal:
    """For the whole session; telephone numbers are written in by hand."""
    sections = (
        ("原则", tuple(map(Text, _principles(facts)))),
        ("职责和电话", (Text("各岗位负责人和联系电话由会务组填写，会前逐一试拨。"), _people(facts))),
        ("投票以前", tuple(map(Text, _before(facts)))),
        ("投票期间", tuple(map(Text, _during(facts)))),
        ("截止以后", tuple(map(Text, _after(facts)))),
        ("会前检查", tuple(map(Text, _checks(facts)))),
    )
    return Formal(
        title=f"{facts.title}\n民生实事项目{facts.words.act}应急预案", blocks=tuple(_numbered(sections))
    )


def _numbered(sections: tuple[tuple[str, tuple[Block, ...]], ...]) -> Iterator[Block]:
    for number, (title, blocks) in enumerate(sections, start=1):
        yield Label(f"{numeral(number)}、{title}")
        yield from blocks


def _principles(facts: SessionFacts) -> Iterator[str]:
    words = facts.words
    kept = "选票、投票卡和票箱" if facts.by_card else "选票和票箱"
    yield (
        f"出现意外，由{words.presider}决定并当场宣布，总监票人在场监督，工作人员执行。"
        f"工作人员不得自行处置{kept}，不得为了赶时间省略程序。"
    )
    if not facts.by_card:
        return
    yield "已经显示回执号的票都已经存妥，断网、停电、重新启动都不会丢失，也不会重复计票。"
    yield f"故障超过{blank(2)}分钟（建议10分钟）仍不能排除的，由{words.presider}决定改用纸质{words.ballot}。"


def _people(facts: SessionFacts) -> Grid:
    devices = ("网络和电源", "平板电脑") if facts.by_card else ("电源",)
    posts = (facts.words.presider, "总监票人", "会务操作员", "签到处", *devices, "医疗和安全")
    return Grid(
        head=("岗位", "姓名", "电话", "备用人员"),
        widths=(36, 36, 48, 36),
        rows=tuple((post, "", "", "") for post in posts),
    )


def _before(facts: SessionFacts) -> Iterator[str]:
    words = facts.words
    yield (
        f"实到不足{facts.quorum}人：不符合法定人数，不投票。由{words.presider}宣布暂缓，"
        f"通知未到的{words.member}，补签到后再进行。"
    )
    if not facts.by_card:
        yield "监票人缺席：由会议重新通过监票人名单。"
        return
    yield (
        "监票人缺席：到场的监票人达到开箱所需人数的，照常进行；达不到的，由会议重新通过监票人名单，"
        "由新的监票人重新准备票箱（约3分钟）。投票开始以后监票人离场的，不影响投票，开箱时达到所需人数即可。"
    )
    yield "监票人手机损坏：用本人的备用码在另一部手机上恢复，由其他监票人核对确认。"
    yield "投票卡不够或者封口破损：使用监票人封存的备用卡；仍不够的，没有卡的改用纸质票。"
    yield "空箱核对不是0张：立即停止，报告总监票人，本轮不开放，重新建立一轮。"


def _during(facts: SessionFacts) -> Iterator[str]:
    words = facts.words
    if not facts.by_card:
        yield f"停电：{words.presider}宣布暂停，监票人守住票箱，恢复以后继续。"
        return
    yield (
        "个别手机扫不出、打不开：换相机或者微信扫；按卡上网址输入卡号；到平板电脑上投票；"
        "用未使用的卡换纸质票。"
    )
    yield (
        "投票卡遗失、损坏：凭存根到签到处换备用卡，原卡同时作废。没有存根的，报告监票人，不换卡。"
        "已经投过票的卡不能换。"
    )
    yield (
        f"第一次扫卡就显示“已使用”：{words.member}不离开座位，工作人员填写“异常情况登记表”，"
        f"报告{words.presider}处理。"
    )
    yield (
        "网络中断：请大家不要关页面，等待自动恢复。恢复以后票自动送出，没有回执号的再提交一次，不会重复计票。"
    )
    yield (
        "停电：服务器和路由器接不间断电源。断电的，来电以后重新启动，核对收回张数与大屏幕断电前一致，"
        "再继续投票。"
    )
    yield "大屏幕故障：刷新页面或者换一台电脑打开同一地址；以主席台屏幕和总监票人手机为准，不影响投票。"
    yield (
        f"改用纸质票：{words.presider}宣布后，截止电子投票，本轮电子票作废、不开启、不计票；"
        "当场建立纸质的一轮，"
        f"在监票人监督下发票，全体到会{words.member}{words.again}。表决票按实到人数的110%事先印好，"
        "由监票人封存。"
    )


def _after(facts: SessionFacts) -> Iterator[str]:
    words = facts.words
    yield (
        f"收回的票多于发出的票：总监票人如实报告，{words.presider}宣布{words.void}，不开箱，"
        f"{words.again}。原来的记录保留。"
    )
    yield "收回的票少于发出的票：有效；差额计入“未投”。"
    if facts.by_card:
        yield from _of_the_box()
    yield "两名计票人的数字不一致：重新清点不一致的项目，直到一致，不得互相抄录。"
    yield (
        f"得票相同、入选不足：按{words.rules}的规定办理，需要{words.presidium}决定的，"
        f"由{words.presidium}当场开会决定。"
    )


def _of_the_box() -> Iterator[str]:
    yield "开箱人数不够：请其他监票人到场；用备用码恢复。达到所需人数以前，任何人（包括管理员）都打不开票箱。"
    yield "一名监票人的开箱数据没有通过检验：系统写明姓名，请本人重做，或者由其他监票人补足人数。"


def _checks(facts: SessionFacts) -> Iterator[str]:
    if facts.by_card:
        yield "提前一天：在会场用同样的设备完整演练一次（签到、发卡、试投、投票、断网两分钟、开箱、打印）。"
        yield (
            "开会以前：检查网络、电源、平板电脑、打印机、大屏幕；备用卡、纸质票、签字笔、纸质票箱、封条到位。"
        )
    else:
        yield "开会以前：检查电源、打印机、大屏幕；签字笔到位；用票的，表决票、票箱、封条到位。"
    yield (
        "备齐纸质材料："
        f"{facts.words.rules}、主持词、报告词、投票情况报告单、{facts.words.report}、异常情况登记表、本预案。"
    )
