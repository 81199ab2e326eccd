"""What holds for a file: configuration files and command line, and the linter that they ask for.

Read `settings`, `keys` (the one table of them), `shapes` (what a value may be) with `typed`, `files`, `linters`.
"""
