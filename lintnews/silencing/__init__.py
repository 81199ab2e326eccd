"""What is held back of an article's findings: comments, allowed texts, and the baseline, which is what was there already.

Read `keys` (by what a finding is known again), `baseline`, `updating`, `comments`, `allowing`, then `holding`, which decides.
"""
