"""What a report says in English, said in another language: catalogues of sentences with slots, and their use."""

from sogdia.render.languages.said.sentences import ENGLISH
from sogdia.render.languages.said.speaking import Piece, blank, pieces, said, speaks, words

__all__ = ["ENGLISH", "Piece", "blank", "pieces", "said", "speaks", "words"]
