"""Promises of voting/scrutinising/ceremonies.py: a key of which some open, made for exactly these names."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ballots import ceremony as protocol
from ballots.credentials import base58
from ballots.errors import BadTrustee
from ballots.record import endorsement_text
from ballots.trustees import check_trustees
from tests import common_key
from tests.people import NAMES, Hall
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import Forbidden, NotFound, NotYet, Role
from voting.cycle import WrongStep
from voting.scrutinising import ceremonies
from voting.scrutinising.ceremonies import CeremonyOver
from voting.scrutinising.keys import (
    AppointmentError,
    Ceremony,
    check_threshold,
    default_threshold,
    refuse_unit_people,
)
from voting.sealing import CommonKey, NotReady


def begin(hall: Hall, *names: str, threshold: int | None = None) -> Ceremony:
    people = names or hall.names
    return ceremonies.begin_ceremony(hall.store, hall.staff, hall.session.id, people, threshold, hall.now())


def adopt(hall: Hall, names: tuple[str, ...], threshold: int | None) -> None:
    hall.round = drafting.adopt(hall.store, hall.staff, hall.round.id, names, hall.now(), threshold)


# Beginning


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (15, 8)])
def test_by_default_more_than_half_open(size: int, needed: int) -> None:
    assert default_threshold(size) == needed


@pytest.mark.parametrize(("threshold", "size"), [(1, 2), (1, 3), (2, 4), (2, 5), (4, 3), (0, 1), (7, 15)])
def test_half_or_fewer_or_more_than_all_never_open(threshold: int, size: int) -> None:
    with pytest.raises(AppointmentError, match="过半数"):
        check_threshold(threshold, size)


def test_staff_begin_it_for_the_names_in_order_and_it_waits_for_all(hall: Hall) -> None:
    begun = begin(hall)
    assert (begun.names, begun.threshold, begun.phase, begun.waiting_for) == (NAMES, 2, "certificates", NAMES)
    assert common_key.get(hall, begun.id) == begun


def test_beginning_twice_before_anybody_came_changes_nothing(hall: Hall) -> None:
    begun = begin(hall)
    with unchanged(hall.store):
        assert begin(hall) == begun


def test_where_all_are_needed_nothing_is_made_together(hall: Hall) -> None:
    with refused(hall.store, AppointmentError, "全部到场"):
        begin(hall, "甲", "乙")


@pytest.mark.parametrize("names", [("甲", "甲 ", "乙"), tuple("甲乙丙丁" * 4)], ids=["twice", "too many"])
def test_a_list_that_will_not_do_is_refused(hall: Hall, names: tuple[str, ...]) -> None:
    with refused(hall.store, AppointmentError):
        begin(hall, *names)


def test_the_head_of_a_responsible_unit_cannot_serve(hall: Hall) -> None:
    rules = hall.rules
    listed = [replace(one, unit="县交通局（局长周丽华）") for one in hall.round.candidates]
    drafting.change_round(hall.store, hall.staff, hall.round.id, hall.round.title, rules, listed, hall.now())
    with refused(hall.store, AppointmentError, "周丽华是责任单位的人员"):
        begin(hall)
    with refused(hall.store, AppointmentError, "周丽华是责任单位的人员"):
        adopt(hall, NAMES, None)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "teller", "public", "system"])
def test_only_staff_begin(hall: Hall, role: Role) -> None:
    with refused(hall.store, Forbidden):
        ceremonies.begin_ceremony(
            hall.store, replace(hall.staff, role=role), hall.session.id, NAMES, 2, hall.now()
        )


# The steps


def test_three_messages_from_each_make_a_key_that_everybody_compares(anywhere: Hall) -> None:
    begun = begin(anywhere)
    phases = [
        give(anywhere, begun.id, number).phase
        for give in (common_key.certify, common_key.deal, common_key.receive)
        for number in (2, 3, 1)
    ]
    made = common_key.get(anywhere, begun.id)
    assert phases[2::3] == ["deals", "shares", "complete"]
    (group,) = check_trustees(made.trustees or b"").groups
    assert (group.needed, len(group.keys), made.waiting_for) == (2, 3, NAMES)
    common_key.compare(anywhere, begun.id, 3)
    assert common_key.get(anywhere, begun.id).compared == 1


def test_every_message_given_again_changes_nothing_even_if_made_anew(hall: Hall) -> None:
    key = begin(hall).id
    for give in (common_key.certify, common_key.deal, common_key.receive, common_key.compare):
        for number in (1, 2, 3):
            give(hall, key, number)
            if give is not common_key.receive or number < 3:
                with unchanged(hall.store):
                    give(hall, key, number)


def test_no_message_is_taken_before_its_time(hall: Hall) -> None:
    key = begin(hall).id
    common_key.certify(hall, key, 1)
    with refused(hall.store, NotYet, "赵建国、周丽华"):
        ceremonies.give_deal(hall.store, hall.scrutineers[0], key, b"{}", hall.now())
    with refused(hall.store, NotYet):
        ceremonies.give_share(hall.store, hall.scrutineers[0], key, b"{}", hall.now())
    with refused(hall.store, NotYet):
        common_key.compare(hall, key, 1)


def test_until_all_are_there_the_own_part_may_be_made_anew(hall: Hall) -> None:
    key = begin(hall).id
    common_key.certify(hall, key, 1)
    hall.seeds[0] = base58(22, hall.random)
    assert give_certificate(hall, key, 1).members[0].certificate is not None
    common_key.make(hall, key)


def give_certificate(hall: Hall, key: str, number: int, seed: str = "", endorses: str = "") -> Ceremony:
    """As `common_key.certify`, also when one is there; the seed of somebody else, another endorsement."""
    of, own = common_key.get(hall, key), seed or hall.seeds[number - 1]
    report_key = hall.report_key(number).verify_key.encode().hex()
    return ceremonies.give_certificate(
        hall.store,
        hall.scrutineers[number - 1],
        key,
        protocol.certificate(own, number, of.threshold, len(of.members), hall.random),
        report_key,
        protocol.sign_text(own, endorsement_text(endorses or report_key), hall.random),
        hall.now(),
    )


def test_afterwards_it_may_not(hall: Hall) -> None:
    key = begin(hall).id
    for number in (1, 2, 3):
        common_key.certify(hall, key, number)
    hall.seeds[0] = base58(22, hall.random)
    with refused(hall.store, CeremonyOver):
        give_certificate(hall, key, 1)


def test_a_certificate_for_another_place_another_report_key_or_a_second_person_is_refused(hall: Hall) -> None:
    key = begin(hall).id
    foreign = protocol.certificate(hall.seeds[0], 2, 2, 3, hall.random)
    report_key = hall.report_key(1).verify_key.encode().hex()
    vouched = protocol.sign_text(hall.seeds[0], endorsement_text(report_key), hall.random)
    with refused(hall.store, BadTrustee):
        ceremonies.give_certificate(
            hall.store, hall.scrutineers[0], key, foreign, report_key, vouched, hall.now()
        )
    with refused(hall.store, BadTrustee):
        give_certificate(hall, key, 1, endorses="0" * 64)
    common_key.certify(hall, key, 1)
    common_key.certify(hall, key, 2)
    with refused(hall.store, BadTrustee):
        give_certificate(hall, key, 3, seed=hall.seeds[0])


@pytest.mark.parametrize("raw", [b"", b"{}", b"null", b"\xff", b"[" * 5000], ids=lambda raw: repr(raw[:9]))
def test_what_is_no_message_is_refused(hall: Hall, raw: bytes) -> None:
    key = begin(hall).id
    with refused(hall.store, BadTrustee):
        ceremonies.give_certificate(hall.store, hall.scrutineers[0], key, raw, "0" * 64, raw, hall.now())
    for number in (1, 2, 3):
        common_key.certify(hall, key, number)
    with refused(hall.store, BadTrustee):
        ceremonies.give_deal(hall.store, hall.scrutineers[0], key, raw, hall.now())
    for number in (1, 2, 3):
        common_key.deal(hall, key, number)
    with refused(hall.store, BadTrustee):
        ceremonies.give_share(hall.store, hall.scrutineers[0], key, raw, hall.now())


def test_a_message_of_another_s_or_of_another_key_is_refused(hall: Hall) -> None:
    first = common_key.make(hall, begin(hall).id)
    second = begin(hall).id
    for number in (1, 2, 3):
        common_key.certify(hall, second, number)
    with refused(hall.store, BadTrustee):
        ceremonies.give_deal(
            hall.store, hall.scrutineers[0], second, first.members[0].deal or b"", hall.now()
        )
    for number in (1, 2, 3):
        common_key.deal(hall, second, number)
    for share in (first.members[0].share, first.members[1].share):
        with refused(hall.store, BadTrustee):
            ceremonies.give_share(hall.store, hall.scrutineers[0], second, share or b"", hall.now())


def test_nobody_else_gives_or_sees_anything(hall: Hall) -> None:
    key = begin(hall).id
    stranger = replace(hall.scrutineers[0], name="某某")
    for other in (stranger, replace(hall.scrutineers[0], scrutineer=4), replace(stranger, session="0" * 32)):
        with refused(hall.store, NotFound):
            ceremonies.compare(hall.store, other, key, hall.now())
    with refused(hall.store, Forbidden):
        ceremonies.compare(hall.store, hall.staff, key, hall.now())


def test_begun_anew_the_one_before_takes_no_more(hall: Hall) -> None:
    before = begin(hall).id
    common_key.certify(hall, before, 1)
    after = begin(hall)
    assert after.id != before
    with refused(hall.store, CeremonyOver):
        common_key.certify(hall, before, 2)


# For a round


def test_made_beforehand_it_counts_when_exactly_these_names_are_adopted(hall: Hall) -> None:
    made = common_key.make(hall, begin(hall).id)
    adopt(hall, NAMES, 2)
    assert (hall.round.ceremony, hall.round.threshold) == (made.id, 2)
    hall.load_cards()
    sealed = hall.freeze()
    assert sealed.trustees == made.trustees


@pytest.mark.parametrize(
    ("names", "threshold"), [((*NAMES[::-1],), 2), (("某某", *NAMES[1:]), 2), ((*NAMES, "某某"), 3)]
)
def test_for_other_names_another_order_or_number_a_new_one_is_begun(
    hall: Hall, names: tuple[str, ...], threshold: int
) -> None:
    made = common_key.make(hall, begin(hall).id)
    adopt(hall, names, threshold)
    begun = common_key.of_round(hall)
    assert begun.id != made.id
    assert (begun.names, begun.threshold, begun.phase) == (names, threshold, "certificates")


def test_adopting_again_with_the_same_changes_nothing_and_with_another_number_is_refused(hall: Hall) -> None:
    adopt(hall, NAMES, 2)
    with unchanged(hall.store):
        adopt(hall, NAMES, 2)
    with refused(hall.store, WrongStep):
        adopt(hall, NAMES, None)


@pytest.mark.parametrize("threshold", [None, 3])
def test_where_all_are_needed_each_makes_an_own_key(hall: Hall, threshold: int | None) -> None:
    hall.threshold = threshold
    adopt(hall, NAMES, threshold)
    assert (hall.round.ceremony, hall.round.threshold) == (None, None)
    hall.threshold = None
    hall.register_key(1)


def test_no_own_key_is_registered_where_one_is_made_together(hall: Hall) -> None:
    adopt(hall, NAMES, 2)
    with refused(hall.store, CommonKey):
        hall.threshold = None
        hall.register_key(1)
    hall.threshold = 2


def test_sealing_waits_for_the_key_and_for_as_many_to_compare_as_open(hall: Hall) -> None:
    adopt(hall, NAMES, 2)
    hall.load_cards()
    key = common_key.of_round(hall).id
    with refused(hall.store, NotReady, "陈秀英、赵建国、周丽华"):
        hall.freeze()
    for give in (common_key.certify, common_key.deal, common_key.receive):
        for number in (1, 2, 3):
            give(hall, key, number)
    common_key.compare(hall, key, 1)
    with refused(hall.store, NotReady, "还不到2名"):
        hall.freeze()
    common_key.compare(hall, key, 3)
    assert hall.freeze().state == "sealed"


def test_a_round_that_is_not_sealed_takes_the_key_that_was_begun_anew(hall: Hall) -> None:
    adopt(hall, NAMES, 2)
    hall.load_cards()
    common_key.certify(hall, common_key.of_round(hall).id, 1)
    again = begin(hall)
    assert common_key.of_round(hall) == again
    common_key.make(hall, again.id)
    assert hall.freeze().ceremony == again.id
    begin(hall)
    assert common_key.of_round(hall).id == again.id


def test_the_record_names_the_keys_and_endorsements_of_those_who_signed(hall: Hall) -> None:
    counted = hall.reach("counted")
    with hall.store.read() as tx:
        everybody = tx.scrutineers.of(hall.staff, counted.id)
    signers = check_trustees(counted.trustees or b"").signers
    for one in everybody:
        text = endorsement_text(one.signing_key or "")
        protocol.check_text(text, signers[one.number], one.endorsement or b"")


def test_one_key_serves_two_rounds(hall: Hall) -> None:
    hall.reach("sealed")
    first = hall.round
    second = hall.draft("第二轮")
    names = [one.name for one in hall.scrutineers]
    after = drafting.adopt(hall.store, hall.staff, second.id, names, hall.now(), 2)
    assert after.ceremony == hall.current().ceremony == common_key.of_round(hall).id
    assert first.id != after.id


def test_a_unit_s_account_holder_cannot_serve() -> None:
    with pytest.raises(AppointmentError, match="王局长是责任单位"):
        refuse_unit_people(["陈秀英", "王局长"], {"王局长"}, [])
