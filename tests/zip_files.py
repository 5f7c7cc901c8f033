"""Zip archives from a dict of their members."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive that holds `members`, by their names, in order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method, compresslevel=1) as out:
        for path, content in members.items():
            out.writestr(path, content)
    return whole.getvalue()
