"""Tests of settings, paths and identifiers."""
