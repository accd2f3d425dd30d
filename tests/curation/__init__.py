"""How listings are kept true."""
