"""What a browser says it is, in words by which its owner knows it again in a list."""

from typing import Final

from litestar import Request
from litestar.datastructures import State

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


def device_name(user_agent: str) -> str:
    """The same from the header `User-Agent` alone; nothing of it is kept but these words."""
    found = [
        next((words for mark, words in known if mark in user_agent), "") for known in (_SYSTEMS, _PROGRAMS)
    ]
    return "，".join(one for one in found if one) or "其他设备"
