"""Critical-mineral supply security and partnership planning, from real data.

    import sogdia
    sogdia.Study("JPN").expose("tungsten")

The names of `__all__` are the public ones. Each is loaded when it is first used, so that `import sogdia` and
`sogdia --help` take no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sogdia.answer import Answer
    from sogdia.claims import Claims
    from sogdia.corridors import Routes
    from sogdia.data import open_store
    from sogdia.errors import DataError, InputError, NoAnswerError, SogdiaError, SolveError, UnknownNameError
    from sogdia.exposure import ExporterPosition, Exposure, PartnerSupply, TracedOrigin
    from sogdia.hazards.profile import HazardProfile
    from sogdia.hazards.radar import LakeSeries
    from sogdia.hazards.seismic.scenario import RuptureDamage
    from sogdia.hindcast import Hindcast
    from sogdia.market import Scenario
    from sogdia.market.events import AtStage, DemandChange, ExportDuty, ExportLimit, OutputChange, TransportChange
    from sogdia.market.scenario_file import read_scenario
    from sogdia.matching import Matching
    from sogdia.scenarios.atlas import Atlas
    from sogdia.scenarios.catalogue import Catalogue
    from sogdia.scenarios.ensemble import Ensemble
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.corridor_events import CorridorEvents
    from sogdia.shock.market_shock import Shock
    from sogdia.shock.supplier_loss import SupplierLosses
    from sogdia.stakes import PartnerLedger, Stakes
    from sogdia.study import Study
    from sogdia.uncertain import Band, Range

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "AtStage",
    "Atlas",
    "Band",
    "Catalogue",
    "ChainShock",
    "Claims",
    "CorridorEvents",
    "DataError",
    "DemandChange",
    "Ensemble",
    "ExportDuty",
    "ExportLimit",
    "ExporterPosition",
    "Exposure",
    "HazardProfile",
    "Hindcast",
    "InputError",
    "LakeSeries",
    "Matching",
    "NoAnswerError",
    "OutputChange",
    "PartnerLedger",
    "PartnerSupply",
    "Range",
    "Routes",
    "RuptureDamage",
    "Scenario",
    "Shock",
    "SogdiaError",
    "SolveError",
    "Stakes",
    "Study",
    "SupplierLosses",
    "TracedOrigin",
    "TransportChange",
    "UnknownNameError",
    "__version__",
    "open_store",
    "read_scenario",
]

_HOMES = {
    "sogdia.answer": ("Answer",),
    "sogdia.claims": ("Claims",),
    "sogdia.corridors": ("Routes",),
    "sogdia.data": ("open_store",),
    "sogdia.errors": ("DataError", "InputError", "NoAnswerError", "SogdiaError", "SolveError", "UnknownNameError"),
    "sogdia.exposure": ("ExporterPosition", "Exposure", "PartnerSupply", "TracedOrigin"),
    "sogdia.hazards.profile": ("HazardProfile",),
    "sogdia.hazards.seismic.scenario": ("RuptureDamage",),
    "sogdia.hazards.radar": ("LakeSeries",),
    "sogdia.hindcast": ("Hindcast",),
    "sogdia.market": ("Scenario",),
    "sogdia.market.events": (
        "AtStage", "DemandChange", "ExportDuty", "ExportLimit", "OutputChange", "TransportChange",
    ),
    "sogdia.market.scenario_file": ("read_scenario",),
    "sogdia.matching": ("Matching",),
    "sogdia.scenarios.atlas": ("Atlas",),
    "sogdia.scenarios.catalogue": ("Catalogue",),
    "sogdia.scenarios.ensemble": ("Ensemble",),
    "sogdia.shock.chain_shock": ("ChainShock",),
    "sogdia.shock.corridor_events": ("CorridorEvents",),
    "sogdia.shock.market_shock": ("Shock",),
    "sogdia.shock.supplier_loss": ("SupplierLosses",),
    "sogdia.stakes": ("PartnerLedger", "Stakes"),
    "sogdia.study": ("Study",),
    "sogdia.uncertain": ("Band", "Range"),
}  # fmt: skip


def __dir__() -> list[str]:
    """The public names, for completion in an editor or a notebook."""
    return sorted(__all__)


if not TYPE_CHECKING:  # a type checker would take any name for a public one

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used."""
        home = next((module for module, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module 'sogdia' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(home), name)
