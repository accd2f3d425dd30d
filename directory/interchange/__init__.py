"""Data in and out: the HSDS data package, read, checked, loaded and written."""
