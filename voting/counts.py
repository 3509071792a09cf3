"""The figures of one count, and what contradicts what. Pure.

    全体代表 ≥ 实到 ≥ 2/3 of 全体代表      实到 ≥ 发出 ≥ 1      收回 = 有效 + 无效
    全体组成人员 ≥ 实到 > 1/2 of 全体组成人员, where it is the standing committee that meets

收回 > 发出 is no contradiction but 票决无效: `voting.outcome` says so. All other mismatches are mistakes of
whoever entered or added up the figures, and are refused with the name of the figure.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from voting.errors import CountsError
from voting.grading import Grading, columns
from voting.rule_fields import described
from voting.rules import BallotForm, RoundRules, Rules, majority
from voting.strict_json import decode
from voting.wording import Body, words_for

MOST_PEOPLE = 100_000
"""Beyond any congress (the largest has 3,000): a slip of the finger."""

FIELDS: dict[str, tuple[str, str]] = {
    "ballot": (
        "表决票形式",
        "select_k（差额，最多选 K 件）、for_against（逐项赞成、反对、弃权）或者 grades（满意度测评）",
    ),
    "body": ("会议", "congress（人民代表大会会议）或者 committee（常委会会议）"),
    "hands": ("举手表决", "true（是）或者 false（否）"),
    "all_deputies": ("全体代表人数", "整数"),
    "present": ("实到人数", "整数"),
    "issued": ("发出票数", "整数"),
    "returned": ("收回票数", "整数"),
    "invalid": ("无效票数", "整数"),
    "blank": ("弃权票数", "整数"),
    "votes": ("得赞成票数", "按票面顺序排列的整数"),
    "for_votes": ("赞成票数", "按票面顺序排列的整数"),
    "against": ("反对票数", "按票面顺序排列的整数"),
    "abstain": ("弃权票数", "按票面顺序排列的整数"),
    "rows": ("各项目的票数", "每个项目一行整数，依次是各等次、不了解（如果设）、弃权"),
}
"""For every field: its name and what it may hold, in words."""

Form = BallotForm | Literal["grades"]
_FORMS: dict[Form, str] = {
    "select_k": "差额票决票",
    "for_against": "逐项表决票",
    "grades": "满意度测评票",
}


def _described(field: str) -> Meta:
    bounds: dict[str, Any] = {"minimum": 0} if FIELDS[field][1] == "整数" else {}
    return described(FIELDS, field, **bounds)


class Attendance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People and sheets of paper; `returned` is what electronic and paper ballots came to together.

    In a session of the committee `all_deputies` are 全体组成人员.
    """

    body: Annotated[Body, _described("body")] = "congress"
    hands: Annotated[bool, _described("hands")] = False
    """By show of hands: `issued` are those who may raise theirs, `returned` those who took part."""
    all_deputies: Annotated[int, _described("all_deputies")]
    present: Annotated[int, _described("present")]
    issued: Annotated[int, _described("issued")]
    returned: Annotated[int, _described("returned")]
    invalid: Annotated[int, _described("invalid")] = 0
    """Paper that marks more than K, or cannot be read at all; an electronic ballot cannot be invalid."""


class SelectCounts(Attendance, frozen=True, kw_only=True, tag_field="ballot", tag="select_k"):
    """Votes of each candidate in printed order; `blank` are the valid ballots that mark nobody (弃权)."""

    votes: Annotated[tuple[int, ...], _described("votes")]
    blank: Annotated[int, _described("blank")]


class ApprovalCounts(Attendance, frozen=True, kw_only=True, tag_field="ballot", tag="for_against"):
    """赞成, 反对 and 弃权 of each candidate in printed order; the three make up the valid ballots."""

    for_votes: Annotated[tuple[int, ...], _described("for_votes")]
    against: Annotated[tuple[int, ...], _described("against")]
    abstain: Annotated[tuple[int, ...], _described("abstain")]


class GradeCounts(Attendance, frozen=True, kw_only=True, tag_field="ballot", tag="grades"):
    """A row a project in printed order: one figure a level, then 不了解 where it is offered, then 弃权."""

    rows: Annotated[tuple[tuple[int, ...], ...], _described("rows")]


Rows = tuple[tuple[int, ...], ...]
DecisionCounts = SelectCounts | ApprovalCounts
Counts = DecisionCounts | GradeCounts


def decode_counts(raw: bytes) -> Counts:
    """Counts from JSON, told apart by "ballot"; `check_counts` looks at the figures. Raises InputError."""
    kinds: Any = Counts  # a union is not a type[T], yet msgspec takes it
    counts: Counts = decode(raw, kinds, "票数", FIELDS)
    return counts


def counts_of_rows(form: Form, rows: Rows, **attendance: Any) -> Counts:
    """Counts from rows as a sum of ballots has them; `attendance` are the fields of `Attendance`.

    `select_k`: one row, the blank ballots first. Else a row a candidate, a figure for each thing offered.
    """
    if form == "grades":
        return GradeCounts(**attendance, rows=rows)
    if form == "select_k":
        blank, *votes = rows[0]
        return SelectCounts(**attendance, votes=tuple(votes), blank=blank)
    for_votes, against, abstain = zip(*rows, strict=True)
    return ApprovalCounts(**attendance, for_votes=for_votes, against=against, abstain=abstain)


def votes_of(counts: DecisionCounts) -> tuple[int, ...]:
    """What is compared: the marks of each candidate, or its 赞成."""
    return counts.votes if isinstance(counts, SelectCounts) else counts.for_votes


def valid_ballots(counts: Counts) -> int:
    """收回 − 无效, with blank ones: abstaining is a valid vote."""
    return counts.returned - counts.invalid


def quorum(all_deputies: int, body: Body = "congress") -> int:
    """The least number that may hold a session.

    Two thirds of all deputies (地方组织法 §14): 327 → 218, 45 → 30. Of a committee more than half of its
    members (§51): 35 → 18, 30 → 16.
    """
    return majority(all_deputies) if body == "committee" else -(-2 * all_deputies // 3)


def is_quorate(all_deputies: int, present: int, body: Body = "congress") -> bool:
    """Whether so many present may hold a session and vote."""
    return present >= quorum(all_deputies, body)


def check_attendance(all_deputies: int, present: int, issued: int, body: Body = "congress") -> None:
    """What must hold when voting opens. Raises CountsError.

    So that no count can fail afterwards on a figure that was fixed before it.
    """
    words = words_for("decision", body)
    _check_number(f"{words.all_members}人数", all_deputies, least=1)
    _check_number("实到人数", present)
    _check_number("发出票数", issued, least=1)
    if present > all_deputies:
        raise CountsError(f"实到{present}人，多于{words.all_members}{all_deputies}人。请核对实到人数。")
    if not is_quorate(all_deputies, present, body):
        raise CountsError(
            f"{words.all_members}{all_deputies}人，实到{present}人，{words.too_few}"
            f"（至少{quorum(all_deputies, body)}人），不符合法定人数，不能进行投票。"
        )
    if issued > present:
        raise CountsError(f"发出{issued}张票，多于实到{present}人。请核对发出票数。")


def check_counts(rules: RoundRules, counts: Counts) -> None:
    """Raises CountsError, naming the figure, unless a real count under `rules` can have come out like this.

    When more came back than were given out the ballots are not counted: their figures are then not looked at.
    """
    check_attendance(counts.all_deputies, counts.present, counts.issued, counts.body)
    _check_number("收回票数", counts.returned)
    if counts.returned > counts.issued:
        return
    _check_number("无效票数", counts.invalid)
    if counts.invalid > counts.returned:
        raise CountsError(f"无效票{counts.invalid}张，多于收回的{counts.returned}张。请核对无效票数。")
    if _form(counts) != rules.ballot:
        raise wrong_form(rules, counts)
    if isinstance(rules, Grading):
        if isinstance(counts, GradeCounts):
            _check_grades(rules, counts)
    elif isinstance(counts, SelectCounts):
        _check_marks(rules, counts)
    elif isinstance(counts, ApprovalCounts):
        _check_rows(rules, counts)


def wrong_form(rules: RoundRules, counts: Counts) -> CountsError:
    """For counts of other ballots than the rules call for."""
    return CountsError(
        f"办法用的是{_FORMS[rules.ballot]}，票数却是{_FORMS[_form(counts)]}的。请核对表决票形式。"
    )


def _form(counts: Counts) -> Form:
    if isinstance(counts, GradeCounts):
        return "grades"
    return "select_k" if isinstance(counts, SelectCounts) else "for_against"


def _check_number(name: str, value: int, *, least: int = 0) -> None:
    if value < least:
        raise CountsError(f"“{name}”是{value}，不能小于{least}。请核对。")
    if value > MOST_PEOPLE:
        raise CountsError(f"“{name}”大得不合情理，超过了{MOST_PEOPLE:,}。请核对。")


def _check_column(rules: Rules, name: str, column: tuple[int, ...]) -> None:
    if len(column) != rules.candidates:
        raise CountsError(f"“{name}”有{len(column)}个数，候选项目是{rules.candidates}件。请逐件填写。")
    for number, value in enumerate(column, start=1):
        _check_number(f"{number}号{name}", value)


def _check_marks(rules: Rules, counts: SelectCounts) -> None:
    """Every ballot that is not blank marks 1..K candidates, none twice: these bounds are all that follows."""
    _check_column(rules, "得赞成票数", counts.votes)
    _check_number("弃权票数", counts.blank)
    valid = valid_ballots(counts)
    if counts.blank > valid:
        raise CountsError(f"弃权票{counts.blank}张，多于有效票{valid}张。请核对弃权票数。")
    marked = valid - counts.blank
    for number, votes in enumerate(counts.votes, start=1):
        if votes > marked:
            raise CountsError(
                f"{number}号得{votes}票，多于作了选择的有效票{marked}张。请核对{number}号的票数。"
            )
    total = sum(counts.votes)
    if total > rules.places * marked:
        raise CountsError(
            f"各项目得票合计{total}票，而作了选择的有效票{marked}张、每张最多选{rules.places}件，"
            f"合计不能多于{rules.places * marked}票。请核对各项目的票数。"
        )
    if total < marked:
        raise CountsError(
            f"各项目得票合计{total}票，而作了选择的有效票有{marked}张、每张至少选1件。"
            "请核对各项目的票数和弃权票数。"
        )


def _check_rows(rules: Rules, counts: ApprovalCounts) -> None:
    _check_column(rules, "赞成票数", counts.for_votes)
    _check_column(rules, "反对票数", counts.against)
    _check_column(rules, "弃权票数", counts.abstain)
    valid = valid_ballots(counts)
    rows = zip(counts.for_votes, counts.against, counts.abstain, strict=True)
    for number, (votes, against, abstain) in enumerate(rows, start=1):
        if votes + against + abstain != valid:
            raise CountsError(
                f"{number}号赞成{votes}票、反对{against}票、弃权{abstain}票，"
                f"合计{votes + against + abstain}票，与有效票{valid}张不符。请核对{number}号的票数。"
            )


def _check_grades(rules: Grading, counts: GradeCounts) -> None:
    """Every valid ballot gives each project one level, or 不了解, or 弃权."""
    names, valid = columns(rules), valid_ballots(counts)
    if len(counts.rows) != rules.projects:
        raise CountsError(f"测评项目有{rules.projects}件，票数有{len(counts.rows)}行。请逐件填写。")
    for number, row in enumerate(counts.rows, start=1):
        if len(row) != len(names):
            raise CountsError(f"第{number}行有{len(row)}个数，应是{'、'.join(names)}各多少票。请逐项填写。")
        for name, figure in zip(names, row, strict=True):
            _check_number(f"第{number}行{name}票数", figure)
        if sum(row) != valid:
            listed = "、".join(f"{name}{figure}票" for name, figure in zip(names, row, strict=True))
            raise CountsError(
                f"第{number}行{listed}，合计{sum(row)}票，与有效票{valid}张不符。请核对第{number}行。"
            )
