"""Writes letters from the templates in `templates/mail`: plain text, two languages."""

from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from directory.paths import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What a letter says. Its links open things, so it is in no `repr`."""

    subject: str
    text: str = field(repr=False)


def write(template: str, **values: object) -> Writing:
    """Return the letter that `templates/mail/<template>.txt` makes of `values`.

    The first line is the subject, an empty line stands below it.
    """
    written = _templates().get_template(f"{template}.txt").render(**values)
    subject, _, text = written.strip().partition("\n")
    return Writing(subject=one_line(subject), text=f"{text.strip()}\n")


def in_both(site_url: str, path: str) -> dict[str, str]:
    """Return the address of a page in English (`en`) and in Spanish (`es`)."""
    return {"en": f"{site_url}/{path}", "es": f"{site_url}/es/{path}"}


def one_line(text: str) -> str:
    """Return `text` without line breaks: a name must not begin a line of its own."""
    return " ".join(text.split())


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped("templates") / "mail"),
        # A letter is plain text: there is nothing in it to escape for.
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["one_line"] = one_line
    return environment
