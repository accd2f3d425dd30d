"""Tests of matcher."""
