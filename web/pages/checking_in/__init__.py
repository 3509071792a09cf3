"""签到: plenaries, who is there, who is on leave, passes."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.checking_in import attendance, desk, leave, passes

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "usher": [*desk.DOOR],
    "staff": [*desk.OF_STAFF, *attendance.OF_STAFF, *leave.OF_STAFF, *passes.OF_STAFF],
}
