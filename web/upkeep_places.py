"""Where an installation keeps what has to be watched: the disk that fills, the backups that grow old."""

from datetime import UTC, datetime
from pathlib import Path

from voting.preserving.locked_file import MAGIC
from voting.store.engine import parse_url, sqlite_file
from web.settings import Settings


def disk_folder(settings: Settings) -> Path:
    """The folder of the database; with PostgreSQL, of the signing key."""
    place = sqlite_file(parse_url(settings.database))
    return (place or Path(settings.signing_key)).resolve().parent


def newest_backup(folder: Path) -> datetime | None:
    """When the newest backup in a folder was made; None if there is none."""
    made = [one for one in folder.glob("*.piaojue") if _is_backup(one)]
    newest = max((one.stat().st_mtime for one in made), default=None)
    return None if newest is None else datetime.fromtimestamp(newest, UTC)


def _is_backup(file: Path) -> bool:
    """By its first line; whether it is whole, only whoever holds the key can tell."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC
