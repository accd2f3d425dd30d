"""Keys cannot be guessed, and what is kept of them opens nothing."""

import base64
import re

from directory.keys import key_digest, new_key

MANY = [new_key() for _ in range(4000)]
SAMPLE, ITS_DIGEST = (
    "A-key",
    "8ad215ffb43ea99c31cac3714bbedec125a4c8738b8ba8441899f911212cb81e",
)


def read(key: str) -> int:
    """Return the random bits of a key."""
    return int.from_bytes(base64.urlsafe_b64decode(f"{key}="))


def test_keys_do_not_repeat() -> None:
    assert len(set(MANY)) == len(MANY)


def test_a_key_can_stand_in_an_address_and_in_a_form() -> None:
    # A form's key is cut off after 64 characters.
    assert all(re.fullmatch(r"[\w-]{43}", key, re.ASCII) for key in MANY)


def test_all_256_bits_are_random() -> None:
    numbers = [read(key) for key in MANY]
    shares = [sum(n >> bit & 1 for n in numbers) / len(MANY) for bit in range(256)]
    # A share beyond these bounds is ten standard deviations away from a half.
    assert [bit for bit, share in enumerate(shares) if not 0.42 < share < 0.58] == []


def test_the_digest_is_the_one_that_databases_hold_already() -> None:
    assert key_digest(SAMPLE) == ITS_DIGEST
    assert {len(key_digest(key)) for key in MANY} == {64}
