"""`/metrics`: for the office's Prometheus alone; what is in it and what never is, `web.meters` says."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency

from voting.store.migrations import HEAD
from web.installation import Installation
from web.refusals import NoSuchPage
from web.upkeep_places import disk_folder, newest_backup

ROUGHLY: Final = 256 * 1024 * 1024
"""Bytes: a disk's free space is told in steps that no single ballot can be seen in."""
TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@get("/metrics", sync_to_thread=True)
def metrics(request: Request[Any, Any, Any], house: NamedDependency[Installation]) -> Response[bytes]:
    """Whoever does not bring the token is told that there is no such page.

    The address does not count: behind a proxy on the same machine everybody comes from there.
    """
    meters, token = request.app.state.get("meters"), house.settings.metrics_token
    given = request.headers.get("authorization", "")
    if not token or meters is None or not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise NoSuchPage
    return Response(meters.text(Standing(house)), media_type=TYPE)


class Standing:
    """What is true of the installation at this moment."""

    def __init__(self, house: Installation) -> None:
        self._house = house

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily as Gauge
        from prometheus_client.core import InfoMetricFamily as Info

        settings, now = self._house.settings, self._house.now()
        yield Info("piaojue", "The schema that this program needs", {"schema": HEAD})
        entries = self._log_entries()
        yield Gauge("piaojue_database_up", "Whether the database answers", int(entries is not None))
        if entries is not None:
            yield Gauge("piaojue_log_entries", "Changes in the chained logs of all congresses", entries)
        free = shutil.disk_usage(disk_folder(settings)).free
        yield Gauge("piaojue_disk_free_bytes", "Rounded down to 256 MB", free // ROUGHLY * ROUGHLY)
        made = newest_backup(Path(settings.backups)) if settings.backups else None
        if made is not None:
            yield Gauge("piaojue_backup_age_seconds", "Of the newest backup", (now - made).total_seconds())

    def _log_entries(self) -> int | None:
        """None when the database does not answer."""
        try:
            with self._house.store.read() as tx:
                return sum(tx.audit.head(one.id).place for one in tx.sessions.congresses())
        except Exception:  # noqa: BLE001 - whatever keeps it from answering is what is told
            return None
