"""Proposals: every change from outside, from the asking to the answer."""

from directory.curation.proposals.lint import Lint
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.proposals.proposing import Draft, propose
from directory.curation.proposals.risk import Risk, risk_of

__all__ = ["Draft", "Lint", "Proposal", "Risk", "State", "propose", "risk_of"]
