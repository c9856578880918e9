"""The tenant reads again whatever may have changed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_tenant.database import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS shelf (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS book (title TEXT PRIMARY KEY, shelf TEXT NOT NULL REFERENCES shelf ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS visitor (name TEXT PRIMARY KEY);
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database(tmp_path / "library.sqlite")
    database.apply(_SCHEMA)
    database.execute("INSERT INTO shelf (name) VALUES ('history')")
    database.execute("INSERT INTO book (title, shelf) VALUES ('Tillbrook', 'history')")
    yield Library(database)
    database.close()


class Library:
    """Counts how often somebody has to walk to the shelves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.walks = 0

    def books(self) -> list[str]:
        return self.database.kept("book", "books", self._walk)

    def on(self, shelf: str) -> list[str]:
        return self.database.kept("book", ("books on", shelf), lambda: self._walk(shelf), part=shelf)

    def add(self, title: str, shelf: str) -> None:
        sql = "INSERT INTO book (title, shelf) VALUES (?, ?)"
        self.database.execute(sql, (title, shelf), parts=(shelf,))

    def _walk(self, shelf: str = "%") -> list[str]:
        self.walks += 1
        rows = self.database.rows("SELECT title FROM book WHERE shelf LIKE ? ORDER BY title", (shelf,))
        return [row["title"] for row in rows]


def test_nobody_walks_twice_while_no_book_comes_or_goes(library: Library) -> None:
    library.books()
    library.database.execute("INSERT INTO visitor (name) VALUES ('Noor')")

    assert library.books() == ["Tillbrook"]
    assert library.walks == 1


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("INSERT INTO book (title, shelf) VALUES ('Fenwick', 'history')", ["Fenwick", "Tillbrook"]),
        ("insert or ignore into book (title, shelf) values ('Fenwick', 'history')", ["Fenwick", "Tillbrook"]),
        ("INSERT OR REPLACE INTO book (title, shelf) VALUES ('Abbey', 'history')", ["Abbey", "Tillbrook"]),
        ("UPDATE book SET title = 'Tillbrook revisited'", ["Tillbrook revisited"]),
        ("UPDATE OR REPLACE book SET title = 'Mills'", ["Mills"]),
        ("UPDATE main.book SET title = 'Meadows'", ["Meadows"]),
        ("DELETE FROM book", []),
        ("WITH old AS (SELECT title FROM book) DELETE FROM book WHERE title IN old", []),
        ("DELETE FROM shelf WHERE name = 'history'", []),
        ("DROP TABLE visitor", ["Tillbrook"]),
    ],
)
def test_a_book_that_comes_or_goes_is_seen_at_once(
    library: Library, statement: str, expected: list[str]
) -> None:
    library.books()

    library.database.execute(statement)

    assert library.books() == expected


def test_who_asks_of_one_shelf_is_not_troubled_by_what_happens_on_another(library: Library) -> None:
    library.on("history")
    library.database.execute("INSERT INTO shelf (name) VALUES ('maps')")
    library.add("Atlas", "maps")

    assert library.on("history") == ["Tillbrook"]
    assert library.walks == 1


@pytest.mark.parametrize("others", [1, 20_000], ids=["few shelves", "more shelves than anybody remembers"])
def test_who_asks_of_one_shelf_is_told_what_happens_there(library: Library, others: int) -> None:
    library.on("history")
    for number in range(others):
        library.database.execute("UPDATE book SET title = title WHERE shelf = ?", (number,), parts=(number,))

    library.add("Fenwick", "history")

    assert library.on("history") == ["Fenwick", "Tillbrook"]


def test_who_asks_of_one_shelf_is_told_what_somebody_does_anywhere(library: Library) -> None:
    library.on("history")

    library.database.execute("UPDATE book SET title = 'Mills'")

    assert library.on("history") == ["Mills"]


def test_who_asks_of_all_shelves_is_told_what_happens_on_one(library: Library) -> None:
    library.books()

    library.add("Fenwick", "history")

    assert library.books() == ["Fenwick", "Tillbrook"]


def test_a_book_that_was_put_back_before_it_was_written_down_was_never_there(library: Library) -> None:
    def borrow() -> None:
        with library.database.transaction():
            library.database.execute("DELETE FROM book")
            assert library.books() == []
            raise InterruptedError

    with pytest.raises(InterruptedError):
        borrow()

    assert library.books() == ["Tillbrook"]


def test_a_library_brought_back_to_an_earlier_day_forgets_the_later_ones(
    library: Library, tmp_path: Path
) -> None:
    library.database.save_copy(tmp_path / "monday.sqlite")
    library.database.execute("INSERT INTO book (title, shelf) VALUES ('Fenwick', 'history')")
    assert library.books() == ["Fenwick", "Tillbrook"]

    library.database.restore_copy(tmp_path / "monday.sqlite")

    assert library.books() == ["Tillbrook"]
