"""Who changed what: append-only, written in the transaction of the change, chained afterwards in batches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, insert

from voting.actors import Actor
from voting.store.tables import people


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(  # noqa: PLR0913 - one argument for each fact of a change
        self,
        actor: Actor,
        what: str,
        at: datetime,
        subject: str,
        subject_id: str | None = None,
        *,
        congress: str | None = None,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """`subject` is the table's name. `before` and `after` hold the fields that changed, and no secret.

        What the public did names its `congress`.
        """
        self._connection.execute(
            insert(people.audit).values(
                congress=congress or actor.congress,
                id=uuid4().hex,
                at=at,
                role=actor.role,
                name=actor.name,
                by=actor.link,
                what=what,
                subject=subject,
                subject_id=subject_id,
                before=msgspec.json.encode(before or {}, order="deterministic"),
                after=msgspec.json.encode(after or {}, order="deterministic"),
            )
        )
