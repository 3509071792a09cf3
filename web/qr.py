"""A QR code as inline SVG: no image file, no request, and it prints sharply."""

import qrcode  # type: ignore[import-untyped]  # it ships no types
from markupsafe import Markup


def svg(text: str, label: str) -> Markup:
    """The code for `text` with its quiet zone; `label` is what a screen reader says instead."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    cells = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    drawing = Markup(
        '<svg class="qr" role="img" aria-label="{label}" viewBox="0 0 {size} {size}"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        '<path fill="#000" d="{cells}"/></svg>'
    )
    return drawing.format(label=label, size=len(rows), cells=cells)
