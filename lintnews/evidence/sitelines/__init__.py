"""Lines that many articles of one site hold.

Read `lines` (what such a line is), then `counting` (how they are learnt).
"""
