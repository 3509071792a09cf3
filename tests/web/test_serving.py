"""`piaojue serve` as an operator meets it: one on a port, stopped at once, gone with whoever started it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server_process import DEADLINE, Server, alive, wait_until
from voting.signing import Signer
from web.port import PortTaken, holding, is_free
from web.rehearsal.server import ServerFailed, free_port, serving
from web.settings import Settings, SettingsError


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    Signer.create(tmp_path / "signing.key", os.urandom)
    with Server(sqlite_url, tmp_path / "signing.key") as running:
        yield running


# The port


def test_a_free_port_is_held_and_given_back(port: int) -> None:
    for _ in range(2):
        with holding("127.0.0.1", port):
            assert is_free("127.0.0.1", port)


def test_a_port_that_is_held_is_refused_to_the_next(port: int) -> None:
    with (
        holding("127.0.0.1", port),
        pytest.raises(PortTaken, match="已有一个 piaojue"),
        holding("127.0.0.1", port),
    ):
        pass


@pytest.mark.parametrize("listening", ["127.0.0.1", ""], ids=["this-address", "every-address"])
def test_a_port_where_a_program_listens_that_would_share_it_is_refused(listening: str) -> None:
    with socket.create_server((listening, 0), reuse_port=True) as stranger:
        port = stranger.getsockname()[1]
        with pytest.raises(PortTaken, match=f"{port} 被其他程序占用"), holding("127.0.0.1", port):
            pass


@pytest.mark.parametrize("host", ["localhost", "", "192.0.2.1", "rd.example.gov.cn"])
def test_an_address_that_is_not_this_machines_is_refused_at_once(host: str, port: int) -> None:
    with pytest.raises(SettingsError, match="设置 host"), holding(host, port):
        pass


# The server


def test_a_second_server_on_the_port_is_refused_and_the_first_goes_on(
    server: Server, sqlite_template: Path, tmp_path: Path
) -> None:
    other = shutil.copy(sqlite_template, tmp_path / "other.db")
    environment = {
        **os.environ,
        "PIAOJUE_DATABASE": f"sqlite:///{other}",
        "PIAOJUE_SIGNING_KEY": str(tmp_path / "signing.key"),
    }
    command = [sys.executable, "-m", "web", "serve", "--port", str(server.port)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"端口 {server.port} 已有一个 piaojue 在使用" in done.stderr
    assert done.stderr.count("\n") == 1
    assert server.answers()


def test_workers_share_the_program_that_their_parent_has_loaded(server: Server) -> None:
    for worker in server.workers():
        held = {
            name: int(size)
            for name, size in re.findall(
                r"^(\w+):\s+(\d+) kB", Path(f"/proc/{worker}/smaps_rollup").read_text(), re.MULTILINE
            )
        }
        assert held["Shared_Clean"] + held["Shared_Dirty"] > held["Rss"] / 2


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_leaves_nothing_behind(server: Server, how: signal.Signals) -> None:
    processes = server.processes()
    with socket.create_connection(("127.0.0.1", server.port)) as phone:
        phone.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert phone.recv(12) == b"HTTP/1.1 200"
        assert server.stop(how) == 0
    assert not any(map(alive, processes))
    with holding("127.0.0.1", server.port):
        pass


def test_ctrl_c_in_the_terminal_reaches_every_process_and_is_no_failure(server: Server) -> None:
    processes = server.processes()
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait() == 0
    assert not any(map(alive, processes))


ALARMED = """
import signal
from web.serving import Bell
bell, alarms = Bell(), []
def ring(*_):
    alarms.append(bell.set())
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
while len(alarms) < 2000:
    bell.wait()
    bell.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
"""


def test_a_signal_in_the_midst_of_another_keeps_no_server_from_stopping() -> None:
    assert subprocess.run([sys.executable, "-c", ALARMED], timeout=DEADLINE, check=False).returncode == 0


def test_a_request_that_never_ends_does_not_keep_a_server_from_stopping(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as phone:
        phone.sendall(b"POST /api/v/AbCdEfGh/x/ballots HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        assert server.stop() == 0
    assert server.processes() == set()


# A server that somebody else started


def own(database: str, key: Path, port: int) -> Settings:
    return Settings(
        url=f"http://127.0.0.1:{port}", port=port, workers=1, database=database, signing_key=str(key)
    )


def test_a_server_ends_with_whoever_started_it_even_without_a_farewell(
    sqlite_url: str, tmp_path: Path, port: int
) -> None:
    Signer.create(tmp_path / "signing.key", os.urandom)
    program = f"""
from pathlib import Path
from tests.web.test_serving import own
from web.rehearsal.server import serving
with serving(own({sqlite_url!r}, Path({str(tmp_path / "signing.key")!r}), {port})) as server:
    print(server, flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        server = int(starter.stdout.readline())
        assert alive(server)
        starter.kill()
    wait_until(lambda: not alive(server), "the server ends")
    wait_until(lambda: is_free("127.0.0.1", port), "the port is free")


def test_a_server_that_does_not_start_says_why(tmp_path: Path, port: int) -> None:
    absent = own(f"sqlite:///{tmp_path / 'absent.db'}", tmp_path / "absent.key", port)
    with pytest.raises(ServerFailed, match="不存在"), serving(absent):
        pass


def test_a_stranger_on_the_port_is_not_taken_for_the_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        settings = own("sqlite:///absent.db", tmp_path / "absent.key", stranger.getsockname()[1])
        with pytest.raises(PortTaken), serving(settings):
            pass
