"""An editor's server: what is wrong with an article while it is written. Needs the extra `lsp`.

Read `positions` (how editors count), `looking` (a text to diagnostics, as its file's settings have it), `answers` (these in the
words of the protocol), `server`.
"""
