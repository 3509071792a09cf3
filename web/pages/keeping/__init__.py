"""保存期限 and what is said about personal data; 会议档案."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.keeping import archive, periods, privacy, protection

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [privacy.privacy]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [
        periods.keeping,
        periods.change_periods,
        periods.erase_now,
        periods.hold,
        periods.lift,
        periods.forget_proposer,
        protection.protection,
        protection.protection_file,
        archive.session_archive_page,
        archive.archive_file,
    ],
}
