"""Probabilities as log odds, in which independent evidence adds up."""

from __future__ import annotations

from math import exp, log

LEAST, MOST = 0.001, 0.999
"""No probability counts as less or more."""


def logit(share: float) -> float:
    """The log odds of a probability."""
    share = max(LEAST, min(MOST, share))
    return log(share / (1 - share))


def sigmoid(log_odds: float) -> float:
    """The probability with these log odds."""
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0
