"""政府办: 交办, assigning, 实施方案; the project's own page for each role."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.delivering import desk, letter_page, plan_page, project_page

_READING: Final[list[ControllerRouterHandler]] = [
    project_page.year_list,
    project_page.breakdown_docx,
    project_page.breakdown_pdf,
    project_page.project_page,
    project_page.plan_docx,
    project_page.plan_pdf,
    letter_page.letter_page,
    letter_page.letter_docx,
    letter_page.letter_pdf,
]
_PLANNING: Final[list[ControllerRouterHandler]] = [
    plan_page.plan,
    plan_page.save_plan,
    plan_page.publish_plan,
    project_page.next_year,
]
_HANDING: Final[list[ControllerRouterHandler]] = [
    desk.desk,
    desk.round_page,
    desk.make_projects,
    desk.new_project,
    desk.enter_project,
    desk.edit_entered,
    desk.change_entered,
    desk.drop_project,
    letter_page.new_letter,
    letter_page.hand_over,
    letter_page.edit_letter,
    letter_page.change_letter,
    letter_page.take_back,
]

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_READING, *_PLANNING, *_HANDING],
    "government_office": [*_READING, *_PLANNING],
    "unit": _READING,
    "deputy": _READING,
    "presidium": _READING,
}
