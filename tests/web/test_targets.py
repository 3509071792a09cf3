"""The measure that every walk over the pages takes along: what is too small to be hit."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from tests.web.barriers import barriers
from tests.web.targets import missed

LOW: Final = "<a href=# style='display: inline-block; height: 30px; width: 40px; margin: {}'>看</a>"
LIST: Final = "<ul><li><a href=#>一</a></li><li><a href=#>二</a></li></ul>"
PADDED: Final = "<label style='display: block; padding: 20px'><input type=checkbox>同意</label>"
FOUND: Final = {
    LIST: 2,
    LOW.format(0) * 3: 3,
    LOW.format("30px") * 3: 0,
    "<p>请看<a href=#>办法</a>，再看<a href=#>名单</a>。</p>": 0,
    "<label><input type=checkbox>同意</label><br><label><input type=checkbox>不同意</label>": 2,
    PADDED * 2: 0,
    f"{PADDED}<p style='margin: -8px 0'><a href=#>取消</a></p>": 1,
    "<input type=hidden><button disabled>存</button><button style='height: 20px'>发</button>": 0,
}


def test_low_targets_close_together_are_found(desk: Page) -> None:
    found = {}
    for page in FOUND:
        desk.set_content(page)
        found[page] = len(missed(desk))
    assert found == FOUND


def test_whoever_looks_for_barriers_finds_them_too(desk: Page) -> None:
    desk.set_content(LIST)
    assert [one for one in barriers(desk) if "px:" in one] == [f"too small: {one}" for one in missed(desk)]
