"""Documents that prove a decision, 办结 or 验收, kept with the project."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ballots.encoding import sha256_hex
from voting.actors import Actor
from voting.delivering.projects import Paper, Project
from voting.screening.papers import check_paper, media_type
from voting.store import Transaction


def keep_paper(
    tx: Transaction,
    actor: Actor,
    project: Project,
    of: str,
    document: tuple[str, bytes],
    now: datetime,
    *,
    public: bool,
) -> Paper:
    """`document` is (name, bytes), a PDF or .docx of at most 10 MB; `of` is the id of what it proves.

    Raises PaperError.
    """
    name, body = check_paper(*document), document[1]
    new = Paper(
        id=uuid4().hex,
        congress=project.congress,
        project=project.id,
        of=of,
        name=name,
        media_type=media_type(name),
        hash=sha256_hex(body),
        public=public,
        by=actor.name,
        at=now,
    )
    tx.project_files.add_paper(new, body)
    return new
