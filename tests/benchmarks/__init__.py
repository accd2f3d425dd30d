"""Measurements: printed, never judged. `make bench` runs them."""
