"""`piaojue demo` has something on every page that it leads to."""

from __future__ import annotations

import io
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.console import Console

from tests.web.visitor import Visitor
from voting.demo import county
from voting.signing import Signer
from voting.store import Store
from web import guide
from web.app import create_app
from web.demonstration import DATABASE, KEY, hall_of, load, settings_in

SMALL: Final = county.Attendance(all_deputies=10, present=9, idle=1, committee=5)
_YEARLY: Final = re.compile(r"/(projects|rating|rectifications|year|rounds)")
_LINK: Final = re.compile(r'href="(/staff/[^"#]+)"')


def test_every_page_the_newcomer_is_led_to_opens_and_shows_the_year(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo = load(folder, SMALL)
    settings = settings_in(folder, 8000, None)
    hall = hall_of(demo, settings)
    with Store.open(f"sqlite:///{folder / DATABASE}") as store:
        signer = Signer.load(folder / KEY)
        app = create_app(settings, store, signer, now=lambda: datetime.now(UTC), random=os.urandom)
        with Visitor(app, settings.url, follow_redirects=True) as client:
            pages = {name: client.get(address) for _, people in hall.groups() for name, address in people}
            # What is published only after the vote is not there yet.
            not_yet = {guide.SCREENS[1]}
            assert {name for name, answer in pages.items() if answer.status_code != 200} == not_yet
            assert "农村公路提升改造" in pages["项目公开页"].text
            assert "不满意" in pages["测评结果"].text
            assert "年度报告" in pages["公告和报告"].text
            walk(client, pages["何晓明"].url.path.removesuffix("/today"))
    said = io.StringIO()
    guide.show(hall, Console(file=said, width=80))
    for name, address in (person for _, people in hall.groups() for person in people):
        assert name in said.getvalue()
        assert address in said.getvalue()
    assert max(cell_len(line) for line in said.getvalue().splitlines()) <= 80


def walk(client: Visitor, home: str) -> None:
    """Everything that staff reach from the board in one step."""
    board = client.get(f"{home}/year").text
    assert "红灯 1 件" in board
    assert "答复督办单" in board
    projects = client.get(f"{home}/projects").text
    links = {link for link in _LINK.findall(board) if _YEARLY.search(link)}
    reached = {link: client.get(link.replace("&amp;", "&")).status_code for link in sorted(links)}
    assert {link for link, status in reached.items() if status != 200} == set()
    named = re.compile(rf'href="({home}/projects/[0-9a-f]{{32}})"[^>]*>[^<]*农村公路提升改造')
    late = named.findall(projects)[0]
    for tab in ("", "/progress", "/supervision", "/changes", "/completion", "/rating"):
        assert client.get(late + tab).status_code == 200
