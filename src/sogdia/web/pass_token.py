"""The launch token, and the cookie that it is swapped for."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

TOKEN_BYTES = 32
COOKIE = "sogdia"


@dataclass(frozen=True, slots=True)
class Pass:
    """token: in the address that is printed at the start; session: in the cookie. Neither tells the other."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)

    def opens(self, token: str) -> bool:
        """Whether this is the launch token, compared in a time that does not tell how much of it is right."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def admits(self, cookies: str) -> bool:
        """Whether a header of cookies holds the session; the browser sends those of other servers here too."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(cookies)
        except CookieError:
            return False
        held = jar.get(COOKIE)
        return held is not None and hmac.compare_digest(held.value.encode(), self.session.encode())

    def cookie(self, *, secure: bool) -> str:
        """The header that sets it: no script reads it, and no other site makes the browser send it."""
        return f"{COOKIE}={self.session}; HttpOnly; SameSite=Strict; Path=/{'; Secure' if secure else ''}"
