"""Rule files to rules: what is looked for, in words and options.

Read `rule`, `options` (a detector from its options), `files`, `selection`, `writing`.
"""
