"""The nouns: what a snapshot is, what it says, what changed. Standard library only."""
