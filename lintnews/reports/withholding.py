"""Diagnostics without what the article says, for archives that may show where something stands, and not what."""

from __future__ import annotations

import re

from lintnews.diagnostic import Diagnostic
from lintnews.reports.report import Checked

_PLACEHOLDER = re.compile(r"\{\w+\}")


def withheld(checked: Checked) -> Checked:
    """The article's diagnostics without its text: rules speak in general, and no suggestion is made."""
    return checked._replace(document=None, diagnostics=[_withheld(d, checked) for d in checked.diagnostics])


def _withheld(d: Diagnostic, checked: Checked) -> Diagnostic:
    rule = checked.rules.get(d.rule)
    message = _PLACEHOLDER.sub("…", rule.message) if rule else d.message
    return d._replace(text="", message=message, suggestions=())
