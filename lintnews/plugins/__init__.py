"""What is installed: built-ins and plugins, registered through the same hooks.

Read `hookspecs` (the surface), `builtin`, `loading`, `registry`.
"""
