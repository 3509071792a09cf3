"""What two tellers write down of a round's papers, or of raised hands, and where they differ. Pure.

Each of the two counts alone. What both have written the same is the count; until then nothing is known.
Few papers are not counted apart, for their figures would tell who chose what: each is cast with a reserve
card while the vote is open, and only those that cannot be cast, the invalid ones, are noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from voting.counts import MOST_PEOPLE, Form, Rows, check_counts, counts_of_rows
from voting.cycle import State
from voting.errors import CountsError, VotingError
from voting.rounds import Round, choices
from voting.text import Line

TELLERS: Final = (1, 2)
FEWEST_PAPER: Final = 10
"""Of fewer papers there is no figure anywhere."""

Stage = Literal["returned", "all"]
"""What the tellers are asked now: how many papers came back, or the whole count."""
_ON_PAPER: Final[dict[State, Stage]] = {"closed": "returned", "reconciled": "all"}
"""As at every count by hand: the box is opened and the papers are counted; once the chair has declared the
vote valid, what is on them."""


class PaperError(VotingError):
    """A sheet of figures that contradict each other or the round."""

    sentence = "票数前后不符，没有保存。请核对后重新填写。"


class MorePaper(PaperError):
    """More papers in the box than were handed out, and nobody has said that this is so."""

    sentence = "收回的纸质票多于发出的。请再数一遍；确实如此的，请勾选确认。"


class PaperStep(VotingError):
    """Something with paper that the round does not allow now."""

    sentence = "现在不能办理纸质票。请刷新页面查看最新情况。"


class PaperPending(PaperStep):
    """A step that has to wait for the papers."""

    sentence = "纸质票的票数还没有定下来，不能进行下一步。请等两名计票人录入一致。"


class PaperSettings(Struct, frozen=True, kw_only=True, tag="paper"):
    """What a congress decides about paper ballots."""

    fewest: Annotated[int, Meta(ge=2, le=100)] = FEWEST_PAPER
    """With so many papers or more the tellers count them; fewer are cast with reserve cards."""


class Entry(Struct, frozen=True, kw_only=True):
    """Figures as one teller has them. `rows` as in an archive's result (`counts_of_rows`); None where only
    the number of papers is asked, or more papers came back than were handed out."""

    returned: int
    invalid: int = 0
    rows: Rows | None = None


class Sheet(Struct, frozen=True, kw_only=True):
    """An entry, by whom and when; a correction is a further version, and none is ever deleted."""

    congress: str
    round: str
    teller: int
    version: int
    entry: Entry
    name: Line
    at: datetime


class Dealt(Struct, frozen=True, kw_only=True):
    """Papers of which no sheet speaks. `fewest` is fixed when the voting begins."""

    cast: int = 0
    """Cast with a reserve card each."""
    spoilt: int = 0
    """Found invalid before a scrutineer."""
    fewest: int = FEWEST_PAPER


class PaperSignature(Struct, frozen=True, kw_only=True):
    """A scrutineer's signature over the record of the papers, 128 hex digits."""

    number: int
    signature: str


class Difference(Struct, frozen=True, kw_only=True):
    """A figure on which the two tellers do not agree."""

    what: str
    figures: tuple[int, int]


def remaining(of: Round, dealt: Dealt) -> int:
    """Papers that were handed out and neither cast nor found invalid."""
    return of.paper - dealt.cast - dealt.spoilt


def counted_apart(of: Round, dealt: Dealt) -> bool:
    """Whether the tellers count the papers of a round that is held by card."""
    return of.method == "electronic" and remaining(of, dealt) >= dealt.fewest


def stage(of: Round, dealt: Dealt) -> Stage | None:
    """What the tellers are asked now; None: nothing."""
    if of.method == "paper":
        return _ON_PAPER.get(of.state)
    if of.state != "closed":
        return None
    return "all" if of.method == "hands" or counted_apart(of, dealt) else None


def handed_out(of: Round, dealt: Dealt) -> int:
    """How many can come back: papers, or raised hands."""
    return of.issued or 0 if of.method != "electronic" else remaining(of, dealt)


def check_entry(of: Round, dealt: Dealt, asked: Stage, entry: Entry, *, sure: bool) -> None:
    """Raises PaperError or MorePaper, naming the figure."""
    most = handed_out(of, dealt)
    unit, out = ("人", "到会") if of.method == "hands" else ("张", "发出")
    if not 0 <= entry.returned <= MOST_PEOPLE:
        raise PaperError(f"“{returned_name(of)}”应在0至{MOST_PEOPLE:,}之间。请核对。")
    if of.returned is not None and asked == "all" and of.method == "paper" and entry.returned != of.returned:
        raise PaperError(f"已经宣布收回{of.returned}张，现在写的是{entry.returned}张。请核对收回张数。")
    if entry.returned > most:
        if of.method == "hands":
            raise PaperError(f"参加表决{entry.returned}人，多于到会的{most}人。请重新清点。")
        if not sure:
            raise MorePaper(
                f"收回{entry.returned}{unit}，{out}只有{most}{unit}，多出{entry.returned - most}{unit}。"
                "请再数一遍；确实如此的，请勾选下面的确认，这一轮将只能宣布无效。"
            )
        return
    if asked == "all":
        _check_rows(of, entry)


def _check_rows(of: Round, entry: Entry) -> None:
    if entry.rows is None:
        raise PaperError("还没有填写各项目的票数。请逐项填写。")
    everybody = max(entry.returned, 1)
    counts = counts_of_rows(
        of.rules.ballot,
        entry.rows,
        hands=of.method == "hands",
        all_deputies=everybody,
        present=everybody,
        issued=everybody,
        returned=entry.returned,
        invalid=entry.invalid,
    )
    try:
        check_counts(of.rules, counts)
    except CountsError as error:
        raise PaperError(error.sentence) from None


def returned_name(of: Round) -> str:
    """What the first figure of a sheet is called."""
    return "参加表决人数" if of.method == "hands" else "收回纸质票"


def offered(of: Round) -> tuple[str, ...]:
    """The figures of each project on a sheet."""
    return choices(of) or ("得赞成票",)


def newest(sheets: Sequence[Sheet]) -> dict[int, Sheet]:
    """The last version of each teller. `sheets` by version."""
    return {one.teller: one for one in sheets}


def answers(of: Round, dealt: Dealt, asked: Stage, sheet: Sheet) -> bool:
    """Whether a sheet says all that is asked now."""
    if asked == "returned":
        return True
    return sheet.entry.rows is not None or sheet.entry.returned > handed_out(of, dealt)


def differences(of: Round, one: Entry, two: Entry) -> tuple[Difference, ...]:
    """Every figure on which two entries differ, in the order of the sheet."""
    pairs = [
        (returned_name(of), one.returned, two.returned),
        ("无效票", one.invalid, two.invalid),
        *_row_pairs(of, one.rows or (), two.rows or ()),
    ]
    return tuple(Difference(what=what, figures=(a, b)) for what, a, b in pairs if a != b)


def _row_pairs(of: Round, one: Rows, two: Rows) -> list[tuple[str, int, int]]:
    names = figure_names(of)
    flat_one, flat_two = ([figure for row in rows for figure in row] for rows in (one, two))
    flat_one, flat_two = (flat + [0] * (len(names) - len(flat)) for flat in (flat_one, flat_two))
    return list(zip(names, flat_one, flat_two, strict=True))


def figure_names(of: Round) -> list[str]:
    """The figures of the rows, one after the other, as they are called."""
    titles = [f"{one.number}. {one.title}" for one in of.candidates]
    if not choices(of):
        return ["弃权票", *(f"{title}：得赞成票" for title in titles)]
    return [f"{title}：{answer}" for title in titles for answer in choices(of)]


def no_rows(form: Form, projects: int, answers_each: int) -> Rows:
    """Rows of an empty box."""
    if form == "select_k":
        return ((0,) * (projects + 1),)
    return ((0,) * answers_each,) * projects


def sum_of(one: Rows, two: Rows) -> Rows:
    """Figure by figure."""
    return tuple(tuple(a + b for a, b in zip(x, y, strict=True)) for x, y in zip(one, two, strict=True))
