"""Array kernel: the batched equilibrium of one traded product. Knows no country and no mineral."""

from sogdia.equilibrium.clear import solve
from sogdia.equilibrium.equilibria import Equilibria, SolveStatus, flows
from sogdia.equilibrium.market import Market, base_consumption, base_lane_quantity, base_output
from sogdia.equilibrium.shocks import Shocks

__all__ = [
    "Equilibria",
    "Market",
    "Shocks",
    "SolveStatus",
    "base_consumption",
    "base_lane_quantity",
    "base_output",
    "flows",
    "solve",
]
