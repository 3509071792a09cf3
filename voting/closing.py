"""截止: no ballot enters any more, the record is written in the order of digests, and the sealed sum is made.

Its head, the 封箱码, is shown in the hall before anybody decrypts: whoever changed a ballot afterwards would
have to change it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from typing import Final

import msgspec

from ballots.ballot import Ballot
from ballots.election import Election
from ballots.tally import Sums, add, encode_sums, merge, no_ballots, sized_tally
from voting.actors import Actor, require
from voting.cycle import advance, already
from voting.handing_out.trials import discard
from voting.paper_ballots.exchanging import settle_papers
from voting.recording import Chain
from voting.rounds import Round
from voting.store import Store, Transaction

PAGE: Final = 100
"""Ballots that a thread adds up at a time."""
AHEAD: Final = 32
"""Pages that may wait for a thread: 3,200 ballots of ten candidates are 30 MB."""

_ballot = msgspec.json.Decoder(Ballot)


def close_round(store: Store, actor: Actor, round_id: str, now: datetime, missing: int = 0) -> Round:
    """Close, chain and sum: some 0.7 ms of CPU a ballot, shared by all cores.

    `missing` is how many papers did not come back, where too few were handed out to be counted apart: the
    others must have been cast. Raises PapersUnaccounted, WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        opened = tx.rounds.lock(actor, round_id)
        if already(opened.state, "close"):
            return opened
        done = closed(tx, actor, opened, now, missing)
    store.sweep()
    return done


def closed(tx: Transaction, actor: Actor, opened: Round, now: datetime, missing: int = 0) -> Round:
    """As `close_round`, within a transaction that does more; the round is locked."""
    if opened.trial and opened.state == "open":
        return discard(tx, actor, opened, now)
    state = advance(opened.state, "close", opened.kind, opened.method)
    if opened.method != "electronic":
        tx.steps.add(actor, opened, "close", now)
        return tx.rounds.change(opened, state=state)
    on_paper = settle_papers(tx, actor, opened, missing)
    chain = Chain(tx, opened)
    tally, boxed = _empty_the_box(tx, opened, chain)
    chain.add("EndBallots")
    chain.add("EncryptedTally", tally, sized_tally(tally, boxed))
    chain.keep()
    returned = None if on_paper is None else boxed + on_paper
    note = "等候清点纸质票" if returned is None else f"收回{returned}张"
    tx.steps.add(actor, opened, "close", now, note=note)
    return tx.rounds.change(
        opened,
        state=state,
        boxed=boxed,
        returned=returned,
        closing_head=chain.head.parent,
        encrypted_tally=tally,
    )


def _empty_the_box(tx: Transaction, opened: Round, chain: Chain) -> tuple[bytes, int]:
    """Every ballot into the chain and into the sum: (the archive's `encrypted_tally`, number of ballots).

    The sum is made by threads, meanwhile the database writes: libsodium and the drivers let one another run.
    From here on no row says any more when its ballot came.
    """
    election, parts = Election.parse(opened.election or b""), list[Future[Sums]]()
    boxed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1, "sum") as threads:
        for page in _pages(tx.box.ballots(opened)):
            for digest, _ in page:
                chain.add_ballot(digest)
            boxed += len(page)
            parts.append(threads.submit(_added_up, election, [raw for _, raw in page]))
            if len(parts) > AHEAD:
                parts[-AHEAD].result()
        tx.box.shuffle(opened)
        chain.keep()
    sums = no_ballots(election)
    for part in parts:
        merge(sums, part.result())
    return encode_sums(sums), boxed


def _pages(box: Iterable[tuple[str, bytes]]) -> Iterator[Sequence[tuple[str, bytes]]]:
    rest = iter(box)
    while page := list(islice(rest, PAGE)):
        yield page


def _added_up(election: Election, raws: Sequence[bytes]) -> Sums:
    sums = no_ballots(election)
    for raw in raws:
        add(sums, _ballot.decode(raw).answers)
    return sums
