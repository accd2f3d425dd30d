"""Tests of the door through which listings leave."""
