"""Supervision of projects: groups, visits, 督办单, 会商; changes, 办结 and 验收."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.supervising import (
    changes,
    completion,
    conferences,
    corrections,
    files,
    groups,
    orders,
    supervision,
    visits,
)

_READING: Final[list[ControllerRouterHandler]] = [
    supervision.supervision,
    visits.one_visit,
    orders.one_order,
    orders.docx,
    orders.pdf,
    completion.completion,
    files.photo,
    files.paper,
]
_ANSWERS: Final[list[ControllerRouterHandler]] = [
    visits.reply,
    orders.answer_order,
    *corrections.routes(corrections.ANSWER),
    *corrections.routes(corrections.REPLY),
]
_CHANGES: Final[list[ControllerRouterHandler]] = [changes.changes, changes.one_change]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    *_READING,
    *_CHANGES,
    groups.groups,
    conferences.new_conference,
    conferences.record_conference,
    *corrections.routes(corrections.CONFERENCE),
    *_ANSWERS,
    supervision.tick_off,
    changes.new_change,
    changes.ask_change,
    changes.withdraw_change,
    completion.finish,
    completion.accept,
]

_VISITS: Final[list[ControllerRouterHandler]] = [
    visits.new_visit,
    visits.enter_visit,
    visits.take_down_visit_photo,
    *corrections.routes(corrections.VISIT),
]

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [
        *_OFFICE,
        groups.new_group,
        groups.make_group,
        groups.rules,
        groups.set_rules,
        groups.edit_group,
        groups.change_group,
        groups.end_group,
        supervision.supervisors,
        supervision.set_supervisors,
        supervision.release_conference,
        *_VISITS,
        visits.release_visit,
        visits.hold_back_visit,
        orders.new_order,
        orders.issue_order,
        *corrections.routes(corrections.ORDER),
        orders.judge_order,
        orders.release_order,
        changes.decide_change,
        changes.tell_congress,
    ],
    "government_office": _OFFICE,
    "unit": [*_READING, *_ANSWERS],
    "deputy": [*_READING, *_CHANGES, groups.groups, *_VISITS],
    "presidium": [*_READING, *_CHANGES, groups.groups],
}
