"""What holds for a file: configuration files and command line, and the linter that they ask for.

Read `files`, then `linters`.
"""
