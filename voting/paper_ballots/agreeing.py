"""Where the count on paper stands: what both tellers have, what a scrutineer signs, what the record says.

A scrutineer signs with the key of the tally report. Papers are nowhere shown apart from the other ballots:
the text is for those who counted and those who sign, and the record holds it for whoever recounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec
from msgspec import Struct

from ballots.proofs import Proof
from ballots.record import PaperRecord, Signatory, check_signature, paper_code
from voting.actors import Actor, NotYet, require, system
from voting.counts import Rows
from voting.paper_ballots.sheets import (
    TELLERS,
    Dealt,
    Difference,
    Entry,
    PaperPending,
    PaperSettings,
    PaperSignature,
    Sheet,
    Stage,
    answers,
    counted_apart,
    differences,
    figure_names,
    handed_out,
    newest,
    no_rows,
    stage,
)
from voting.rounds import Round, Scrutineer, choices, full_title, words_of
from voting.sealing import own_entry
from voting.store import Store, Transaction


class Agreement(Struct, frozen=True, kw_only=True):
    """What is asked of the tellers of a round, and how far they are."""

    asked: Stage | None
    sheets: dict[int, Sheet]
    """Of each teller who has answered what is asked, the newest."""
    differences: tuple[Difference, ...]

    @property
    def both(self) -> bool:
        """Whether both have answered: only then may either see the other's figures."""
        return len(self.sheets) == len(TELLERS)

    @property
    def agreed(self) -> Entry | None:
        """What both have written the same."""
        return self.sheets[1].entry if self.both and not self.differences else None


def dealt_with(tx: Transaction, actor: Actor, of: Round) -> Dealt:
    """Papers that no sheet speaks of."""
    noted = tx.paper.dealt(actor, of.id)
    return noted or Dealt(fewest=tx.settings.get(of.congress, PaperSettings).fewest)


def agreement(tx: Transaction, actor: Actor, of: Round) -> Agreement:
    """How the tellers stand. The figures are for tellers and scrutineers only: whoever asks passes on no
    more than the page of its reader may show.
    """
    dealt = dealt_with(tx, actor, of)
    asked = stage(of, dealt)
    told = newest(tx.paper.sheets(actor, of.id))
    sheets = {n: one for n, one in told.items() if answers(of, dealt, asked or "all", one)}
    if len(sheets) < len(TELLERS):
        return Agreement(asked=asked, sheets=sheets, differences=())
    one, two = (_as_asked(asked, sheets[n].entry) for n in TELLERS)
    return Agreement(asked=asked, sheets=sheets, differences=differences(of, one, two))


def _as_asked(asked: Stage | None, entry: Entry) -> Entry:
    return Entry(returned=entry.returned) if asked == "returned" else entry


def on_paper(tx: Transaction, actor: Actor, of: Round) -> Entry | None:
    """The papers of a round that is counted, or of one whose tellers agree; None: there are none to add.

    For `tally_report` and the record; to whom figures may be shown, the caller has asked.
    """
    if of.method == "electronic" and not of.paper:
        return None
    dealt = dealt_with(tx, actor, of)
    if of.method != "electronic" or counted_apart(of, dealt):
        return agreement(tx, actor, of).agreed
    if dealt.spoilt:
        return Entry(returned=dealt.spoilt, invalid=dealt.spoilt, rows=empty_rows(of))
    return None


def empty_rows(of: Round) -> Rows:
    """Rows of a box with nothing in it."""
    return no_rows(of.rules.ballot, len(of.candidates), len(choices(of)))


def check_ready(tx: Transaction, actor: Actor, of: Round) -> None:
    """What must be known before the chair can declare the vote valid. Raises PaperPending."""
    if stage(of, dealt_with(tx, actor, of)) is not None and agreement(tx, actor, of).agreed is None:
        raise PaperPending(f"{_what(of)}还没有定下来，不能宣布有效。请等两名计票人录入一致。")
    if is_unsigned(tx, actor, of):
        raise PaperPending("纸质票的计票记录还没有监票人签字，不能宣布有效。请等监票人签字。")


def is_unsigned(tx: Transaction, actor: Actor, of: Round) -> bool:
    """Whether the papers of a closed round are known, and no scrutineer has signed for them."""
    if of.state != "closed" or of.returned is None:
        return False
    return _is_to_be_signed(of, dealt_with(tx, actor, of)) and not tx.paper.signatures(actor, of.id)


def _what(of: Round) -> str:
    return {"paper": "收回的张数", "hands": "举手表决的人数", "electronic": "纸质票的票数"}[of.method]


def _is_to_be_signed(of: Round, dealt: Dealt) -> bool:
    return of.method == "electronic" and (counted_apart(of, dealt) or dealt.spoilt > 0)


def paper_text(tx: Transaction, actor: Actor, of: Round) -> str | None:
    """What a scrutineer signs of the papers in a round held by card; None: there is nothing to sign, or not
    yet. Lines ended by line feeds, the last one not; the last is the code of the figures.

    Whoever shows it is a scrutineer's or a teller's page.
    """
    dealt = dealt_with(tx, actor, of)
    entry = on_paper(tx, actor, of) if _is_to_be_signed(of, dealt) else None
    if entry is None or entry.rows is None:
        return None
    session = tx.sessions.get(actor, of.session)
    words = words_of(of, session)
    out = handed_out(of, dealt) + dealt.spoilt
    code = paper_code(out, entry.returned, entry.invalid, entry.rows)
    figures = f"收回{entry.returned}张，有效{entry.returned - entry.invalid}张，无效{entry.invalid}张"
    lines = [
        f"纸质{words.ballot}计票记录",
        full_title(tx.sessions.congress(of.congress), session),
        of.title,
        f"发出纸质票{out}张，{figures}。",
        *_row_lines(of, entry.rows),
        *_teller_line(agreement(tx, actor, of)),
        f"核对码：{code}",
    ]
    return "\n".join(lines)


def _row_lines(of: Round, rows: Rows) -> Iterator[str]:
    figures = [figure for row in rows for figure in row]
    if not any(figures):
        return
    for name, figure in zip(figure_names(of), figures, strict=True):
        yield f"{name}{figure}票。"


def _teller_line(known: Agreement) -> Iterator[str]:
    if known.both:
        yield f"计票人：{'、'.join(known.sheets[n].name for n in TELLERS)}。"


def sign_paper(store: Store, actor: Actor, round_id: str, signature_hex: str, now: datetime) -> Round:
    """A scrutineer's Ed25519 signature, 128 hex digits, over exactly `paper_text`, by the key of the report.

    One is needed, all may. Raises BadSignature, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        own = own_entry(actor, tx.scrutineers.of(actor, round_id))
        if any(one.number == own.number for one in tx.paper.signatures(actor, round_id)):
            return of
        text = paper_text(tx, actor, of)
        if text is None or of.state != "closed":
            raise NotYet("纸质票的计票记录还不能签字。请等两名计票人录入一致。")
        check_signature(own.signing_key or "", text.encode(), signature_hex)
        tx.paper.sign(of, PaperSignature(number=own.number, signature=signature_hex))
        tx.steps.add(actor, of, "sign_paper", now)
        return of


def recorded_paper(tx: Transaction, actor: Actor, of: Round) -> PaperRecord | None:
    """What `round.json` says of the papers; None where none is counted apart.

    A paper that was cast with a reserve card is an electronic ballot, and no longer a paper.
    """
    dealt = dealt_with(tx, actor, of)
    entry, text = on_paper(tx, actor, of), paper_text(tx, actor, of)
    if entry is None or entry.rows is None or text is None:
        return None
    everybody = {one.number: one for one in tx.scrutineers.of(actor, of.id)}
    return PaperRecord(
        issued=handed_out(of, dealt) + dealt.spoilt,
        returned=entry.returned,
        invalid=entry.invalid,
        rows=entry.rows,
        text=text,
        scrutineers=tuple(
            signatory(everybody[one.number], one.signature) for one in tx.paper.signatures(actor, of.id)
        ),
    )


def few_papers(tx: Transaction, of: Round) -> bool:
    """Whether so few papers are valid that the box, held against the sum, would tell what is on them.

    Invalid papers alone tell nothing. It is asked of a round that the public may see.
    """
    everywhere = system(of.congress)
    dealt, papers = dealt_with(tx, everywhere, of), on_paper(tx, everywhere, of)
    valid = papers.returned - papers.invalid if papers else 0
    return counted_apart(of, dealt) and 0 < valid < dealt.fewest


def signatory(own: Scrutineer, signature: str) -> Signatory:
    """Who signed, for `round.json`."""
    return Signatory(
        number=own.number,
        name=own.name,
        signing_key=own.signing_key or "",
        signature=signature,
        endorsement=msgspec.json.decode(own.endorsement, type=Proof) if own.endorsement else None,
    )
