"""登记整理 → 分类交办 → 跟踪督办 → 答复反馈, for offices, units and deputies."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.handling import calendar, items, office_desk, office_steps, progress, suggestion

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
_OFFICE: Final[list[ControllerRouterHandler]] = [
    office_desk.desk,
    office_desk.batch,
    suggestion.suggestion,
    office_steps.decide,
    office_steps.take_back,
    office_steps.add_assist,
    office_steps.withdraw_assist,
    office_steps.reopen,
    office_steps.answer,
    office_steps.urge,
    office_steps.confirm,
    office_steps.close,
    office_steps.check,
    office_steps.extension,
    calendar.calendar,
    calendar.add_day,
    calendar.drop_day,
    calendar.load_table,
    calendar.clocks,
    calendar.change_clocks,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": _OFFICE,
    "government_office": _OFFICE,
    "presidium": [suggestion.suggestion],
    "unit": [
        items.items,
        items.item,
        items.accept,
        items.give_back,
        items.extend,
        items.contact,
        items.answer,
    ],
    "deputy": [progress.progress, progress.confirm],
}
