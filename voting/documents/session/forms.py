"""Forms that are signed in the hall: 投票情况报告单, 空箱核对单, 异常情况登记表. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from voting.days import CHINA
from voting.documents.official import Label, Text
from voting.documents.session.chief_reports import returned_against
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Block, Break, Form, Formal, blank, blank_date, day_words
from voting.documents.typesetting import chinese_date
from voting.handing_out.facts import Incident

GROUP: Final = 8
"""Characters of a code that stand together."""
_ABOUT: Final = {"used_card": "首次扫卡即显示“已使用”", "other": "其他"}
_TO_SIGN: Final = "\n\n"
_TO_WRITE: Final = "\n\n\n"


def returned_form(facts: SessionFacts, of: RoundFacts) -> Formal:
    """投票情况报告单: 发出 and 收回, from closing on; before, places for the figures."""
    one, words = of.round, of.words
    present = one.present if one.present is not None else facts.checked_in
    figures = (
        (words.entitled, _figure(facts.session.all_deputies, "人")),
        (words.present_members, _figure(present, "人")),
        (f"发出{words.ballot}", _figure(one.issued, "张")),
        (f"收回{words.ballot}", _figure(one.returned, "张")),
        ("未投", _figure(_not_cast(of), "张")),
        (f"{words.act}是否有效", _judged(of)),
        *((("封箱码", grouped(one.closing_head)),) if one.closing_head else ()),
    )
    return Formal(
        title=f"{facts.title}\n{of.title}投票情况报告单",
        blocks=(Form(widths=(50, 106), rows=figures), Label("签名"), *_signatures(of)),
        day=day_words(of.day_of("close")),
    )


def empty_box_form(facts: SessionFacts, of: RoundFacts) -> Formal:
    """空箱核对单: the box holds no ballot before opening."""
    confirmed = of.at("confirm_empty")
    by_card = of.round.method == "electronic"
    chief = next((one.name for one in of.scrutineers if one.chief), "")
    rows = (
        *((("电子票箱中的票", "0张" if confirmed else f"{blank(3)}张"),) if by_card else ()),
        *((("本轮指纹码", grouped(of.round.fingerprint) or blank(12)),) if by_card else ()),
        ("纸质票箱", f"{blank(3)}个，当众检查，均为空箱，已加封"),
        ("核对时间", moment_words(confirmed)),
        ("总监票人", chief or blank(6)),
    )
    on_device = Text("电子票箱由总监票人在自己的设备上核对并确认。") if confirmed else None
    return Formal(
        title=f"{facts.title}\n{of.title}空箱核对单",
        blocks=(
            Form(widths=(44, 112), rows=rows),
            *([on_device] if on_device else []),
            Label("签名"),
            *_signatures(of),
        ),
        day=day_words(confirmed.date() if confirmed else None),
    )


def incident_form(facts: SessionFacts, incidents: tuple[Incident, ...] = ()) -> Formal:
    """异常情况登记表: an empty one, or those that were reported, a page each."""
    titles = {one.round.id: one.title for one in facts.rounds}
    first, *others = [_incident(facts, one, titles) for one in incidents] or [_incident(facts, None, titles)]
    blocks: list[Block] = list(first)
    for other in others:
        blocks += [Break("异常情况登记表"), *other]
    return Formal(title=f"{facts.title}\n异常情况登记表", blocks=tuple(blocks))


def grouped(code: str | None) -> str:
    """A long code in groups, four to a line."""
    groups = [code[start : start + GROUP] for start in range(0, len(code), GROUP)] if code else []
    return "\n".join(" ".join(groups[line : line + 4]) for line in range(0, len(groups), 4))


def moment_words(at: datetime | None) -> str:
    """2026年1月25日9时05分, or a place for it."""
    if at is None:
        return f"{blank_date()}{blank(2)}时{blank(2)}分"
    here = at.astimezone(CHINA)
    return f"{chinese_date(here)}{here.hour}时{here.minute:02d}分"


def _incident(facts: SessionFacts, one: Incident | None, titles: dict[str, str]) -> list[Block]:
    rows = (
        ("环节", titles.get(one.round or "", "") if one else ""),
        ("情况", _ABOUT[one.kind] if one else "□ 首次扫卡即显示“已使用”\n□ 其他"),
        ("投票卡编号", (one.serial or "") if one else ""),
        ("经过", (one.what if one else "") or _TO_WRITE),
        ("报告人", one.reported_by if one else ""),
        ("报告时间", moment_words(one.reported_at if one else None)),
        (f"{facts.words.presider}的处理决定", (one.answer if one else "") or _TO_WRITE),
        ("决定时间", moment_words(one.answered_at if one else None)),
    )
    signers = (f"{facts.words.presider}\n\n", "总监票人\n\n", "报告人\n\n")
    return [
        Form(widths=(44, 112), rows=rows),
        Label("签名"),
        Form(widths=(52, 52, 52), rows=(signers,), height=22),
        Text("不登记代表姓名。已经投过票的卡，不能换领。", indented=False),
    ]


def _signatures(of: RoundFacts) -> tuple[Block, ...]:
    """A place each, three in a row; without names where none are appointed."""
    names = [("总监票人" if one.chief else "监票人", one.name) for one in of.scrutineers]
    places = names or [("总监票人", ""), ("监票人", ""), ("监票人", "")]
    cells = [f"{role}　{name}{_TO_SIGN}" for role, name in places]
    cells += [""] * (-len(cells) % 3)
    rows = tuple(tuple(cells[start : start + 3]) for start in range(0, len(cells), 3))
    return (Form(widths=(52, 52, 52), rows=rows, height=22),)


def _figure(number: int | None, unit: str) -> str:
    return f"{blank(4)}{unit}" if number is None else f"{number}{unit}"


def _not_cast(of: RoundFacts) -> int | None:
    issued, returned = of.round.issued, of.round.returned
    return None if issued is None or returned is None else max(0, issued - returned)


def _judged(of: RoundFacts) -> str:
    words = of.words
    if of.round.issued is None or of.round.returned is None:
        return f"□ {words.valid}　□ {words.void}"
    verdict = words.void if of.round.returned > of.round.issued else words.valid
    return f"{returned_against(of)}，{verdict}"
