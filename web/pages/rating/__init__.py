"""人大评: rounds over projects, results, 整改, 再测评, 专题询问."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.rating import (
    desk,
    inquiry_pages,
    matter_page,
    project_tab,
    public,
    results_page,
    round_form,
    units_page,
)

_READING: Final[list[ControllerRouterHandler]] = [
    project_tab.project_rating,
    desk.matters,
    matter_page.matter,
    matter_page.paper,
    inquiry_pages.inquiries,
    inquiry_pages.inquiry,
]
_PUTTING_RIGHT: Final[list[ControllerRouterHandler]] = [
    matter_page.hand_in,
    matter_page.order_docx,
    matter_page.order_pdf,
    matter_page.summons_docx,
    matter_page.summons_pdf,
    inquiry_pages.give_measures,
]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    desk.desk,
    desk.settings,
    desk.set_settings,
    round_form.new_rating,
    round_form.make_rating,
    round_form.new_retest,
    round_form.make_retest,
    results_page.results,
    results_page.report_docx,
    results_page.report_pdf,
    results_page.announcement_docx,
    results_page.announcement_pdf,
    results_page.issue_paper,
    results_page.order_form,
    results_page.order,
    matter_page.judge,
    matter_page.close,
    matter_page.climb,
    inquiry_pages.new_inquiry,
    inquiry_pages.prepare,
    inquiry_pages.ask,
    inquiry_pages.answer,
    inquiry_pages.new_round,
    inquiry_pages.make_round,
    inquiry_pages.hold,
    inquiry_pages.release,
    inquiry_pages.recheck,
    units_page.units,
    units_page.enter,
    units_page.weights,
    units_page.set_weights,
    units_page.new_round,
    units_page.make_round,
]

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [public.public_inquiries, public.public_inquiry]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_READING, *_PUTTING_RIGHT, *_OFFICE],
    "government_office": [*_READING, *_PUTTING_RIGHT],
    "unit": [*_READING, *_PUTTING_RIGHT],
    "deputy": _READING,
    "presidium": _READING,
}
