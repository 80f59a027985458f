"""How exposed is an importer? Concentration, reliance, published risk scores, traced origin, trend."""

from sogdia.exposure.position import Exposure, expose

__all__ = ["Exposure", "expose"]
