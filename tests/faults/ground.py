"""Where a moment happens, and what a press is: see `moments`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from tests.county import County
from tests.people import Hall
from voting.store import Store

Press = Callable[[], object]


class Ground:
    """One installation on which a moment happens: a hall, or a county, whichever it needs."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder

    @cached_property
    def hall(self) -> Hall:
        return Hall(self.store, self.folder, remembers=True)

    @cached_property
    def county(self) -> County:
        return County(self.store)

    def finish(self) -> bool:
        """Go on to the announcement, if there is a round, and have its record verified."""
        if "hall" not in self.__dict__:
            return False
        self.hall.audit()
        return self.hall.current().state != "void"
