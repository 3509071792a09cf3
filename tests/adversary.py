"""The simulator as the adversary: it can swap, drop, replay, reorder, forge and delay.

    box = Adversary(questions=(SELECT,), threshold=2)   # a whole round: box, paper, reserve, round.json
    box.drop(1); box.close(); box.handed()              # a ballot dropped, and everything after it made anew

Whoever attacks here runs the server, holds the installation's key and can make every hash, chain, sum and
figure anew; what cannot be had are the secrets of cards and scrutineers that an attack of `tests.attacks`
does not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from ballots import sealing
from ballots.election import Question
from ballots.record import PaperRecord, RoundRecord, paper_code
from tests.papers import outcome_for, way
from tests.simulator import (
    SELECT,
    Choices,
    Simulator,
    Step,
    seeded,
    signatory,
    write,
)

SHEETS: Final = 3
VOTED, GIVEN_OUT, DEAD, SEALED = 3, 3, 4, 5
"""Cards 0 to 2 vote; 3 was in the reserve, is given out for the lost card 4, and votes; 5 stays sealed."""


class Handed(NamedTuple):
    """What a verifier is handed: an archive, perhaps its round.json and 回执号 that deputies ask for."""

    archive: bytes
    record: bytes | None = None
    trackers: Sequence[str] = ()


class Adversary(Simulator):
    """A round of six cards with paper beside the box; see `GIVEN_OUT` for the cards."""

    def __init__(
        self,
        *,
        questions: Sequence[Question] = (SELECT,),
        threshold: int | None = None,
        sheets: int = SHEETS,
        name: str = "示例县民生实事项目票决",
        seed: str = "adversary",
    ) -> None:
        self.sheets = [[way(question, sheet) for question in questions] for sheet in range(sheets)]
        super().__init__(
            questions=questions,
            deputies=6,
            scrutineers=3,
            threshold=threshold,
            name=name,
            random=seeded(seed),
        )
        self.drop(DEAD)
        del self.plain[DEAD]
        self.close()

    def handed(self, **changes: Any) -> Handed:
        """Archive and round.json as they now stand, the record signed by the installation."""
        return Handed(self.archive(), self.record(**changes))

    def sound_record(self) -> RoundRecord:
        """As the installation writes it: what the archive says, the paper, and who held which card."""
        sound = super().sound_record()
        paper = self.paper_record() if self.sheets else None
        sheets = len(self.sheets)
        issued = 5 + sheets
        figures = replace(
            sound.figures,
            all_deputies=40,
            present=30,
            issued=issued,
            returned=len(self.ballots) + sheets,
        )
        both = [
            [a + b for a, b in zip(*rows, strict=True)] for rows in zip(sound.result, self.rows, strict=True)
        ]
        changed = replace(
            sound,
            figures=figures,
            dead_cards=(self.card(DEAD),),
            reserve_cards=(self.card(GIVEN_OUT), self.card(SEALED)),
            activated_cards=(self.card(GIVEN_OUT),),
            paper=paper,
            outcome=outcome_for(self.rules, both),
        )
        return self.reported(changed)

    @property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The count on paper, as the archive's result has it."""
        columns = [[0] * question.size for question in self.election.questions]
        for sheet in self.sheets:
            columns = [
                [a + b for a, b in zip(*both, strict=True)] for both in zip(columns, sheet, strict=True)
            ]
        return tuple(map(tuple, columns))

    def paper_record(self, **changes: Any) -> PaperRecord:
        """The sheets, signed by the first scrutineer; `changes` come before the signature."""
        number = len(self.sheets)
        figures: dict[str, Any] = {"issued": number, "returned": number, "invalid": 0, "rows": self.rows}
        figures |= changes
        text = f"纸质票记录\n{self.document.name}\n核对码：{paper_code(**figures)}"
        signed = self.endorsed(signatory(1, self.reporters[0], text.encode()))
        return PaperRecord(**figures, text=text, scrutineers=(signed,))

    # Further verbs

    def reorder(self, *order: int) -> None:
        """The ballots in another order."""
        self.ballots = [self.ballots[number] for number in order]

    def hold_back(self, number: int) -> bytes:
        """A ballot taken out of the box, and given, as it is, to whoever delays it."""
        raw = self.ballots[number]
        self.drop(number)
        return raw

    def forge(self, public: str, choices: Choices, secret: int) -> None:
        """A ballot in the name of a card, flawless but for the signature, which is by this secret."""
        context = f"{self.election.fingerprint}|{public}"
        answers = tuple(
            sealing.seal_answer(self.election, question, bits, context, self.random)
            for question, bits in zip(self.election.questions, choices, strict=True)
        )
        self.ballots.append(sealing.sign(self.election, public, secret, answers, self.random))

    def with_late(self, raw: bytes, after: str) -> bytes:
        """The archive with a ballot delivered right after the event of this kind."""
        steps = self.steps()
        place = max(number for number, step in enumerate(steps) if step.kind == after) + 1
        return write([*steps[:place], Step("Ballot", [raw]), *steps[place:]])

    def next_round(self) -> Adversary:
        """Another round of the same people with the same cards, scrutineers and rules."""
        other = Adversary(
            questions=self.election.questions, threshold=self.threshold, name="再次票决", seed="next round"
        )
        other.cards = self.cards
        return other
