"""Values as text of a script."""

from __future__ import annotations

import json
import re

_UNFIT = re.compile("[<\u2028\u2029\ud800-\udfff]")


def script(value: object) -> str:
    """JSON that can stand in a script of a page, whatever an article holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
