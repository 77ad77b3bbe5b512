"""The ledger: one look at Intervals.icu, what it means, and when the next is due."""
