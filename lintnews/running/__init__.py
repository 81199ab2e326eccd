"""Files to files: batches over workers, the report and the ledger.

Read `request`, `reading`, `tasks`, `worker`, `batches`, `pool`, `comparison`, `passes`, `assembling` (with `difference`,
`columns`, `gathering`), `run`; then `restoring`, and `many` for texts at hand.
"""
