"""The desk of coordinators: what waits, what is stale, what happened."""
