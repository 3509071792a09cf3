"""The cards of one electorate: what is derived, and which files of public credentials are believed."""

from __future__ import annotations

import os
from collections.abc import Callable

import msgspec
import pytest

from ballots.credentials import BASE58
from ballots.group import IDENTITY, ORDER_2Q, point_hex
from voting.cards import (
    MOST_BYTES,
    MOST_CARDS,
    CardsError,
    Deck,
    deck_file,
    is_serial,
    make_deck,
    public_file,
    read_deck_file,
    read_public_file,
    read_serial,
    serial_of,
)

UUID = "ir3x7XriMAWbJG"
SPARE = "ir3x7XriMAWbJH"
# made by `belenios-tool setup generate-credentials --uuid ir3x7XriMAWbJG --group Ed25519`, version 3.3.0
PEER_CREDENTIALS = ("U285z-n4Fx3A-V2tdr-fD8Zg5", "ueJWU-bPZi68-YyNLF-J8xQgn")
PEER_PUBLIC = (
    "c3aa6b92f97ad03693b6704e1efef45fee824dc57c9919a34f001f8192c6bc2f",
    "ea923d197a905eb1a16751745cb5918407a3e2af3315725cf5a6368dfd04de05",
)


def bytes_that_draw(credential: str) -> bytes:
    """The random bytes from which `ballots.credentials.generate` makes this credential."""
    return bytes(BASE58.index(character) for character in credential.replace("-", ""))


def dealt(*credentials: str) -> Callable[[int], bytes]:
    draws = iter([bytes_that_draw(credential) for credential in credentials])
    return lambda _: next(draws)


def refusal(raw: bytes) -> str:
    with pytest.raises(CardsError) as refused:
        read_public_file(raw)
    return refused.value.sentence


def written(credentials: list[str], uuid: str = UUID) -> bytes:
    return msgspec.json.encode({"uuid": uuid, "credentials": credentials})


def test_a_deck_derives_what_the_peer_derives() -> None:
    deck = make_deck(2, [UUID], dealt(*PEER_CREDENTIALS))
    assert deck.credentials == PEER_CREDENTIALS
    assert deck.public == {UUID: PEER_PUBLIC}


def test_every_round_gets_a_list_of_its_own() -> None:
    deck = make_deck(5, [UUID, SPARE], os.urandom)
    assert not set(deck.public[UUID]) & set(deck.public[SPARE])
    assert {len(set(listed)) for listed in deck.public.values()} == {5}


def test_the_printed_order_says_nothing_about_the_public_order() -> None:
    deck = make_deck(60, [UUID], os.urandom)
    public = deck.public[UUID]
    derived = [make_deck(1, [UUID], dealt(card)).public[UUID][0] for card in deck.credentials]
    assert list(public) == sorted(derived)
    assert list(public) != derived


def test_no_two_decks_share_a_card() -> None:
    one, other = (make_deck(50, [UUID], os.urandom).credentials for _ in range(2))
    assert len({*one, *other}) == 100


def test_a_deck_shown_in_a_log_shows_no_secret() -> None:
    deck = make_deck(3, [UUID], os.urandom)
    assert not any(card in f"{deck!r} {deck}" for card in deck.credentials)


@pytest.mark.parametrize("number", [0, -1, MOST_CARDS + 1])
def test_a_deck_of_an_impossible_size_is_refused(number: int) -> None:
    with pytest.raises(CardsError, match="20,000"):
        make_deck(number, [UUID], os.urandom)


@pytest.mark.parametrize(
    ("uuids", "words"),
    [
        ([], "至少"),
        ([UUID, UUID], "相同"),
        (["short"], "14位"),
        (["../etc/passwd12"], "14位"),
        (["0" * 14], "14位"),
    ],
)
def test_a_deck_for_wrong_rounds_is_refused(uuids: list[str], words: str) -> None:
    with pytest.raises(CardsError, match=words):
        make_deck(1, uuids, os.urandom)


def test_a_random_source_that_repeats_itself_is_refused() -> None:
    with pytest.raises(CardsError, match="随机数"):
        make_deck(2, [UUID], bytes)


def test_a_public_file_comes_back_as_it_was_made() -> None:
    deck: Deck = make_deck(40, [UUID, SPARE], os.urandom)
    for uuid, credentials in deck.public.items():
        assert read_public_file(public_file(uuid, credentials)) == (uuid, credentials)


def test_a_public_file_is_written_in_ascending_order() -> None:
    expected = b'{"uuid":"%s","credentials":["%s","%s"]}' % tuple(x.encode() for x in (UUID, *PEER_PUBLIC))
    assert public_file(UUID, PEER_PUBLIC[::-1]) == expected


def test_a_public_file_holds_no_secret() -> None:
    deck = make_deck(4, [UUID], os.urandom)
    text = public_file(UUID, deck.public[UUID]).decode()
    assert not any(group in text for card in deck.credentials for group in (card, card.replace("-", "")))


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00", b"{", b"%PDF-1.7", b"\xff\xfe{}", b'{"uuid":"\xff"}', b"\xef\xbb\xbf{}"],
    ids=["empty", "nul", "cut", "pdf", "utf-16", "not-utf-8", "bom"],
)
def test_a_damaged_file_is_refused(raw: bytes) -> None:
    assert "已损坏" in refusal(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"[]",
        b"[" * 100_000,
        b"null",
        written(list(PEER_PUBLIC))[:-1] + b',"secret":1}',
        b'{"uuid":1,"credentials":[]}',
    ],
    ids=["no-field", "list", "nested", "null", "unknown-field", "wrong-type"],
)
def test_another_file_is_refused(raw: bytes) -> None:
    assert "别的文件" in refusal(raw)


@pytest.mark.parametrize("uuid", ["", "short", UUID + "\n", "ir3x7XriMAWbJ0", "票" * 14, UUID * 9])
def test_a_wrong_uuid_is_refused(uuid: str) -> None:
    assert "轮次编号" in refusal(written(list(PEER_PUBLIC), uuid))


def test_an_empty_list_is_refused() -> None:
    assert "空的" in refusal(written([]))


def test_a_repeated_card_is_refused() -> None:
    assert "第2项与前一项重复" in refusal(written([PEER_PUBLIC[0], *PEER_PUBLIC]))


def test_a_list_out_of_order_is_refused() -> None:
    assert "第2项没有按顺序" in refusal(written(list(PEER_PUBLIC[::-1])))


@pytest.mark.parametrize(
    "point",
    [
        "",
        "xy",
        "0" * 64,
        "f" * 64,
        point_hex(IDENTITY),
        point_hex(ORDER_2Q),
        PEER_PUBLIC[1].upper(),
        PEER_PUBLIC[1] + ",2",
        PEER_PUBLIC[1] + "00",
    ],
    ids=["empty", "text", "zero", "large", "identity", "order-2q", "capitals", "weighted", "long"],
)
def test_a_credential_that_is_no_point_is_refused(point: str) -> None:
    assert "第2项无效" in refusal(written([PEER_PUBLIC[0], point]))


def test_more_cards_than_a_congress_has_are_refused() -> None:
    assert "20,000张" in refusal(written([PEER_PUBLIC[0]] * (MOST_CARDS + 1)))


def test_a_file_beyond_4_mb_is_refused_unread() -> None:
    assert "4 MB" in refusal(b" " * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + b"\n",
        lambda raw: raw.replace(b",", b", ", 1),
        lambda raw: raw.replace(b'"uuid"', b'"\\u0075uid"'),
        lambda raw: b'{"uuid":"' + SPARE.encode() + b'",' + raw[1:],
    ],
    ids=["newline", "space", "escape", "repeated-key"],
)
def test_a_file_saved_again_is_refused(change: Callable[[bytes], bytes]) -> None:
    assert "另存" in refusal(change(public_file(UUID, PEER_PUBLIC)))


# deck.json and the serials on stubs


CODE = "4Qh7BnXa"


def listed(cards: list[tuple[str, list[str]]], uuids: list[str] | None = None, **more: object) -> bytes:
    return msgspec.json.encode(
        {"version": 1, "session": CODE, "uuids": uuids or [UUID], "cards": cards, **more}
    )


def refusal_of_deck(raw: bytes) -> str:
    with pytest.raises(CardsError) as refused:
        read_deck_file(raw)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("number", "serial"), [(1, "0000018"), (17, "0000174"), (328, "0003285"), (999_999, "9999996")]
)
def test_a_serial_is_six_digits_and_luhns_check_digit(number: int, serial: str) -> None:
    assert serial_of(number) == serial
    assert is_serial(serial)


@pytest.mark.parametrize("number", [0, -1, 1_000_000])
def test_no_card_has_an_impossible_number(number: int) -> None:
    with pytest.raises(CardsError, match="1至999,999"):
        serial_of(number)


def test_one_wrong_digit_of_a_serial_is_noticed() -> None:
    serial = serial_of(123_456)
    for place, digit in enumerate(serial):
        for other in set("0123456789") - {digit}:
            assert not is_serial(serial[:place] + other + serial[place + 1 :])


@pytest.mark.parametrize("typed", ["0000018", " 000 0018 ", "０００００１８", "000-0018"])
def test_a_serial_is_read_as_people_copy_it(typed: str) -> None:
    assert read_serial(typed) == "0000018"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "不是投票卡编号"), ("18", "7位数字"), ("0000081", "抄错"), ("0000000", "抄错"), ("编号", "编号")],
)
def test_what_is_no_serial_is_refused(typed: str, words: str) -> None:
    with pytest.raises(CardsError, match=words):
        read_serial(typed)


def test_a_deck_file_comes_back_as_it_was_made() -> None:
    deck = make_deck(4, [UUID, SPARE], os.urandom)
    file = read_deck_file(deck_file(CODE, deck, first=96))
    assert (file.session, file.uuids) == (CODE, (UUID, SPARE))
    assert [serial for serial, _ in file.cards] == [serial_of(number) for number in (96, 97, 98, 99)]
    for place, uuid in enumerate((UUID, SPARE)):
        assert sorted(credentials[place] for _, credentials in file.cards) == list(deck.public[uuid])


def test_a_deck_file_is_compact_and_in_this_order() -> None:
    deck = make_deck(1, [UUID], dealt(PEER_CREDENTIALS[0]))
    point = deck.public[UUID][0]
    expected = f'{{"version":1,"session":"{CODE}","uuids":["{UUID}"],"cards":[["0000018",["{point}"]]]}}'
    assert deck_file(CODE, deck) == expected.encode()


def test_a_deck_file_holds_no_secret() -> None:
    deck = make_deck(4, [UUID, SPARE], os.urandom)
    text = deck_file(CODE, deck).decode()
    assert not any(group in text for card in deck.credentials for group in (card, card.replace("-", "")))


def test_the_same_serial_twice_is_refused() -> None:
    one, other = ([point] for point in PEER_PUBLIC)
    assert "两张卡的编号都是0000018" in refusal_of_deck(listed([("0000018", one), ("0000018", other)]))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "已损坏"),
        (b"{", "已损坏"),
        (b"{}", "别的文件"),
        (b" " * (MOST_BYTES + 1), "4 MB"),
        (written(list(PEER_PUBLIC)), "别的文件"),
        (listed([]), "1至20,000张"),
        (listed([("0000018", [PEER_PUBLIC[0]])], version=2), "别的文件"),
        (listed([("0000018", [PEER_PUBLIC[0]])], secret=1), "别的文件"),
        (listed([("0000018", [PEER_PUBLIC[0]])], [UUID, UUID]), "相同"),
        (listed([("0000018", [PEER_PUBLIC[0]])], ["short"]), "14位"),
        (listed([("0000019", [PEER_PUBLIC[0]])]), "“0000019”不对"),
        (listed([("18", [PEER_PUBLIC[0]])]), "“18”不对"),
        (listed([("0000026", [PEER_PUBLIC[0]]), ("0000018", [PEER_PUBLIC[1]])]), "次序不对"),
        (listed([("0000018", [])]), "缺少某些轮次"),
        (listed([("0000018", ["f" * 64])]), "内容无效"),
        (listed([("0000018", [PEER_PUBLIC[0]]), ("0000026", [PEER_PUBLIC[0]])]), "内容相同"),
        (listed([("0000018", [PEER_PUBLIC[0]])]) + b"\n", "另存"),
    ],
    ids=range(17),
)
def test_a_deck_file_that_is_not_right_is_refused(raw: bytes, words: str) -> None:
    assert words in refusal_of_deck(raw)
