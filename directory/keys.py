"""Random keys, of which only a digest is kept."""

import hashlib
import secrets

_BYTES = 32


def new_key() -> str:
    """Return a key that nobody can guess, in letters that an address can hold."""
    return secrets.token_urlsafe(_BYTES)


def key_digest(key: str) -> str:
    """Return what is kept of a key; it opens nothing."""
    return hashlib.sha256(key.encode()).hexdigest()
