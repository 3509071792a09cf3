"""从线索到候选项目: drafts, opinions, the slate, its way to the round; the deputies' reading page."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.screening import (
    bodies,
    draft_form,
    draft_page,
    opinions,
    reading,
    slate_form,
    slate_page,
    year_list,
)

_READING: Final[list[ControllerRouterHandler]] = [
    reading.slates,
    reading.read_slate,
    reading.table,
    reading.photo,
]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    year_list.year_list,
    year_list.sources,
    draft_form.new_draft,
    draft_form.propose,
    draft_form.drop_sketch,
    draft_form.edit_draft,
    draft_form.change_draft,
    draft_page.draft_page,
    draft_page.compare,
    draft_page.judge,
    draft_page.assess,
    draft_page.set_aside,
    draft_page.take_out,
    draft_page.ask_opinions,
    slate_form.new_slate,
    slate_form.make_slate,
    slate_form.edit_slate,
    slate_form.change_slate,
    slate_page.slate_page,
    slate_page.record,
    slate_page.document,
    slate_page.open_reading,
    slate_page.freeze,
    slate_page.make_round,
    slate_page.list_docx,
    slate_page.cases_docx,
    slate_page.list_xlsx,
    *_READING,
    reading.comment,
    reading.reply,
]

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_OFFICE, bodies.bodies, bodies.set_bodies],
    "government_office": _OFFICE,
    "unit": [opinions.opinions, opinions.opinion, opinions.give_opinion],
    "deputy": [*_READING, reading.comment],
    "presidium": _READING,
}
