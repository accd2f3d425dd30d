"""Keys of forms: one that is sent twice has one effect."""

import secrets

_BYTES = 18


def new_key() -> str:
    """Return a key for a form that is shown."""
    return secrets.token_urlsafe(_BYTES)
