"""The model against what really happened: documented events, predicted and compared with the trade data."""

from sogdia.hindcast.result import Hindcast
from sogdia.hindcast.run import run

__all__ = ["Hindcast", "run"]
