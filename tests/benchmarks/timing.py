"""How long something takes, over several runs."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

WARM = 3


def timed(call: Callable[[T], object], inputs: Iterable[T]) -> tuple[float, float]:
    """Return the median and the 95th percentile of `call`, in milliseconds."""
    given = list(inputs)
    for one in given[:WARM]:
        call(one)
    times = []
    for one in given:
        start = time.perf_counter()
        call(one)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def once(call: Callable[[], T]) -> tuple[T, float]:
    """Return what `call` gives, and how many seconds it took."""
    start = time.perf_counter()
    given = call()
    return given, time.perf_counter() - start
