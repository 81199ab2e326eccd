"""Which English a text is in, told by its spelling."""

from __future__ import annotations

import re
from typing import Literal

English = Literal["auto", "en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-ZA"]
"""The variants that may be set; `en` is any of them, `auto` leaves it to the text."""

# Words that one side writes and the other doesn't, by stems; words that both use in one of their senses are left out.
_BRITISH = re.compile(
    r"(?i)\b(?:(?:col|fav|hon|lab|behavi|neighb|rum|hum|harb|endeav|flav|arm|val|vap|sav)our(?:s|ed|ing|ite|able|hood|ful|y)?"
    r"|(?:cent|theat|lit|fib|manoeuv|spect|calib)re[sd]?|kilometres?|metres?|defence|offence|pretence|licence|programmes?|tonnes"
    r"|(?:organ|real|recogn|apolog|critic|emphas|minim|maxim|privat|national|author|character|summar|general|special|util)is(?:e[ds]?|ing|ations?)"
    r"|analys(?:ed|ing)|paralys(?:ed|ing)|travell(?:ed|ers?|ing)|cancell(?:ed|ing)|labell(?:ed|ing)|modell(?:ed|ing)|grey|jewellery"
    r"|aluminium|tyres?|kerb|cheques?|moustache|pyjamas|sceptic(?:al|s|ism)?|whilst|mum|mums|ageing|judgement|catalogue)\b"
)
_AMERICAN = re.compile(
    r"(?i)\b(?:(?:col|fav|hon|lab|behavi|neighb|rum|hum|harb|endeav|flav|arm|val|vap|sav)or(?:s|ed|ing|ite|able|hood|ful|y)?"
    r"|(?:cent|theat|fib|maneuv|specti?|calib)er(?:s|ed)?|kilometers?|defense|offense|pretense"
    r"|analyz(?:ed|ing)|paralyz(?:ed|ing)|travel(?:ed|ers?|ing)|cancel(?:ed|ing)|label(?:ed|ing)|model(?:ed|ing)|gray|jewelry"
    r"|aluminum|tires|mustache|pajamas|skeptic(?:al|s|ism)?|mom|moms|aging|gotten|percent|program)\b"
)
FEWEST = 2
"""Words of one side that must stand in a text, and be at least twice as many as those of the other."""


def variant(text: str) -> English:
    """`en-GB` or `en-US` where the spelling tells, `en` where it does not: British and American are both right."""
    british, american = len(_BRITISH.findall(text)), len(_AMERICAN.findall(text))
    if british >= FEWEST and british >= 2 * american:
        return "en-GB"
    if american >= FEWEST and american >= 2 * british:
        return "en-US"
    return "en"
