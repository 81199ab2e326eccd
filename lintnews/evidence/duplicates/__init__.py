"""What stands twice, in an article and across articles.

Read `fingerprint`, `words`, `likeness`, `comparing` (two texts), `stories` (two articles); then `pairs` (which to compare),
`repeats` (in an article), `purpose` (which are meant); then `shared` (across articles) and `spill` (what memory does not hold).
"""
