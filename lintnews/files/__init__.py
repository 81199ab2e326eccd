"""Bytes on the disk: found, decoded, replaced.

Read `finding`, `compression`, `encoding` and `guessing`, `replacing`, `hashing`.
"""
