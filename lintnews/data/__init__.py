"""What was learnt: the line model, and what the spun rules know of words."""

from pathlib import Path

DATA = Path(__file__).parent
"""The folder of it."""
