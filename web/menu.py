"""The menu of each role: what its pages are called, in the order of the year."""

from typing import Final

from voting.actors import Role

Menu = tuple[tuple[str, str], ...]
"""(path below the role's own pages, words)."""

MENU: Final[dict[Role, Menu]] = {
    "staff": (("", "会议"), ("/trial", "试算")),
    "government_office": (),
    "unit": (),
    "deputy": (),
    "presidium": (),
    "operator": (),
    "scrutineer": (),
    "chair": (),
    "public": (),
    "system": (),
}
