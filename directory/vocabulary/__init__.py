"""The words of the field: needs and services, and their synonyms."""

from directory.vocabulary.synonyms import Concept, read_synonyms
from directory.vocabulary.term import Term, read_terms

__all__ = ["Concept", "Term", "read_synonyms", "read_terms"]
