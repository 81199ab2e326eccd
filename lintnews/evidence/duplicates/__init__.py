"""What stands twice, in an article and across articles.

Read `fingerprint`, `likeness` (two texts compared), `pairs` (which to compare), `repeats` (in an article), `shared` (across;
`spill` keeps what memory does not hold).
"""
