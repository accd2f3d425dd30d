"""Tests of letters: written, sent to a real server of this machine, and come back."""
