"""Joining: an organization that is not listed yet asks to be."""

from directory.curation.joining.newcomer import Newcomer, ask_to_join, patch_of
from directory.curation.joining.resembling import resembled

__all__ = ["Newcomer", "ask_to_join", "patch_of", "resembled"]
