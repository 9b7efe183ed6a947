"""What is at hand never takes more than it may, whoever puts what on the shelf."""

from hypothesis import given
from hypothesis import strategies as st

from app.shelf import Shelf, at_hand


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=60))
def test_it_never_holds_more_than_it_may(put: list[tuple[int, int]]):
    shelf: Shelf[int, str] = Shelf(most_bytes=100)
    sizes: dict[int, int] = {}

    for name, size in put:
        shelf.put(name, "made", size)
        sizes[name] = size

        assert shelf.bytes <= 100
        assert shelf.bytes == sum(sizes[name] for name in range(10) if shelf.take(name))


def test_what_was_asked_for_least_lately_goes_first():
    shelf: Shelf[str, str] = Shelf(most_bytes=100)
    shelf.put("a", "A", 40)
    shelf.put("b", "B", 40)
    shelf.take("a")

    shelf.put("c", "C", 40)

    assert [shelf.take(name) for name in "abc"] == ["A", None, "C"]


def test_what_is_larger_than_the_shelf_is_not_kept_and_pushes_nothing_off():
    shelf: Shelf[str, str] = Shelf(most_bytes=100)
    shelf.put("a", "A", 40)

    shelf.put("b", "B", 101)

    assert (shelf.take("a"), shelf.take("b"), shelf.bytes) == ("A", None, 40)


def test_what_is_dropped_gives_its_place_back():
    shelf: Shelf[str, str] = Shelf(most_bytes=100)
    shelf.put("a", "A", 40)

    shelf.drop("a")
    shelf.drop("a")

    assert (len(shelf), shelf.bytes) == (0, 0)


def test_a_function_is_asked_once_as_long_as_its_answer_is_at_hand():
    asked: list[str] = []

    @at_hand(most_bytes=10, size_of=lambda text: len(text))
    def shouted(text: str) -> str:
        asked.append(text)
        return text.upper()

    answers = [shouted(text) for text in ("abc", "abc", "x" * 11, "x" * 11, "12345678", "abc")]

    assert answers == ["ABC", "ABC", "X" * 11, "X" * 11, "12345678", "ABC"]
    assert asked == ["abc", "x" * 11, "x" * 11, "12345678", "abc"]
