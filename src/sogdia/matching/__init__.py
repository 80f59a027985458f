"""Needs of one economy against offers of another: product by product, with what is missing between them."""

from sogdia.matching.answer import Matching
from sogdia.matching.match import matching

__all__ = ["Matching", "matching"]
