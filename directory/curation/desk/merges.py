"""Merges that somebody has asked for, and that wait for somebody else."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from directory.curation.merging import mergers_in
from directory.curation.proposals import Proposal, State
from directory.curation.records.patch import loads


def waiting_merges(session: Session) -> Mapping[frozenset[str], str]:
    """Return the ids of the proposals that wait, by the pair that each merges."""
    query = select(Proposal).where(
        Proposal.state == State.WAITING, col(Proposal.patch).contains('"redirect"')
    )
    return {
        frozenset({merger.gone_id, merger.kept_id}): proposal.id
        for proposal in session.exec(query).all()
        for merger in mergers_in(loads(proposal.patch))
    }
