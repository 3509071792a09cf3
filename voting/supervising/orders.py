"""督办单: what the 常委会, in a town the 主席团, demands of a unit, and the unit's answers. Pure.

issued → answered → accepted
  ↓        ↓  ↑
withdrawn returned
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from voting.handling.clocks import Span
from voting.rounds import Congress, Level
from voting.supervising.refusals import NotTheirs, SupervisionStep
from voting.text import Line, Prose

OrderBody = Literal["committee", "presidium"]
OrderState = Literal["issued", "answered", "returned", "accepted", "ended", "withdrawn"]
Verdict = Literal["accepted", "returned"]

STATE_NAMES: Final[dict[OrderState, str]] = {
    "issued": "等待答复",
    "answered": "已答复，待审核",
    "returned": "退回重办",
    "accepted": "已办结",
    "ended": "因项目取消终止",
    "withdrawn": "已撤回",
}
VERDICT_NAMES: Final[dict[Verdict, str]] = {"accepted": "认可，办结", "returned": "退回重办"}
BODIES: Final[dict[Level, OrderBody]] = {"county": "committee", "town": "presidium"}
BODY_NAMES: Final[dict[OrderBody, str]] = {"committee": "常务委员会", "presidium": "主席团"}
"""After the name of the congress."""


class SupervisionSettings(Struct, frozen=True, kw_only=True, tag="supervision"):
    """How long a unit has, and who decides on changes in a county."""

    answer: Span = Span(10, "workdays")
    again: Span = Span(5, "workdays")
    """After an answer was returned."""
    yellow: Annotated[int, Meta(ge=0, le=60)] = 3
    congress_decides: bool = False
    """In this county the 大会 itself decides on changes, and not its 常委会."""


class Order(Struct, frozen=True, kw_only=True):
    """`number` is its 编号, `decision` what the body decided and when; `due` a day in China."""

    id: str
    congress: str
    project: str
    number: Line
    body: OrderBody
    decision: Line
    day: date
    unit: str
    matter: Prose
    demand: Prose
    due: date
    state: OrderState
    by: str
    at: datetime
    released_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether the unit has to answer."""
        return self.state in {"issued", "returned"}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something: the unit, or whoever judges its answer."""
        return self.state in {"issued", "answered", "returned"}

    def is_late(self, day: date) -> bool:
        return self.waits and day > self.due


class Answer(Struct, frozen=True, kw_only=True):
    """One answer, from 1; `due` as it stood. `verdict` is None until the staff has judged it."""

    congress: str
    order: str
    turn: int
    due: date
    text: Prose
    by: str
    at: datetime
    verdict: Verdict | None = None
    reason: Prose = ""
    judged_by: str = ""
    judged_at: datetime | None = None


def body_of(level: Level, named: str) -> OrderBody:
    """In whose name it may be issued. Raises NotTheirs."""
    body = BODIES[level]
    if named == body:
        return body
    who = "县人大常委会" if level == "county" else "乡镇人大主席团"
    raise NotTheirs(
        f"督办单只能由{who}决定、以{who}的名义发出。监督小组、代表和有关部门有意见的，"
        "请登记为视察意见或者会商。"
    )


def body_name(congress: Congress, body: OrderBody) -> str:
    """示例县人民代表大会常务委员会."""
    return congress.name + BODY_NAMES[body]


def demand_state(order: Order, *allowed: OrderState) -> None:
    """Raises SupervisionStep."""
    if order.state not in allowed:
        raise SupervisionStep(
            f"督办单“{order.number}”现在的状态是“{STATE_NAMES[order.state]}”，不能进行这一步。"
            "请刷新页面查看。"
        )
