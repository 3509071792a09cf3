"""The cards of one electorate: made offline, once, for all its planned and spare rounds (NOTES §3).

A card carries one secret; each round derives a public credential of its own from it, with the uuid of its
election. The service is never told a secret. It gets either the list of one round

    {"uuid":"ir3x7XriMAWbJG","credentials":["c3aa…bc2f","ea92…de05"]}

or, for a whole plenary, `deck.json`: every card by the serial on its stub, with what it is in each round.

    {"version":1,"session":"4Qh7BnXa","uuids":["ir3x7XriMAWbJG"],"cards":[["0000018",["c3aa…bc2f"]]]}
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeVar

import msgspec

from ballots.credentials import generate, is_uuid, public_credential
from ballots.errors import BadPoint
from ballots.group import Random, point_from_hex
from voting.errors import VotingError

MOST_CARDS = 20_000
MOST_BYTES = 4 * 1024 * 1024
MOST_ROUNDS = 50
MOST_SERIAL = 999_999

_SERIAL = re.compile(r"[0-9]{7}")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
File = TypeVar("File")


class CardsError(VotingError):
    """Cards that cannot be made, or a file of public credentials that cannot be used."""

    sentence = "投票卡名单有误，没有载入。请使用制卡时生成的原文件。"


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """Secrets and what the service may know of them.

    `credentials` are in the order in which they are printed. Each is drawn independently and `public` is
    sorted by value, so that the place of a card in the PDF says nothing about its place in a list.
    """

    credentials: tuple[str, ...]
    derived: tuple[tuple[str, ...], ...]
    """Per card as printed, its public half in each round."""
    public: dict[str, tuple[str, ...]]
    """Per uuid, 64-digit hex, ascending."""

    def __repr__(self) -> str:
        return f"Deck({len(self.credentials)} cards for {list(self.public)})"  # no secret into a traceback


class DeckFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`deck.json`: what the service is given for all rounds of a plenary. `session` is the session's code;
    serials ascend as printed, and each card has one credential for each uuid."""

    version: Literal[1]
    session: str
    uuids: tuple[str, ...]
    cards: tuple[tuple[str, tuple[str, ...]], ...]


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
    derived = tuple(tuple(public_credential(uuid, card) for uuid in uuids) for card in credentials)
    public = {
        uuid: tuple(sorted(halves)) for uuid, halves in zip(uuids, zip(*derived, strict=True), strict=True)
    }
    return Deck(credentials=credentials, derived=derived, public=public)


def _check_uuids(uuids: Sequence[str]) -> None:
    if not uuids:
        raise CardsError("没有写明为哪一轮票决制卡。请至少给出一个轮次编号。")
    if len(set(uuids)) != len(uuids):
        raise CardsError("有两个轮次编号相同。每一轮（包括备用轮次）要用不同的编号。")
    for uuid in uuids:
        if not is_uuid(uuid):
            raise CardsError(f"轮次编号“{uuid[:80]}”写法不对：应为至少14位字母和数字，不含0、O、I、l。")


def serial_of(number: int) -> str:
    """What is printed on the stub of the card of this number, 1..999,999: six digits and a check digit
    (Luhn), so that one wrong digit, or two neighbours that changed places, is noticed."""
    if not 1 <= number <= MOST_SERIAL:
        raise CardsError(f"投票卡编号应在1至{MOST_SERIAL:,}之间，不能是{number:,}。")
    digits = f"{number:06d}"
    return digits + str(-_luhn(digits + "0") % 10)


def read_serial(typed: str) -> str:
    """A serial as somebody copied it from a stub; spaces, dashes and full-width digits are forgiven.

    Raises CardsError.
    """
    serial = re.sub(r"[\s-]", "", typed.translate(_FULL_WIDTH))
    if not _SERIAL.fullmatch(serial):
        raise CardsError(f"“{typed.strip()[:40]}”不是投票卡编号。编号是存根上的7位数字。")
    if not is_serial(serial):
        raise CardsError(f"编号{serial}抄错了：7位数字前后不符。请对照存根重新输入。")
    return serial


def is_serial(text: str) -> bool:
    """Whether `serial_of` can have written it."""
    return bool(_SERIAL.fullmatch(text)) and int(text[:6]) > 0 and _luhn(text) % 10 == 0


def _luhn(digits: str) -> int:
    """The sum whose last digit is zero for a correct number: every second digit from the right is doubled."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return sum(doubled) + sum(int(digit) for digit in digits[::-2])


def deck_file(session: str, deck: Deck, first: int = 1) -> bytes:
    """`deck.json` for the session of this code; `first` is the number of the first card printed."""
    serials = [serial_of(number) for number in range(first, first + len(deck.credentials))]
    cards = tuple(zip(serials, deck.derived, strict=True))
    return msgspec.json.encode(DeckFile(version=1, session=session, uuids=tuple(deck.public), cards=cards))


def read_deck_file(raw: bytes) -> DeckFile:
    """A file that `deck_file` or the card press in the browser wrote, byte for byte. Raises CardsError."""
    if len(raw) > MOST_BYTES:
        raise CardsError("文件超过 4 MB，不是投票卡清单。请选择制卡时生成的 deck.json。")
    file = _parse(raw, DeckFile, "投票卡清单", "deck.json")
    _check_uuids(file.uuids)
    if len(file.uuids) > MOST_ROUNDS:
        raise CardsError(f"一批投票卡最多用于{MOST_ROUNDS}轮，文件里有{len(file.uuids)}轮。请重新制卡。")
    if not 1 <= len(file.cards) <= MOST_CARDS:
        raise CardsError(f"一批投票卡应有1至{MOST_CARDS:,}张，文件里有{len(file.cards):,}张。")
    _check_serials([serial for serial, _ in file.cards])
    _check_credentials(file)
    if msgspec.json.encode(file) != raw:
        raise CardsError("文件在制卡之后被改动或另存过。请使用制卡时生成的原文件。")
    return file


def _check_serials(serials: Sequence[str]) -> None:
    for place, serial in enumerate(serials, start=1):
        if not is_serial(serial):
            raise CardsError(f"清单第{place}张卡的编号“{serial[:20]}”不对。请使用制卡时生成的原文件。")
    for one, next_one in pairwise(serials):
        if one == next_one:
            raise CardsError(f"清单里有两张卡的编号都是{one}。同一个编号不能发给两个人，请重新制卡。")
        if one > next_one:
            raise CardsError(f"清单里编号{next_one}排在{one}之后，次序不对。请使用制卡时生成的原文件。")


def _check_credentials(file: DeckFile) -> None:
    for serial, credentials in file.cards:
        if len(credentials) != len(file.uuids):
            raise CardsError(f"编号{serial}的卡缺少某些轮次的内容。请使用制卡时生成的原文件。")
        if not all(map(_is_point, credentials)):
            raise CardsError(f"编号{serial}的卡内容无效。请使用制卡时生成的原文件。")
    everything = [one for _, credentials in file.cards for one in credentials]
    if len(set(everything)) != len(everything):
        raise CardsError("清单里有内容相同的卡。请使用制卡时生成的原文件，或者重新制卡。")


def _is_point(credential: str) -> bool:
    try:
        point_from_hex(credential)
    except BadPoint:
        return False
    return True


def public_file(uuid: str, credentials: Sequence[str]) -> bytes:
    """The file of one round, compact JSON, credentials ascending."""
    return msgspec.json.encode(PublicFile(uuid=uuid, credentials=tuple(sorted(credentials))))


def read_public_file(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """(uuid, credentials) of a file that `public_file` wrote, byte for byte. Raises CardsError.

    Nothing else is read: what can be written in two ways can be read in two ways.
    """
    if len(raw) > MOST_BYTES:
        raise CardsError("文件超过 4 MB，不是投票卡名单。请选择制卡时生成的 credentials-….json。")
    file = _parse(raw, PublicFile, "投票卡名单", "credentials-….json")
    if not is_uuid(file.uuid):
        raise CardsError("文件中的轮次编号写法不对。请重新选择制卡时生成的 credentials-….json。")
    _check_list(file.credentials)
    if msgspec.json.encode(file) != raw:
        raise CardsError("文件在制卡之后被改动或另存过。请使用制卡时生成的原文件。")
    return file.uuid, file.credentials


def _parse(raw: bytes, kind: type[File], called: str, name: str) -> File:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        raise CardsError(f"这是别的文件，不是{called}。请选择制卡时生成的 {name}。") from None
    except (msgspec.DecodeError, UnicodeDecodeError):  # the latter is not among msgspec's own
        raise CardsError(f"文件已损坏，或不是{called}。请选择制卡时生成的 {name}。") from None


def _check_list(credentials: Sequence[str]) -> None:
    if not credentials:
        raise CardsError("名单是空的，一张投票卡也没有。请使用制卡时生成的原文件。")
    if len(credentials) > MOST_CARDS:
        raise CardsError(f"名单超过{MOST_CARDS:,}张投票卡，不能使用。")
    for place, credential in enumerate(credentials, start=1):
        if not _is_point(credential):
            raise CardsError(f"名单第{place}项无效。请使用制卡时生成的原文件。")
    for place, (one, next_one) in enumerate(pairwise(credentials), start=2):
        if one == next_one:
            raise CardsError(f"名单第{place}项与前一项重复。请使用制卡时生成的原文件。")
        if one > next_one:
            raise CardsError(f"名单第{place}项没有按顺序排列。请使用制卡时生成的原文件。")
