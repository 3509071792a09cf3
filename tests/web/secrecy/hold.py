"""A whole round, held and robbed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import make_url

from tests.web.secrecy.attacks import Attacker, Loot
from tests.web.secrecy.order import files_of
from tests.web.secrecy.provoking import provoke
from tests.web.secrecy.session import PATIENCE, Plenary, Running
from voting import publishing


@contextmanager
def held(folder: Path, database: str, voters: int, workers: int = 1, every: int = 1) -> Iterator[Attacker]:
    """From the first card to the erased serials; the server still runs when the attacker comes. `every`: how
    few addresses are asked wrongly before that."""
    plenary = Plenary(folder, database, voters)
    plenary.prepare()
    with plenary.store, Running(database, plenary.hall.key_file, folder / "server.log", workers) as server:
        plenary.walk_about(server.url)
        plenary.vote(server.url)
        during = plenary.copied("copy-while-open.db")
        plenary.hall.close()
        plenary.finish()
        plenary.forget()
        plenary.walk_about(server.url)
        assert provoke(plenary, server.url, every), "nothing unforeseen happened, so nothing was written down"
        yield Attacker(plenary, _loot(plenary, server, folder, database, during))


def _loot(plenary: Plenary, server: Running, folder: Path, database: str, during: Path) -> Loot:
    file = make_url(database).database or ""
    mine = {plenary.hall.key_file, folder / "server.log"}
    beside = [one for one in folder.rglob("*") if one.is_file() and one not in mine]
    files = {*beside, *files_of(Path(file))} - {during}
    return Loot(sorted(files), _published(plenary, server), during, server)


def _published(plenary: Plenary, server: Running) -> dict[str, bytes]:
    hall = plenary.hall
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as public:
        pages = {
            path: public.get(path).content
            for path in (
                "/",
                f"/hall/{hall.session.code}",
                f"/v/{hall.session.code}",
                f"/api/v/{hall.session.code}",
            )
        }
    return {
        **pages,
        "archive": publishing.archive(plenary.store, hall.staff, hall.round.id),
        "round.json": publishing.round_json(plenary.store, hall.staff, hall.round.id, hall.signer),
    }
