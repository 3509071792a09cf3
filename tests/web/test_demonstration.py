"""`piaojue demo`: a newcomer's first minutes, and their second visit."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import msgspec
import pytest
import zxingcpp
from PIL import Image
from rich.cells import cell_len
from rich.console import Console

from ballots.election import Election
from ballots.sealing import seal
from tests.audited import verified
from tests.nursery import Nursery
from tests.server_process import DEADLINE, Server, alive, wait_until
from tests.web.clerk import Clerk
from voting import casting, publishing
from voting.demo import county
from voting.demo.stage import announce, close_vote, open_vote
from voting.drafting import DraftError
from voting.rounds import Round
from voting.signing import Signer
from voting.store import Store
from web import guide
from web.demonstration import InsecureDemo, accompany, hall_of, let_vote, load, settings_in
from web.rehearsal.burst import burst
from web.rehearsal.server import ServerFailed, ended, free_port
from web.settings import Settings

SMALL: Final = county.Attendance(all_deputies=10, present=9, idle=1)
LINKS: Final = re.compile(r"http://\S+")


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, monkeypatch, capsys)


# The command


class Visit:
    """`piaojue demo` in a terminal of its own, until Ctrl+C."""

    def __init__(self, folder: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "web", "demo", "--folder", str(folder), "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "COLUMNS": "120"},
            start_new_session=True,
            text=True,
        )
        self.lines: list[str] = []

    def read_until(self, words: str) -> str:
        """All that was printed so far, once a line with these words has come."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if words in line:
                return "".join(self.lines)
        raise AssertionError("".join(self.lines))

    def interrupt(self) -> str:
        """Ctrl+C, which a terminal sends to all that it runs; the last words."""
        group = [pid for pid in _pids() if _group(pid) == self.process.pid]
        assert len(group) >= 3
        os.killpg(self.process.pid, signal.SIGINT)
        rest, _ = self.process.communicate(timeout=DEADLINE)
        assert self.process.returncode == 0
        assert not any(map(alive, group))
        return rest.strip()


def _pids() -> Iterator[int]:
    return (int(folder.name) for folder in Path("/proc").glob("[0-9]*"))


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def scanned(printed: str) -> list[str]:
    """What a phone reads from the terminal: two modules to a character cell, dark on light."""
    lines = printed.splitlines()
    image = Image.new("L", (max(map(len, lines)) + 8, 2 * len(lines) + 8), 255)
    for y, line in enumerate(lines):
        x = 4
        for character in line:
            for half, dark in enumerate((character in "█▀", character in "█▄")):
                image.putpixel((x, 4 + 2 * y + half), 0 if dark else 255)
            x += cell_len(character)
    large = image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    return [code.text for code in zxingcpp.read_barcodes(large)]


def test_a_newcomer_gets_links_and_codes_and_finds_them_again_the_next_day(tmp_path: Path) -> None:
    folder, port = tmp_path / "demo", free_port()
    first = Visit(folder, port)
    page = first.read_until("下一步")
    assert first.interrupt().endswith("删掉它就从头来过。")
    assert len(set(LINKS.findall(page))) >= 6 + 3 + 2
    assert {"监票人", "工作人员", "执行主席", "会务操作员", "投票卡1", "会场大屏幕", "公布页"} <= set(
        re.findall(r"\w+", page)
    )
    (folder / "letter.txt").write_text("mine")

    settings = settings_in(folder, port, None)
    demo = msgspec.json.decode((folder / "insecure-demo.json").read_bytes(), type=InsecureDemo)
    with Store.open(settings.database) as store:
        open_vote(store, demo.stage, Signer.load(folder / "signing.key"), 291, _now(), os.urandom)
        second = Visit(folder, port)
        again = second.read_until("投票中")
        while casting.turnout(store, demo.stage.staff, demo.stage.round_id) < 2:
            time.sleep(0.05)
        second.interrupt()
    assert LINKS.findall(again) == LINKS.findall(page)
    assert (folder / "letter.txt").read_text() == "mine"
    assert (folder / "insecure-demo.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("lost", ["piaojue.db", "signing.key"])
def test_a_folder_that_lost_a_part_is_refused(clerk: Clerk, lost: str) -> None:
    load(clerk.folder / "demo", SMALL)
    (clerk.folder / "demo" / lost).unlink()
    assert f"{lost} 缺失或已损坏" in clerk.is_refused("demo", "--folder", "demo", "--port", str(free_port()))


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_damaged_secrets_are_refused(clerk: Clerk, content: bytes) -> None:
    (clerk.folder / "demo").mkdir()
    (clerk.folder / "demo" / "insecure-demo.json").write_bytes(content)
    assert "insecure-demo.json 缺失或已损坏" in clerk.is_refused(
        "demo", "--folder", "demo", "--port", str(free_port())
    )


def test_somebody_elses_folder_is_refused(clerk: Clerk) -> None:
    (clerk.folder / "letters").mkdir()
    (clerk.folder / "letters" / "piaojue.db").write_text("mine")
    assert "有别的文件" in clerk.is_refused("demo", "--folder", "letters", "--port", str(free_port()))


@pytest.mark.parametrize("folder", ["file", "file/below", "x" * 300])
def test_a_folder_where_nothing_can_be_written_is_refused(clerk: Clerk, folder: str) -> None:
    (clerk.folder / "file").touch()
    assert "不能使用" in clerk.is_refused("demo", "--folder", folder, "--port", str(free_port()))


def test_a_taken_port_is_refused_before_anything_is_made(clerk: Clerk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = str(stranger.getsockname()[1])
        assert "被其他程序占用" in clerk.is_refused("demo", "--port", port)


def test_a_hall_that_cannot_be_made_leaves_nothing_half_made(tmp_path: Path) -> None:
    with pytest.raises(DraftError):
        load(tmp_path / "demo", county.Attendance(all_deputies=0, present=9, idle=1))
    assert list(tmp_path.iterdir()) == []


# What it prints


def shown(settings: Settings, width: int, demo: InsecureDemo) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    guide.show(hall_of(demo, settings), console)
    printed = console.file
    assert isinstance(printed, io.StringIO)
    return printed.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_the_first_page_fits_the_terminal_and_its_codes_scan(tmp_path: Path, width: int) -> None:
    demo = load(tmp_path / "demo", SMALL)
    settings = settings_in(tmp_path / "demo", 8000, None)
    page = shown(settings, width, demo)
    assert max(cell_len(line) for line in page.splitlines()) <= width
    personal = {settings.address(f"/enter/{one.token}") for one in demo.entrances}
    cards = {settings.address(f"/v/{demo.stage.session.code}#{card}") for card in demo.stage.cards[:3]}
    assert set(scanned(page)) == personal | cards
    assert personal | cards < set(LINKS.findall(page))
    assert not any(card in page for card in demo.stage.cards[3:])


def test_links_lead_to_the_address_that_was_given(tmp_path: Path) -> None:
    demo = load(tmp_path / "demo", SMALL)
    settings = settings_in(tmp_path / "demo", 8000, "http://192.168.1.8:8000")
    assert not ip_address(settings.host).is_loopback
    page = shown(settings, 120, demo)
    assert all(link.startswith("http://192.168.1.8:8000/") for link in LINKS.findall(page))


def test_an_address_that_is_none_is_refused(clerk: Clerk) -> None:
    assert "不是一个网址" in clerk.is_refused("demo", "--url", "192.168.1.8")
    assert "1 至 65535" in clerk.is_refused("demo", "--url", "http://192.168.1.8:99999")


def test_the_port_is_that_of_the_address_unless_another_is_given(tmp_path: Path) -> None:
    assert settings_in(tmp_path, None, "http://192.168.1.8:9000").port == 9000
    assert settings_in(tmp_path, 8001, "https://demo.example.gov.cn").port == 8001


def test_every_state_has_its_next_step() -> None:
    assert set(guide.NEXT) >= set(guide.STEPS)
    assert list(guide.STEPS) == list(dict.fromkeys(guide.STEPS))


# The hall, as it goes on


class Running:
    """A small hall with its server; `open` lets the vote begin."""

    def __init__(self, demo: InsecureDemo, settings: Settings, store: Store) -> None:
        self.demo, self.settings, self.store, self.stage = demo, settings, store, demo.stage
        self.console = Console(file=io.StringIO())

    def open(self) -> Round:
        signer = Signer.load(Path(self.settings.signing_key))
        return open_vote(self.store, self.stage, signer, SMALL.present, _now(), os.urandom)

    def let_vote(self, opened: Round) -> None:
        let_vote(self.demo, opened, self.settings, self.store, self.console)

    def turnout(self) -> int:
        return casting.turnout(self.store, self.stage.staff, self.stage.round_id)


@pytest.fixture
def running(tmp_path: Path, nursery: Nursery) -> Iterator[Running]:
    folder = tmp_path / "demo"
    demo, settings = load(folder, SMALL), settings_in(folder, free_port(), None)
    server = Server(
        settings.database, Path(settings.signing_key), workers=1, port=settings.port, nursery=nursery
    )
    with server, Store.open(settings.database) as store:
        yield Running(demo, settings, store)


def cards_that_voted(running: Running, opened: Round) -> list[int]:
    from ballots.credentials import public_credential

    code = running.stage.session.code
    publics = [public_credential(opened.uuid or "", card) for card in running.stage.cards]
    standings = [casting.card_standing(running.store, code, opened.id, public) for public in publics]
    return [n for n, standing in enumerate(standings) if standing.state == "used"]


def test_the_other_deputies_vote_once_the_vote_is_open_and_leave_three_cards(running: Running) -> None:
    opened = running.open()
    running.let_vote(opened)
    assert cards_that_voted(running, opened) == list(range(3, SMALL.present - SMALL.idle))
    running.let_vote(opened)  # a second visit finds nothing more to do
    election, path = (
        Election.parse(opened.election or b""),
        f"/api/v/{running.stage.session.code}/{opened.id}",
    )
    own = seal(election, running.stage.cards[0], [[0, 1, 1, 1, 0, 0, 0, 0]], os.urandom)
    assert burst(running.settings.url, f"{path}/ballots", [own], lambda: None)[0].status == 200
    close_vote(running.store, running.stage, _now(), os.urandom)
    announce(running.store, running.stage, _now())
    archive = publishing.archive(running.store, running.stage.staff, opened.id)
    assert verified(archive).ballots == SMALL.present - SMALL.idle - 2


def test_nobody_votes_any_more_once_the_vote_is_closed(running: Running) -> None:
    opened = running.open()
    close_vote(running.store, running.stage, _now(), os.urandom)
    running.let_vote(opened)
    assert running.turnout() == 0


def test_each_new_state_is_told_once(running: Running) -> None:
    down = threading.Event()
    states = accompany(running.demo, running.settings, running.store, running.console, down.is_set)
    assert next(states).state == "adopted"
    running.open()
    assert next(states).state == "open"
    close_vote(running.store, running.stage, _now(), os.urandom)
    assert next(states).state == "counted"
    announce(running.store, running.stage, _now())
    assert next(states).state == "announced"
    down.set()
    with pytest.raises(ServerFailed, match="再次运行会接着进行"):
        next(states)


def test_a_killed_server_is_noticed_and_its_exit_code_is_left_alone() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as server:
        assert not ended(server.pid)
        server.kill()
        wait_until(lambda: ended(server.pid), "the server is gone")
        assert server.wait() == -signal.SIGKILL


def _now() -> datetime:
    return datetime.now(UTC)
