"""What advocates type, and what they must find."""
