"""Which passwords are refused."""

import time

import pytest

from directory.accounts.password import LONGEST, Weakness, weakness

ABOUT = ("jane.doe@harborhouse.example", "Jane Doe", "Harbor House of Raleigh")


@pytest.mark.parametrize(
    "password",
    [
        "qmzkdrtwvbxhjpl",
        "violet tractor under seven moons",
        "correct horse battery staple " * 3 + "😀🐴",
        "я люблю ходить пешком",
        "ñandú y cacahuate en abril",
        "x K7 mirror ladle\tspoon",
    ],
)
def test_long_words_are_enough(password: str) -> None:
    assert weakness(password, ABOUT) is None


@pytest.mark.parametrize("password", ["", "qmzkdrtwvbxhjp", "é" * 14])
def test_fifteen_characters_are_asked_for(password: str) -> None:
    assert weakness(password) is Weakness.SHORT


def test_an_accent_is_no_character_of_its_own() -> None:
    typed_apart = "rt wvbxhjpllke\u0301"
    assert len(typed_apart) == 15
    assert weakness(typed_apart) is Weakness.SHORT


def test_nothing_is_cut_off_and_too_much_is_said() -> None:
    assert weakness("q m" * 85) is not Weakness.LONG
    assert weakness("x" * (LONGEST + 1)) is Weakness.LONG


@pytest.mark.parametrize(
    "password",
    [
        *("passwordpassword", "123456789012345", "qwertyuiopasdfgh", "a" * 20),
        *("northcarolina12", "North Carolina!", "aftercarenorthcarolina"),
        *("Aftercare NC 2026", "humantrafficking1", "iloveyouiloveyou"),
        *("jane.doe@harborhouse.example", "janedoejanedoe1", "HarborHouse2026"),
        "harborhouseofraleigh",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert weakness(password, ABOUT) is Weakness.GUESSABLE


def test_the_longest_password_is_judged_at_once() -> None:
    # What this thread does counts, and not what else the machine does.
    began = time.thread_time()
    weakness("aA1!" * (LONGEST // 4), ABOUT)
    weakness("p4ssw0rd" * (LONGEST // 8), ABOUT)
    assert time.thread_time() - began < 2
