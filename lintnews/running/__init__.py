"""Files to files: batches over workers, the report and the ledger.

Read `run`, `worker`, `pool`, `comparison`, `restoring`.
"""
