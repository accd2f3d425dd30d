"""Tests of the data package: read, checked, loaded, written."""
