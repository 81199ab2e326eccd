"""Rule files to rules: what is looked for, in words and options.

Read `rule`, `messages`, `findings` (what a detector returns), `options` (a detector from its options), `files`, `words`,
`packed` (the shipped ones, ready), `selection`, `writing`.
"""
