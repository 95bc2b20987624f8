"""Where a finished report goes; knows nothing of what it says."""
