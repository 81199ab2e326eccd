"""What can be counted of a text: the figures that corpus filters go by, and how hard it is to read.

Read `counts` (words, lines, repetition), `readability`, then `names` (every figure by its name).
"""
