"""What stands twice, in an article and across articles.

Read `fingerprint`, `words`, `likeness` and `comparing` (two texts), `stories` (two articles); then `pairs` (which to compare),
`purpose` (what is meant) and `repeats` within an article, `observing`, `shared` and `spill` (what memory does not hold) across.
"""
