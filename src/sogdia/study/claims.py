"""Questions on what articles claim about Central Asia and Japan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.claims import Claims


class ClaimQuestions(StudyNames):
    """Published claims against the data; a claim names its own countries, importer and partners play no part."""

    def claims(self, claim: str | Sequence[str] | None = None) -> Claims:
        """What the data say of each claim of the table `claims`, with a verdict (see `sogdia.claims`).

        claim: an id such as C06, or several; by default all. UnknownNameError for an id that the store does not have.
        """
        from sogdia import arguments
        from sogdia.claims import claims

        return claims(self.store, None if claim is None else arguments.names("claim", claim, "C06"))
