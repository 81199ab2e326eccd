"""Other people's pipelines: one core that cleans rows and tables, and thin adapters.

Read `cleaner` (rows and tables in, the same rows and tables out), `corpus` (what only many articles say), then an engine.
"""
