"""The archive `UUID.bel`: an append-only tar of data and of the events that chain them (NOTES §8).

    BELENIOS · election trustees public_credentials setup_data Setup · (ballot Ballot)* · EndBallots ·
    encrypted_tally sized_encrypted_tally EncryptedTally · (partial owned PartialDecryption)+ · result Result

Every name is the hash of its content, every event names its parent, data stand just before the event that
refers to them. Reading is strict: what the writer would not write, byte for byte, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Literal, NamedTuple

import msgspec

from ballots.encoding import decode, encode, sha256_hex
from ballots.errors import BadArchive, BadChain, Malformed

BLOCK = 512
RECORD_LIMIT = 64 * 1024 * 1024
EventType = Literal["Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result"]

DATA_COUNT: dict[EventType, int] = {
    "Setup": 4,
    "Ballot": 1,
    "EndBallots": 0,
    "EncryptedTally": 2,
    "PartialDecryption": 2,
    "Result": 1,
}
MAY_FOLLOW: dict[EventType | None, tuple[EventType, ...]] = {
    None: ("Setup",),
    "Setup": ("Ballot", "EndBallots"),
    "Ballot": ("Ballot", "EndBallots"),
    "EndBallots": ("EncryptedTally",),
    "EncryptedTally": ("PartialDecryption",),
    "PartialDecryption": ("PartialDecryption", "Result"),
    "Result": (),
}


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first record; the timestamp is in seconds and stands in every later tar header."""

    version: int
    timestamp: str


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    parent: str | msgspec.UnsetType = msgspec.UNSET
    height: int
    type: EventType
    payload: str | msgspec.UnsetType = msgspec.UNSET


class SetupData(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hashes of the other three data of a Setup event; a credentials certificate is not supported."""

    election: str
    trustees: str
    credentials: str


class Head(NamedTuple):
    """Where a chain stands: the hash of its last event and the height of the next."""

    parent: str | None = None
    height: int = 0


class Entry(NamedTuple):
    """An event with its data, as read: `data` in the order they stand in, `hash` the event's own."""

    hash: str
    event: Event
    data: tuple[bytes, ...]


def record(name: str, body: bytes, timestamp: int) -> bytes:
    """One tar record in the exact form of belenios-tool."""
    header = bytearray(BLOCK)
    header[0 : len(name)] = name.encode()
    header[100:107] = b"0000644"
    header[108:115] = header[116:123] = b"0000000"
    header[124:135] = b"%011o" % len(body)
    header[136:147] = b"%011o" % timestamp
    header[148:156] = b" " * 8
    header[156:157] = b"0"
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + body + bytes(-len(body) % BLOCK)


def start(timestamp: int) -> bytes:
    """The BELENIOS record that opens an archive."""
    return record("BELENIOS", encode(Header(version=1, timestamp=str(timestamp))), timestamp)


def next_event(head: Head, kind: EventType, payload: str | None) -> tuple[bytes, Head]:
    """The bytes of the next event, and where the chain stands after it."""
    raw = encode(
        Event(
            parent=msgspec.UNSET if head.parent is None else head.parent,
            height=head.height,
            type=kind,
            payload=msgspec.UNSET if payload is None else payload,
        )
    )
    return raw, Head(sha256_hex(raw), head.height + 1)


def append(head: Head, timestamp: int, kind: EventType, data: Sequence[bytes]) -> tuple[bytes, Head]:
    """The records of one event with its data (the last of which it refers to), and the new head."""
    records = [record(f"{sha256_hex(body)}.data.json", body, timestamp) for body in data]
    raw, after = next_event(head, kind, sha256_hex(data[-1]) if data else None)
    records.append(record(f"{sha256_hex(raw)}.event.json", raw, timestamp))
    return b"".join(records), after


def setup_data(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """The datum a Setup event refers to."""
    return encode(
        SetupData(
            election=sha256_hex(election), trustees=sha256_hex(trustees), credentials=sha256_hex(credentials)
        )
    )


def read(file: BinaryIO) -> Iterator[Entry]:
    """Every event with its data, one at a time; memory does not grow with the archive.

    Raises BadArchive for the file, BadChain for what follows what, Malformed for JSON that is not canonical.
    """
    timestamp = _read_start(file)
    head, last, data = Head(), None, list[bytes]()
    while (found := _read_record(file, timestamp)) is not None:
        name, body = found
        if name.endswith(".data.json"):
            data.append(body)
            if len(data) > max(DATA_COUNT.values()):
                raise BadChain(f"第{head.height}个事件前的数据过多")
            continue
        entry, head = _read_event(body, head, last, data)
        last, data = entry.event.type, []
        yield entry
    if data:
        raise BadChain("末尾有不属于任何事件的数据")


def _read_start(file: BinaryIO) -> int:
    block = file.read(2 * BLOCK)
    try:
        raw = block[BLOCK : BLOCK + int(block[124:135], 8)]
        timestamp = int(decode(raw, Header, "BELENIOS").timestamp)
    except (ValueError, Malformed):
        raise BadArchive("首条记录不是 BELENIOS") from None
    if not 0 <= timestamp < 8**11 or block != start(timestamp):
        raise BadArchive("首条记录不是 BELENIOS")
    return timestamp


def _read_record(file: BinaryIO, timestamp: int) -> tuple[str, bytes] | None:
    """(name, body) of the next record, None at the end of the file."""
    header = file.read(BLOCK)
    if not header:
        return None
    try:
        size = int(header[124:135], 8)
        name = header[:100].rstrip(b"\0").decode("ascii")
    except ValueError:
        raise BadArchive("记录头无法读取") from None
    if len(header) != BLOCK or not 0 <= size <= RECORD_LIMIT:
        raise BadArchive("记录头无法读取")
    padded = file.read(size + -size % BLOCK)
    body = padded[:size]
    if header + padded != record(name, body, timestamp):
        raise BadArchive(f"记录 {name[:80]} 的写法不规范或不完整")
    digest = sha256_hex(body)
    if name not in (f"{digest}.data.json", f"{digest}.event.json"):
        raise BadArchive(f"记录 {name[:80]} 的名称与内容不符")
    return name, body


def _read_event(raw: bytes, head: Head, last: EventType | None, data: Sequence[bytes]) -> tuple[Entry, Head]:
    where = f"第{head.height}个事件"
    event = decode(raw, Event, where)
    if event.type not in MAY_FOLLOW[last]:
        raise BadChain(f"{where}：{event.type} 不能接在 {last or '开头'} 之后")
    if len(data) != DATA_COUNT[event.type]:
        raise BadChain(f"{where}：所附数据的数目不对")
    expected, after = next_event(head, event.type, sha256_hex(data[-1]) if data else None)
    if raw != expected:
        raise BadChain(f"{where}：与上一事件或所附数据接不上")
    if event.type == "Setup" and data[3] != setup_data(*data[:3]):
        raise BadChain(f"{where}：所附数据不是所指的数据")
    return Entry(sha256_hex(raw), event, tuple(data)), after
