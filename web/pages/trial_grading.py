"""`/staff/{link}/trial/satisfaction`: 试算 for a 测评: the 办法 on a table of counts, imagined or old.

The same functions as the real result; nothing is stored, and a row that does not add up is named.
"""

import re
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from voting.counts import MOST_PEOPLE, GradeCounts
from voting.errors import CountsError
from voting.grading import MOST_PROJECTS, Grading, columns, grading_sentences
from voting.ratings import Ratings, rate
from voting.wording import Body, Words, words_for
from web.access import Visit
from web.forms import Form
from web.pages.grading_form import options, read_grading, usual
from web.pages.result_table import NO_LINKS, ResultTable

FIRST_SHOWN = {
    "projects": 5,
    "body": "congress",
    "all_deputies": 298,
    "present": 280,
    "issued": 280,
    "returned": 280,
    "invalid": 0,
    "publish": "list_and_votes",
}
BODIES: dict[Body, str] = {"congress": "人民代表大会会议", "committee": "常委会会议"}
_ROW_IN_SENTENCE = re.compile(r"第(\d+)行")


@get("/trial/satisfaction", sync_to_thread=True)
def trial_grading(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The form; once counts are filled in, every project's level beside it."""
    if not form.values:
        return _page(visit, Form.prefilled(**FIRST_SHOWN, **usual()), None, None)
    number = form.number("projects", "测评项目件数", 1, MOST_PROJECTS)
    body: Body = form.choice("body", "会议", tuple(BODIES))
    rules = read_grading(form, number)
    ratings = _ratings(form, rules, body) if _has_counts(form) and not form.faults else None
    return _page(visit, form, rules, ratings)


def _has_counts(form: Form) -> bool:
    return any(name.startswith("n_") and form.typed(name).strip() for name in form.values)


def _ratings(form: Form, rules: Grading, body: Body) -> Ratings | None:
    names = words_for("satisfaction", body)
    figures: dict[str, Any] = {
        name: form.number(name, label, 0, MOST_PEOPLE) for name, label in attendance(names).items()
    }
    figures["invalid"] = form.number("invalid", "无效票", 0, MOST_PEOPLE)
    rows = tuple(_row(form, rules, number) for number in range(1, rules.projects + 1))
    if form.faults:
        return None
    try:
        return rate(rules, GradeCounts(**figures, body=body, rows=rows))
    except CountsError as error:
        row = _ROW_IN_SENTENCE.match(error.sentence)
        form.fault(f"row_{row[1]}" if row else "counts", error.sentence)
        return None


def _row(form: Form, rules: Grading, number: int) -> tuple[int, ...]:
    names = enumerate(columns(rules), start=1)
    return tuple(
        form.number(f"n_{number}_{at}", f"第{number}行{name}票数", 0, MOST_PEOPLE) for at, name in names
    )


def _table(rules: Grading) -> ResultTable:
    return ResultTable(
        kind="satisfaction",
        titles={n: f"{n}号" for n in range(1, rules.projects + 1)},
        units={},
        columns=columns(rules),
        levels=rules.levels,
        links=NO_LINKS,
    )


def attendance(names: Words) -> dict[str, str]:
    """The figures above the table, as they are called for this body."""
    return {"all_deputies": names.all_members, "present": "实到", "issued": "发出", "returned": "收回"}


def _page(visit: Visit, form: Form, rules: Grading | None, ratings: Ratings | None) -> Response[str]:
    body: Body = "committee" if form.typed("body") == "committee" else "congress"
    names = words_for("satisfaction", body)
    shown = rules if rules and rules.levels else None
    read_back = rules if rules and not form.faults else None
    return visit.page(
        "staff/trial_grading.html",
        422 if form.faults else 200,
        form=form,
        names=names,
        bodies={"congress": BODIES["congress"]} if visit.actor.town else BODIES,
        options=options(names),
        projects=shown.projects if shown else FIRST_SHOWN["projects"],
        columns=columns(shown) if shown else columns(Grading(projects=1, publish="list")),
        attendance=attendance(names),
        words=grading_sentences(read_back, form.whole("all_deputies"), body) if read_back else [],
        ratings=ratings,
        table=_table(shown) if shown else None,
    )
