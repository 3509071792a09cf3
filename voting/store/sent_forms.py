"""How many forms a device sent in an hour. No address, no name; what is older than a day is deleted."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from voting.store.tables.collecting import sent_form

KEPT_HOURS: Final = 24


class SentForms:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def times(self, congress: str, device: str, hour: int) -> int:
        """How often in this hour, so far."""
        query = select(sent_form.c.times).where(
            sent_form.c.congress == congress, sent_form.c.device == device, sent_form.c.hour == hour
        )
        return int(self._connection.execute(query).scalar() or 0)

    def count(self, congress: str, device: str, hour: int) -> int:
        """One more; how many it makes in this hour. Whoever counts holds the lock of the congress."""
        times = self.times(congress, device, hour)
        which = (
            sent_form.c.congress == congress,
            sent_form.c.device == device,
            sent_form.c.hour == hour,
        )
        if times:
            self._connection.execute(update(sent_form).where(*which).values(times=times + 1))
        else:
            self._connection.execute(
                insert(sent_form).values(congress=congress, device=device, hour=hour, times=1)
            )
            self._forget(congress, hour - KEPT_HOURS)
        return times + 1

    def _forget(self, congress: str, before: int) -> None:
        self._connection.execute(
            delete(sent_form).where(sent_form.c.congress == congress, sent_form.c.hour < before)
        )
