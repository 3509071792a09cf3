"""The verifier: every check a stranger can make on the record of a round (NOTES §1-8, §10).

Stricter than belenios-tool: it also holds each ballot's proofs, replays, canonical writing, the order of
events, `num_tallied`, `total_weight` and the bounds of the counts. It stops at the first check that does not
hold and says which, at which event, and why.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

import msgspec

from ballots.archive import Entry, read
from ballots.checks import CHECKS, RECORD_CHECKS, TRACKER_CHECK, Refused, checking, demand
from ballots.companion import Facts, check_companion
from ballots.election import Election, check_credentials
from ballots.encoding import decode, sha256_hex
from ballots.errors import BadArchive, BadChain, Malformed
from ballots.inspection import inspect_all
from ballots.tally import (
    OwnedDecryption,
    Sums,
    check_partial_decryption,
    decrypt,
    encode_sums,
    is_enough,
    merge,
    no_ballots,
    possible_counts,
    read_tally,
)
from ballots.trustees import Trustees, check_trustees


class Setup(NamedTuple):
    election: Election
    trustees: Trustees
    credentials: tuple[str, ...]


class Box(NamedTuple):
    """The ballots: digest → card, and their sum."""

    cards: dict[str, str]
    sums: Sums


class LargeTally(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sized tally as the peer may write it: weights above 2^30-1 are strings, and refused below."""

    num_tallied: int | str
    total_weight: int | str
    encrypted_tally: str


class DeclaredResult(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A result as declared: large counts are strings, and refused below."""

    result: tuple[tuple[int | str, ...], ...]


class Verified(NamedTuple):
    """What a sound archive says; `checks` are the numbers of those that were made."""

    uuid: str
    name: str
    fingerprint: str
    cards: int
    ballots: int
    result: tuple[tuple[int, ...], ...]
    closing_head: str
    head: str
    checks: tuple[int, ...]


def verify(
    file: BinaryIO, record: bytes | None = None, trackers: Sequence[str] = (), workers: int = 0
) -> Verified:
    """Make every check; ballots are spread over `workers` processes (0: all cores). Raises Refused."""
    entries = _entries(file)
    setup = check_setup(_next(entries))
    box = check_ballots(setup, entries, workers or os.cpu_count() or 1)
    tally = check_tally(_next(entries), setup.election, box)
    parts, last = check_decryptions(setup, tally, entries)
    result = check_result(setup, tally, parts, last, len(box.cards))
    _end(entries)
    verified = Verified(
        setup.election.uuid,
        setup.election.document.name,
        setup.election.fingerprint,
        len(setup.credentials),
        len(box.cards),
        result,
        tally.hash,
        last.hash,
        tuple(check.number for check in CHECKS[:23]),
    )
    if record is not None:
        check_companion(record, facts_of(setup, box, verified))
        verified = verified._replace(checks=(*verified.checks, *RECORD_CHECKS))
    if trackers:
        check_trackers(trackers, box)
        verified = verified._replace(checks=tuple(sorted((*verified.checks, TRACKER_CHECK))))
    return verified


def _entries(file: BinaryIO) -> Iterator[Entry]:
    """Checks 1 to 3 as the file is read."""
    try:
        yield from read(file)
    except BadChain as error:
        raise Refused(3, "", error.finding) from None
    except Malformed as error:
        raise Refused(2, "", error.finding) from None
    except BadArchive as error:
        raise Refused(1, "", error.finding) from None


def _next(entries: Iterator[Entry], after: Entry | None = None) -> Entry:
    for entry in entries:
        return entry
    raise Refused(3, _place(after) if after else "", "记录到此中断，缺少后续事件")


def _end(entries: Iterator[Entry]) -> None:
    for entry in entries:
        raise Refused(3, _place(entry), "结果之后还有事件")


def _place(entry: Entry) -> str:
    return f"第{entry.event.height}个事件（{entry.event.type}）"


def check_setup(entry: Entry) -> Setup:
    """Checks 4 to 7."""
    place = _place(entry)
    with checking(4, place):
        election = Election.parse(entry.data[0])
    with checking(5, place):
        credentials = check_credentials(entry.data[2])
    with checking(6, place):
        trustees = check_trustees(entry.data[1])
    demand(trustees.joint == election.key, 7, place, "合成的钥匙与票样不同")
    return Setup(election, trustees, credentials)


def check_ballots(setup: Setup, entries: Iterator[Entry], workers: int) -> Box:
    """Checks 8 to 15; takes the events up to EndBallots."""
    box = Box({}, no_ballots(setup.election))
    listed, used, height = frozenset(setup.credentials), set[str](), 0
    for findings in inspect_all(setup.election, _until_end(entries), workers):
        for finding in findings.ballots:
            height += 1
            place = f"第{height}个事件（Ballot）"
            demand(finding.digest not in box.cards, 10, place, "与前面的一张完全相同")
            demand(not finding.failed, finding.failed, place, finding.reason)
            demand(finding.credential in listed, 9, place, "投票卡不在名单中")
            demand(finding.credential not in used, 11, place, "这张投票卡已有一张表决票")
            box.cards[finding.digest] = finding.credential
            used.add(finding.credential)
        merge(box.sums, findings.sums)
    return box


def _until_end(entries: Iterator[Entry]) -> Iterator[bytes]:
    """The ballots' bytes, up to the event that ends them."""
    for entry in entries:
        if entry.event.type == "EndBallots":
            return
        yield entry.data[0]
    raise Refused(3, "", "记录到此中断，没有截止投票的事件")


def check_tally(entry: Entry, election: Election, box: Box) -> Entry:
    """Checks 16 to 18."""
    place = _place(entry)
    with checking(16, place):
        read_tally(election, entry.data[0])
    demand(entry.data[0] == encode_sums(box.sums), 16, place, "与全部表决票相加之和不同")
    with checking(2, place):
        sized = decode(entry.data[1], LargeTally, "sized_encrypted_tally")
    demand(sized.encrypted_tally == sha256_hex(entry.data[0]), 16, place, "所指的总和不是所附的总和")
    ballots = len(box.cards)
    demand(sized.num_tallied == ballots, 17, place, f"记为{sized.num_tallied}张，实有{ballots}张")
    demand(sized.total_weight == ballots, 18, place, f"记为{sized.total_weight}，实有{ballots}张")
    return entry


def check_decryptions(setup: Setup, tally: Entry, entries: Iterator[Entry]) -> tuple[dict[int, bytes], Entry]:
    """Checks 19 to 21; returns the decryptions by owner and the Result event."""
    keys, parts = setup.trustees.keys, dict[int, bytes]()
    entry = _next(entries, after=tally)
    while entry.event.type == "PartialDecryption":
        place = _place(entry)
        with checking(2, place):
            owned = decode(entry.data[1], OwnedDecryption, "owned_partial_decryption")
        demand(owned.payload == sha256_hex(entry.data[0]), 19, place, "所指的数据不是所附的数据")
        demand(owned.owner in keys, 19, place, f"没有第{owned.owner}位监票人")
        demand(owned.owner not in parts, 19, place, f"第{owned.owner}位监票人重复")
        with checking(20, place):
            check_partial_decryption(setup.election, tally.data[0], keys[owned.owner], entry.data[0])
        parts[owned.owner] = entry.data[0]
        entry = _next(entries, after=entry)
    demand(is_enough(setup.trustees, parts), 21, _place(entry), f"只有{len(parts)}位监票人参加开箱")
    return parts, entry


def check_result(
    setup: Setup, tally: Entry, parts: dict[int, bytes], entry: Entry, ballots: int
) -> tuple[tuple[int, ...], ...]:
    """Checks 22 and 23."""
    place = _place(entry)
    with checking(2, place):
        declared = decode(entry.data[0], DeclaredResult, "result").result
    result = tuple(tuple(count for count in row if isinstance(count, int)) for row in declared)
    demand(result == declared and possible_counts(setup.election, result, ballots), 22, place, "得票数越界")
    with checking(23, place):
        opened = decrypt(setup.election, setup.trustees, tally.data[0], parts, ballots)
    demand(opened == entry.data[0], 23, place, "与打开的总和不同")
    return result


def facts_of(setup: Setup, box: Box, verified: Verified) -> Facts:
    """What `round.json` is held against."""
    return Facts(
        election=setup.election,
        trustees=setup.trustees,
        listed=frozenset(setup.credentials),
        used=frozenset(box.cards.values()),
        ballots=verified.ballots,
        result=verified.result,
        closing_head=verified.closing_head,
        head=verified.head,
    )


def check_trackers(trackers: Iterable[str], box: Box) -> None:
    """Check 31: every tracker, in its 43 characters, belongs to a ballot of the record."""
    found = {tracker_from_digest(digest) for digest in box.cards}
    for tracker in trackers:
        demand(tracker.strip() in found, 31, "", f"回执号 {tracker[:43]} 不在记录中")


def tracker_from_digest(digest: str) -> str:
    """The same hash in the deputies' form."""
    return base64.b64encode(bytes.fromhex(digest)).decode().rstrip("=")
