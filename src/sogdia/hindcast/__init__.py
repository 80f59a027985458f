"""Does the model tell what really happened? Documented events, predicted and compared with the trade data."""

from sogdia.hindcast.run import Hindcast, run

__all__ = ["Hindcast", "run"]
