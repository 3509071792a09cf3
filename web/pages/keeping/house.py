"""The installation as what is said about it has it."""

from __future__ import annotations

from voting.keeping import due
from voting.keeping.statement import House
from voting.store.engine import parse_url, sqlite_file
from web.installation import Installation


def described(house: Installation, congress_id: str) -> House:
    """Raises NotFound."""
    with house.store.read() as tx:
        congress = tx.sessions.congress(congress_id)
    used = house.settings
    own_file = sqlite_file(parse_url(used.database)) is not None
    return House(
        congress=congress.name,
        level=congress.level,
        address=used.url,
        encrypted=used.https,
        own_certificate=bool(used.tls_cert),
        database="SQLite（服务器上的一个文件）" if own_file else "PostgreSQL",
        settings=due.periods(house.store, congress.id),
    )
