"""Identifiers cannot be guessed and do not repeat."""

import uuid

from directory.ids import new_id

MANY = [new_id() for _ in range(4000)]


def test_ids_do_not_repeat() -> None:
    assert len(set(MANY)) == len(MANY)


def test_an_id_is_written_as_hsds_asks() -> None:
    assert all(str(uuid.UUID(text)) == text for text in MANY)


def test_all_128_bits_are_random() -> None:
    numbers = [uuid.UUID(text).int for text in MANY]
    shares = [sum(n >> bit & 1 for n in numbers) / len(MANY) for bit in range(128)]
    # A share beyond these bounds is ten standard deviations away from a half.
    assert [bit for bit, share in enumerate(shares) if not 0.42 < share < 0.58] == []
