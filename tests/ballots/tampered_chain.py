"""Check 3: the chain of events.

In the base the events are Setup 0, ballots 1-3, EndBallots 4, EncryptedTally 5, decryptions 6-7, Result 8.
"""

from __future__ import annotations

from ballots.archive import record
from ballots.encoding import sha256_hex
from tests.ballots.tampering import fails
from tests.simulator import TIMESTAMP, Simulator, Step, decryption_step, write


def moved(sim: Simulator, start: int, to: int) -> bytes:
    """One event at another place, the chain made anew."""
    steps = sim.steps()
    steps.insert(to, steps.pop(start))
    return write(steps)


def with_step(sim: Simulator, place: int, step: Step) -> bytes:
    steps = sim.steps()
    return write([*steps[:place], step, *steps[place:]])


def without(sim: Simulator, place: int) -> bytes:
    steps = sim.steps()
    del steps[place]
    return write(steps)


def changed(sim: Simulator, place: int, **changes: object) -> bytes:
    steps = sim.steps()
    steps[place].changes = changes
    return write(steps)


@fails(3, event=4)
def box_never_closed(sim: Simulator) -> bytes:
    """belenios-tool takes this one."""
    return without(sim, 4)


@fails(3, event=5)
def box_closed_twice(sim: Simulator) -> bytes:
    return with_step(sim, 5, Step("EndBallots", []))


@fails(3, event=4)
def ballot_after_closing(sim: Simulator) -> bytes:
    """The last ballot, counted like the others."""
    return moved(sim, 3, 4)


@fails(3, event=6)
def ballot_after_the_sum(sim: Simulator) -> bytes:
    late = sim.copy().vote(3, [[0, 1, 0, 0]])
    return with_step(sim, 6, Step("Ballot", [late]))


@fails(3, event=6)
def two_sums(sim: Simulator) -> bytes:
    return with_step(sim, 5, Step("EncryptedTally", [sim.tally, sim.sized]))


@fails(3, event=5)
def no_sum(sim: Simulator) -> bytes:
    return without(sim, 5)


@fails(3, event=6)
def result_before_the_decryptions(sim: Simulator) -> bytes:
    return moved(sim, 8, 6)


@fails(3, event=9, base="threshold")
def decryption_after_the_result(sim: Simulator) -> bytes:
    return with_step(sim, 9, decryption_step(3, sim.part(3)))


@fails(3, event=9)
def two_results(sim: Simulator) -> bytes:
    return with_step(sim, 9, Step("Result", [sim.result]))


@fails(3)
def no_result(sim: Simulator) -> bytes:
    return without(sim, 8)


@fails(3)
def nothing_after_the_ballots(sim: Simulator) -> bytes:
    return write(sim.steps()[:4])


@fails(3)
def nothing_at_all(sim: Simulator) -> bytes:
    return write([])


@fails(3, event=0)
def no_setup(sim: Simulator) -> bytes:
    return without(sim, 0)


@fails(3, event=1)
def two_setups(sim: Simulator) -> bytes:
    return with_step(sim, 1, sim.setup_step())


@fails(3, event=0)
def setup_has_a_parent(sim: Simulator) -> bytes:
    return changed(sim, 0, parent=sha256_hex(b""))


@fails(3, event=3)
def parent_is_another_event(sim: Simulator) -> bytes:
    return changed(sim, 3, parent=sha256_hex(b""))


@fails(3, event=3)
def no_parent(sim: Simulator) -> bytes:
    return changed(sim, 3, parent=None)


@fails(3, event=3)
def height_twice(sim: Simulator) -> bytes:
    return changed(sim, 3, height=2)


@fails(3, event=3)
def height_left_out(sim: Simulator) -> bytes:
    return changed(sim, 3, height=4)


@fails(3, event=3)
def height_of_thirty_digits(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[3].rewrite = lambda raw: raw.replace(b'"height":3', b'"height":' + b"3" * 30)
    return write(steps)


@fails(3, event=2)
def event_refers_to_another_ballot(sim: Simulator) -> bytes:
    return changed(sim, 2, payload=sha256_hex(sim.ballots[0]))


@fails(3, event=4)
def end_refers_to_something(sim: Simulator) -> bytes:
    return changed(sim, 4, payload=sha256_hex(sim.ballots[0]))


@fails(3, event=2)
def event_refers_to_nothing(sim: Simulator) -> bytes:
    return changed(sim, 2, payload=None)


@fails(3, event=2)
def two_ballots_for_one_event(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[2:4] = [Step("Ballot", [sim.ballots[1], sim.ballots[2]])]
    return write(steps)


@fails(3, event=4)
def ballot_that_no_event_refers_to(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[4].data = [sim.ballots[0]]
    steps[4].changes = {"payload": None}
    return write(steps)


@fails(3)
def data_after_the_last_event(sim: Simulator) -> bytes:
    return sim.archive() + record(f"{sha256_hex(b'{}')}.data.json", b"{}", TIMESTAMP)


@fails(3)
def too_much_data_before_an_event(sim: Simulator) -> bytes:
    archive = write(sim.steps()[:2])
    return archive + 5 * record(f"{sha256_hex(b'{}')}.data.json", b"{}", TIMESTAMP)


@fails(3, event=0)
def setup_means_another_list_of_cards(sim: Simulator) -> bytes:
    """The list stands in the archive; the setup's datum names another."""
    steps = sim.steps()
    steps[0].data[3] = steps[0].data[3].replace(sha256_hex(sim.credentials).encode(), b"0" * 64)
    return write(steps)


@fails(3, event=0)
def setup_data_in_another_order(sim: Simulator) -> bytes:
    steps = sim.steps()
    election, keys, cards, setup = steps[0].data
    steps[0].data = [keys, election, cards, setup]
    return write(steps)


@fails(3, event=0)
def setup_with_a_certificate_of_the_cards(sim: Simulator) -> bytes:
    """The protocol allows one; nothing here makes it, so nothing here judges it."""
    steps = sim.steps()
    steps[0].data.insert(3, b"{}")
    return write(steps)


@fails(3, event=1)
def ballots_exchanged_but_not_their_events(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[1].data, steps[2].data = steps[2].data, steps[1].data
    steps[1].changes = {"payload": sha256_hex(sim.ballots[0])}
    steps[2].changes = {"payload": sha256_hex(sim.ballots[1])}
    return write(steps)
