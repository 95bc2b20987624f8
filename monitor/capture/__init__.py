"""Where snapshots come from → Snapshot. The only package that opens what a person names; it never reads what it says."""
