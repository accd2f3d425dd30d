"""People who sign in: staff, and providers who want an account."""

from directory.accounts.invitation import Invitation
from directory.accounts.membership import Membership
from directory.accounts.person import Person, normal_email
from directory.accounts.rights import (
    edits,
    is_staff,
    may_manage_accounts,
    may_review,
    may_see_network,
)
from directory.accounts.role import HeldRole, Role
from directory.accounts.sign_in import SignIn

__all__ = [
    "HeldRole",
    "Invitation",
    "Membership",
    "Person",
    "Role",
    "SignIn",
    "edits",
    "is_staff",
    "may_manage_accounts",
    "may_review",
    "may_see_network",
    "normal_email",
]
