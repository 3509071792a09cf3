"""What belenios-tool says of tampered archives, and where ours is stricter (`ballots/decisions/0002`)."""

from __future__ import annotations

import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests import parts
from tests.belenios_tool import BeleniosTool, Refused

_VERBS: Final = {"reorder", "replay"}
_REASONS: Final = {
    "one meaning has one writing": (
        "02-further_field_beside_the_sum 02-further_field_in_an_answer 02-line_break_after_the_keys "
        "02-other_order_of_fields_in_an_answer 02-space_beside_a_decryption 02-space_in_the_election "
        "02-space_in_the_list_of_cards 02-space_in_the_result 02-space_in_the_sum 04-key_in_upper_case "
        "05-card_in_upper_case 06-field_that_no_ceremony_has 06-proof_written_with_a_leading_zero "
        "12-point_in_upper_case 12-scalar_with_a_leading_zero 12-scalar_with_a_sign "
        "17-number_of_ballots_as_text 18-weight_as_text 20-decryption_with_a_further_field 22-count_as_text "
        "document_written_otherwise number_of_a_ballot_changed number_of_a_decryption_changed "
        "number_of_the_keys_changed signature_of_a_ballot_changed"
    ),
    "a vote has its order and its end": (
        "02-unknown_kind_of_event 03-box_closed_twice 03-box_never_closed 03-no_result "
        "03-nothing_after_the_ballots 03-two_results 03-two_setups 03-two_sums event_at_another_place "
        "event_given_twice event_left_out file_cut_between_records kind_of_an_event_changed "
        "reorder_the_result_before_the_decryptions"
    ),
    "a question can be answered": (
        "04-answer_offered_twice 04-at_least_more_than_at_most 04-fewer_than_no_choices "
        "04-more_choices_than_answers 04-no_question 04-nothing_may_be_chosen"
    ),
    "the identity hides nothing": (
        "04-key_that_hides_nothing 06-coefficient_that_is_the_identity 06-key_that_is_the_identity "
        "12-choice_that_everybody_can_read 12-scalar_that_is_zero"
    ),
    "one deputy has one vote": "05-card_that_weighs_one list_of_cards_changed",
    "one scrutineer opens in one name": "06-key_copied_with_its_proof",
    "the numbers beside the sum are numbers of ballots": (
        "17-one_ballot_more_than_there_are 17-one_ballot_fewer_than_there_are "
        "18-one_vote_more_than_there_are_ballots 18-negative_weight numbers_beside_the_sum_changed"
    ),
    "a scrutineer opens once": (
        "19-decryption_given_twice 19-second_decryption_of_one_scrutineer replay_a_decryption"
    ),
    "a count is one of ballots": "22-decryption_spoilt_by_a_scrutineer",
    "a ballot counts once; the peer looks, and may forget what it saw": (
        "10-ballot_put_in_twice 10-ballot_put_in_twice_in_a_row replay_a_ballot "
        "replay_a_ballot_without_a_new_sum"
    ),
}
STRICTER: Final = {
    name.replace("_", " ") if name.split("_")[0] in _VERBS else name: reason
    for reason, names in _REASONS.items()
    for name in names.split()
}
"""Tampered archives that the peer takes, always or now and then, and why ours does not."""


class Opinions:
    """Asks the peer about archives; `unexpected` are those it takes for no reason that is listed."""

    def __init__(self) -> None:
        self.tool = BeleniosTool(parts.need("belenios-tool"))
        self.folder = Path(tempfile.mkdtemp(prefix="piaojue-peer-"))
        self.refused, self.taken = 0, Counter[str]()
        self.unexpected: list[str] = []

    def ask(self, name: str, archive: bytes) -> bool:
        """Whether the peer takes it: the whole, and each ballot in it."""
        if not self._takes(archive):
            self.refused += 1
            return False
        self.taken[name] += 1
        if name not in STRICTER:
            self.unexpected.append(f"belenios-tool takes {name} ({sha256(archive).hexdigest()[:8]})")
        return True

    def _takes(self, archive: bytes) -> bool:
        try:
            self.tool.accept(archive, self.folder)
        except (Refused, LookupError, ValueError, StopIteration, TypeError, AttributeError):
            return False
        return True

    def summary(self) -> str:
        taken = "".join(
            f"\n{number:6}  {name}: {STRICTER.get(name, '')}" for name, number in sorted(self.taken.items())
        )
        return f"belenios-tool refused {self.refused} of them and took {self.taken.total()}:{taken}"
