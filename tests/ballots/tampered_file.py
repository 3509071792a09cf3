"""Checks 1 and 2: the file, and the one way of writing."""

from __future__ import annotations

from ballots.archive import BLOCK, record, start
from ballots.encoding import encode, sha256_hex
from tests.ballots.tampering import fails
from tests.simulator import TIMESTAMP, Simulator, write


def header_changed(archive: bytes, offset: int, field: int, value: bytes) -> bytes:
    """Overwrite part of the tar header at `offset` and make its checksum right again."""
    header = bytearray(archive[offset : offset + BLOCK])
    header[field : field + len(value)] = value
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return archive[:offset] + bytes(header) + archive[offset + BLOCK :]


# 1: the file


@fails(1)
def empty_file(sim: Simulator) -> bytes:
    return b""


@fails(1)
def not_an_archive(sim: Simulator) -> bytes:
    return b"%PDF-1.7\n" + sim.archive()


@fails(1)
def cut_in_a_record(sim: Simulator) -> bytes:
    return sim.archive()[:-100]


@fails(1)
def cut_in_a_header(sim: Simulator) -> bytes:
    return sim.archive()[: 2 * BLOCK + 100]


@fails(1)
def byte_of_a_ballot_changed(sim: Simulator) -> bytes:
    return sim.archive().replace(sim.ballots[1], sim.ballots[1].replace(b'"1', b'"2', 1))


@fails(1)
def name_is_another_hash(sim: Simulator) -> bytes:
    name, other = (sha256_hex(raw).encode() for raw in sim.ballots[:2])
    archive = sim.archive()
    return header_changed(archive, archive.index(name), 0, other)


@fails(1)
def name_in_upper_case(sim: Simulator) -> bytes:
    archive = sim.archive()
    name = sha256_hex(sim.ballots[0]).encode()
    return header_changed(archive, archive.index(name), 0, name.upper())


@fails(1)
def another_file_in_the_tar(sim: Simulator) -> bytes:
    return start(TIMESTAMP) + record("README", b"hello", TIMESTAMP) + sim.archive()[2 * BLOCK :]


@fails(1)
def end_of_tar_blocks(sim: Simulator) -> bytes:
    return sim.archive() + bytes(2 * BLOCK)


@fails(1)
def something_hidden_in_the_padding(sim: Simulator) -> bytes:
    archive = sim.archive()
    end = archive.index(sim.result) + len(sim.result)
    return archive[:end] + b"!" + archive[end + 1 :]


@fails(1)
def other_file_mode(sim: Simulator) -> bytes:
    return header_changed(sim.archive(), 2 * BLOCK, 100, b"0000600")


@fails(1)
def wrong_checksum(sim: Simulator) -> bytes:
    archive = bytearray(sim.archive())
    archive[2 * BLOCK + 150] ^= 1
    return bytes(archive)


@fails(1)
def record_with_another_time(sim: Simulator) -> bytes:
    archive = sim.archive()
    return archive[: 2 * BLOCK] + write(sim.steps(), TIMESTAMP + 1)[2 * BLOCK :]


@fails(1)
def version_2(sim: Simulator) -> bytes:
    first = encode({"version": 2, "timestamp": str(TIMESTAMP)})
    return record("BELENIOS", first, TIMESTAMP) + sim.archive()[2 * BLOCK :]


@fails(1)
def no_belenios_record(sim: Simulator) -> bytes:
    return sim.archive()[2 * BLOCK :]


@fails(1)
def size_of_eight_gigabytes(sim: Simulator) -> bytes:
    return header_changed(sim.archive(), 2 * BLOCK, 124, b"77777777777")


@fails(1)
def negative_size(sim: Simulator) -> bytes:
    return header_changed(sim.archive(), 2 * BLOCK, 124, b"-0000000001")


# 2: one way of writing


@fails(2, event=2)
def space_in_an_event(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[2].rewrite = lambda raw: raw.replace(b",", b", ", 1)
    return write(steps)


@fails(2, event=2)
def further_field_in_an_event(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[2].changes = {"time": 1}
    return write(steps)


@fails(2, event=4)
def unknown_kind_of_event(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[4].kind = "EndShuffles"
    return write(steps)


@fails(2, event=4)
def height_with_a_fraction(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[4].rewrite = lambda raw: raw.replace(b":4,", b":4.0,")
    return write(steps)


@fails(2, event=0)
def space_in_the_election(sim: Simulator) -> bytes:
    sim.found_again(sim.election.raw.replace(b",", b", ", 1))
    return sim.archive()


@fails(2, event=0)
def space_in_the_list_of_cards(sim: Simulator) -> bytes:
    sim.credentials = sim.credentials.replace(b",", b", ", 1)
    return sim.archive()


@fails(2, event=0)
def line_break_after_the_keys(sim: Simulator) -> bytes:
    sim.trustees += b"\n"
    return sim.archive()


@fails(2, event=2)
def space_in_a_ballot(sim: Simulator) -> bytes:
    sim.rewrite(1, lambda raw: raw.replace(b'"choices":', b'"choices": '))
    return sim.archive()


@fails(2, event=2)
def further_field_in_an_answer(sim: Simulator) -> bytes:
    """belenios-tool takes this one."""
    sim.edit(1, lambda ballot: ballot["answers"][0].update(remark="for mallory"))
    return sim.archive()


@fails(2, event=2)
def other_order_of_fields_in_an_answer(sim: Simulator) -> bytes:
    """And this one."""
    sim.edit(1, lambda ballot: ballot["answers"][0].update(choices=ballot["answers"][0].pop("choices")))
    return sim.archive()


@fails(2, event=2)
def escaped_letter_in_a_ballot(sim: Simulator) -> bytes:
    sim.rewrite(1, lambda raw: raw.replace(b'"answers"', b'"\\u0061nswers"'))
    return sim.archive()


@fails(2, event=2)
def field_given_twice_in_a_ballot(sim: Simulator) -> bytes:
    sim.rewrite(1, lambda raw: raw.replace(b'{"election_uuid":', b'{"election_uuid":"","election_uuid":', 1))
    return sim.archive()


@fails(2, event=2)
def proof_missing_in_a_ballot(sim: Simulator) -> bytes:
    sim.edit(1, lambda ballot: ballot["answers"][0]["overall_proof"].pop())
    return sim.archive()


@fails(2, event=2)
def blank_proof_missing_in_a_ballot(sim: Simulator) -> bytes:
    sim.edit(1, lambda ballot: ballot["answers"][0].pop("blank_proof"))
    return sim.archive()


@fails(2, event=2, base="stances")
def answer_missing_in_a_ballot(sim: Simulator) -> bytes:
    sim.edit(1, lambda ballot: ballot["answers"].pop())
    return sim.archive()


@fails(2, event=2)
def not_utf8_in_a_ballot(sim: Simulator) -> bytes:
    sim.rewrite(1, lambda raw: raw.replace(b'"election_uuid":"', b'"election_uuid":"\xff', 1))
    return sim.archive()


@fails(2, event=2)
def ballot_is_not_json(sim: Simulator) -> bytes:
    sim.ballots[1] = b"\0"
    return sim.archive()


@fails(2, event=2)
def ballot_of_more_than_256_kb(sim: Simulator) -> bytes:
    sim.rewrite(1, lambda raw: raw[:-1] + b" " * 2**18 + b"}")
    return sim.archive()


@fails(2, event=5)
def space_in_the_sum(sim: Simulator) -> bytes:
    sim.tally = sim.tally.replace(b",", b", ", 1)
    return sim.archive()


@fails(2, event=5)
def further_field_beside_the_sum(sim: Simulator) -> bytes:
    sim.sized = sim.sized.replace(b"{", b'{"more":1,', 1)
    return sim.archive()


@fails(2, event=6)
def space_beside_a_decryption(sim: Simulator) -> bytes:
    steps = sim.steps()
    steps[6].data[1] = steps[6].data[1].replace(b",", b", ")
    return write(steps)


@fails(2, event=8)
def space_in_the_result(sim: Simulator) -> bytes:
    sim.result = sim.result.replace(b",", b", ", 1)
    return sim.archive()


@fails(2, event=8)
def fraction_in_the_result(sim: Simulator) -> bytes:
    sim.result = sim.result.replace(b"[[1,", b"[[1.0,", 1)
    return sim.archive()
