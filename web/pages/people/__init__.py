"""Accounts, invitations, log-in, lists of deputies and units, the log of changes."""

from typing import Final

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.people import (
    account,
    audit,
    invited,
    list_import,
    lists,
    login,
    members,
    notices,
    role_home,
    second,
    settings,
)
from web.pages.people.arriving import ACCOUNT

_ACCOUNT: Final = Router(
    ACCOUNT,
    route_handlers=[
        account.account,
        account.change_password,
        account.log_ins,
        account.end_device,
        account.end_other_devices,
        account.log_out,
        account.join_page,
        account.join,
        second.second,
        second.set_up_codes,
        second.remove_codes,
        second.add_passkey,
        second.remove_passkey,
    ],
    dependencies={"holder": Provide(account.holder, sync_to_thread=True)},
    response_headers={"referrer-policy": "same-origin"},
)
OPEN_PAGES: Final[list[ControllerRouterHandler]] = [login.pages, invited.pages, _ACCOUNT]
_MEMBERS: Final[list[ControllerRouterHandler]] = [
    members.listing,
    members.invite_page,
    members.invite,
    members.reset,
    members.end,
    members.revoke,
]
_NOTICES: Final[list[ControllerRouterHandler]] = [
    notices.notices,
    notices.see_notice,
    notices.see_notices,
    account.from_role,
]
_LISTS: Final[list[ControllerRouterHandler]] = [
    lists.lists,
    lists.one_list,
    lists.add_entry,
    lists.entry,
    lists.change_entry,
    lists.end_entry,
    lists.return_entry,
    lists.start_categories,
    list_import.choose_table,
    list_import.list_template,
    list_import.list_workbook,
    list_import.show_differences,
    list_import.import_table,
    settings.settings,
    settings.change_settings,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_MEMBERS, *_LISTS, *_NOTICES],
    "government_office": [*_NOTICES, role_home.role_home],
    "unit": [*_NOTICES, role_home.role_home],
    "deputy": [*_NOTICES, role_home.role_home],
    "presidium": [audit.audit, audit.audit_csv, *_NOTICES, role_home.role_home],
}
