"""What was made once and may be asked for again, the least lately asked for dropped first. Pure.

Bounded in bytes, not in entries: nobody can fill the memory with a few long ones.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Given = ParamSpec("Given")


class Shelf(Generic[Key, Value]):
    """At hand in one process; several threads may ask at once. A value is never None."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, key: Key) -> Value | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of about `size` bytes; one that is larger than the whole shelf is not kept."""
        with self._lock:
            self._drop(key)
            if size > self.most_bytes:
                return
            self._kept[key] = value, size
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def drop(self, key: Key) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _drop(self, key: Key) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self.bytes -= size


def at_hand(
    most_bytes: int, size_of: Callable[Given, int]
) -> Callable[[Callable[Given, Value]], Callable[Given, Value]]:
    """Remember what a function makes of what it is given by position; `size_of` says, of the same, about how
    many bytes both take together.
    """

    def keep(make: Callable[Given, Value]) -> Callable[Given, Value]:
        shelf: Shelf[tuple[object, ...], Value] = Shelf(most_bytes)

        @wraps(make)
        def found(*given: Given.args, **named: Given.kwargs) -> Value:
            value = shelf.take(given)
            if value is None:
                value = make(*given, **named)
                shelf.put(given, value, size_of(*given, **named))
            return value

        found.__dict__["shelf"] = shelf
        return found

    return keep
