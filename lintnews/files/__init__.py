"""Bytes on the disk: found, decoded, replaced.

Read `finding`, `encoding`, `replacing`.
"""
