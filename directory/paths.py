"""Where the files that ship with the program are, in a checkout and in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder of shipped data called `name` (`templates`, `seed_data`).

    A wheel carries these folders inside the package; a checkout has them beside it.
    The wheel's place is looked at first, because site-packages could hold somebody
    else's `templates`.
    """
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
