"""Answers questions from one store, and keeps the last answers. It runs in the server and in its workers alike."""

from __future__ import annotations

import json
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sogdia.answer import Answer
from sogdia.data import Store, open_store
from sogdia.questions.limits import KEPT_ANSWERS
from sogdia.questions.registry import Asked
from sogdia.questions.sheet import sheet
from sogdia.study import Study

Form = Literal["json", "csv", "indented"]
"""Of an answer: compact JSON for the page; the CSV, and the JSON of the command line, to be kept."""
STUDIES = 32


class Desk:
    """Studies of one store and their last answers. Not shared between threads that change it at the same time: each
    call leaves it whole, and two equal questions at once cost one answer too many.
    """

    def __init__(self, store: Path | None = None) -> None:
        self.folder = store
        self.store: Store = open_store(store)
        self._study = lru_cache(maxsize=STUDIES)(self._new_study)
        self._kept: OrderedDict[Asked, Answer] = OrderedDict()

    def study(self, importer: str, partners: tuple[str, ...] = ()) -> Study:
        """The study of an importer and its partners, none for the usual ones."""
        return self._study(importer, partners)

    def _new_study(self, importer: str, partners: tuple[str, ...]) -> Study:
        return Study(importer, list(partners) or None, store=self.store)

    def answer(self, asked: Asked) -> Answer:
        """The answer, from those that are kept where it is one of them."""
        kept = self._kept.get(asked)
        if kept is None:
            kept = asked.answer(self.study)
            self._kept[asked] = kept
            while len(self._kept) > KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return kept

    def written(self, asked: Asked, form: Form) -> bytes:
        """The answer as a file. `indented` is what the command line prints."""
        answer = self.answer(asked)
        if form == "csv":
            return sheet(answer.table())
        return as_json(answer.to_dict(), indent=1 if form == "indented" else None)


def as_json(content: object, *, indent: int | None = None) -> bytes:
    """JSON as the command line writes it; compact where nothing is indented."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(content, indent=indent, separators=separators, ensure_ascii=False, default=str, allow_nan=False)
    return (text if indent is None else f"{text}\n").encode()
