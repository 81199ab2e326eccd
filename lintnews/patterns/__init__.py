"""Many patterns in about one pass over texts: texts in, numbers out; knows no document.

Read `dialect` (what both engines understand), then `matcher`; `deadline` says how long all this may take.
"""
