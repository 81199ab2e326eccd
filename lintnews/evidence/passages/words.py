"""Words that tell where a sentence begins and a headline ends."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPENERS = _words(
    "The A An In On At He She It They We But And As If When While After Before With For From This That These Those There"
    " Here His Her Its Their Our My Your You Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. By To Under Over Among Between During Since"
    " Until Although Though However Meanwhile Earlier Later Last Some Many Most Both Each Another Asked According Despite"
    " Because Not No One So Still Then Now Yet Also Even Only Once Such It's It’s He's He’s She's She’s They're They’re"
    " There's There’s That's That’s I'm I’m We're We’re"
)
"""Words that have a capital, amid other words, only where a sentence begins."""
COMMON = OPENERS | _words(
    "About Above Adding Again Ahead All Almost Along Already Always Amid Analysts Any Anyone Anything Apart Are Around"
    " Aside Authorities Based Being Below Beyond Can Clearly Compared Considering Could Critics Currently Customers"
    " Depending Did Doctors Does Dozens Due Either Elsewhere Ever Every Everyone Everything Experts Farmers Few Figures"
    " Firefighters Following Given Going Had Half Has Have Having How Hundreds Instead Investigators Is Just Keeping"
    " Lawmakers Less Let Like Looking Lots Making Maybe Millions More Moreover Much Nearly Neighbours Neither Never"
    " Nevertheless Next Nobody None Nothing Obviously Officials Often Opponents Or Originally Other Others Otherwise"
    " Overall Parents Passengers People Perhaps Previously Probably Prosecutors Protesters Quite Rather Really Recent"
    " Recently Regardless Reports Researchers Residents Roughly Scientists Seeing Separately Several Shares Shortly Should"
    " Similarly Simply Sometimes Soon Sources Speaking Starting Students Supporters Taking Teachers Than Thank Thanks"
    " Things Think Thousands Through Throughout Thus Today Together Tonight Too Two Typically Ultimately Unless Unlike Up"
    " Using Usually Various Very Was Were What Whatever Whether Which Who Why Winning Within Without Witnesses Workers"
    " Would Years Yesterday"
)
"""Those, and others that begin many sentences of news and elsewhere have a small letter 98 times in a hundred or more; in a
headline in title case they may have a capital, too.
"""
LINKING = _words(
    "a an the of in on at to for from by with and or but nor as into over after before about amid vs via than that this"
    " his her its their our your my new former ex says say every each"
)
"""Words after which no sentence ends."""
SMALL = LINKING | _words("is are was were be been it not no so up out off if how why what who when where s")
"""Words that may be small in a headline in title case."""
NO_SUBJECT = _words("to over after as amid before into vs than")
"""Words that hardly follow the subject of a sentence."""
TELLS = _words("said told added explained noted wrote continued tweeted argued announced testified recalled")
"""Verbs of saying, in the past: headlines have them in the present."""
