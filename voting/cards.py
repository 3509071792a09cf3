"""The cards of one electorate: made offline, once, for all its planned and spare rounds (NOTES §3).

A card carries one secret; each round derives a public credential of its own from it, with the uuid of its
election. The service gets one public file per round and never a secret.

    {"uuid":"ir3x7XriMAWbJG","credentials":["c3aa…bc2f","ea92…de05"]}
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from ballots.credentials import generate, is_uuid, public_credential
from ballots.errors import BadPoint
from ballots.group import Random, point_from_hex
from voting.errors import VotingError

MOST_CARDS = 20_000
MOST_BYTES = 4 * 1024 * 1024


class CardsError(VotingError):
    """Cards that cannot be made, or a file of public credentials that cannot be used."""

    sentence = "投票卡名单有误，没有载入。请使用制卡时生成的原文件。"


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """Secrets and what the service may know of them.

    `credentials` are in the order in which they are printed. Each is drawn independently and `public` is
    sorted by value, so that the place of a card in the PDF says nothing about its place in a list.
    """

    credentials: tuple[str, ...]
    public: dict[str, tuple[str, ...]]
    """Per uuid, 64-digit hex, ascending."""

    def __repr__(self) -> str:
        return f"Deck({len(self.credentials)} cards for {list(self.public)})"  # no secret into a traceback


class PublicFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the service is given for one round."""

    uuid: str
    credentials: tuple[str, ...]


def make_deck(number: int, uuids: Sequence[str], random: Random) -> Deck:
    """`number` new cards, 1..20,000, that can vote in each of `uuids`. Raises CardsError."""
    if not 1 <= number <= MOST_CARDS:
        raise CardsError(f"一次可以制作1至{MOST_CARDS:,}张投票卡，不能是{number:,}张。")
    _check_uuids(uuids)
    credentials = tuple(generate(random) for _ in range(number))
    if len(set(credentials)) != number:
        raise CardsError("本机的随机数不可靠，出现了相同的投票卡。请换一台电脑制卡。")
    public = {uuid: tuple(sorted(public_credential(uuid, card) for card in credentials)) for uuid in uuids}
    return Deck(credentials=credentials, public=public)


def _check_uuids(uuids: Sequence[str]) -> None:
    if not uuids:
        raise CardsError("没有写明为哪一轮票决制卡。请至少给出一个轮次编号。")
    if len(set(uuids)) != len(uuids):
        raise CardsError("有两个轮次编号相同。每一轮（包括备用轮次）要用不同的编号。")
    for uuid in uuids:
        if not is_uuid(uuid):
            raise CardsError(f"轮次编号“{uuid[:80]}”写法不对：应为至少14位字母和数字，不含0、O、I、l。")


def public_file(uuid: str, credentials: Sequence[str]) -> bytes:
    """The file of one round, compact JSON, credentials ascending."""
    return msgspec.json.encode(PublicFile(uuid=uuid, credentials=tuple(sorted(credentials))))


def read_public_file(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """(uuid, credentials) of a file that `public_file` wrote, byte for byte. Raises CardsError.

    Nothing else is read: what can be written in two ways can be read in two ways.
    """
    if len(raw) > MOST_BYTES:
        raise CardsError("文件超过 4 MB，不是投票卡名单。请选择制卡时生成的 credentials-….json。")
    file = _parse(raw)
    if not is_uuid(file.uuid):
        raise CardsError("文件中的轮次编号写法不对。请重新选择制卡时生成的 credentials-….json。")
    _check_list(file.credentials)
    if msgspec.json.encode(file) != raw:
        raise CardsError("文件在制卡之后被改动或另存过。请使用制卡时生成的原文件。")
    return file.uuid, file.credentials


def _parse(raw: bytes) -> PublicFile:
    try:
        return msgspec.json.decode(raw, type=PublicFile)
    except msgspec.ValidationError:
        raise CardsError("这是别的文件，不是投票卡名单。请选择制卡时生成的 credentials-….json。") from None
    except (msgspec.DecodeError, UnicodeDecodeError):  # the latter is not among msgspec's own
        raise CardsError("文件已损坏，或不是投票卡名单。请选择制卡时生成的 credentials-….json。") from None


def _check_list(credentials: Sequence[str]) -> None:
    if not credentials:
        raise CardsError("名单是空的，一张投票卡也没有。请使用制卡时生成的原文件。")
    if len(credentials) > MOST_CARDS:
        raise CardsError(f"名单超过{MOST_CARDS:,}张投票卡，不能使用。")
    for place, credential in enumerate(credentials, start=1):
        try:
            point_from_hex(credential)
        except BadPoint:
            raise CardsError(f"名单第{place}项无效。请使用制卡时生成的原文件。") from None
    for place, (one, next_one) in enumerate(pairwise(credentials), start=2):
        if one == next_one:
            raise CardsError(f"名单第{place}项与前一项重复。请使用制卡时生成的原文件。")
        if one > next_one:
            raise CardsError(f"名单第{place}项没有按顺序排列。请使用制卡时生成的原文件。")
