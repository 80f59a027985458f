"""What processing is worth to a partner: value added, imports, transport and jobs by output, against selling the ore.

By USD of output of the processing sector, from the partner's row of the input-output table (see `accounts`):

    direct_va      value added in the sector            indirect_va   in the home industries that supply it
    imports        inputs from abroad, in all of them   direct_va + indirect_va + imports = 1
    ore_input      home ore that it takes               gain_over_ore = va_total - ore_input x va_total of the ores

`gain_over_ore` is what stays at home of a dollar of the product beyond what the ore in it would have left at home.
A range is that of 17 countries that live from ores and metals, widened by the partner's own value; a partner without a
row (Uzbekistan, Kyrgyzstan, Tajikistan, Turkmenistan) gets the range alone. A sector is not a plant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.codes import Region
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.stakes.accounts import EconomyAccount, IndustryAccount, countries_with_accounts, economy_account, industries
from sogdia.stakes.jobs import direct_jobs
from sogdia.stakes.processing import ORE, Processing, caveats_of
from sogdia.stakes.table_file import rows
from sogdia.tabular.evidence import SOURCED, Evidence

TABLE_YEAR = "2022"
FIGURES: Mapping[str, str] = {
    "direct_va": "value added in the sector", "indirect_va": "value added in its suppliers",
    "imports": "imports, suppliers' too", "land_transport": "land transport",
    "trade": "trade services", "electricity": "electricity", "ore_input": "home ore in it",
    "gain_over_ore": "value added beyond the ore's",
}  # fmt: skip
"""Figures by name [USD per USD of output]."""
OF_THE_PRODUCT = ("ore_input", "gain_over_ore")
"""Figures that the ore itself has not."""
JOBS = "jobs"
LONG = {
    "partner": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String, "value": pl.Float64,
    "source_id": pl.String, "processing": pl.String, "sector": pl.String, "evidence": pl.String, "reason": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerFigure:
    """One figure with its range; all None and a reason where it is not given. central None: a range is all there is."""

    low: float | None
    central: float | None
    high: float | None
    evidence: Evidence
    source_ids: tuple[str, ...]
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        return {
            "low": self.low, "central": self.central, "high": self.high, "evidence": self.evidence,
            "reason": self.reason or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartnerLedger(Answer):
    """figures: FIGURES [USD per USD of output] and jobs [per million USD of output] of the processing sector; ore: the
    same of the sector that sells the ore. own: whether the partner has a row in the input-output table.
    """

    partner: Region
    processing: Processing
    own: bool
    figures: Mapping[str, LedgerFigure]
    ore: Mapping[str, LedgerFigure]
    gross_output_musd: float | None
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose processing of what."""
        return f"{self.partner.name}: what a million USD of {self.processing.name} leaves, against selling the ore"

    def table(self) -> pl.DataFrame:
        """Tidy long table; sector B07 is the ore's."""
        long = pl.DataFrame(list(self._long()), schema=LONG, orient="row")
        return tidy(long, country=self.partner.key, year=TABLE_YEAR)

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every figure."""
        return each_once(*(figure.source_ids for part in (self.figures, self.ore) for figure in part.values()))

    def to_dict(self) -> dict[str, Any]:
        """Both sectors' figures, notes and citations."""
        return {
            "partner": self.partner.key,
            "processing": self.processing.name,
            "sector": self.processing.sector,
            "own_row": self.own,
            "gross_output_musd": self.gross_output_musd,
            "units": {**dict.fromkeys(FIGURES, "USD per USD of output"), JOBS: "per million USD of output"},
            **{name: figure.to_dict() for name, figure in self.figures.items()},
            "ore": {name: figure.to_dict() for name, figure in self.ore.items()},
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }

    def _long(self) -> Iterator[tuple[object, ...]]:
        for sector, figures in ((self.processing.sector, self.figures), (ORE, self.ore)):
            for name, figure in figures.items():
                unit = "jobs per million USD" if name == JOBS else "USD per USD"
                for stat, value in (("low", figure.low), ("central", figure.central), ("high", figure.high)):
                    yield (
                        self.partner.key, name, unit, stat, value, SEPARATOR.join(figure.source_ids) or None,
                        self.processing.name, sector, figure.evidence, figure.reason or None,
                    )  # fmt: skip


def partner_ledger(partner: Region, kind: Processing) -> PartnerLedger:
    """The ledger of one kind of processing in a country or region."""
    try:
        economy: EconomyAccount | None = economy_account(partner)
    except NoAnswerError:
        economy = None
    account = economy.industries[kind.sector] if economy and kind.sector in economy.industries else None
    if account is not None and not account.active:
        account = None
    figures = _figures(partner, economy, kind.sector)
    ore = {name: figure for name, figure in _figures(partner, economy, ORE).items() if name not in OF_THE_PRODUCT}
    notes = (*_row_notes(partner, economy, account, kind), *_caveats(partner, kind.sector), *GENERAL)
    output = account.gross_output_musd if account else None
    return PartnerLedger(partner, kind, account is not None, figures, ore, output, notes)


GENERAL = (
    "Value added is what a sector does not spend on inputs from 80 countries: it holds inputs from elsewhere and taxes "
    "on products too, so that imports are a lower bound.",
    "A sector is a mean over its plants; a new plant may lie anywhere in the range.",
)


@cache
def resource_countries() -> tuple[str, ...]:
    """The countries whose range is given: those that live from ores and metals; a judgement."""
    return tuple(row.cells["country"] for row in rows("resource_countries.csv", ("country", *SOURCED)))


def ledger_values(account: IndustryAccount, ore: IndustryAccount) -> dict[str, float]:
    """The figures of one industry [USD per USD of output]. ore: the account of the sector that sells the ore."""
    c = account.coefficients
    home_ore = c["input_B07"] - c["imported_input_B07"]
    left_by_ore = ore.coefficients.get("va_total", 0.0)
    return {
        "direct_va": c["va_direct"], "indirect_va": c["va_total"] - c["va_direct"], "imports": c["imports_total"],
        "land_transport": c["total_H49"], "trade": c["total_G"], "electricity": c["total_D"], "ore_input": home_ore,
        "gain_over_ore": c["va_total"] - home_ore * left_by_ore,
    }  # fmt: skip


def _figures(partner: Region, economy: EconomyAccount | None, sector: str) -> dict[str, LedgerFigure]:
    """All figures of a sector with their ranges; jobs last."""
    own = None
    if economy and sector in economy.industries and economy.industries[sector].active:
        own = ledger_values(economy.industries[sector], economy.industries[ORE])
    peers = [
        ledger_values(industries()[iso3, sector], industries()[iso3, ORE])
        for iso3 in resource_countries()
        if iso3 in countries_with_accounts() and industries()[iso3, sector].active
    ]
    sources = industries()[resource_countries()[0], sector].source_ids
    hidden = {c.hides: c.text for iso3 in partner.members for c in caveats_of(iso3, sector) if c.hides}
    made = {}
    for name in FIGURES:
        if name in hidden:
            made[name] = LedgerFigure(None, None, None, "derived", sources, hidden[name])
            continue
        values = [peer[name] for peer in peers] + ([own[name]] if own else [])
        evidence: Evidence = "derived" if own else "assumed"
        made[name] = LedgerFigure(min(values), own[name] if own else None, max(values), evidence, sources)
    return made | {JOBS: _jobs(partner, sector)}


def _jobs(partner: Region, sector: str) -> LedgerFigure:
    found = direct_jobs(partner, sector)
    if found is None:
        reason = "no count of employees in this sector and country is in the tables"
        return LedgerFigure(None, None, None, "derived", (), reason)
    return LedgerFigure(found.low, found.central, found.high, found.evidence, found.source_ids)


def _row_notes(
    partner: Region, economy: EconomyAccount | None, account: IndustryAccount | None, kind: Processing
) -> Iterator[str]:
    """Whose coefficients these are."""
    count = len(resource_countries())
    if account is None:
        yield (
            f"{partner.name} has no row for {kind.name} ({kind.sector}) in the input-output table: the range is that "
            f"of {count} countries that live from ores and metals; no central figure is given."
        )
    else:
        yield (
            f"Central figures are those of sector {kind.sector} of {', '.join(_held(partner))} in {TABLE_YEAR}; ranges "
            f"are those of {count} countries that live from ores and metals."
        )
    if economy and economy.missing:
        yield f"Not in the table, and left out: {', '.join(economy.missing)}."


def _held(partner: Region) -> list[str]:
    """Members with a row in the table."""
    return [iso3 for iso3 in partner.members if iso3 in countries_with_accounts()]


def _caveats(partner: Region, sector: str) -> tuple[str, ...]:
    """What must be said of the partner's rows, each once."""
    held = [caveat for iso3 in partner.members for code in (sector, ORE) for caveat in caveats_of(iso3, code)]
    return tuple(dict.fromkeys(caveat.text for caveat in held))
