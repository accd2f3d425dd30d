"""Tests of referrals: requests, candidates, answers."""
