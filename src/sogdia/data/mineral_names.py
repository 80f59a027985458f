"""The minerals that a word stands for: a key, a name, a symbol, a product of processing, a trade code or a material.

A word that is not a mineral is answered by what it means ("neodymium is inside rare_earths", "ferrochrome is a stage of
chromium"), never by a mineral that is only spelt like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sogdia.codes import mineral_word
from sogdia.codes.aliases import ABSENT, GROUP, MINERAL, PART, PRODUCT, SEPARATOR, Alias, words_for
from sogdia.data.minerals import Mineral
from sogdia.errors import CLOSE, Near, UnknownNameError, did_you_mean, unknown
from sogdia.text import folded

HEADING_DIGITS, CODE_DIGITS = 4, 6
ORE = re.compile(r" (ores?|concentrates?|ores? and concentrates?)$")
"""After the name of a mineral, whose ore is most of what it is."""
FORM = re.compile(r" (oxides?|metals?|powder|alloys?|magnets?|chlorides?|fluorides?|carbonates?)$")
"""After the name of an element, in which form it is."""
SLIP = 0.85
"""How near a name of a product has to be."""
LEAST_LETTERS = 8
"""Of a product or an alias that is suggested: shorter ones are near too much."""
BEFORE_CODES = ("hs", "hs92", "hs1992")


@dataclass(frozen=True, slots=True)
class MineralsMeant:
    """keys: of the minerals, none of a product whose mineral has no figures; remark: what the word is, where it is not
    the mineral itself. whole: whether the word names all that the store counts of the one mineral, so that a question
    about one mineral can be answered by it. product: key of the product of processing that the word names.
    """

    keys: tuple[str, ...]
    remark: str | None = None
    whole: bool = True
    product: str | None = None


@dataclass(frozen=True)
class MineralNames:
    """minerals: by key; products: rows of the table `processed_products`; forms: rows of `trade_forms`."""

    minerals: Mapping[str, Mineral]
    products: Sequence[Mapping[str, Any]] = ()
    forms: Sequence[Mapping[str, Any]] = ()

    def meant(self, text: str) -> MineralsMeant:
        """The minerals that a word stands for; UnknownNameError says what else it is, or the nearest names."""
        word = folded(text)
        key = self._keys.get(word) or self._keys.get(ORE.sub("", word))
        if key:
            return MineralsMeant((key,))
        alias = mineral_word(text) or mineral_word(ORE.sub("", word))
        if alias is not None and alias.kind == MINERAL and alias.meant in self.minerals:
            return MineralsMeant((alias.meant,))
        product = self._product(alias.meant if alias is not None else text)
        if product is not None:
            return self._of_product(text, product)
        code = _digits(word)
        if code:
            return self._of_code(code, text)
        if alias is not None and alias.kind == GROUP:
            keys = tuple(key for key in alias.meant.split(SEPARATOR) if key in self.minerals)
            return MineralsMeant(keys, f"{text.strip()} is {listed(keys)}.", whole=False)
        if alias is not None and alias.kind == PART:
            raise UnknownNameError(
                f"unknown mineral {text.strip()!r}: {text.strip()} is inside {alias.meant} (or is made of it), and has "
                f"no figures of its own here. Ask for {alias.meant}."
            )
        if alias is not None and alias.kind == ABSENT:
            said = f"unknown mineral {text.strip()!r}: it is a material that these data do not hold."
            raise UnknownNameError(f"{said} `sogdia data list --minerals` shows those that they do.")
        part = self._part_in_a_form(word)
        if part is not None:
            raise UnknownNameError(
                f"unknown mineral {text.strip()!r}: {part.alias} is inside {part.meant}, and its forms have no figures "
                f"of their own here. Ask for {part.meant}."
            )
        if did_you_mean(text, self.minerals, nearness=CLOSE):
            raise unknown("mineral", text, self.minerals, nearness=CLOSE)
        known = f"{len(self.minerals)} are known."
        raise UnknownNameError(f"unknown mineral {text.strip()!r}.", Near(word, self._others(), nearness=SLIP), known)

    def _part_in_a_form(self, word: str) -> Alias | None:
        """What an element's oxide, metal or other form is the form of, where the element is a part of a mineral."""
        alias = mineral_word(FORM.sub("", word)) if FORM.search(word) else None
        return alias if alias is not None and alias.kind == PART else None

    def _others(self) -> list[str]:
        """The longer names of products and of aliases, which a slip of the pen may have meant."""
        keys = {product["product"].replace("_", " ") for product in self.products}
        named = keys | {folded(product["name"]) for product in self.products} | set(words_for(MINERAL, PRODUCT))
        return sorted(word for word in named if len(word) >= LEAST_LETTERS)

    def one(self, text: str) -> str:
        """Key of the one mineral that a word stands for; UnknownNameError where it names several, or a part of one."""
        meant = self.meant(text)
        if len(meant.keys) == 1 and meant.whole:
            return meant.keys[0]
        if not meant.keys:
            raise no_mineral(text, meant)
        ask = " or ".join(meant.keys)
        raise UnknownNameError(f"{text.strip()!r} is not one mineral: {meant.remark} Ask for {ask}.")

    @cached_property
    def _keys(self) -> dict[str, str]:
        names = {folded(mineral.name): key for key, mineral in self.minerals.items()}
        return names | {folded(key): key for key in self.minerals}

    def _product(self, text: str) -> Mapping[str, Any] | None:
        word = folded(text)
        return next((p for p in self.products if word in (folded(p["product"]), folded(p["name"]))), None)

    def _of_product(self, text: str, product: Mapping[str, Any]) -> MineralsMeant:
        key, own = product["mineral"], product["product"]
        if key is None:
            remark = f"{text.strip()} is a product of processing whose mineral has no figures here."
            return MineralsMeant((), remark, whole=False, product=own)
        codes = set(product["hs1992"].split(SEPARATOR)) if product["hs1992"] else set()
        whole = bool(codes) and set(self.minerals[key].hs6()) <= codes
        return MineralsMeant((key,), f"{text.strip()} is a stage of {key} ({product['stage']}).", whole, own)

    def _of_code(self, code: str, text: str) -> MineralsMeant:
        """The minerals that a code or a heading counts, in the trade of the store or in products that it could hold."""
        counted = {m.key: m.hs6() for m in self.minerals.values() if any(c.startswith(code) for c in m.hs6())}
        if counted:
            keys = tuple(counted)
            whole = len(keys) == 1 and all(c.startswith(code) for c in counted[keys[0]])
            return MineralsMeant(keys, f"{code} is counted in {listed(keys)}.", whole, self._made_under(code))
        made = {
            row["mineral"]: row
            for row in (*self.products, *self.forms)
            if row["mineral"] in self.minerals and any(c.startswith(code) for c in (row["hs1992"] or "").split(";"))
        }
        if not made:
            raise UnknownNameError(
                f"unknown mineral {text.strip()!r}: no mineral is counted in the code {code} (HS 1992). "
                "`sogdia data list --minerals` shows the codes."
            )
        row = next(iter(made.values()))
        name = row.get("name") or row.get("form")
        remark = f"{code} is {name}, a stage of {listed(tuple(made))}, and not among the trade codes of this store."
        return MineralsMeant(tuple(made), remark, whole=False, product=self._made_under(code))

    def _made_under(self, code: str) -> str | None:
        """The one product of a six-digit code, or of a heading that it fills; None where there are several, or none."""
        heading = len(code) == HEADING_DIGITS
        alone = [
            p["product"] for p in self.products
            if (p["heading"] == code and p["heading_scope"] == "whole" if heading
                else code in (p["hs1992"] or "").split(SEPARATOR))
        ]  # fmt: skip
        return alone[0] if len(alone) == 1 else None


def no_mineral(text: str, meant: MineralsMeant) -> UnknownNameError:
    """The error where a mineral is needed and a word names a product without one."""
    return UnknownNameError(
        f"unknown mineral {text.strip()!r}: {meant.remark} `sogdia expose` lists it among the products, and "
        "`sogdia shock` may have a market of it."
    )


def listed(keys: Iterable[str]) -> str:
    """Keys in a sentence.

    >>> listed(["platinum", "palladium", "rhodium"])
    'platinum, palladium and rhodium'
    """
    *some, last = keys
    return f"{', '.join(some)} and {last}" if some else last


def _digits(word: str) -> str | None:
    """The heading or six-digit code that a text is, without dots and blanks; None where it is none.

    >>> _digits("2603.00"), _digits("hs 2603"), _digits("copper")
    ('260300', '2603', None)
    """
    text = word
    for prefix in BEFORE_CODES:
        text = text.removeprefix(f"{prefix} ")
    code = text.replace(".", "").replace(" ", "")
    return code if code.isascii() and code.isdigit() and len(code) in (HEADING_DIGITS, CODE_DIGITS) else None
