"""Array kernel: the batched equilibrium of one traded product. Knows no country and no mineral."""

from sogdia.equilibrium.answer import Answer, SolveStatus, flows
from sogdia.equilibrium.clear import solve
from sogdia.equilibrium.market import Market, base_consumption, base_lane_quantity, base_output
from sogdia.equilibrium.shocks import Shocks

__all__ = [
    "Answer",
    "Market",
    "Shocks",
    "SolveStatus",
    "base_consumption",
    "base_lane_quantity",
    "base_output",
    "flows",
    "solve",
]
