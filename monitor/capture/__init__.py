"""Where snapshots come from → Snapshot: opens what a person names, and never reads what it says."""
