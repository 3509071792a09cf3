"""What the adversary does with a whole round, and the check that refuses it.

    ATTACKS["drop a ballot before the sum"].run(Adversary())

Check 31 stands for a deputy who looks for the own 回执号.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec.structs import replace

from ballots import credentials
from tests.adversary import DEAD, SEALED, Adversary, Handed
from tests.papers import way
from tests.simulator import decryption_step, events_of, write

Run = Callable[[Adversary], Handed]


class Attack(NamedTuple):
    """What is done, and the check that refuses it."""

    verb: str
    check: int
    run: Run


ATTACKS: Final[dict[str, Attack]] = {}
"""By the name of the function, in words."""


def refused_by(check: int) -> Callable[[Run], Run]:
    """Registers an attack; the first word of its name is its verb."""

    def register(run: Run) -> Run:
        verb, _, _ = run.__name__.partition("_")
        ATTACKS[run.__name__.replace("_", " ")] = Attack(verb, check, run)
        return run

    return register


def _filled(box: Adversary, number: int = 1) -> list[list[int]]:
    return [way(question, number) for question in box.election.questions]


# Swap


@refused_by(13)
def swap_the_choices_of_two_ballots(box: Adversary) -> Handed:
    first, second = (raw.split(b'"answers":') for raw in box.ballots[:2])
    tails = [part[1].rsplit(b',"signature":', 1) for part in (first, second)]
    box.ballots[0] = first[0] + b'"answers":' + tails[1][0] + b',"signature":' + tails[0][1]
    box.ballots[1] = second[0] + b'"answers":' + tails[0][0] + b',"signature":' + tails[1][1]
    box.close()
    return box.handed()


@refused_by(14)
def swap_the_choices_of_two_ballots_whose_cards_sign_again(box: Adversary) -> Handed:
    """Whoever held both cards would have voted otherwise, not so: the proofs name the card."""
    first, second = (_answers(raw) for raw in box.ballots[:2])
    box.rewrite(0, lambda raw: raw.replace(first, second))
    box.rewrite(1, lambda raw: raw.replace(second, first))
    box.close()
    return box.handed()


def _answers(raw: bytes) -> bytes:
    return raw.split(b'"answers":')[1].rsplit(b',"signature":', 1)[0]


@refused_by(13)
def swap_the_cards_of_two_ballots(box: Adversary) -> Handed:
    one, other = box.card(0).encode(), box.card(1).encode()
    box.ballots[0] = box.ballots[0].replace(one, other)
    box.ballots[1] = box.ballots[1].replace(other, one)
    return box.handed()


@refused_by(26)
def swap_two_ballots_after_the_announcement(box: Adversary) -> Handed:
    """The same ballots and the same counts; the head on the screen was another."""
    record = box.record()
    box.swap(0, 1)
    return Handed(box.archive(), record)


# Drop


@refused_by(16)
def drop_a_ballot_and_keep_the_sum(box: Adversary) -> Handed:
    box.drop(1)
    return Handed(box.archive())


@refused_by(31)
def drop_a_ballot_before_the_sum(box: Adversary) -> Handed:
    """Everything is in order without it. Only the deputy who looks for the own 回执号 can tell."""
    told = box.trackers
    box.drop(1)
    box.close()
    return Handed(box.archive(), box.record(), told)


@refused_by(26)
def drop_a_ballot_after_the_announcement(box: Adversary) -> Handed:
    record = box.record()
    box.drop(1)
    box.close()
    return Handed(box.archive(), record)


@refused_by(27)
def drop_a_ballot_but_not_from_the_figures(box: Adversary) -> Handed:
    figures = box.sound_record().figures
    box.drop(1)
    box.close()
    return box.handed(figures=figures)


@refused_by(21)
def drop_a_decryption(box: Adversary) -> Handed:
    box.parts = box.parts[:1]
    return Handed(box.archive())


@refused_by(28)
def drop_the_paper(box: Adversary) -> Handed:
    """The votes in the outcome are those of the box and of paper that the record no longer has."""
    box.sheets = [_filled(box, -1)]
    sound = box.sound_record()
    figures = replace(sound.figures, returned=len(box.ballots), issued=5)
    return box.handed(paper=None, figures=figures)


@refused_by(32)
def drop_the_paper_and_reckon_everything_anew(box: Adversary) -> Handed:
    """Nothing in the archive says that there was any; the report that was signed does."""
    signed = box.sound_record()
    box.sheets = []
    return box.handed(report=signed.report, scrutineers=signed.scrutineers)


# Replay


@refused_by(10)
def replay_a_ballot(box: Adversary) -> Handed:
    box.replay(0)
    box.close()
    return box.handed()


@refused_by(10)
def replay_a_ballot_without_a_new_sum(box: Adversary) -> Handed:
    box.replay(2)
    return Handed(box.archive())


@refused_by(11)
def replay_a_choice_sealed_anew(box: Adversary) -> Handed:
    box.vote(0, box.plain[0])
    box.close()
    return box.handed()


@refused_by(19)
def replay_a_decryption(box: Adversary) -> Handed:
    box.parts = [*box.parts, box.parts[0]]
    return Handed(box.archive())


@refused_by(26)
def replay_the_record_of_another_round(box: Adversary) -> Handed:
    """Signed by the same installation, under the same rules."""
    other = box.next_round()
    return Handed(box.archive(), other.record(signer=box.installation, rules=box.sound_record().rules))


# Reorder


@refused_by(26)
def reorder_the_ballots_after_the_announcement(box: Adversary) -> Handed:
    record = box.record()
    box.reorder(3, 1, 0, 2)
    return Handed(box.archive(), record)


@refused_by(3)
def reorder_the_events_without_their_chain(box: Adversary) -> Handed:
    steps, events = box.steps(), events_of(box.steps())
    steps[1:3] = [steps[2], steps[1]]
    steps[1].rewrite, steps[2].rewrite = (lambda _: events[2]), (lambda _: events[1])
    return Handed(write(steps))


@refused_by(3)
def reorder_the_end_before_the_last_ballot(box: Adversary) -> Handed:
    steps = box.steps()
    end = next(number for number, step in enumerate(steps) if step.kind == "EndBallots")
    steps[end - 1 : end + 1] = [steps[end], steps[end - 1]]
    return Handed(write(steps))


@refused_by(3)
def reorder_the_result_before_the_decryptions(box: Adversary) -> Handed:
    steps = box.steps()
    steps.insert(-len(box.parts) - 1, steps.pop())
    return Handed(write(steps))


# Forge


@refused_by(9)
def forge_a_ballot_without_a_card(box: Adversary) -> Handed:
    box.stranger(_filled(box))
    box.close()
    return box.handed()


@refused_by(9)
def forge_a_ballot_with_a_card_of_another_round(box: Adversary) -> Handed:
    """The same paper card: its secret is another in every round."""
    uuid = credentials.generate_uuid(box.random)
    public = credentials.public_credential(uuid, box.cards[SEALED])
    box.forge(public, _filled(box), credentials.secret_scalar(uuid, box.cards[SEALED]))
    return Handed(box.archive())


@refused_by(13)
def forge_a_ballot_of_a_listed_card(box: Adversary) -> Handed:
    box.forge(box.card(SEALED), _filled(box), box.card_secret(0))
    box.close()
    return box.handed()


@refused_by(29)
def forge_a_ballot_with_a_sealed_reserve_card(box: Adversary) -> Handed:
    """Somebody broke the seal; the box cannot know it, the record does."""
    box.vote(SEALED, _filled(box))
    box.close()
    return box.handed()


@refused_by(29)
def forge_a_ballot_with_a_lost_card(box: Adversary) -> Handed:
    box.vote(DEAD, _filled(box))
    box.close()
    return box.handed()


@refused_by(14)
def forge_a_ballot_that_cancels_the_others(box: Adversary) -> Handed:
    """Minus what the others chose, with a card that somebody kept: the sum would be one deputy's vote."""
    others = [
        [-sum(column) for column in zip(*rows, strict=True)] for rows in zip(*box.plain[:3], strict=True)
    ]
    box.vote(SEALED, others)
    box.close()
    return Handed(box.archive())


@refused_by(20)
def forge_a_decryption_without_a_share(box: Adversary) -> Handed:
    (first, _), *others = box.parts
    stranger = {**box.secrets, first: 12345}
    box.secrets = stranger
    box.parts = [(first, box.part(first)), *others]
    return Handed(box.archive())


@refused_by(23)
def forge_the_result(box: Adversary) -> Handed:
    """One vote moved, so that the figures are possible and wrong."""
    (first, *rest) = box.counts
    giver = next(n for n in range(len(first) - 1, -1, -1) if first[n])
    taker = next(n for n in range(len(first) - 1, -1, -1) if n != giver and first[n] < len(box.ballots))
    first[giver] -= 1
    first[taker] += 1
    box.result = b'{"result":' + str([first, *rest]).replace(" ", "").encode() + b"}"
    return Handed(box.archive())


@refused_by(30)
def forge_the_figures_on_paper(box: Adversary) -> Handed:
    """One sheet more was handed out; the scrutineer's signature is over the number before."""
    paper = box.paper_record()
    return box.handed(paper=replace(paper, issued=paper.issued + 1))


@refused_by(24)
def forge_the_signature_of_the_installation(box: Adversary) -> Handed:
    return Handed(box.archive(), box.record(signer=box.reporters[0]))


@refused_by(30)
def forge_the_report(box: Adversary) -> Handed:
    report = box.sound_record().report.replace("结果报告单", "结果报告单（更正）")
    return box.handed(report=report)


@refused_by(32)
def forge_the_names_of_the_scrutineers(box: Adversary) -> Handed:
    named = tuple(replace(one, name=f"另一个{one.number}") for one in box.sound_record().scrutineers)
    return box.handed(scrutineers=named, all_scrutineers=tuple(one.name for one in named))


@refused_by(32)
def forge_the_session(box: Adversary) -> Handed:
    return box.handed(session="第二次会议")


# Delay


@refused_by(3)
def delay_a_ballot_beyond_the_end(box: Adversary) -> Handed:
    late = box.hold_back(1)
    box.close()
    return Handed(box.with_late(late, "EndBallots"))


@refused_by(3)
def delay_a_ballot_beyond_the_sum(box: Adversary) -> Handed:
    late = box.hold_back(1)
    box.close()
    return Handed(box.with_late(late, "EncryptedTally"))


@refused_by(3)
def delay_a_ballot_beyond_the_result(box: Adversary) -> Handed:
    late = box.hold_back(1)
    box.close()
    return Handed(box.with_late(late, "Result"))


@refused_by(16)
def delay_a_ballot_until_the_sum_is_made(box: Adversary) -> Handed:
    late = box.hold_back(1)
    box.close()
    box.ballots.append(late)
    return Handed(box.archive())


@refused_by(8)
def delay_a_ballot_into_the_next_round(box: Adversary) -> Handed:
    late, after = box.hold_back(1), box.next_round()
    after.ballots.append(late)
    return Handed(after.archive())


@refused_by(13)
def delay_a_ballot_into_the_next_round_under_its_name(box: Adversary) -> Handed:
    """Its election and its card written over by whoever delivers it; the signature cannot be."""
    after = box.next_round()
    names = {box.uuid: after.uuid, box.election.fingerprint: after.election.fingerprint}
    late = box.hold_back(1)
    for before, now in {**names, box.card(1): after.card(1)}.items():
        late = late.replace(before.encode(), now.encode(), 1)
    after.ballots.append(late)
    return Handed(after.archive())


@refused_by(3)
def delay_a_decryption_beyond_the_result(box: Adversary) -> Handed:
    steps = box.steps()
    owner = max(box.secrets)
    return Handed(write([*steps, decryption_step(owner, box.part(owner))]))
