"""纸质表决票, 测评票: from the same round as the electronic one, A4 or A3, as PDF and as .docx.

Nothing on it tells one paper from another but the delegation's colour, where the office wants that; no
delegation so small that its papers would tell how its members voted gets one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Final, Literal

from docx.document import Document as Paper
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from msgspec import Struct

from voting.days import CHINA, today
from voting.documents.office_paper import (
    BODY,
    HEAD,
    TITLE,
    as_bytes,
    fill,
    new_paper,
    put_table,
    repeat,
    write,
)
from voting.documents.session.colours import delegation_colours
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.typesetting import DocumentError, typeset
from voting.grading import ABSTAIN, Grading, columns
from voting.rules import Rules

Size = Literal["a4", "a3"]
Mark = Literal["○", "√"]

_WIDTHS: Final[dict[Size, int]] = {"a4": 170, "a3": 257}
"""Of the type area, in mm."""
_LARGER: Final = 1.4
"""A3 as against A4."""
_APART, _CLOSE, _MANY = 10, 7, 16
"""Height of a row in mm; of more projects than so many, closer."""
_AGAINST: Final = "×"
_MOST_BESIDE_UNITS: Final = 3
"""Columns to mark; where there are more, the projects need the room."""


class BallotPaperSettings(Struct, frozen=True, kw_only=True, tag="ballot_paper"):
    """How a congress's deputies mark their papers."""

    mark: Mark = "○"
    """The sign for 赞成, or for what is chosen."""
    one_box: bool = False
    """逐项表决票: one box a project, `mark` for 赞成, × for 反对, nothing for 弃权; else a column each."""


class TooFewForColour(DocumentError):
    """A delegation whose papers would tell who chose what."""

    sentence = "这个代表团人数太少，单独用一种颜色会看出各人的选择。请用不分颜色的票。"


class BallotPaper(Struct, frozen=True, kw_only=True):
    """What stands on it."""

    session: str
    title: str
    number: str
    """How many candidates, how many places."""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: int
    """How many columns of `head`, from the right, are empty boxes."""
    notes: tuple[str, ...]
    size: Size
    colour: str = ""
    """`#rrggbb`; empty for white paper."""


def ballot_paper(
    facts: SessionFacts,
    of: RoundFacts,
    settings: BallotPaperSettings,
    size: Size = "a4",
    delegation: str = "",
) -> BallotPaper:
    """`delegation`: in its colour. Raises TooFewForColour, also for an unknown one."""
    answers = _answers(of.round.rules, settings)
    units = any(one.unit for one in of.candidates) and len(answers) <= _MOST_BESIDE_UNITS
    return BallotPaper(
        session=facts.title,
        title=_title(of),
        number=_number(of),
        head=("序号", of.words.candidate, *(["责任单位"] if units else []), *answers),
        rows=tuple(
            (str(one.number), one.title, *([one.unit] if units else []), *("" for _ in answers))
            for one in of.candidates
        ),
        marks=len(answers),
        notes=tuple(notes(of, settings)),
        size=size,
        colour=_colour(facts, delegation) if delegation else "",
    )


def notes(of: RoundFacts, settings: BallotPaperSettings) -> Iterator[str]:
    """How to mark it, and when it is invalid."""
    rules, words, mark = of.round.rules, of.words, settings.mark
    if isinstance(rules, Grading):
        yield f"对每件测评项目，只选一项，在对应的空格内画“{mark}”。"
        yield f"一件项目一项都没有选，或者选了两项以上的，该件计为{ABSTAIN}。"
    elif rules.ballot == "select_k":
        yield f"选择的项目，在“选择”栏内画“{mark}”；不选的，不画任何符号。"
        fewer = f"少于{rules.places}件的有效，" if rules.places > 1 else ""
        yield f"最多选{rules.places}件，{fewer}多于{rules.places}件的，整张票无效。"
        yield "一件都不选的，是弃权票。"
    else:
        yield from _each(rules, settings)
    unread = "没有选" if _is_select(rules) else ABSTAIN
    yield f"不得另提其他项目。符号无法辨认的，该件计为{unread}；整张票无法辨认的，为无效票。"
    once = f"已经用投票卡投票的{words.member}，不再投纸质票。" if of.round.method == "electronic" else ""
    yield f"使用会议提供的笔填写，不写姓名，不作记号。填好后对折，由本人投入票箱。{once}"


def pdf(paper: BallotPaper, now: datetime) -> bytes:
    """One ballot, to be printed as often as it is needed. Raises MissingFont."""
    return typeset(
        "ballot_paper.typ",
        {"paper": paper, "widths": _widths(paper)},
        datetime.combine(today(now), time.min, CHINA),
        archival=True,
    )


def docx(paper: BallotPaper, now: datetime) -> bytes:
    """The same, to be edited."""
    file = new_paper(now, across=False)
    _page(file, paper.size)
    size = _LARGER if paper.size == "a3" else 1
    _line(file, paper.session, BODY, 15 * size, centred=True)
    _line(file, paper.title, TITLE, 25 * size, centred=True)
    _line(file, paper.number, HEAD, 13 * size, centred=True)
    table = put_table(file, len(paper.rows) + 1, _widths(paper))
    head, *rows = table.rows
    fill(head, paper.head, HEAD)
    repeat(head)
    if paper.colour:
        _shade(head, paper.colour)
    for row, words in zip(rows, paper.rows, strict=True):
        fill(row, words, BODY)
        row.height = Mm((_CLOSE if len(paper.rows) > _MANY else _APART) * size)
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _line(file, "填写说明", HEAD, 12 * size)
    for number, note in enumerate(paper.notes, start=1):
        _line(file, f"{number}．{note}", BODY, 12 * size)
    return as_bytes(file)


def _title(of: RoundFacts) -> str:
    subject = "民生实事项目满意度" if isinstance(of.round.rules, Grading) else "民生实事项目"
    return f"{subject}{of.words.ballot}"


def _number(of: RoundFacts) -> str:
    rules = of.round.rules
    if isinstance(rules, Grading):
        return f"{of.round.title}（测评项目{rules.projects}件）"
    return f"{of.round.title}（候选项目{rules.candidates}件，应选{rules.places}件）"


def _is_select(rules: Rules | Grading) -> bool:
    return isinstance(rules, Rules) and rules.ballot == "select_k"


def _answers(rules: Rules | Grading, settings: BallotPaperSettings) -> tuple[str, ...]:
    if isinstance(rules, Grading):
        return columns(rules)
    if rules.ballot == "select_k":
        return ("选择",)
    return ("表决",) if settings.one_box else ("赞成", "反对", ABSTAIN)


def _each(rules: Rules, settings: BallotPaperSettings) -> Iterator[str]:
    if settings.one_box:
        yield f"对每件候选项目，赞成的画“{settings.mark}”，反对的画“{_AGAINST}”，弃权的不画任何符号。"
        yield "一件项目画了两个以上符号的，该件计为弃权。"
    else:
        yield f"对每件候选项目，在“赞成”“反对”“弃权”中只选一项，在对应的空格内画“{settings.mark}”。"
        yield "一件项目没有画符号，或者画了两个以上符号的，该件计为弃权。"
    if rules.most_for:
        yield f"赞成的最多{rules.places}件，多于{rules.places}件的，整张票无效。"


def _colour(facts: SessionFacts, delegation: str) -> str:
    members = sum(one.delegation == delegation for one in facts.deputies)
    if members < facts.fewest_paper:
        raise TooFewForColour(
            f"{delegation}只有{members}人，不足{facts.fewest_paper}人，单独用一种颜色会看出各人的选择。"
            "请用不分颜色的票。"
        )
    return delegation_colours(facts.delegations)[delegation]


def _widths(paper: BallotPaper) -> list[int]:
    """In mm: what the others leave is the project's."""
    whole = _WIDTHS[paper.size]
    first = whole // 11
    box = 26 if paper.marks == 1 else max(14, min(24, whole // 2 // paper.marks))
    unit = [whole // 4] if len(paper.head) - paper.marks > 2 else []
    others = [*unit, *(box for _ in range(paper.marks))]
    return [first, whole - first - sum(others), *others]


def _page(file: Paper, size: Size) -> None:
    section = file.sections[0]
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    if size == "a3":
        section.page_width, section.page_height = Mm(297), Mm(420)
    for paragraph in section.footer.paragraphs:
        paragraph.clear()


def _line(file: Paper, words: str, font: str, size: float, *, centred: bool = False) -> None:
    """`size` in points; little air, so that the ballot is one sheet."""
    paragraph = file.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    write(paragraph, words, font, round(size))


def _shade(row: _Row, colour: str) -> None:
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), colour.removeprefix("#"))
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library has no other way
