"""Checks 4 to 7: the election, the list of cards, the scrutineers' keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ballots.encoding import encode
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex, product
from ballots.proofs import prove_knowledge
from ballots.trustees import make_public_key, trustees_document
from tests.ballots.tampering import fails
from tests.simulator import SELECT, Fields, Simulator


def with_election(sim: Simulator, **changes: object) -> bytes:
    """Another election document, in which everybody votes as before."""
    fields: Fields = msgspec.json.decode(sim.election.raw)
    sim.found_again(encode(fields | changes))
    return sim.archive()


def with_question(sim: Simulator, **changes: object) -> bytes:
    question: Fields = msgspec.json.decode(encode(SELECT))
    return with_election(sim, questions=[question | changes])


def with_cards(sim: Simulator, change: Callable[[list[str]], object]) -> bytes:
    cards: list[str] = msgspec.json.decode(sim.credentials)
    change(cards)
    sim.credentials = encode(cards)
    return sim.archive()


# 4: the election


@fails(4, event=0)
def election_of_version_2(sim: Simulator) -> bytes:
    return with_election(sim, version=2)


@fails(4, event=0)
def election_in_another_group(sim: Simulator) -> bytes:
    return with_election(sim, group="BELENIOS-2048")


@fails(4, event=0)
def uuid_of_thirteen_characters(sim: Simulator) -> bytes:
    return with_election(sim, uuid=sim.uuid[:13])


@fails(4, event=0)
def uuid_with_a_zero(sim: Simulator) -> bytes:
    return with_election(sim, uuid="0" + sim.uuid[1:])


@fails(4, event=0)
def answer_offered_twice(sim: Simulator) -> bytes:
    return with_question(sim, answers=["甲", "乙", "甲"])


@fails(4, event=0)
def more_choices_than_answers(sim: Simulator) -> bytes:
    return with_question(sim, max=4)


@fails(4, event=0, base="nobody")
def at_least_more_than_at_most(sim: Simulator) -> bytes:
    return with_question(sim, min=3, max=2)


@fails(4, event=0)
def fewer_than_no_choices(sim: Simulator) -> bytes:
    return with_question(sim, min=-1)


@fails(4, event=0, base="nobody")
def nothing_may_be_chosen(sim: Simulator) -> bytes:
    return with_question(sim, min=0, max=0)


@fails(4, event=0, base="nobody")
def no_question(sim: Simulator) -> bytes:
    return with_election(sim, questions=[])


@fails(4, event=0)
def key_in_upper_case(sim: Simulator) -> bytes:
    return with_election(sim, public_key=point_hex(sim.election.key).upper())


@fails(4, event=0, base="nobody")
def key_that_hides_nothing(sim: Simulator) -> bytes:
    """Scrutineers whose secrets cancel out: every ballot could be read by everybody."""
    sim.secrets = {1: sim.secrets[1], 2: ORDER - sim.secrets[1]}
    sim.trustees = trustees_document(make_public_key(own, sim.random) for own in sim.secrets.values())
    return with_election(sim, public_key=point_hex(IDENTITY))


@fails(4, event=0, base="nobody")
def key_of_twice_the_order(sim: Simulator) -> bytes:
    return with_election(sim, public_key=point_hex(ORDER_2Q))


# 5: the list of cards


@fails(5, event=0)
def card_listed_twice(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append(cards[0]))


@fails(5, event=0)
def card_that_weighs_one(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append(f"{point_hex(base_power(7))},1"))


@fails(5, event=0)
def card_in_upper_case(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append(point_hex(base_power(7)).upper()))


@fails(5, event=0)
def card_that_anybody_can_sign_for(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append(point_hex(IDENTITY)))


@fails(5, event=0)
def card_outside_the_group(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append(point_hex(ORDER_2Q)))


@fails(5, event=0)
def card_off_the_curve(sim: Simulator) -> bytes:
    return with_cards(sim, lambda cards: cards.append("02" * 32))


# 6: the scrutineers' keys


def with_keys(sim: Simulator, change: Callable[[list[Any]], object]) -> bytes:
    keys: list[Any] = msgspec.json.decode(sim.trustees)
    change(keys)
    sim.trustees = encode(keys)
    return sim.archive()


@fails(6, event=0)
def proof_of_another_key(sim: Simulator) -> bytes:
    return with_keys(sim, lambda keys: keys[0][1].update(pok=keys[1][1]["pok"]))


@fails(6, event=0)
def proof_written_with_a_leading_zero(sim: Simulator) -> bytes:
    def change(keys: list[Any]) -> None:
        keys[0][1]["pok"]["response"] = "0" + keys[0][1]["pok"]["response"]

    return with_keys(sim, change)


@fails(6, event=0)
def key_made_from_the_others(sim: Simulator) -> bytes:
    """A scrutineer publishes joint/first as the own key: he knows the joint secret, not the own."""
    first, joint = sim.secrets[1], sim.secrets[2]
    rogue = Simulator(secrets=(first, joint - first))

    def change(keys: list[Any]) -> None:
        key = keys[1][1]
        key["pok"] = prove_knowledge(f"pok|Ed25519|{key['public_key']}|", joint, rogue.random)

    return with_keys(rogue, change)


@fails(6, event=0)
def key_copied_with_its_proof(sim: Simulator) -> bytes:
    """Two names, one secret: its holder opens alone. belenios-tool takes this one."""
    twins = Simulator(secrets=(sim.secrets[1], sim.secrets[1]))
    return with_keys(twins, lambda keys: keys.__setitem__(1, keys[0]))


@fails(6, event=0)
def no_keys(sim: Simulator) -> bytes:
    return with_keys(sim, lambda keys: keys.clear())


@fails(6, event=0)
def key_of_unknown_kind(sim: Simulator) -> bytes:
    return with_keys(sim, lambda keys: keys[0].__setitem__(0, "Shamir"))


@fails(6, event=0)
def key_that_is_the_identity(sim: Simulator) -> bytes:
    """A scrutineer with no secret, added to the others."""

    def change(keys: list[Any]) -> None:
        identity = point_hex(IDENTITY)
        proof = prove_knowledge(f"pok|Ed25519|{identity}|", 0, sim.random)
        keys.append(["Single", {"pok": proof, "public_key": identity}])

    return with_keys(sim, change)


# 7: the joint key


@fails(7, event=0, base="nobody")
def key_with_a_hidden_holder(sim: Simulator) -> bytes:
    """A third secret is needed that no scrutineer on the list has."""
    hidden = product(sim.election.key, base_power(12345))
    return with_election(sim, public_key=point_hex(hidden))
