"""Attackers of a round that is over, each with a name, each giving what it found: nothing, if all is well."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import make_url, select

from ballots.ballot import Ballot
from ballots.election import Election
from ballots.group import ORDER, Point, point_from_hex, power, quotient
from ballots.tally import counting_table, lagrange, sum_ballots
from tests.web.secrecy import order
from tests.web.secrecy.order import Cast
from tests.web.secrecy.session import Plenary, Running
from voting.store.tables import metadata

Findings = list[str]
_MOMENT: Final = re.compile(rb"20\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_NEVER_SENT: Final = ("card", "seed", "share")
"""What no server ever got."""
_NEVER_KEPT: Final = (*_NEVER_SENT, "link", "browser", "address", "cookie", "referer")
_NEVER_SAID: Final = (*_NEVER_KEPT, "name", "pass", "tracker", "typed")


class Loot(NamedTuple):
    """What the attacker carries away: the database's files, copies of it, all other files, what was said."""

    files: Sequence[Path]
    published: Mapping[str, bytes]
    during: Path
    """A copy that was made while voting was open; it still has the map of serials, and no order."""
    server: Running


class Attacker:
    """Has everything that is stored, said and published, and compares it with what really happened."""

    def __init__(self, plenary: Plenary, loot: Loot) -> None:
        self.plenary, self.loot = plenary, loot
        self.cast: list[Cast] = plenary.cast

    @cached_property
    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """(table, row) of the whole database."""
        with self.plenary.store.read() as tx:
            connection = tx.rounds._connection
            return [
                (table.name, dict(row))
                for table in metadata.sorted_tables
                for row in connection.execute(select(table)).mappings()
            ]

    @cached_property
    def elections(self) -> Election:
        return self.plenary.hall.election()

    # The order in which cards voted

    def order_of_casting(self) -> Findings:
        """From the database, its files, copies of it, the archive, the log."""
        found: Findings = []
        if make_url(self.plenary.database).get_backend_name() == "postgresql":
            with self.plenary.store._statements.connect() as connection:
                found += map(str, order.of_database(self.cast, connection, ()).items())
        found += map(
            str,
            order.telling(self.cast, order.in_files(self.cast, [*self.loot.files, self.loot.during])).items(),
        )
        return found + [f"{table}: {name}" for table, name in self._sequences()]

    def _sequences(self) -> Iterator[tuple[str, str]]:
        """Columns that put the rows of ballots into the order of casting: numbers, moments, ids."""
        for table in metadata.sorted_tables:
            rows = [(row, self._card_in(row)) for name, row in self.rows if name == table.name]
            known = [(row, one) for row, one in rows if one is not None]
            if {one for _, one in known} != set(self.cast):
                continue
            for column in table.columns:
                values = sorted(known, key=lambda pair: str(pair[0][column.name]))
                order_found = list(dict.fromkeys(one for _, one in values))
                if order.likeness(self.cast, order_found) >= order.TELLING:
                    yield table.name, column.name

    def _card_in(self, row: Mapping[str, Any]) -> Cast | None:
        """The one card or ballot that a row speaks of; None if of none, or of several."""
        text = _written(row)
        found = [one for one in self.cast if _names(one, text)]
        return found[0] if len(found) == 1 else None

    # Who has which card

    def deputies_to_cards(self) -> Findings:
        """A row that speaks of one card that voted, and of a person or a time."""
        people = [mark.encode() for one in self.plenary.doors.deputies for mark in (one.name, one.id)] + [
            one.encode() for one in self.plenary.secrets.of("pass")
        ]
        found: Findings = []
        for table, row in self.rows:
            text = _written(row)
            if self._card_in(row) is None:
                continue
            if any(mark in text for mark in people):
                found.append(f"{table}: a person beside a card")
            if any(isinstance(value, datetime | date) for value in row.values()) or _MOMENT.search(text):
                found.append(f"{table}: a time beside a card")
        return found

    def serials(self) -> Findings:
        """The erased map: a serial beside its card in any file, whatever the database calls free."""
        made = self.plenary.people
        return [
            f"{file.name}: {made.serial(card)}"
            for file in self.loot.files
            for raw in [file.read_bytes()]
            for card in range(len(made.made.credentials))
            if made.key(card).encode() + made.serial(card).encode() in raw
        ]

    def things_beside_each_other(self) -> Findings:
        """A deputy's name within a hundred bytes of a voting card's half, digest or 回执号, in any file."""
        return [
            f"{file.name}: {voter.name}"
            for file in self.loot.files
            for raw in [file.read_bytes()]
            for voter in self.plenary.voters
            for place in _places(raw, voter.name.encode())
            if any(_names(one, raw[max(0, place - 100) : place + 120]) for one in self.cast)
        ]

    # What was chosen

    def choices(self) -> Findings:
        """Ballots that differ in anything but chance: length and form, apart from the numbers in them."""
        forms = {
            (self.plenary.marks[one.digest], re.sub(rb'"[0-9a-f]{64}"|"\d+"', b"0", _plain(one.body)))
            for one in self.cast
        }
        kinds = {re.sub(rb'"[\w+/]{43}"', b"1", form) for _, form in forms}
        return [f"{len(kinds)} forms of ballots"] if len(kinds) > 1 else []

    def with_one_share(self) -> Findings:
        """k−1 shares: neither a sum nor a ballot opens, however the attacker weighs them."""
        return self.opened_with([1])

    def opened_with(self, owners: Sequence[int]) -> Findings:
        """What the shares of these scrutineers open, with every weight that k of n could give them."""
        hall = self.plenary.hall
        weights = [
            [(lagrange(owner, places), hall.secret(owner)) for owner in owners]
            for places in ([1, 2], [1, 3], [2, 3], [1], [2], [3])
            if set(owners) <= set(places)
        ]
        ballots = [msgspec.json.decode(one.body, type=Ballot) for one in self.cast]
        total = msgspec.json.decode(sum_ballots(self.elections, [one.answers for one in ballots]))
        found: Findings = []
        for weighed in weights:
            key = sum(weight * secret for weight, secret in weighed) % ORDER
            found += [f"sum: {value}" for value in _opened(total[0], key, counting_table(len(self.cast)))]
            for one in ballots[:3]:
                sealed = [{"alpha": c.alpha, "beta": c.beta} for c in one.answers[0].choices]
                values = _opened(sealed, key, counting_table(1))
                found += [f"ballot: {value}" for value in values]
        return found

    # What should be nowhere

    def kept_secrets(self) -> Findings:
        """Secrets that were never sent, or sent and not to be kept, in any file."""
        return [
            f"{file.name}: {kind}"
            for file in self.loot.files
            for raw in [file.read_bytes()]
            for kind in _NEVER_KEPT
            for one in self.plenary.secrets.of(kind)
            if one.encode() in raw
        ]

    def said(self) -> Findings:
        """Secrets and names in what the server wrote."""
        text = self.loot.server.log()
        secrets = self.plenary.secrets
        found = [f"{kind}: {one}" for kind in _NEVER_SAID for one in secrets.of(kind) if one in text]
        return found + [one.digest for one in self.cast if one.digest in text or one.credential in text]

    def published(self) -> Findings:
        """What everybody may read names no deputy, says no time of a ballot, keeps to the digests' order."""
        found: Findings = []
        for name, raw in self.loot.published.items():
            found += [f"{name}: {one.name}" for one in self.plenary.voters if one.name.encode() in raw]
            found += [
                f"{name}: {one}" for one in self.plenary.secrets.of(*_NEVER_KEPT) if one.encode() in raw
            ]
        places = [self.loot.published["archive"].find(one.body) for one in self.cast]
        by_place = [one for _, one in sorted(zip(places, self.cast, strict=True))]
        if min(places) < 0 or by_place != sorted(self.cast, key=lambda one: one.digest):
            found.append("the archive does not keep to the order of digests")
        return found

    def memory(self) -> Findings:
        """The server's processes hold nothing of what they were never sent."""
        never = self.plenary.secrets.of(*_NEVER_SENT)
        held = in_memory(self.loot.server.processes(), [*never, self.plenary.hall.round.id])
        assert self.plenary.hall.round.id in held, "this attacker cannot read the memory"
        return [one for one in never if one in held]

    def turnout(self) -> Findings:
        """The screen says how many, one more each time, and nothing else that changes."""
        ticks = [
            re.sub(r"(?<=<strong>)\d+(?=</strong>)|已投 \d+ 张|width=\"\d+\"", "", one)
            for one in self.plenary.ticks
        ]
        return [] if len(set(ticks)) == 1 else ["the screen changes by more than the number"]


ATTACKS: Final[dict[str, Callable[[Attacker], Findings]]] = {
    one.__name__: one
    for one in (
        Attacker.order_of_casting,
        Attacker.deputies_to_cards,
        Attacker.serials,
        Attacker.things_beside_each_other,
        Attacker.choices,
        Attacker.with_one_share,
        Attacker.kept_secrets,
        Attacker.said,
        Attacker.published,
        Attacker.turnout,
        Attacker.memory,
    )
}


def in_memory(processes: Iterable[int], words: Sequence[str]) -> set[str]:
    """Which of these words stand in the writable memory of the processes."""
    found: set[str] = set()
    with tempfile.NamedTemporaryFile("w", encoding="ascii") as patterns:
        patterns.write("\n".join(words))
        patterns.flush()
        for pid in processes:
            done = subprocess.run(
                ["grep", "-aoF", "-f", patterns.name],
                input=b"".join(memory_of(pid)),
                stdout=subprocess.PIPE,
                env={"LC_ALL": "C"},
                check=False,
            )
            found |= set(done.stdout.decode("ascii").split())
    return found


def memory_of(pid: int) -> Iterator[bytes]:
    """All that the process may write to, piece by piece."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(one, 16) for one in span.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, OverflowError, ValueError):
                continue


def _opened(sealed: Sequence[Mapping[str, str]], key: int, table: Mapping[Point, int]) -> Iterator[int]:
    for one in sealed:
        shared = power(point_from_hex(one["alpha"]), key)
        value = table.get(quotient(point_from_hex(one["beta"]), shared))
        if value is not None:
            yield value


def _written(row: Mapping[str, Any]) -> bytes:
    return b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in row.values())


def _names(one: Cast, text: bytes) -> bool:
    return one.credential.encode() in text or one.digest.encode() in text


def _places(raw: bytes, word: bytes) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(word), raw))


def _plain(body: bytes) -> bytes:
    return msgspec.json.format(body, indent=0)
