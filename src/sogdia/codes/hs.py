"""The check that a text is a six-digit code of the Harmonised System."""

from __future__ import annotations

HS_CHAPTERS = 97


def hs6_problem(text: str) -> tuple[str, str] | None:
    """None for a well-formed code, else (rule broken, remedy).

    A code is six digits kept as text: `028461` and `284610` are different, and a spreadsheet that reads codes
    as numbers drops the leading zero of chapters 01 to 09.

    >>> hs6_problem("284610") is None
    True
    >>> hs6_problem("28461")[1]
    "Did a spreadsheet drop the leading zero? If so write '028461'."
    """
    code = text.strip()
    if code.endswith(".0") and code[:-2].isdigit():
        return (
            "an HS code is text of six digits, not a number",
            f"Write '{code[:-2].zfill(6)}' and format the column as text.",
        )
    dotless = code.replace(".", "").replace(" ", "")
    if dotless != code and dotless.isdigit() and len(dotless) == 6:
        return "an HS code has no dots or spaces", f"Write '{dotless}'."
    if not code.isdigit() or not code.isascii():
        return "an HS code is text of six digits", "Write the six-digit subheading, e.g. '284610'."
    if len(code) == 5:
        return "an HS code has six digits", f"Did a spreadsheet drop the leading zero? If so write '0{code}'."
    if len(code) in (8, 9, 10):
        return (
            "an HS code has six digits",
            f"National tariff lines are longer; write the subheading '{code[:6]}'.",
        )
    if len(code) != 6:
        return (
            "an HS code has six digits",
            "Headings and chapters cannot be split; write the six-digit subheading.",
        )
    if not 1 <= int(code[:2]) <= HS_CHAPTERS:
        return f"HS chapters run from 01 to {HS_CHAPTERS}", "Correct the code."
    return None
