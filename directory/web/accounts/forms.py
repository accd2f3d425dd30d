"""The forms of signing in, where those of Flask-Security ask for more or for less."""

from typing import Any

from flask import g, request
from flask_security import (
    LoginForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.utils import get_message
from typing_extensions import override
from wtforms import HiddenField, StringField

from directory.web.accounts.sessions import check_code


class PasswordForm(LoginForm):
    """Address and password. Nobody is remembered: the next sign-in asks again."""

    remember = None  # type: ignore[assignment]


class NewPasswordForm(ResetPasswordForm):
    """A password from the link of a letter, which may be the first one."""

    @override
    def validate(self, **kwargs: Any) -> bool:
        g.is_first_password = self.user is not None and self.user.password is None
        return super().validate(**kwargs)


class CodeForm(TwoFactorVerifyCodeForm):
    """The code of an authenticator."""


class ProofForm(VerifyForm):
    """Password and code once more, before something grave.

    The password alone would be enough for whoever looked over a shoulder.
    """

    code = StringField()

    @override
    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            return False
        if check_code(self.user, self.code.data or ""):
            return True
        self.password.errors = [*self.password.errors, get_message("INVALID_CODE")[0]]
        return False


class SetUpForm(TwoFactorSetupForm):
    """Asks for a new secret; there is one way to have it, so nothing is chosen.

    The secret is shown as soon as the page is opened. It counts from the moment when
    somebody types a code of it.
    """

    setup = HiddenField(default="authenticator")  # type: ignore[assignment]
    phone = HiddenField()  # type: ignore[assignment]

    @override
    def validate_on_submit(self, *args: Any, **kwargs: Any) -> bool:
        opened = request.method == "GET"
        return opened or super().validate_on_submit(*args, **kwargs)


class NoRescueForm(TwoFactorRescueForm):
    """Nobody writes to an administrator from here: there are recovery codes."""

    help_setup = HiddenField()  # type: ignore[assignment]
