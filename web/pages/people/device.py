"""What a browser says it is, in words by which its owner knows it again in a list, and the mark it keeps.

The mark is sent with the pages below `/login` and no others. It opens nothing: the owner of an account is
told when somebody logs in with a browser that the account has never used.
"""

import re
from typing import Final

from litestar import Request
from litestar.datastructures import Cookie, State

from voting.accounts.logins import new_token
from web.access import cookie_name
from web.installation import Installation

MARK: Final = "piaojue_browser"
"""The name of the cookie; over https browsers know it by `cookie_name`."""
_BELOW: Final = "/login"
_KEPT_S: Final = 400 * 24 * 3600  # no browser keeps one for longer
_MARK: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙手机"),
    ("OpenHarmony", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
_PROGRAMS: Final = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)


def device_of(request: Request[object, object, State]) -> str:
    """For example `安卓手机，微信`; what is not known is called so."""
    return device_name(request.headers.get("user-agent", ""))


def marked(request: Request[object, object, State], house: Installation) -> str:
    """The mark that this browser keeps, or a new one; `mark_cookie` gives it to the browser."""
    kept = request.cookies.get(cookie_name(MARK, house.settings), "")
    return kept if _MARK.fullmatch(kept) else new_token(house.random)


def mark_cookie(mark: str, house: Installation) -> Cookie:
    """Given to whoever knew the password."""
    return Cookie(
        key=cookie_name(MARK, house.settings),
        value=mark,
        path=_BELOW,
        max_age=_KEPT_S,
        httponly=True,
        secure=house.settings.https,
        samesite="lax",
    )


def device_name(user_agent: str) -> str:
    """The same from the header `User-Agent` alone; nothing of it is kept but these words."""
    found = [
        next((words for mark, words in known if mark in user_agent), "") for known in (_SYSTEMS, _PROGRAMS)
    ]
    return "，".join(one for one in found if one) or "其他设备"
