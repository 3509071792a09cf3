"""The paper that proves a step: kept with the project, given back as it was handed in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.delivering.projects import Paper
from voting.screening.papers import check_paper, media_type
from voting.store import Transaction


class Proof(Struct, frozen=True, kw_only=True):
    """A file as it was sent; `public`: it stands on the project's public page."""

    name: str
    body: bytes
    public: bool = False


def checked(proof: Proof | None) -> Proof | None:
    """Under the name that it is kept by. Raises PaperError."""
    if proof is None:
        return None
    return Proof(name=check_paper(proof.name, proof.body), body=proof.body, public=proof.public)


def keep(tx: Transaction, actor: Actor, project: str, of: str, proof: Proof | None, now: datetime) -> str:
    """Of a step or a decision with the id `of`; the name it was kept under, empty without a file."""
    if proof is None:
        return ""
    new = Paper(
        id=uuid4().hex,
        congress=actor.congress,
        project=project,
        of=of,
        name=proof.name,
        media_type=media_type(proof.name),
        hash=hashlib.sha256(proof.body).hexdigest(),
        public=proof.public,
        by=actor.name,
        at=now,
    )
    tx.project_files.add_paper(new, proof.body)
    return proof.name
