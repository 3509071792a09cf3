"""公布文件: a 公告, a 通报, a report for everybody, with a signature file beside it that minisign checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct

from ballots.encoding import sha256_hex
from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.minisign import comment_of, signature_file
from voting.screening.drafts import check_year
from voting.screening.papers import check_paper, media_type
from voting.signing import Signer
from voting.store import Store, Transaction
from voting.text import clean_line
from voting.years.facts import PublicPaper, YearError, YearStep

MOST_LISTED: Final = 200


class Issue(Struct, frozen=True, kw_only=True):
    """What the office says of a document: `number` is its 文号, or empty."""

    year: int
    title: str
    number: str
    day: date


def issue(
    store: Store, actor: Actor, signer: Signer, said: Issue, name: str, body: bytes, now: datetime
) -> PublicPaper:
    """Signed and public from now on; the same file a second time gives the first.

    Raises PaperError, TextError, YearError, YearStep, DraftStep, Forbidden.
    """
    demand(actor, "issue_paper")
    with store.write() as tx:
        return add_paper(tx, actor, signer, said, name, body, now)


def issue_once(
    store: Store, actor: Actor, signer: Signer, said: Issue, name: str, body: bytes, now: datetime
) -> PublicPaper:
    """As `issue`, of a paper that the system drafts: as long as one with its title, year and kind of file is
    public, it is that one, also if it would say another day now.

    Raises PaperError, TextError, YearError, YearStep, DraftStep, Forbidden.
    """
    demand(actor, "issue_paper")
    with store.write() as tx:
        tx.drafts.alone(actor.congress)
        there = issued(tx, actor, said, media_type(name))
        return there or add_paper(tx, actor, signer, said, name, body, now)


def issued(tx: Transaction, actor: Actor, said: Issue, media: str) -> PublicPaper | None:
    """What is public under this title and year, in a file of the same kind; for whoever may publish."""
    found = tx.public_papers.listing(actor, actor.congress, MOST_LISTED)
    asked = (said.title, said.year, media)
    same = (one for one in found if (one.title, one.year, one.media_type) == asked)
    return next((one for one in same if one.withdrawn_at is None), None)


def add_paper(
    tx: Transaction, actor: Actor, signer: Signer, said: Issue, name: str, body: bytes, now: datetime
) -> PublicPaper:
    """As `issue`, within a transaction of the caller, who has asked whether the actor may."""
    check_year(said.year)
    if said.day > today(now):
        raise YearError("发布日期不能晚于今天。请核对日期。")
    kept = check_paper(name, body)
    title = clean_line(said.title, "标题")
    number = clean_line(said.number, "文号") if said.number.strip() else ""
    tx.drafts.alone(actor.congress)
    there = tx.public_papers.same(actor.congress, sha256_hex(body))
    if there is not None:
        if there.withdrawn_at is not None:
            raise YearStep(f"这份文件以“{there.title}”公布过，后来撤下了。请改正后上传新的文件。")
        return there
    congress = tx.sessions.congress(actor.congress)
    comment = comment_of(kept, now, f"{congress.name} {title}")
    new = PublicPaper(
        id=uuid4().hex,
        congress=actor.congress,
        year=said.year,
        title=title,
        number=number,
        day=said.day,
        name=kept,
        media_type=media_type(kept),
        hash=sha256_hex(body),
        signature=signature_file(signer, body, comment),
        by=actor.name,
        at=now,
    )
    tx.public_papers.add(new, body)
    after = {"title": title, "number": number, "year": said.year, "file": new.hash}
    tx.audit.add(actor, "issue_paper", now, "public_paper", new.id, after=after)
    return new


def withdraw(store: Store, actor: Actor, paper_id: str, now: datetime) -> PublicPaper:
    """It was published by mistake: its address finds nothing any more, the office still has it.

    Raises NotFound, Forbidden.
    """
    demand(actor, "issue_paper")
    with store.write() as tx:
        found = tx.public_papers.lock(actor, paper_id)
        if found.withdrawn_at is not None:
            return found
        tx.audit.add(actor, "withdraw_paper", now, "public_paper", found.id, before={"title": found.title})
        return tx.public_papers.change(found, withdrawn_at=now)
