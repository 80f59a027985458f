"""What can happen to a market: one kind of event per file, each turned into effects on producers, lanes, consumers."""

from sogdia.market.events.at_stage import AtStage
from sogdia.market.events.demand import DemandChange
from sogdia.market.events.duty import ExportDuty
from sogdia.market.events.effects import Effects, Event, combine
from sogdia.market.events.export_limit import ExportLimit
from sogdia.market.events.output import OutputChange
from sogdia.market.events.outside import OutsideSupply
from sogdia.market.events.transport import TransportChange

__all__ = [
    "AtStage",
    "DemandChange",
    "Effects",
    "Event",
    "ExportDuty",
    "ExportLimit",
    "OutputChange",
    "OutsideSupply",
    "TransportChange",
    "combine",
]
