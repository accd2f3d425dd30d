"""Tests of the engine, its sessions, migrations and changes."""
