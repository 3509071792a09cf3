"""Checks 24 to 31: the round.json beside the archive, and the trackers somebody asks for."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace
from nacl.signing import SigningKey

from ballots import credentials
from ballots.encoding import encode, sha256_base64, sha256_hex
from tests.ballots.tampering import Submission, fails
from tests.simulator import SELECT, STANCES, Simulator, signatory


def beside(sim: Simulator, **changes: Any) -> Submission:
    """A sound archive with these fields of the record changed, signed by the installation."""
    return Submission(sim.archive(), sim.record(**changes))


def rewritten(sim: Simulator, old: bytes, new: bytes) -> Submission:
    """The signed bytes changed and signed anew."""
    body = encode(sim.sound_record())
    assert body.count(old) == 1
    return Submission(sim.archive(), sim.sign_record(body.replace(old, new)))


def figures(sim: Simulator, **changes: int) -> Submission:
    return beside(sim, figures=replace(sim.sound_record().figures, **changes))


# 2 again: the one way of writing


@fails(2)
def space_in_the_record(sim: Simulator) -> Submission:
    return rewritten(sim, b'"version":3', b'"version": 3')


@fails(2)
def unknown_field_in_the_record(sim: Simulator) -> Submission:
    return rewritten(sim, b'"version":3', b'"version":3,"more":1')


@fails(2)
def record_of_version_1(sim: Simulator) -> Submission:
    return beside(sim, version=1)


@fails(2)
def record_is_not_json(sim: Simulator) -> Submission:
    return Submission(sim.archive(), b"\xff\xfe")


@fails(2)
def outcome_that_says_two_things(sim: Simulator) -> Submission:
    return rewritten(sim, b'{"status":"complete"', b'{"status":"void","status":"complete"')


# 24: the installation's signature


@fails(24)
def record_signed_by_somebody_else(sim: Simulator) -> Submission:
    return Submission(sim.archive(), sim.record(signer=SigningKey(bytes(32))))


@fails(24)
def record_changed_after_signing(sim: Simulator) -> Submission:
    record = sim.record()
    return Submission(sim.archive(), record.replace("第一次会议".encode(), "第二次会议".encode()))


@fails(24)
def signature_in_upper_case(sim: Simulator) -> Submission:
    body, signature = _parts(sim)
    return Submission(sim.archive(), _joined(body, signature.upper()))


@fails(24)
def signature_with_spaces(sim: Simulator) -> Submission:
    body, signature = _parts(sim)
    return Submission(sim.archive(), _joined(body, signature[:64] + " " + signature[64:]))


@fails(24)
def no_signature(sim: Simulator) -> Submission:
    body, _ = _parts(sim)
    return Submission(sim.archive(), _joined(body, ""))


@fails(24)
def election_that_names_no_key(sim: Simulator) -> Submission:
    sim.found_again(sim.election.raw.replace("回执验证".encode(), "核对".encode()))
    return Submission(sim.archive(), sim.record())


def _parts(sim: Simulator) -> tuple[bytes, str]:
    body = encode(sim.sound_record())
    signature: str = msgspec.json.decode(sim.sign_record(body))["signature"]
    return body, signature


def _joined(body: bytes, signature: str) -> bytes:
    return b'{"round":' + body + b',"signature":"' + signature.encode() + b'"}'


# 25 and 26: the rules, and the round


@fails(25)
def rules_changed_after_sealing(sim: Simulator) -> Submission:
    """The ballot paper would be the same; ties are not."""
    return beside(sim, rules=msgspec.Raw(sim.rules[:-1] + b',"tie":"presidium"}'))


def sealed_under(sim: Simulator, rules: bytes) -> Submission:
    """The election sealed under these very rules, whatever its ballot paper is."""
    before, after = (sha256_hex(raw).encode() for raw in (sim.rules, rules))
    sim.found_again(sim.election.raw.replace(before, after))
    return beside(sim, rules=msgspec.Raw(rules))


@fails(25)
def ballot_paper_for_more_places_than_the_rules_say(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"select_k","candidates":3,"places":1}')


@fails(25)
def ballot_paper_without_a_candidate_of_the_rules(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"select_k","candidates":4,"places":2}')


@fails(25)
def ballot_paper_of_the_other_form(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"for_against","candidates":1,"places":1}')


@fails(25, base="stances")
def stances_for_fewer_candidates_than_the_rules_say(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"for_against","candidates":3,"places":3}')


@fails(25)
def stances_other_than_for_against_and_abstain(sim: Simulator) -> Submission:
    other = replace(STANCES, answers=("反对", "赞成", "弃权"))
    return sealed_under(Simulator(questions=(other,)), b'{"ballot":"for_against","candidates":1,"places":1}')


@fails(25)
def further_question_behind_the_one_of_the_rules(sim: Simulator) -> Submission:
    return sealed_under(Simulator(questions=(SELECT, STANCES)), sim.rules)


@fails(25)
def no_blank_where_the_rules_offer_one(sim: Simulator) -> Submission:
    other = Simulator(questions=(replace(SELECT, blank=False),))
    return sealed_under(other, b'{"ballot":"select_k","candidates":3,"places":2}')


@fails(25)
def rules_that_say_nothing_of_a_ballot_paper(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"select_k"}')


@fails(26)
def record_of_another_congress(sim: Simulator) -> Submission:
    sim.found_again(sim.election.raw[:-1] + ',"administrator":"示例市人民代表大会"}'.encode())
    return Submission(sim.archive(), sim.record())


@fails(26)
def record_under_another_title(sim: Simulator) -> Submission:
    return beside(sim, title="另一项票决")


@fails(26)
def record_of_another_uuid(sim: Simulator) -> Submission:
    return beside(sim, uuid=credentials.generate_uuid(sim.random))


@fails(26)
def record_of_another_election(sim: Simulator) -> Submission:
    return beside(sim, fingerprint=sha256_base64(b"another"))


@fails(26)
def head_at_closing_is_another(sim: Simulator) -> Submission:
    return beside(sim, closing_head=sim.head("EndBallots"))


@fails(26)
def head_of_the_archive_is_another(sim: Simulator) -> Submission:
    return beside(sim, archive_head=sim.head("EncryptedTally"))


@fails(26)
def archive_decrypted_a_second_time(sim: Simulator) -> Submission:
    """The same ballots, sum and counts, other decryptions: not the archive that was announced."""
    record = sim.record()
    sim.open_with(*sim.secrets)
    return Submission(sim.archive(), record)


# 27 and 28: figures and counts


@fails(27)
def more_returned_than_issued(sim: Simulator) -> Submission:
    return figures(sim, issued=2)


@fails(27)
def more_issued_than_present(sim: Simulator) -> Submission:
    return figures(sim, issued=5)


@fails(27)
def more_present_than_deputies(sim: Simulator) -> Submission:
    return figures(sim, present=6)


@fails(27)
def returned_is_not_the_number_of_ballots(sim: Simulator) -> Submission:
    return figures(sim, returned=2)


@fails(27)
def more_invalid_than_returned(sim: Simulator) -> Submission:
    return figures(sim, invalid=4)


@fails(27)
def fewer_than_no_invalid(sim: Simulator) -> Submission:
    return figures(sim, invalid=-1)


@fails(27)
def invalid_electronic_ballot(sim: Simulator) -> Submission:
    return figures(sim, invalid=1)


@fails(27)
def more_issued_than_cards_on_the_list(sim: Simulator) -> Submission:
    return figures(sim, issued=len(sim.cards) + 1, present=9, all_deputies=9)


@fails(28)
def outcome_without_standings(sim: Simulator) -> Submission:
    return beside(sim, outcome=msgspec.Raw(b'{"status":"complete"}'))


@fails(28)
def outcome_with_other_votes(sim: Simulator) -> Submission:
    outcome = bytes(sim.sound_record().outcome).replace(b'"votes":', b'"votes":9')
    return beside(sim, outcome=msgspec.Raw(outcome))


@fails(28, base="stances")
def outcome_that_counts_the_votes_against(sim: Simulator) -> Submission:
    sim.vote(2, [[0, 1, 0], [0, 1, 0]])
    sim.ballots[2] = sim.ballots.pop()
    sim.close()
    standings = [
        {"number": number, "votes": row[1]} for number, row in enumerate(sim.sound_record().result, 1)
    ]
    return beside(sim, outcome=msgspec.Raw(encode({"standings": standings})))


@fails(28)
def outcome_without_the_last_candidate(sim: Simulator) -> Submission:
    standings = msgspec.json.decode(sim.sound_record().outcome)["standings"]
    return beside(sim, outcome=msgspec.Raw(encode({"standings": standings[:-1]})))


@fails(28)
def outcome_that_says_nothing_of_votes(sim: Simulator) -> Submission:
    return beside(sim, outcome=msgspec.Raw(b"{}"))


@fails(28)
def counts_in_the_record_are_others(sim: Simulator) -> Submission:
    return beside(sim, result=((1, 1, 0, 1),))


@fails(28)
def counts_of_one_question_left_out(sim: Simulator) -> Submission:
    return beside(sim, result=())


# 29: dead cards


@fails(29)
def dead_card_that_is_not_listed(sim: Simulator) -> Submission:
    stranger = credentials.public_credential(sim.uuid, credentials.generate(sim.random))
    return beside(sim, dead_cards=(stranger,))


@fails(29)
def dead_card_that_voted(sim: Simulator) -> Submission:
    return beside(sim, dead_cards=(credentials.public_credential(sim.uuid, sim.cards[0]),))


# 30: the scrutineers' signatures


@fails(30)
def report_signed_by_nobody(sim: Simulator) -> Submission:
    return beside(sim, scrutineers=())


@fails(30)
def report_changed_after_signing(sim: Simulator) -> Submission:
    return beside(sim, report=sim.sound_record().report + "。")


@fails(30)
def report_without_its_beginning(sim: Simulator) -> Submission:
    """What is cut off stands behind the signature, where a careless reader takes it for the message."""
    record = sim.sound_record()
    title, rest = record.report.split("\n", 1)
    longer = [
        replace(one, signature=one.signature + f"{title}\n".encode().hex()) for one in record.scrutineers
    ]
    return beside(sim, report=rest, scrutineers=tuple(longer))


@fails(30)
def signature_of_another_scrutineer(sim: Simulator) -> Submission:
    first, second = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, replace(second, signature=first.signature)))


@fails(30)
def key_of_a_scrutineer_cut_short(sim: Simulator) -> Submission:
    first, second = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, replace(second, signing_key=second.signing_key[:32])))


@fails(30)
def one_key_signs_for_two(sim: Simulator) -> Submission:
    report = sim.sound_record().report.encode()
    twice = tuple(signatory(number, sim.reporters[0], report) for number in (1, 2))
    return beside(sim, scrutineers=twice)


@fails(30)
def one_scrutineer_signs_twice(sim: Simulator) -> Submission:
    report = sim.sound_record().report.encode()
    return beside(sim, scrutineers=tuple(signatory(1, key, report) for key in sim.reporters))


@fails(30)
def report_of_another_box(sim: Simulator) -> Submission:
    record = sim.sound_record()
    report = record.report.replace(record.closing_head, "0" * 64)
    signed = tuple(signatory(number, key, report.encode()) for number, key in enumerate(sim.reporters, 1))
    return beside(sim, report=report, scrutineers=signed)


@fails(30)
def report_under_another_title(sim: Simulator) -> Submission:
    record = sim.sound_record()
    report = record.report.replace(record.title, "另一项票决")
    signed = tuple(signatory(number, key, report.encode()) for number, key in enumerate(sim.reporters, 1))
    return beside(sim, report=report, scrutineers=signed)


@fails(30)
def only_one_of_two_signed(sim: Simulator) -> Submission:
    return beside(sim, scrutineers=sim.sound_record().scrutineers[:1])


# 31: trackers


@fails(31)
def tracker_of_a_ballot_that_is_not_there(sim: Simulator) -> Submission:
    return Submission(sim.archive(), None, (*sim.trackers, sha256_base64(b"lost")))


@fails(31)
def tracker_cut_short(sim: Simulator) -> Submission:
    return Submission(sim.archive(), None, (sim.trackers[0][:-1],))


@fails(31)
def tracker_that_differs_in_its_last_bits(sim: Simulator) -> Submission:
    """The last character holds four bits; the same 32 bytes written otherwise are not the tracker."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    tracker = sim.trackers[0]
    return Submission(sim.archive(), None, (tracker[:-1] + alphabet[alphabet.index(tracker[-1]) + 1],))


@fails(31)
def no_tracker_in_an_empty_record(sim: Simulator) -> Submission:
    empty = Simulator(deputies=1)
    return Submission(empty.archive(), empty.record(), tuple(sim.trackers))
