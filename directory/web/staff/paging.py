"""Long lists, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[_Item]):
    """One page of a list: what stands on it, its number from 1, and of how many."""

    items: Sequence[_Item]
    number: int
    pages: int


def part_of(found: Sequence[_Item], size: int) -> Part[_Item]:
    """Return the page that the address asks for, the last one if there are fewer."""
    pages = max(1, -(-len(found) // size))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    items = found[(number - 1) * size : number * size]
    return Part(items=items, number=number, pages=pages)
