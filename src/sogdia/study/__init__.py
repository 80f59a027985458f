"""One importer, its partners, and the questions one asks about them.

Names, guesses and defaults are resolved here; the rooms below get countries, minerals and years that exist. A room is
imported when a question first needs it, so that asking for suppliers does not wait for the solver. The questions stand
by subject in files of their own.
"""

from __future__ import annotations

from sogdia.study.brief import BriefQuestions
from sogdia.study.claims import ClaimQuestions
from sogdia.study.corridors import CorridorQuestions
from sogdia.study.exports import ExportQuestions
from sogdia.study.exposure import ExposureQuestions
from sogdia.study.hazards import HazardQuestions
from sogdia.study.names import CENTRAL_ASIA
from sogdia.study.plan import PlanQuestions
from sogdia.study.radar import RadarQuestions
from sogdia.study.scenarios import ScenarioQuestions
from sogdia.study.stakes import StakesQuestions

__all__ = ["CENTRAL_ASIA", "Study"]


class Study(
    ExposureQuestions,
    CorridorQuestions,
    HazardQuestions,
    RadarQuestions,
    ScenarioQuestions,
    StakesQuestions,
    PlanQuestions,
    ClaimQuestions,
    BriefQuestions,
    ExportQuestions,
):
    """A study of one importer. Cheap to make: the store is read when a question is asked.

    importer, partners: ISO alpha-3 codes, names, or regions (EU27, CENTRAL_ASIA, or one of `regions`). One partner may
    be given as text; by default they are Central Asia without the importer. A country counts once: InputError where
    two partners, or a partner and the importer, share one. regions: your own, a mapping from a name to countries or the
    path of a TOML file that has one. store: a store folder; by default the embedded data with the user's own over it.
    """
