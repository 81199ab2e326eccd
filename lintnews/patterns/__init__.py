"""Many patterns in about one pass over texts: texts in, numbers out; knows no document.

Read `encoded` (texts as RE2 reads them), `dialect` (patterns as RE2 reads them), then `matcher`; `deadline` says how long all
this may take.
"""
