"""Tests of backups: made, checked and put back."""
