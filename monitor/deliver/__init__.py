"""Where what was made goes: a report to its readers, a query to an authority; knows nothing of what it says."""
