"""Generic tampering with round.json and with 回执号. The installation signs what its operator wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from ballots import credentials
from ballots.encoding import encode, sha256_base64, sha256_hex
from ballots.record import Figures, PaperRecord, RoundRecord, Signatory
from tests.adversary import DEAD, GIVEN_OUT, SEALED, Adversary
from tests.ballots.generic import Dice, Made, generic, written_otherwise
from tests.ballots.tampering import Submission


def _beside(box: Adversary, **changes: Any) -> Submission:
    return Submission(*box.handed(**changes))


@generic
def byte_of_the_record_changed(box: Adversary, dice: Dice) -> Made:
    """Without a new signature."""
    raw = bytearray(box.record())
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return {2, 24}, Submission(box.archive(), bytes(raw))


@generic
def record_written_otherwise(box: Adversary, dice: Dice) -> Made:
    body = written_otherwise(dice, encode(box.sound_record()))
    return {2}, Submission(box.archive(), box.sign_record(body))


@generic
def record_with_a_field_too_many_or_too_few(box: Adversary, dice: Dice) -> Made:
    fields = msgspec.json.decode(encode(box.sound_record()))
    inside = dice.choice([fields, fields["figures"], fields["scrutineers"][0]])
    if dice.random() < 0.5:
        inside["remark"] = ""
    else:
        del inside[dice.choice([name for name in sorted(inside) if name != "endorsement"])]
    return {2}, Submission(box.archive(), box.sign_record(encode(fields)))


FIGURES: Final[list[Callable[[Figures, Dice], dict[str, int]]]] = [
    lambda now, dice: {"returned": now.returned + dice.choice((-2, -1, 1))},
    lambda _, dice: {"returned": -dice.randrange(1, 9)},
    lambda now, _: {"issued": now.returned - 1},
    lambda now, dice: {"issued": now.present + dice.randrange(1, 9)},
    lambda now, _: {"present": now.issued - 1},
    lambda now, dice: {"present": now.all_deputies + dice.randrange(1, 9)},
    lambda now, _: {"all_deputies": now.present - 1},
    lambda now, dice: {"invalid": now.invalid + dice.choice((-1, 1, 2))},
    lambda now, dice: {"issued": now.issued + dice.randrange(2, 9)},
]
"""Figures that contradict each other, the archive or the paper."""


@generic
def figures_changed(box: Adversary, dice: Dice) -> Made:
    now = box.sound_record().figures
    return {27}, _beside(box, figures=replace(now, **dice.choice(FIGURES)(now, dice)))


@generic
def counts_of_the_record_changed(box: Adversary, dice: Dice) -> Made:
    rows = [[*row] for row in box.sound_record().result]
    row = dice.choice(rows)
    row[dice.randrange(len(row))] += dice.choice((-1, 1, 5))
    return {28}, _beside(box, result=tuple(map(tuple, rows)))


@generic
def votes_of_the_outcome_changed(box: Adversary, dice: Dice) -> Made:
    """Of one candidate or level; or one candidate taken out, named twice, or under another's number."""
    outcome = msgspec.json.decode(bytes(box.sound_record().outcome))
    rows = outcome["standings" if "standings" in outcome else "grades"]
    row = dice.choice(rows)
    way = dice.randrange(4)
    if way == 0:
        rows.remove(row)
    elif way == 1:
        rows.append(row)
    elif way == 2:
        row["number"] += dice.choice((-1, 1, 9))
    elif "votes" in row:
        row["votes"] += dice.choice((-1, 1, 9))
    else:
        row["counts"][dice.randrange(len(row["counts"]))] += dice.choice((-1, 1, 9))
    return {28}, _beside(box, outcome=msgspec.Raw(encode(outcome)))


@generic
def rules_changed(box: Adversary, dice: Dice) -> Made:
    rules = msgspec.json.decode(box.rules)
    numbers = [name for name, value in rules.items() if type(value) is int]
    if dice.random() < 0.5:
        rules[dice.choice(numbers)] += dice.choice((-1, 1, 2))
    else:
        rules["tie"] = dice.choice(("presidium", "lot", 7))
    return {25}, _beside(box, rules=msgspec.Raw(encode(rules)))


@generic
def identity_of_the_record_changed(box: Adversary, dice: Dice) -> Made:
    digest = dice.randbytes(4)
    other = {
        "uuid": credentials.generate_uuid(box.random),
        "fingerprint": sha256_base64(digest),
        "title": "另一项票决",
        "closing_head": sha256_hex(digest),
        "archive_head": sha256_hex(digest),
    }
    field = dice.choice([*other])
    return {26}, _beside(box, **{field: other[field]})


@generic
def what_the_report_says_too_changed(box: Adversary, dice: Dice) -> Made:
    """The session, the congress, a figure that nothing else binds, or a name; the report stays as signed."""
    sound = box.sound_record()
    more = replace(sound.figures, all_deputies=sound.figures.all_deputies + dice.randrange(1, 9))
    fewer = replace(sound.figures, present=sound.figures.present - dice.randrange(1, 9))
    names = (f"另一个{dice.randrange(9)}", *sound.all_scrutineers[1:]) if sound.all_scrutineers else ()
    ways: list[dict[str, Any]] = [
        {"session": "第二次会议"},
        {"congress": "示例市人民代表大会"},
        {"figures": more},
        {"figures": fewer},
        {"all_scrutineers": names},
        {"scrutineers": (replace(sound.scrutineers[0], name="王五"), *sound.scrutineers[1:])},
    ]
    return {32}, _beside(box, **dice.choice(ways))


@generic
def cards_of_the_record_changed(box: Adversary, dice: Dice) -> Made:
    stranger = credentials.public_credential(box.uuid, credentials.generate(box.random))
    reserve, voted = (box.card(GIVEN_OUT), box.card(SEALED)), box.card(dice.randrange(3))
    ways: list[tuple[set[int], dict[str, tuple[str, ...]]]] = [
        ({29}, {"dead_cards": (box.card(DEAD), stranger)}),
        ({29}, {"dead_cards": (box.card(DEAD), voted)}),
        ({29}, {"reserve_cards": (*reserve, stranger)}),
        ({29}, {"reserve_cards": (*reserve, voted)}),
        ({29}, {"reserve_cards": (*reserve, reserve[dice.randrange(2)])}),
        ({29}, {"activated_cards": ()}),
        ({29}, {"activated_cards": (stranger,)}),
        ({29}, {"activated_cards": (box.card(GIVEN_OUT), voted)}),
        ({27, 29}, {"reserve_cards": (box.card(SEALED),)}),
        ({27, 29}, {"reserve_cards": ()}),
    ]
    checks, changes = dice.choice(ways)
    return checks, _beside(box, **changes)


# What scrutineers signed


def other_hex(dice: Dice, text: str) -> str:
    """One digit changed."""
    place = dice.randrange(len(text))
    other = dice.choice([digit for digit in "0123456789abcdef" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def _signed_otherwise(dice: Dice, one: Signatory) -> Signatory:
    ways: list[dict[str, Any]] = [
        {"signature": other_hex(dice, one.signature)},
        {"signature": one.signature.upper() + "0"},
        {"signing_key": other_hex(dice, one.signing_key)},
        {"number": dice.choice((0, 4, -1, 9))},
    ]
    if one.endorsement is not None:
        number = int(one.endorsement.response) ^ 1
        ways += [{"endorsement": None}, {"endorsement": replace(one.endorsement, response=str(number))}]
    return replace(one, **dice.choice(ways))


@generic
def signature_under_the_report_changed(box: Adversary, dice: Dice) -> Made:
    signed = [*box.sound_record().scrutineers]
    place = dice.randrange(len(signed))
    signed[place] = _signed_otherwise(dice, signed[place])
    return {30}, _beside(box, scrutineers=tuple(signed))


@generic
def too_few_signed_the_report(box: Adversary, dice: Dice) -> Made:
    signed = box.sound_record().scrutineers
    needed = box.threshold or len(signed)
    return {30}, _beside(box, scrutineers=tuple(dice.sample(signed, dice.randrange(needed))))


@generic
def report_changed(box: Adversary, dice: Dice) -> Made:
    report = box.sound_record().report
    place = dice.randrange(len(report))
    letter = dice.choice([one for one in "1票\n" if one != report[place]])
    return {30}, _beside(box, report=report[:place] + letter + report[place + 1 :])


def _paper(box: Adversary) -> tuple[RoundRecord, PaperRecord] | None:
    sound = box.sound_record()
    return (sound, sound.paper) if sound.paper is not None else None


@generic
def figures_on_paper_changed(box: Adversary, dice: Dice) -> Made:
    """As they stand in the record, or also above it; the scrutineer signed those before."""
    if (found := _paper(box)) is None:
        return None
    sound, paper = found
    field = dice.choice(("issued", "returned", "invalid"))
    by = dice.choice((-1, 1, 2))
    changed = replace(paper, **{field: getattr(paper, field) + by})
    figures = sound.figures
    if dice.random() < 0.5:
        figures = replace(figures, **{field: getattr(figures, field) + by})
    return {27, 28, 30}, _beside(box, paper=changed, figures=figures)


@generic
def counts_on_paper_changed(box: Adversary, dice: Dice) -> Made:
    if (found := _paper(box)) is None:
        return None
    _, paper = found
    rows = [[*row] for row in paper.rows]
    row = dice.choice(rows)
    row[dice.randrange(len(row))] += dice.choice((-1, 1, 7))
    return {28, 30}, _beside(box, paper=replace(paper, rows=tuple(map(tuple, rows))))


@generic
def signature_under_the_paper_changed(box: Adversary, dice: Dice) -> Made:
    if (found := _paper(box)) is None:
        return None
    _, paper = found
    signed = _signed_otherwise(dice, paper.scrutineers[0])
    return {30}, _beside(box, paper=replace(paper, scrutineers=(signed,)))


@generic
def text_of_the_paper_changed(box: Adversary, dice: Dice) -> Made:
    if (found := _paper(box)) is None:
        return None
    _, paper = found
    place = dice.randrange(len(paper.text))
    letter = dice.choice([one for one in "1票\n" if one != paper.text[place]])
    text = paper.text[:place] + letter + paper.text[place + 1 :]
    return {30}, _beside(box, paper=replace(paper, text=text))


@generic
def record_of_a_box_without_its_last_ballot(box: Adversary, _: Dice) -> Made:
    """The record is sound, the archive beside it is another."""
    archive = box.archive()
    box.drop(-1)
    box.close()
    return {26}, Submission(archive, box.record())


# 回执号


@generic
def tracker_that_nobody_has(box: Adversary, dice: Dice) -> Made:
    return {31}, Submission(box.archive(), None, (*box.trackers, sha256_base64(dice.randbytes(4))))


@generic
def letter_of_a_tracker_changed(box: Adversary, dice: Dice) -> Made:
    tracker = dice.choice(box.trackers)
    place = dice.randrange(len(tracker))
    letter = "A" if tracker[place] != "A" else "B"
    return {31}, Submission(box.archive(), None, (tracker[:place] + letter + tracker[place + 1 :],))
