"""The model against what really happened: documented events, predicted and compared with the trade data."""

from sogdia.hindcast.result import Hindcast
from sogdia.hindcast.run import hindcast, run

__all__ = ["Hindcast", "hindcast", "run"]
