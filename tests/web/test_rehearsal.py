"""`piaojue rehearse`: its figures are those of a real vote, and it refuses what it cannot rehearse."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import active_children, get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Final

import pytest

from ballots import group
from ballots.ballot import check
from ballots.election import Question
from tests.audited import verified
from tests.nursery import Nursery
from tests.parts import ROOT
from tests.people import Hall
from tests.server_process import Server
from tests.simulator import SELECT, STANCES, Simulator
from tests.web.clerk import Clerk
from voting.demo.simulation import plain_sum, tied
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal import floor
from web.rehearsal.burst import Reply, answers, burst
from web.rehearsal.figures import latencies_ms
from web.rehearsal.lost import ProcessLost
from web.rehearsal.processes import usage
from web.rehearsal.sealing import seal_all
from web.rehearsal.server import free_port
from web.rehearsal.stranger import Verification, handful_for, verify_ms_per_ballot
from web.rehearsal.waiting import EVERY, JITTER, waiting
from web.rehearsal.wire import wire
from web.settings import Settings

KEYS: Final = (
    "deputies seal_ms_per_ballot accepted refused seconds ballots_per_s p50_ms p99_ms cpu_ms_per_ballot "
    "libsodium_ms_per_ballot close_to_result_s verify_s verify_cpu_ms_per_ballot archive result_matches "
    "opening_reached_all_s closing_reached_all_s announcing_reached_all_s ideal_s server_rss_mb "
    "paper_ballots threshold trackers_found"
)
HALLS: Final = {
    "select_k": ("--deputies", "12", "--places", "2", "--waiting", "12", "--scrutineers", "3"),
    "for_against": ("--deputies", "22", "--places", "2", "--paper", "10", "--tie", "--scrutineers", "2"),
    "grades": ("--deputies", "12", "--scrutineers", "5", "--threshold", "4", "--cut-network", "1"),
}
"""What each kind of ballot is rehearsed with; twelve deputies vote by card."""


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize(
    ("kind", "paper", "threshold"), [("select_k", 0, 2), ("for_against", 10, 2), ("grades", 0, 4)]
)
def test_a_small_hall_votes_and_its_record_stands(
    clerk: Clerk, kind: str, paper: int, threshold: int
) -> None:
    options = ("--candidates", "4", "--kind", kind, *HALLS[kind])
    said = clerk.gets("rehearse", *options, "--json", "figures.json")
    assert "一致" in said
    figures = json.loads((clerk.folder / "figures.json").read_text())
    assert set(figures) == {*KEYS.split()}
    assert (figures["deputies"], figures["accepted"], figures["refused"]) == (12 + paper, 12, 0)
    assert (figures["paper_ballots"], figures["threshold"], figures["trackers_found"]) == (
        paper,
        threshold,
        12,
    )
    for moment in ("opening", "closing", "announcing"):
        assert (figures[f"{moment}_reached_all_s"] is None) == (kind != "select_k")
    assert figures["archive"] == "rehearsal.bel"
    assert figures["result_matches"] is True
    assert all(value > 0 for value in figures.values() if isinstance(value, float))
    found = verified((clerk.folder / "rehearsal.bel").read_bytes())
    assert (found.ballots, found.cards) == (12, 12)
    assert set(clerk.state()) == {"figures.json", "rehearsal.bel"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--candidates", "4", "--places", "4"], "等额"),
        (["--threshold", "1"], "开箱人数应在 2 至 3"),
        (["--scrutineers", "10"], "监票人应在 1 至 9"),
        (["--paper", "500"], "纸质票应在 0 至 499"),
        (["--paper", "9"], "不足10张"),
        (["--waiting", "20001"], "等候的手机"),
        (["--cut-network", "200"], "断网秒数"),
        (["--tie", "--kind", "grades"], "末位同票"),
        (["--candidates", "4", "--places", "5"], "应选"),
        (["--candidates", "0", "--places", "0"], "候选项目"),
        (["--kind", "grades", "--candidates", "0"], "测评项目应有1至100件"),
        (["--kind", "grades", "--candidates", "101"], "测评项目应有1至100件"),
        (["--deputies", "0"], "代表人数"),
        (["--deputies", "20001"], "代表人数"),
        (["--kind", "by_acclamation"], "select_k、for_against 或 grades"),
        (["--url", "http://127.0.0.1:8000"], "--database"),
        (["--url", "http://127.0.0.1:1", "--database", "sqlite:///piaojue.db"], "没有回应"),
        (["--url", "nowhere", "--database", "sqlite:///piaojue.db"], "没有回应"),
        (["--archive", "absent/rehearsal.bel"], "没有这个文件或文件夹"),
        (["--archive", "."], "这是一个文件夹"),
        (["--json", "absent/figures.json"], "没有这个文件或文件夹"),
        (["--database", "sqlite:///absent/piaojue.db"], "不能建立数据库文件"),
    ],
)
def test_a_rehearsal_that_cannot_be_held_is_refused(clerk: Clerk, words: list[str], said: str) -> None:
    assert said in clerk.is_refused("rehearse", *words)


# Short of memory


def test_a_killed_process_ends_the_rehearsal_with_a_sentence() -> None:
    crowd = Simulator(questions=(SELECT,), deputies=2, scrutineers=1)
    cards, ways = [crowd.cards[0]] * 400, [[[*one] for one in crowd.plain[0]]] * 400

    def kill_one() -> None:
        active_children()[0].kill()

    with pytest.raises(ProcessLost, match="一个演练进程被系统中止"):
        seal_all(crowd.election, cards, ways, kill_one)
    assert active_children() == []


# A server that runs already


@pytest.fixture
def running(
    sqlite_url: str, tmp_path_factory: pytest.TempPathFactory, nursery: Nursery
) -> Iterator[Settings]:
    key, port = tmp_path_factory.mktemp("key") / "signing.key", free_port()
    Signer.create(key, os.urandom)
    url = f"http://127.0.0.1:{port}"
    settings = Settings(url=url, port=port, workers=1, database=sqlite_url, signing_key=str(key))
    with Server(sqlite_url, key, workers=1, port=port, nursery=nursery):
        yield settings


def test_a_rehearsal_on_a_running_server_uses_that_one(
    clerk: Clerk, running: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIAOJUE_SIGNING_KEY", running.signing_key)
    size = ("--deputies", "5", "--candidates", "3", "--places", "1", "--json", "figures.json")
    clerk.gets("rehearse", *size, "--url", running.url, "--database", running.database)
    figures = json.loads((clerk.folder / "figures.json").read_text())
    assert (figures["accepted"], figures["result_matches"]) == (5, True)
    assert figures["cpu_ms_per_ballot"] is None


def test_a_server_on_another_database_is_not_rehearsed_on(
    clerk: Clerk, running: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIAOJUE_SIGNING_KEY", running.signing_key)
    Store.migrate("sqlite:///other.db")
    size = ("--deputies", "5", "--candidates", "3", "--places", "1")
    code, _, err = clerk.types("rehearse", *size, "--url", running.url, "--database", "sqlite:///other.db")
    assert code == 1
    assert "不是 --database 给出的数据库" in err


# All at once


def test_a_network_that_is_cut_loses_no_ballot_and_repeats_none(running: Settings) -> None:
    """Whoever is broken off asks again; a network that stays cut answers nobody."""
    bodies = [b"{}"] * 20
    with wire(running.port) as network:
        assert answers(network.url, "/")
        network.cut()
        assert not answers(network.url, "/")
        mending = threading.Thread(target=network.mend)
        mending.start()
        replies = burst(network.url, "/api/v/AbCdEfGh/x/ballots", bodies, lambda: None, outage=1.0)
        mending.join()
    assert [reply.status for reply in replies] == [400] * 20


def test_every_waiting_phone_hears_of_the_opening(running: Settings, sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        hall = Hall(store, tmp_path)
        hall.reach("sealed")
        with waiting(running.url, f"/api/v/{hall.session.code}", 7) as room:
            start = time.monotonic()
            hall.open()
            heard = room.all_heard(start)
    assert heard.phones == 7
    assert heard.seconds > 0


def test_the_phones_wait_as_the_ballot_page_does() -> None:
    polling = (ROOT / "web" / "client" / "page" / "polling.ts").read_text()
    written = dict(re.findall(r"const (\w+) = ([\d_]+);", polling))
    paces = [int(written[name]) for name in ("BRISK_MS", "BRISK_JITTER_MS")]
    assert paces == [EVERY * 1000, JITTER * 1000]


def test_a_tie_is_one_at_the_last_place_and_nowhere_else() -> None:
    for rules in (
        Rules(ballot="select_k", candidates=5, places=3, publish="with_archive"),
        Rules(ballot="for_against", candidates=5, places=3, publish="with_archive"),
    ):
        ballots = tied(rules, 8)
        summed = plain_sum(ballots)
        votes = summed[0][1:] if rules.ballot == "select_k" else [row[0] for row in summed]
        assert min(votes[:2]) > votes[2] == votes[3] > 8 / 2 > votes[4]


def test_five_hundred_behind_one_address_each_get_an_answer_of_their_own(running: Settings) -> None:
    done, bodies = list[None](), [b"{}", b"[]", b"x", b""] * 125
    replies = burst(running.url, "/api/v/AbCdEfGh/x/ballots", bodies, lambda: done.append(None))
    assert [reply.status for reply in replies] == [400] * 500
    assert len(done) == 500
    assert answers(running.url, "/")
    assert not answers(running.url, "/nowhere")


def test_nobody_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.rehearsal.burst.TRIES", 1)
    (reply,) = burst(f"http://127.0.0.1:{free_port()}", "/", [b""], lambda: None)
    assert (reply.status, reply.body) == (0, b"")


# Figures


def test_the_floor_is_what_the_proofs_of_a_ballot_multiply_and_add(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: Counter[str] = Counter()

    def counting(name: str) -> Callable[..., bytes]:
        real: Callable[..., bytes] = getattr(group, name)

        def counted_call(*operands: bytes) -> bytes:
            counted[name] += 1
            return real(*operands)

        return counted_call

    simulator = Simulator(questions=(SELECT, STANCES), deputies=2)
    for name in ("multiply_base", "multiply", "product"):
        monkeypatch.setattr(f"ballots.proofs.{name}", counting(name))
    check(simulator.election, simulator.ballots[0])
    made = floor.Work(counted["multiply_base"], counted["multiply"], counted["product"])
    assert floor.work(simulator.election.questions) == made


def test_the_floor_of_ten_candidates_is_the_one_of_the_design() -> None:
    answers = tuple(f"演练项目{n}" for n in range(10))
    ten = Question(answers=answers, blank=True, min=1, max=5, question="请选出不超过5件")
    assert floor.work([ten]) == floor.Work(base=31, variable=91, additions=61)


def test_the_floor_is_sampled_beside_the_work() -> None:
    with floor.paced(floor.Work(1, 1, 1)) as pace:
        pass
    assert len(pace.samples) >= floor.LEAST
    assert pace.floor_ms > 0


def test_a_process_and_what_it_started_are_added_up() -> None:
    context = get_context("spawn")
    ready, go_on = context.Event(), context.Event()
    idle_parent = context.Process(target=_start_busy, args=(ready, go_on))
    idle_parent.start()
    ready.wait()
    used = usage(idle_parent.pid or 0)
    alone = usage_of_one(idle_parent.pid or 0)
    go_on.set()
    idle_parent.join()
    assert used is not None
    assert used.cpu >= alone + 0.2
    assert used.memory > 5_000_000
    assert usage(2**22 + 1) is None


def usage_of_one(pid: int) -> float:
    """CPU seconds of this process alone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _start_busy(ready: Event, go_on: Event) -> None:
    child = get_context("spawn").Process(target=_busy, args=(ready, go_on))
    child.start()
    child.join()


def _busy(ready: Event, go_on: Event) -> None:

    while time.process_time() < 0.3:
        pass
    ready.set()
    go_on.wait()


def test_half_of_the_deputies_wait_no_longer_than_the_median() -> None:
    replies = [Reply(200, b"", n / 1000) for n in range(1, 101)]
    p50, p99 = latencies_ms(replies)
    assert 50 <= p50 <= 51
    assert 99 <= p99 <= 100
    assert latencies_ms(replies[:1]) == (1.0, 1.0)


def test_what_a_verifier_needs_to_start_is_no_ballots_cost() -> None:
    start, each = 1.5, 0.008
    handful, whole = (Verification(1.0, start + each * n, 7.0, n, []) for n in (32, 532))
    assert verify_ms_per_ballot(whole, handful, 7.0) == pytest.approx(8.0)
    assert verify_ms_per_ballot(whole, handful, 14.0) == pytest.approx(16.0)
    tiny = Verification(1.0, 0.4, 7.0, 12, [])
    assert verify_ms_per_ballot(tiny, handful, 7.0) == pytest.approx(400 / 12)
    assert handful_for(10_000) > handful_for(5) >= 1
