"""Promises of voting/sealing.py: what is frozen binds rules, cards and keys, and stays as it is."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from nacl.signing import SigningKey

from ballots import trustees
from ballots.credentials import generate_uuid
from ballots.election import Election, Question, read_description
from ballots.errors import BadTrustee
from ballots.group import point_hex
from tests.people import SELECT, Hall
from tests.refusals import refused, unchanged
from voting import drafting, sealing
from voting.actors import Forbidden, NotFound, Role
from voting.cards import CardsError, make_deck, public_file
from voting.cycle import State, WrongStep
from voting.rounds import Round, Scrutineer
from voting.rules import rules_hash
from voting.sealing import AlreadySealed, CardsInUse, KeyTaken, NotReady


def other_cards(hall: Hall) -> bytes:
    deck = make_deck(4, [generate_uuid(hall.random)], hall.random)
    ((uuid, credentials),) = deck.public.items()
    return public_file(uuid, credentials)


def load(hall: Hall, raw: bytes, into: Round | None = None) -> Round:
    target = into or hall.round
    return sealing.load_cards(hall.store, hall.staff, target.id, raw, hall.now())


def seal(hall: Hall) -> Round:
    return sealing.seal(hall.store, hall.staff, hall.round.id, hall.signer.public_hex, hall.now())


def register(hall: Hall, number: int, key: bytes, signing: str) -> Scrutineer:
    actor = hall.scrutineers[number - 1]
    return sealing.register_key(hall.store, actor, hall.round.id, key, signing, hall.now())


def fresh_keys(hall: Hall) -> tuple[bytes, str]:
    secret = trustees.secret_from_seed(hall.random(16).hex())
    signing = SigningKey(hall.random(32)).verify_key.encode().hex()
    return trustees.make_public_key(secret, hall.random), signing


# Cards


@pytest.mark.parametrize("state", ["drafted", "adopted"])
def test_cards_are_loaded_with_their_uuid(hall: Hall, state: State) -> None:
    hall.reach(state)
    loaded = hall.load_cards()
    assert loaded.uuid == hall.uuid()
    assert msgspec.json.decode(loaded.credentials or b"") == sorted(hall.cards.public[hall.uuid()])
    with hall.store.read() as tx:
        assert tx.cards.count(hall.staff, hall.round.id) == 6


def test_loading_the_same_cards_once_more_changes_nothing(hall: Hall) -> None:
    loaded = hall.load_cards()
    with unchanged(hall.store):
        assert hall.load_cards() == loaded


def test_other_cards_replace_the_loaded_ones_until_sealing(hall: Hall) -> None:
    hall.load_cards()
    load(hall, other_cards(hall))
    with hall.store.read() as tx:
        assert tx.cards.count(hall.staff, hall.round.id) == 4


@pytest.mark.parametrize("state", ["sealed", "open", "published", "void"])
def test_a_sealed_round_takes_no_other_cards(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, AlreadySealed):
        load(hall, other_cards(hall))
    with unchanged(hall.store):
        hall.load_cards()


def test_cards_loaded_for_the_wrong_draft_move_to_the_right_one(hall: Hall) -> None:
    second = hall.draft("第二轮")
    load(hall, hall.cards_file(), second)
    assert hall.load_cards().uuid == hall.uuid()
    with hall.store.read() as tx:
        emptied = tx.rounds.get(hall.staff, second.id)
        assert (emptied.uuid, emptied.credentials) == (None, None)
        assert tx.cards.count(hall.staff, second.id) == 0
        assert [one.step for one in tx.steps.of(hall.staff, second.id)][-1] == "unload_cards"


@pytest.mark.parametrize("state", ["sealed", "published", "void"])
def test_a_uuid_that_was_sealed_is_never_used_again(hall: Hall, state: State) -> None:
    hall.reach(state)
    second = hall.draft("第二轮")
    with refused(hall.store, CardsInUse):
        load(hall, hall.cards_file(), second)


@pytest.mark.parametrize("raw", [b"", b"{}", b"\x00" * 100, b'{"uuid":"x","credentials":[]}'], ids=repr)
def test_another_file_is_refused(hall: Hall, raw: bytes) -> None:
    with refused(hall.store, CardsError):
        load(hall, raw)


# Keys


def test_a_scrutineer_registers_the_own_keys_and_may_make_them_anew(hall: Hall) -> None:
    hall.adopt()
    register(hall, 2, *fresh_keys(hall))
    key, signing = fresh_keys(hall)
    own = register(hall, 2, key, signing)
    assert (own.number, own.public_key, own.signing_key) == (2, key, signing)
    with hall.store.read() as tx:
        first, second = tx.scrutineers.of(hall.staff, hall.round.id)
    assert first.public_key is None
    assert second == own


def test_registering_the_same_keys_once_more_changes_nothing(hall: Hall) -> None:
    hall.adopt()
    keys = fresh_keys(hall)
    own = register(hall, 1, *keys)
    with unchanged(hall.store):
        assert register(hall, 1, *keys) == own


@pytest.mark.parametrize("state", ["sealed", "open", "counted", "void"])
def test_after_sealing_keys_stay_as_they_are(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, AlreadySealed):
        register(hall, 1, *fresh_keys(hall))


def test_before_adoption_nobody_is_a_scrutineer(hall: Hall) -> None:
    with refused(hall.store, NotFound):
        register(hall, 1, *fresh_keys(hall))


def test_two_scrutineers_cannot_have_one_key(hall: Hall) -> None:
    hall.adopt()
    key, signing = fresh_keys(hall)
    register(hall, 1, key, signing)
    other_key, other_signing = fresh_keys(hall)
    with refused(hall.store, KeyTaken):
        register(hall, 2, key, other_signing)
    with refused(hall.store, KeyTaken):
        register(hall, 2, other_key, signing)


def test_a_key_without_proof_that_its_secret_is_known_is_refused(hall: Hall) -> None:
    """Else the last to register could cancel the others' keys and open the sum alone."""
    hall.adopt()
    key, signing = fresh_keys(hall)
    foreign = msgspec.json.decode(fresh_keys(hall)[0])["public_key"]
    forged = msgspec.json.encode({**msgspec.json.decode(key), "public_key": foreign})
    with refused(hall.store, BadTrustee):
        register(hall, 1, forged, signing)


@pytest.mark.parametrize("raw", [b"", b"{}", b"null", b"\xff", b'{"pok":1,"public_key":"x"}'], ids=repr)
def test_what_is_no_key_is_refused(hall: Hall, raw: bytes) -> None:
    hall.adopt()
    with refused(hall.store, BadTrustee):
        register(hall, 1, raw, fresh_keys(hall)[1])


@pytest.mark.parametrize("extra", ["name", "signature"])
def test_a_key_carries_nothing_besides_its_proof(hall: Hall, extra: str) -> None:
    hall.adopt()
    key, signing = fresh_keys(hall)
    fields = msgspec.json.decode(key)
    value = "陈秀英" if extra == "name" else fields["pok"]
    with refused(hall.store, BadTrustee):
        register(hall, 1, msgspec.json.encode({**fields, extra: value}), signing)


IDENTITY = "01" + "00" * 31


@pytest.mark.parametrize("signing", ["", "00" * 32, "zz" * 32, IDENTITY, "票", "FF" * 32])
def test_a_report_key_that_could_sign_anything_or_nothing_is_refused(hall: Hall, signing: str) -> None:
    hall.adopt()
    with refused(hall.store, BadTrustee):
        register(hall, 1, fresh_keys(hall)[0], signing)


def test_a_report_key_in_capitals_is_refused(hall: Hall) -> None:
    hall.adopt()
    key, signing = fresh_keys(hall)
    with refused(hall.store, BadTrustee):
        register(hall, 1, key, signing.upper())


# Sealing


def test_what_is_missing_is_listed_until_nothing_is(hall: Hall) -> None:
    def missing() -> list[str]:
        with hall.store.read() as tx:
            return sealing.missing(hall.current(), tx.scrutineers.of(hall.staff, hall.round.id))

    assert missing() == ["会议还没有通过票决办法和监票人名单。"]
    hall.adopt()
    assert [("投票卡" in line, "陈秀英" in line, "赵建国" in line) for line in missing()] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    with refused(hall.store, NotReady, "赵建国"):
        seal(hall)
    hall.load_cards()
    hall.register_key(1)
    hall.register_key(2)
    assert missing() == []


def test_the_sealed_election_binds_title_body_rules_and_the_key_of_receipts(hall: Hall) -> None:
    sealed = hall.reach("sealed")
    election = Election.parse(sealed.election or b"")
    document = election.document
    assert sealed.fingerprint == election.fingerprint
    assert (document.name, document.administrator) == ("民生实事项目票决", "示例县人民代表大会")
    assert document.uuid == hall.uuid()
    assert read_description(document.description) == (rules_hash(SELECT), hall.signer.public_hex)
    assert document.public_key == point_hex(trustees.joint_key(sealed.trustees or b""))


def test_the_joint_key_is_that_of_all_scrutineers_in_their_order(hall: Hall) -> None:
    sealed = hall.reach("sealed")
    keys = trustees.check_trustees(sealed.trustees or b"").keys
    made = [trustees.make_public_key(hall.secret(number), hall.random) for number in (1, 2)]
    expected = [msgspec.json.decode(key)["public_key"] for key in made]
    assert [point_hex(keys[number]) for number in (1, 2)] == expected


def test_a_choice_of_some_is_one_question_with_a_blank(hall: Hall) -> None:
    assert sealing.questions(hall.round) == (
        Question(
            answers=("农村公路改造", "校园食堂改建", "社区养老服务站"),
            blank=True,
            min=1,
            max=2,
            question="请选择不超过2个项目",
        ),
    )


def test_a_choice_of_one_asks_for_one(hall: Hall) -> None:
    one = replace(hall.round, rules=replace(SELECT, places=1))
    assert sealing.questions(one)[0].question == "请选择1个项目"


def test_for_and_against_is_a_question_for_each_candidate(stances: Hall) -> None:
    assert sealing.questions(stances.round) == tuple(
        Question(answers=("赞成", "反对", "弃权"), min=1, max=1, question=title)
        for title in ("农村公路改造", "校园食堂改建")
    )


def test_sealing_once_more_changes_nothing(hall: Hall) -> None:
    sealed = hall.reach("sealed")
    with unchanged(hall.store):
        assert seal(hall) == sealed


def test_a_draft_cannot_be_sealed(hall: Hall) -> None:
    with refused(hall.store, WrongStep):
        seal(hall)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "public", "system"])
def test_only_staff_load_cards_and_seal(hall: Hall, role: Role) -> None:
    hall.reach("adopted")
    outsider = replace(hall.staff, role=role)
    with refused(hall.store, Forbidden):
        sealing.load_cards(hall.store, outsider, hall.round.id, hall.cards_file(), hall.now())
    with refused(hall.store, Forbidden):
        sealing.seal(hall.store, outsider, hall.round.id, hall.signer.public_hex, hall.now())


@pytest.mark.parametrize("role", ["staff", "operator", "chair", "public", "system"])
def test_only_scrutineers_register_keys(hall: Hall, role: Role) -> None:
    hall.reach("adopted")
    outsider = replace(hall.scrutineers[0], role=role)
    with refused(hall.store, Forbidden):
        sealing.register_key(hall.store, outsider, hall.round.id, *fresh_keys(hall), hall.now())


def test_two_rounds_of_one_electorate_use_one_card_each_with_its_own_list(hall: Hall) -> None:
    first, second = generate_uuid(hall.random), generate_uuid(hall.random)
    deck = make_deck(3, [first, second], hall.random)
    other = drafting.create_round(
        hall.store, hall.staff, hall.session.id, "第二轮", SELECT, hall.round.candidates, hall.now()
    )
    load(hall, public_file(first, deck.public[first]))
    load(hall, public_file(second, deck.public[second]), other)
    with hall.store.read() as tx:
        assert tx.cards.count(hall.staff, hall.round.id) == tx.cards.count(hall.staff, other.id) == 3
