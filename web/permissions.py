"""What a page may ask a device for. Nothing: only pages that load a script which scans may use the camera.

The deputies' own ballot page is among those that may not, so that nobody need wonder what the phone sees.
"""

from typing import Final

NOTHING: Final = "camera=(), geolocation=(), microphone=()"
CAMERA: Final = "camera=(self), geolocation=(), microphone=()"
SCANNING: Final = ("/client/desk.js", "/client/tablet.js")


def permissions_of(page: str) -> str:
    """The `Permissions-Policy` of a page's HTML."""
    return CAMERA if any(f'{script}" integrity=' in page for script in SCANNING) else NOTHING
