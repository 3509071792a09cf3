"""A teller's sheet as a form: one project a line, its sums beside it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from voting.counts import MOST_PEOPLE, Rows
from voting.paper_ballots.sheets import Entry, Sheet, Stage, offered, returned_name
from voting.rounds import Round
from web.forms import Form

ABSTAINED: Final = "blank"


class Figure(NamedTuple):
    """A field: its name in the form, and what it is called aloud."""

    field: str
    name: str
    label: str


class Line(NamedTuple):
    """A project on the sheet."""

    number: int
    title: str
    figures: list[Figure]
    said: str
    """What its figures come to, beside them; empty until they are filled in."""
    fits: bool


def lines(of: Round, form: Form) -> list[Line]:
    """The projects with their fields, and what was typed added up."""
    return [_line(of, form, one.number, one.title) for one in of.candidates]


def _line(of: Round, form: Form, number: int, title: str) -> Line:
    answers = offered(of)
    figures = [
        Figure(f"figure_{number}_{place}", answer, f"{number}. {title}：{answer}")
        for place, answer in enumerate(answers)
    ]
    said, fits = _added_up(of, form, [one.field for one in figures])
    return Line(number, title, figures, said, fits)


def _added_up(of: Round, form: Form, fields: list[str]) -> tuple[str, bool]:
    """Of ballots that say something of each project, the sum must be the valid ones."""
    typed = [form.whole(field) for field in fields]
    known = [one for one in typed if one is not None]
    valid = valid_of(of, form)
    if len(fields) == 1 or len(known) < len(fields) or valid is None:
        return "", True
    total, whole = sum(known), valid_name(of)
    if total == valid:
        return f"合计{total}，与{whole}相符", True
    return f"合计{total}，与{whole}{valid}不符", False


def valid_of(of: Round, form: Form) -> int | None:
    """有效票 as typed, or those who took part."""
    returned, invalid = form.whole("returned"), form.whole("invalid")
    if of.method == "hands":
        return returned
    return None if returned is None else returned - (invalid or 0)


def valid_name(of: Round) -> str:
    """What the sum of a line is held against."""
    return "参加表决人数" if of.method == "hands" else "有效票"


def read(of: Round, asked: Stage, form: Form) -> Entry:
    """The figures as typed; what does not fit is left in `form.faults`."""
    returned = form.number("returned", returned_name(of), 0, MOST_PEOPLE)
    if asked == "returned" or form.typed("sure") == "yes":
        return Entry(returned=returned)
    invalid = 0 if of.method == "hands" else form.number("invalid", "无效票", 0, MOST_PEOPLE)
    entry = Entry(returned=returned, invalid=invalid, rows=_rows(of, form))
    for line in lines(of, form):
        if not line.fits:
            form.fault(line.figures[0].field, f"{line.number}. {line.title}{line.said}。请核对。")
    return entry


def _rows(of: Round, form: Form) -> Rows:
    read = [
        tuple(form.number(one.field, one.label, 0, MOST_PEOPLE) for one in line.figures)
        for line in lines(of, form)
    ]
    if of.rules.ballot != "select_k":
        return tuple(read)
    blank = form.number(ABSTAINED, "弃权票", 0, MOST_PEOPLE)
    return ((blank, *(row[0] for row in read)),)


def filled(of: Round, sheet: Sheet | None) -> Form:
    """The form as a teller last had it."""
    return Form() if sheet is None else Form.prefilled(**dict(_fields(of, sheet.entry)))


def _fields(of: Round, entry: Entry) -> Iterator[tuple[str, int]]:
    yield "returned", entry.returned
    if entry.rows is None:
        return
    yield "invalid", entry.invalid
    if of.rules.ballot == "select_k":
        blank, *votes = entry.rows[0]
        yield ABSTAINED, blank
        yield from ((f"figure_{number}_0", figure) for number, figure in enumerate(votes, start=1))
        return
    for number, row in enumerate(entry.rows, start=1):
        yield from ((f"figure_{number}_{place}", figure) for place, figure in enumerate(row))
