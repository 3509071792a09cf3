"""Promises of `/metrics`: nobody without the token knows of it, and nothing in it is finer than the hall's
own screen — no figure of a round, and of ballots only what has come together in a quarter of a minute."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from tests.web.house import House, MakeHouse
from voting.preserving.locked_file import MAGIC
from voting.store import Connections
from web.meters import STEP, Metered, Meters
from web.settings import SettingsError, load

TOKEN: Final = "t" * 32
GIVEN: Final = {"authorization": f"Bearer {TOKEN}"}
LABELS: Final = {"answer", "kind", "state", "le", "schema"}


@pytest.fixture
def house(open_house: MakeHouse, tmp_path: Path) -> House:
    return open_house(state="open", metrics_token=TOKEN, backups=str(tmp_path))


def watching(house: House) -> Meters:
    """With a clock that stands a moment after a quarter: the next one is far away."""
    meters = Meters(house.store, clock=lambda: STEP + 0.001)
    house.app.state.meters = meters
    return meters


def visit(house: House, meters: Meters, steps: Callable[[AsyncClient], Awaitable[None]]) -> None:
    async def inside() -> None:
        transport = ASGITransport(app=Metered(house.app, meters), raise_app_exceptions=False)  # type: ignore[arg-type]  # litestar types its messages more closely
        async with AsyncClient(transport=transport, base_url=house.settings.url) as client:
            await steps(client)

    asyncio.run(inside())


async def scraped(client: AsyncClient) -> dict[str, float]:
    answer = await client.get("/metrics", headers=GIVEN)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {
        f"{one.name}{sorted(one.labels.items())}": one.value for family in families for one in family.samples
    }


def of_ballots(figures: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in figures.items() if "ballots" in name or "cast" in name}


@pytest.mark.parametrize("given", [{}, {"authorization": "Bearer " + "x" * 32}, {"authorization": TOKEN}])
def test_without_the_token_there_is_no_such_page(house: House, given: dict[str, str]) -> None:
    watching(house)
    known, unknown = house.visitor().get("/metrics", headers=given), house.visitor().get("/metricx")
    assert (known.status_code, known.text) == (404, unknown.text)


def test_until_a_token_is_set_there_is_no_such_page_at_all(open_house: MakeHouse) -> None:
    house = open_house()
    watching(house)
    for given in ({}, {"authorization": "Bearer "}, GIVEN):
        assert house.visitor().get("/metrics", headers=given).status_code == 404


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingsError, match="32"):
        load({"PIAOJUE_METRICS_TOKEN": "secret"})


def test_ballots_are_told_only_at_the_quarters_of_a_minute(house: House) -> None:
    meters, path = watching(house), f"/api/v/{house.hall.session.code}/{house.id}/ballots"
    first, other = house.hall.ballot(0, 1), house.hall.ballot(0, 2)

    async def steps(client: AsyncClient) -> None:
        before = of_ballots(await scraped(client))
        for raw in (first, first, other, house.hall.ballot(1, 3), b"{}"):
            await client.post(path, content=raw)
            assert of_ballots(await scraped(client)) == before
        meters.flush()
        after = await scraped(client)
        assert after["piaojue_ballots_total[('answer', 'accepted')]"] == 3
        assert after["piaojue_ballots_total[('answer', 'card_already_voted')]"] == 1
        assert after["piaojue_ballots_total[('answer', 'malformed')]"] == 1
        assert after["piaojue_cast_seconds_count[]"] == 5

    visit(house, meters, steps)


def test_when_the_clock_reaches_the_quarter_they_are_told_without_being_asked() -> None:
    class Nobody:
        def connections(self) -> Connections:
            return Connections(used=0, most=8, errors=0)

    async def wait() -> bytes:
        meters = Meters(Nobody(), clock=lambda: STEP - 0.001)
        meters.answered("accepted", 0.01)
        await asyncio.sleep(0.01)
        return meters.text()

    assert b'piaojue_ballots_total{answer="accepted"} 1.0' in asyncio.run(wait())


def test_no_figure_carries_a_round_a_card_or_a_person(house: House) -> None:
    meters = watching(house)
    secret = house.hall.cards.public[house.hall.uuid()][0]
    card = f"/api/v/{house.hall.session.code}/{house.id}/cards/{secret}"

    async def steps(client: AsyncClient) -> None:
        await client.post(card.replace("cards", "ballots"), content=house.hall.ballot(0, 1))
        for path in (card, f"/v/{house.hall.session.code}", f"/api/v/{house.hall.session.code}", "/x"):
            await client.get(path)
        meters.flush()
        text = (await client.get("/metrics", headers=GIVEN)).text
        assert set(re.findall(r'(\w+)="', text)) <= LABELS
        for known in (house.id, house.hall.session.code, house.hall.session.id, secret, "刘科长"):
            assert known not in text

    visit(house, meters, steps)


def test_the_standing_of_the_installation_is_told(house: House, tmp_path: Path) -> None:
    meters = watching(house)
    (tmp_path / "a.piaojue").write_bytes(MAGIC)
    os.utime(tmp_path / "a.piaojue", (0, 0))

    async def steps(client: AsyncClient) -> None:
        meters.flush()
        figures = await scraped(client)
        failed = figures["piaojue_database_errors_total[]"]
        assert figures["piaojue_database_up[]"] == 1
        assert figures["piaojue_disk_free_bytes[]"] % (256 * 1024 * 1024) == 0
        assert figures["piaojue_backup_age_seconds[]"] > 1e9
        with house.store.write() as tx:
            tx.rounds._connection.exec_driver_sql("ALTER TABLE setting RENAME TO gone")
        figures = await scraped(client)
        assert figures["piaojue_database_up[]"] == 0
        meters.flush()
        assert (await scraped(client))["piaojue_database_errors_total[]"] == failed + 1

    visit(house, meters, steps)


def test_what_nobody_foresaw_is_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    meters = watching(house)

    async def steps(client: AsyncClient) -> None:
        with house.store.write() as tx:
            tx.rounds._connection.exec_driver_sql("ALTER TABLE congress RENAME TO gone")
        assert (await client.get("/")).status_code == 500
        meters.flush()
        assert (await scraped(client))["piaojue_incidents_total[]"] == 1

    visit(house, meters, steps)


WORKER: Final = """
import os, sys
from voting.store import Connections
from web.meters import Meters

class Nobody:
    def connections(self):
        return Connections(used=1, most=8, errors=2)

meters = Meters(Nobody())
for _ in range(int(sys.argv[1])):
    meters._answers["accepted"] += 1
meters.flush()
print(meters.text().decode())
"""


def test_whichever_worker_is_asked_answers_for_all_of_them(tmp_path: Path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for number in ("3", "4"):
        done = subprocess.run(
            [sys.executable, "-c", WORKER, number],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    assert 'piaojue_ballots_total{answer="accepted"} 7.0' in done.stdout
    assert "piaojue_database_errors_total 4.0" in done.stdout
