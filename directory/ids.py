"""Identifiers of records."""

import secrets
import uuid


def new_id() -> str:
    """Return 128 random bits in the notation of a UUID.

    HSDS asks for UUIDs, and a version 4 UUID has only 122 random bits; all 128 are
    random here, so an id tells nothing and cannot be guessed.
    """
    return str(uuid.UUID(bytes=secrets.token_bytes(16)))
