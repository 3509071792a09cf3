"""A small installation with something in every corner, made by the program of whatever checkout runs this.

    PYTHONPATH=CHECKOUT python tests/released/filling.py FOLDER

It therefore uses only what every released program has (`tests.people`), and what later ones added where
they have it. In FOLDER afterwards: `piaojue.db`, `signing.key`, and `secrets.json` with what the people of
these invented halls know, so that a vote that began under that program can be ended under a later one.
"""

from __future__ import annotations

import json
import secrets
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ballots.group import Random
from tests import people
from voting.signing import Signer
from voting.store import Store

WITHOUT_VOTES: Final = ("drafted", "adopted", "sealed")
WITH_VOTES: Final = ("open", "closed", "reconciled", "counted", "announced", "published", "void")
VOTES: Final = ((1, 2), (1, 3), (2,), ())
NOW: Final = datetime(2026, 1, 20, 1, 0, tzinfo=UTC)
MEMBERS: Final = 11
"""Of the committee that rates last year's projects: with fewer than ten ballots no figure is published."""


class OneKey(Signer):
    """All halls of an installation share its key."""

    @classmethod
    def create(cls, path: Path, random: Random) -> Signer:  # type: ignore[override]  # any of them
        shared = path.with_name("signing.key")
        return Signer.load(shared) if shared.exists() else Signer.create(shared, random)


def fill(folder: Path) -> None:
    database = f"sqlite:///{folder / 'piaojue.db'}"
    Store.migrate(database)
    people.__dict__["Signer"] = OneKey  # where `Hall` looks for it
    with Store.open(database) as store:
        halls = [_hall(store, folder, state) for state in (*WITHOUT_VOTES, *WITH_VOTES)]
        if find_spec("voting.demo.autumn"):
            _suggestions(halls[0])
            _accounts_and_photos(store)
        if find_spec("voting.demo.earlier"):
            _projects(halls[0])
        if find_spec("tests.common_key"):
            _common_key(store, folder)
        if find_spec("voting.audit"):
            from voting.audit import chain_all

            chain_all(store)
    known = [_known(hall) for hall in halls]
    (folder / "secrets.json").write_text(json.dumps(known, ensure_ascii=False, indent=1))


def _hall(store: Store, folder: Path, state: str) -> people.Hall:
    """A hall whose round stands in this state."""
    hall = people.Hall(store, folder, name=f"hall {state}")
    hall.random = secrets.token_bytes  # a ballot sealed later must not repeat the randomness of these
    if state in WITH_VOTES:
        hall.reach("open")
        for card, marks in enumerate(VOTES):
            hall.cast(card, *marks)
    hall.reach(state)  # type: ignore[arg-type]  # it is one
    return hall


def _known(hall: people.Hall) -> dict[str, object]:
    """What its deputies and scrutineers know."""
    return {
        "state": hall.current().state,
        "congress": hall.congress.id,
        "session": hall.session.id,
        "code": hall.session.code,
        "round": hall.round.id,
        "uuid": hall.uuid(),
        "cards": list(hall.cards.credentials),
        "seeds": hall.seeds,
    }


def _suggestions(hall: people.Hall) -> None:
    from voting.demo.autumn import gather

    gather(hall.store, hall.staff, NOW, secrets.token_bytes)


def _accounts_and_photos(store: Store) -> None:
    """A county with people who log in, and a suggestion that came with a photo."""
    from tests import collecting, pictures
    from tests.county import County
    from tests.voting.accounts.door import Door
    from voting import photos
    from voting.collecting.registering import add_photos

    county = County(store)
    Door(county).account()
    suggestion = collecting.registered(county)
    prepared = photos.prepare(pictures.jpeg(64, 48))
    add_photos(store, county.staff, suggestion.id, [prepared], county.now())


def _projects(hall: people.Hall) -> None:
    """Last year's, rated; this year's, under way; a plenary, where there are such."""
    from voting.demo.earlier import look_back

    if find_spec("voting.demo.sitting"):
        from voting.demo.sitting import sit

        sit(hall.store, hall.staff, hall.session.id, 5, 4, NOW, secrets.token_bytes)
    look_back(hall.store, hall.signer, hall.staff, MEMBERS, NOW, secrets.token_bytes)


def _common_key(store: Store, folder: Path) -> None:
    """Two of three scrutineers have opened the box."""
    hall = people.Hall(store, folder, name="hall with a common key", scrutineers=3, threshold=2)
    hall.random = secrets.token_bytes
    hall.reach("open")
    hall.cast(0, 1, 2)
    hall.reach("announced")


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
