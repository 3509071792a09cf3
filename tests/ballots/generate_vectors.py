"""Writes ballots/vectors: one case a file, one thing wrong in each.

    python -m tests.ballots.generate_vectors                       # ours, from fixed randomness
    python -m tests.ballots.generate_vectors --peer BELENIOS_TOOL  # what belenios-tool makes, new each time

A test compares the first kind with what is stored. The second kind is made once and kept.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from ballots.ballot import tracker_of
from ballots.election import Question
from tests.ballots import vectors_of_ballots, vectors_of_keys
from tests.ballots.peer import Peer, SharedKey, SingleKey
from tests.ballots.vectors_of_ballots import Case, case
from tests.simulator import ANY_NUMBER, FREE, GRADES, SELECT, STANCES

FOLDER: Final = Path(__file__).parents[2] / "ballots" / "vectors"


def ours() -> dict[str, Case]:
    """Every case by its file name without `.json`."""
    sources = (*vectors_of_ballots.SOURCES, *vectors_of_keys.SOURCES)
    cases = [named for source in sources for named in source()]
    assert len(dict(cases)) == len(cases)
    return dict(cases)


def text(content: Any) -> str:
    """JSON for people to read, with a line for each field."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def store(name: str, content: Any) -> None:
    (FOLDER / f"{name}.json").write_text(text(content), encoding="utf-8")


PLANS: Final[dict[str, tuple[tuple[Question, ...], int, tuple[int, int] | None]]] = {
    "chinese": ((SELECT, STANCES), 2, None),
    "threshold-and-single": ((SELECT,), 1, (2, 3)),
    "any-number": ((ANY_NUMBER, FREE), 1, None),
    "nobody": ((SELECT,), 1, None),
    "grades": ((GRADES, GRADES), 1, (2, 3)),
}
"""Archives to be made by belenios-tool: the questions, how many Single keys, and k of n of a Pedersen key."""
VOTES: Final[dict[str, list[list[list[int]]]]] = {
    "chinese": [[[0, 1, 0, 1], [0, 1, 0]], [[1, 0, 0, 0], [1, 0, 0]], [[0, 0, 1, 1], [0, 0, 1]]],
    "threshold-and-single": [[[0, 1, 1, 0]], [[0, 1, 0, 0]]],
    "any-number": [[[0, 0, 0], [0, 0, 0]], [[1, 0, 0], [1, 1, 1]], [[0, 1, 1], [0, 1, 0]]],
    "nobody": [],
    "grades": [
        [[1, 0, 0, 0], [0, 0, 1, 0]],
        [[1, 0, 0, 0], [0, 1, 0, 0]],
        [[0, 1, 0, 0], [0, 0, 0, 1]],
    ],
}


def make_peer_archive(tool: Path, name: str) -> None:
    """One election held by belenios-tool alone: `peer/NAME.bel`, and beside it what its people knew."""
    questions, singles, shares = PLANS[name]
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(tool, Path(folder))
        single = [peer.single_key() for _ in range(singles)]
        shared = peer.threshold_keys(*shares) if shares else []
        cards = peer.cards(len(VOTES[name]) + 1)
        peer.election(f"示例县：{name}", questions, [key.public for key in single])
        ballots = [peer.ballot(card, choices) for card, choices in zip(cards, VOTES[name], strict=False)]
        for ballot in ballots:
            peer.add("Ballot", ballot)
        peer.close()
        for owner, key in _openers(single, shared, shares):
            peer.add_decryption(owner, peer.decrypt(owner, key))
        result = msgspec.json.decode(peer.count())["result"]
        peer.verify()
        (FOLDER / "peer" / f"{name}.bel").write_bytes(peer.archive)
        known = {
            "comment": f"made by {peer.version}: all cards, who voted what, the secrets of the Single keys",
            "uuid": peer.uuid,
            "credentials": cards,
            "choices": VOTES[name],
            "trustees": [str(key.secret) for key in single],
            "result": result,
        }
        store(f"peer/{name}", known)
        for number, case_ in enumerate(_of_ballots(peer, ballots), 1):
            store(f"peer-ballot-{name}-{number}", case_)
        for number, case_ in enumerate(_of_cards(peer, cards), 1):
            store(f"peer-credential-{name}-{number}", case_)


def _openers(
    single: Sequence[SingleKey], shared: Sequence[SharedKey], shares: tuple[int, int] | None
) -> Iterator[tuple[int, SingleKey | SharedKey]]:
    """All Single keys, and of a Pedersen key the last k."""
    yield from enumerate(single, 1)
    if shares:
        needed, size = shares
        yield from [*enumerate(shared, len(single) + 1)][size - needed :]


def _of_ballots(peer: Peer, ballots: Sequence[bytes]) -> Iterator[Case]:
    election = (peer.folder / "election.json").read_text().strip()
    for raw in ballots:
        yield case(
            "ballot",
            f"made by {peer.version}",
            "ok",
            election=election,
            ballot=raw.decode(),
            tracker=tracker_of(raw),
        )


def _of_cards(peer: Peer, cards: Sequence[str]) -> Iterator[Case]:
    for card in cards:
        yield case(
            "public_credential",
            f"made by {peer.version}",
            "ok",
            uuid=peer.uuid,
            credential=card,
            public_credential=peer.public_credential(card),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path, metavar="BELENIOS_TOOL")
    peer: Path | None = parser.parse_args().peer
    if peer is None:
        for name, content in ours().items():
            store(name, content)
    else:
        for name in PLANS:
            make_peer_archive(peer.resolve(), name)


if __name__ == "__main__":
    main()
