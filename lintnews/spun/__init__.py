"""Spun paraphrase: a cheap screen of the whole text, and behind it an encoder that finds the words put in."""

from lintnews.spun.screen import suspicion
from lintnews.spun.verdict import OddWord, Verdict, judge

__all__ = ["OddWord", "Verdict", "judge", "suspicion"]
