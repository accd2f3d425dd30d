"""Sentences that are said below the pages, and that a page says in its own language."""

from typing import Self

from typing_extensions import override


class Sentence(str):
    """A sentence in English that knows the template and the values it was made of.

    The template is written where the sentence is made, as a literal: there it is
    collected for the catalogues. `%(name)s` stands for a value, and a value may be a
    sentence itself. Codes, such as names of fields, are values.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    @override
    def __new__(cls, template: str, /, **values: object) -> Self:
        """Put `values` into `template`; without values it is taken as it is."""
        made = super().__new__(cls, template % values if values else template)
        made.template = template
        made.values = values
        return made
