"""The vocabulary of needs and services."""

from sqlmodel import Field

from directory.hsds.row import Record


class Taxonomy(Record, table=True):
    """HSDS `taxonomy`."""

    __tablename__ = "taxonomy"

    name: str
    description: str
    uri: str | None = None
    version: str | None = None


class TaxonomyTerm(Record, table=True):
    """HSDS `taxonomy_term`; `code` is what needs and services share."""

    __tablename__ = "taxonomy_term"

    taxonomy_id: str = Field(foreign_key="taxonomy.id", index=True)
    code: str = Field(unique=True, max_length=64)
    name: str
    description: str
    parent_id: str | None = Field(default=None, foreign_key="taxonomy_term.id")
