"""Promises of empty_box, confirming, restoring: an empty box, a head that was compared, another phone."""

from __future__ import annotations

import pytest

from ballots import ceremony as protocol
from ballots.errors import BadTrustee
from tests import common_key
from tests.people import Hall
from tests.refusals import refused, unchanged
from voting.actors import Forbidden, NotFound, NotYet
from voting.scrutinising import confirming, empty_box, restoring
from voting.scrutinising.empty_box import EmptySlip, NotEmpty


def confirm_empty(hall: Hall, number: int = 1) -> None:
    actor = hall.scrutineers[number - 1]
    empty_box.confirm_empty(hall.store, actor, hall.round.id, hall.now())


# 空箱检查


def test_the_chief_finds_the_box_empty_before_the_voting_and_a_slip_says_so(anywhere: Hall) -> None:
    sealed = anywhere.reach("sealed")
    with pytest.raises(NotYet, match="还没有做空箱检查"), anywhere.store.read() as tx:
        empty_box.empty_slip(tx, anywhere.staff, sealed.id)
    confirm_empty(anywhere)
    with unchanged(anywhere.store):
        confirm_empty(anywhere)
    with anywhere.store.read() as tx:
        slip = empty_box.empty_slip(tx, anywhere.staff, sealed.id)
    assert slip == EmptySlip(
        session=anywhere.session.title,
        title=sealed.title,
        fingerprint=sealed.fingerprint or "",
        ballots=0,
        name="陈秀英",
        at=slip.at,
    )


def test_nobody_but_the_chief_confirms_it_and_only_between_sealing_and_opening(hall: Hall) -> None:
    hall.reach("adopted")
    with refused(hall.store, NotYet, "还没有封存"):
        confirm_empty(hall)
    hall.reach("sealed")
    with refused(hall.store, Forbidden, "总监票人"):
        confirm_empty(hall, 2)
    with refused(hall.store, Forbidden):
        empty_box.confirm_empty(hall.store, hall.staff, hall.round.id, hall.now())
    hall.open()
    with refused(hall.store, NotYet, "投票已经开始"):
        confirm_empty(hall)


def test_a_box_with_a_ballot_in_it_is_not_confirmed_as_empty(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    opened = hall.current()
    with hall.store.write() as tx:
        tx.rounds.change(opened, state="sealed")
    with refused(hall.store, NotEmpty):
        confirm_empty(hall)
    with hall.store.write() as tx:
        tx.rounds.change(opened, state="open")


# 核对封箱码


def test_a_head_is_confirmed_once_it_may_be_opened(hall: Hall) -> None:
    hall.reach("closed")
    with refused(hall.store, NotYet):
        common_key.confirm(hall, 1)
    hall.reach("reconciled")
    common_key.confirm(hall, 1)
    with unchanged(hall.store):
        common_key.confirm(hall, 1)


@pytest.mark.parametrize("signed", ["another head", "by another", "nothing"])
def test_a_confirmation_of_anything_else_or_by_another_is_refused(hall: Hall, signed: str) -> None:
    closed = hall.reach("reconciled")
    text = confirming.box_text(closed.fingerprint or "", closed.closing_head or "")
    raw = {
        "another head": protocol.sign_text(hall.seeds[0], f"{text}0", hall.random),
        "by another": protocol.sign_text(hall.seeds[1], text, hall.random),
        "nothing": b"{}",
    }[signed]
    with refused(hall.store, BadTrustee):
        confirming.confirm_box(hall.store, hall.scrutineers[0], closed.id, raw, hall.now())


def test_where_each_has_an_own_key_there_is_nothing_to_confirm_with(hall: Hall) -> None:
    hall.threshold = None
    hall.reach("reconciled")
    with refused(hall.store, NotYet):
        confirming.confirm_box(hall.store, hall.scrutineers[0], hall.round.id, b"{}", hall.now())


# 换设备


def test_a_key_brought_to_another_phone_is_noted_once(hall: Hall) -> None:
    hall.reach("sealed")
    key = common_key.of_round(hall).id
    signature = protocol.sign_text(hall.seeds[1], restoring.restore_text(key), hall.random)
    noted = restoring.note_restored(hall.store, hall.scrutineers[1], key, signature, hall.now())
    assert [one.restored_at is not None for one in noted.members] == [False, True, False]
    with unchanged(hall.store):
        restoring.note_restored(hall.store, hall.scrutineers[1], key, signature, hall.now())


def test_only_who_has_the_backup_code_says_so(hall: Hall) -> None:
    hall.reach("adopted")
    key = common_key.of_round(hall).id
    own = protocol.sign_text(hall.seeds[0], restoring.restore_text(key), hall.random)
    with refused(hall.store, NotYet):
        restoring.note_restored(hall.store, hall.scrutineers[0], key, own, hall.now())
    common_key.make(hall, key)
    with refused(hall.store, BadTrustee):
        restoring.note_restored(hall.store, hall.scrutineers[1], key, own, hall.now())
    with refused(hall.store, NotFound):
        restoring.note_restored(hall.store, hall.scrutineers[0], "0" * 32, own, hall.now())
