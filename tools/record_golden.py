"""Write `tests/cases/golden_figures.csv` anew: the figures that every later change is held against.

    python tools/record_golden.py

A figure that agrees with the one on record keeps its digits, so that a difference of the file is a difference in fact.
What differs is listed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.golden import TABLE, VERBS, Figures, agree, differences, read_figures, study_of, write_figures


def main() -> None:
    """Compute every figure from the embedded data alone, and write the table."""
    record = read_figures() if TABLE.exists() else {}
    with TemporaryDirectory() as empty:
        os.environ["SOGDIA_STORE"] = empty
        study = study_of()
        figures = {verb: compute(study) for verb, compute in VERBS.items()}
    for verb, answer in figures.items():
        sys.stdout.writelines(f"{verb}: {line}\n" for line in differences(record.get(verb, {}), answer))
    write_figures({verb: _same_digits(record.get(verb, {}), answer) for verb, answer in figures.items()})


def _same_digits(record: Figures, answer: Figures) -> Figures:
    """The computed figures, with the digits on record where both agree."""
    return {key: record[key] if key in record and agree(record[key], new) else new for key, new in answer.items()}


if __name__ == "__main__":
    main()
