"""Passages inside a block of running text: where they begin (`seams`) and where a headline among them ends (`headline`).

Both know `words` that tell it.
"""
