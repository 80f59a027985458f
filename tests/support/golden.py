"""The figures of the golden case: a few answers of every verb of `Study`, labelled by what they are about.

`tests/cases/test_golden_figures.py` compares them with `tests/cases/golden_figures.csv`, and `tools/record_golden.py`
writes that table. They come through the public surface, so that moving a module inside the package touches nothing
here.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from sogdia import Study, open_store
from sogdia.market import Scenario
from sogdia.market.events import AtStage, DemandChange, ExportDuty, ExportLimit, OutputChange, TransportChange

TABLE = Path(__file__).resolve().parent.parent / "cases" / "golden_figures.csv"
HEADER = ("verb", "case", "figure", "value")
RELATIVE, ABSOLUTE = 1e-11, 1e-12
DRAWS = 8

Key = tuple[str, str]
"""The case and the figure."""
Figures = dict[Key, float | None]
StudyOf = Callable[[str], Study]

EXPOSE = (
    ("JPN", 2012, "rare_earths", None),
    ("JPN", 2018, "cobalt", None),
    ("JPN", 2022, "chromium", None),
    ("KOR", 2012, "tungsten", None),
    ("KOR", 2018, "nickel", None),
    ("KOR", 2022, "graphite", None),
    ("EU27", 2012, "antimony", None),
    ("EU27", 2018, "chromium", None),
    ("EU27", 2022, "rare_earths", None),
    ("DEU", 2012, "copper", None),
    ("DEU", 2018, "tungsten", None),
    ("DEU", 2022, "cobalt", "metal"),
)
MEASURES = (
    "import_value_kusd", "price_usd_per_kg", "import_hhi_weight", "net_import_reliance", "geopolrisk_score",
    "ec_supply_risk", "hhi_trend",
)  # fmt: skip
ORIGIN = (("JPN", 2018, "chromium"), ("EU27", 2018, "copper"))
PARTNER_SUPPLY = (("aluminium", "TJK"), ("chromium", "KAZ"), ("copper", "KAZ"), ("copper", "UZB"), ("zinc", "KAZ"))
BAND = ("base", "low", "central", "high")
LOSSES = (
    ("JPN", 2018, ("cobalt", "tungsten", "chromium")),
    ("KOR", 2022, ("graphite", "nickel")),
    ("EU27", 2018, ("chromium", "tungsten", "antimony")),
)
METRICS = (
    "pairs", "share_error_median", "share_error_median_reallocation", "price_error_mean", "price_band_coverage",
    "share_band_coverage", "price_rank_correlation", "volume_error_median",
)  # fmt: skip
PAIRS = (
    ("CHN_REE_QUOTA_2010", "rare_earths", 2011, "JPN"),
    ("CHN_W_2005", "tungsten", 2005, "JPN"),
    ("IDN_NI_BAN_2014", "nickel", 2015, "CHN"),
    ("COD_CO_MUTANDA_2019", "cobalt", 2020, "CHN"),
    ("AUS_COAL_DEBBIE_2017", "coking_coal", 2017, "IND"),
)
PAIR_FIGURES = ("share_predicted", "share_low", "share_observed", "log_price_predicted", "log_price_high", "cycle")


def study_of() -> StudyOf:
    """Studies of importers over one store."""
    store = open_store()
    return lambda importer: Study(importer, store=store)


def expose_figures(study: StudyOf) -> Figures:
    """Measures of one mineral each, and the shares of its two largest suppliers."""
    figures: Figures = {}
    for importer, year, mineral, stage in EXPOSE:
        case = f"{importer} {year} {mineral}" + (f" {stage}" if stage else "")
        answer = study(importer).expose(mineral, year=year, stage=stage)
        record = answer.records.row(0, named=True)
        figures |= {(case, name): record[name] for name in MEASURES}
        for row in answer.suppliers.sort("value_kusd", descending=True).head(2).to_dicts():
            figures[case, f"value_share of {row['supplier']}"] = row["value_share"]
            figures[case, f"weight_share of {row['supplier']}"] = row["weight_share"]
    return figures


def origin_figures(study: StudyOf) -> Figures:
    """The four largest countries of mining."""
    figures: Figures = {}
    for importer, year, mineral in ORIGIN:
        rows = study(importer).origin(mineral, year=year).rows.sort("traced_share", descending=True).head(4)
        figures |= _table(f"{importer} {year} {mineral}", rows, ("origin",), rows.columns[1:])
    return figures


def partner_supply_figures(study: StudyOf) -> Figures:
    """What a few partners supply of a few minerals."""
    choice = pl.DataFrame(PARTNER_SUPPLY, schema=["mineral", "partner"], orient="row")
    rows = study("JPN").partner_supply(year=2018).rows.join(choice, on=["mineral", "partner"], how="semi")
    figures = ("exports_kusd", "exports_to_importer_kusd", "share_of_importer_imports", "main_buyer_share",
               "share_of_world_production")  # fmt: skip
    return _table("JPN 2018", rows, ("mineral", "partner"), figures)


def shock_figures(study: StudyOf) -> Figures:
    """A cut, embargoes, a mix with frictions, hubs seen through, an event at a stage, and a corridor state."""
    cut = study("JPN").shock("rare_earths", cut="CHN", share=0.4, year=2009, draws=DRAWS)
    figures = _shocked("JPN 2009 rare_earths cut CHN 0.4", cut.rows, {
        ("importer", "JPN", ""): ("price_paid", "use", "import_bill", "consumer_surplus_change", "import_hhi"),
        ("importer", "JPN", "CHN"): ("source_share",),
        ("consumer", "KOR", ""): ("import_price",),
        ("producer", "CHN", ""): ("output", "scarcity_rent"),
        ("producer", "USA", ""): ("price",),
    })  # fmt: skip
    for importer, year, mineral, country in (
        ("KOR", 2022, "graphite", "CHN"), ("EU27", 2018, "tungsten", "CHN"), ("DEU", 2012, "antimony", "CHN"),
    ):  # fmt: skip
        answer = study(importer).shock(mineral, cut=country, year=year, draws=DRAWS, ore_only=True, assume_home=True)
        choice = {
            ("importer", importer, ""): ("price_paid", "reduced_use", "imports"),
            ("producer", country, ""): ("output",),
        }
        if importer == "EU27":
            choice |= {("member", "DEU", ""): ("reduced_use",), ("importer", "EU27", "EU27"): ("source",)}
        figures |= _shocked(f"{importer} {year} {mineral} embargo {country}", answer.rows, choice)
    mix = study("JPN").shock("nickel", scenario=_mix(), year=2018, draws=DRAWS, ore_only=True, assume_home=True)
    figures |= _shocked("JPN 2018 nickel mix", mix.rows, {
        ("importer", "JPN", ""): ("price_paid", "import_price", "reduced_use", "consumer_surplus_change"),
        ("consumer", "CHN", ""): ("use",),
        ("producer", "IDN", ""): ("duty_revenue", "output"),
        ("producer", "PHL", ""): ("output", "surplus_change"),
        ("producer", "NCL", ""): ("price",),
    })  # fmt: skip
    hubs = study("DEU").shock("cobalt", cut="COD", share=0.5, base_years=[2018, 2019], through_hubs=True, draws=DRAWS)
    choice = {("importer", "DEU", ""): ("price_paid", "use")}
    figures |= _shocked("DEU 2018-2019 cobalt cut COD 0.5 through hubs", hubs.rows, choice)
    at_stage = Scenario("at stage", (AtStage(ExportLimit("COD", share=0.4), "compound"),))
    compound = study("KOR").shock("cobalt", scenario=at_stage, year=2022, stage="compound", draws=DRAWS)
    choice = {("importer", "KOR", ""): ("price_paid", "imports"), ("consumer", "CHN", ""): ("import_price",)}
    figures |= _shocked("KOR 2022 cobalt compound cut COD 0.4", compound.rows, choice)
    return figures | _corridor_shock(study("JPN"))


def _mix() -> Scenario:
    """One event of every kind, and every friction."""
    return Scenario(
        "mix",
        (
            DemandChange(1.2, ("CHN",)),
            OutputChange("PHL", 0.8),
            ExportDuty("IDN", 0.25),
            ExportLimit("NCL", quota_t=20_000.0, destinations=("JPN", "KOR")),
            TransportChange("RUS", cost_factor=1.1),
        ),
        horizon_years=2.0,
        contracted_share=0.3,
        stock_days={"JPN": 20.0},
        spare={"AUS": 1.1},
    )


def _corridor_shock(study: Study) -> Figures:
    """What a dispute over transit does to the lanes and to the market."""
    case = "JPN 2019 rare_earths china_dispute"
    events = study.corridor_events("rare_earths", state="china_dispute", year=2019)
    answer = study.shock("rare_earths", scenario=Scenario(case, events.events), year=2019, draws=DRAWS)
    figures = _table(case, events.lanes, ("exporter", "stage", "destination", "state"), ("tau", "tau_high"))
    return figures | _shocked(case, answer.rows, {("importer", "JPN", ""): ("price_paid", "reduced_use")})


def shock_chain_figures(study: StudyOf) -> Figures:
    """A cut at the head of a chain, stage by stage."""
    answer = study("JPN").shock_chain("cobalt", cut="COD", share=0.4, year=2018, draws=3)
    figures: Figures = {}
    for stage in answer.stages:
        choice = {
            ("importer", "JPN", ""): ("price_paid", "use", "import_bill"),
            ("consumer", "KOR", ""): ("price_paid",),
            ("producer", "COD", ""): ("output",),
        }
        figures |= _shocked(f"JPN 2018 cobalt cut COD 0.4 {stage.stage}", stage.rows, choice)
    return figures


def route_figures(study: StudyOf) -> Figures:
    """The three cheapest alternatives, and what closures would cost."""
    figures: Figures = {}
    for origin, destination, mineral, close, upgrade in (
        ("KAZ:Khromtau", "JPN:Yokohama", "chromium", (), ()),
        ("KAZ:Khromtau", "JPN:Yokohama", "chromium", ("CHN", "suez"), ("customs",)),
        ("UZB:Almalyk", "KOR:Busan", "copper", ("russia_sanctions",), ("customs_caspian",)),
    ):
        condition = "".join([*(f" without {name}" for name in close), *(f" with {name}" for name in upgrade)])
        case = f"{origin} {destination} {mineral}{condition}"
        routes = study("JPN").route(origin, destination, mineral=mineral, close=close, upgrade=upgrade)
        figures[case, "alternatives"] = len(routes.alternatives)
        figures[case, "independent corridors"] = routes.independent_corridors
        best = routes.alternatives_table().sort("cost_usd_per_t").head(3)
        columns = ("cost_usd_per_t", "cost_high_usd_per_t", "days", "co2_kg_per_t")
        figures |= _table(case, best, ("via", "chokepoints"), columns)
        figures |= _table(case, routes.premium(), ("kind", "closed"), ("extra_usd_per_t",))
    return figures


def loss_figures(study: StudyOf) -> Figures:
    """What the loss of each main supplier would do."""
    figures: Figures = {}
    for importer, year, minerals in LOSSES:
        rows = study(importer).supplier_losses(minerals, year=year, draws=DRAWS).rows
        columns = ("share", "price_paid", "reduced_use_high", "surplus_change_kusd")
        figures |= _table(f"{importer} {year}", rows, ("mineral", "supplier"), columns)
    return figures


def hindcast_figures(study: StudyOf) -> Figures:
    """How good the model was, and a few of the pairs behind it."""
    answer = study("JPN").hindcast()
    metrics = answer.metrics.filter(pl.col("metric").is_in(METRICS), pl.col("years") == "first")
    figures = _table("metrics of the first year", metrics, ("mode", "metric"), ("value",))
    key = ["event_id", "mineral", "year", "importer"]
    for pair in PAIRS:
        place = dict(zip(key, pair, strict=True))
        rows = answer.pairs.filter(*(pl.col(name) == value for name, value in place.items()))
        figures |= _table(" ".join(map(str, pair)), rows, ("mode",), PAIR_FIGURES)
    return figures


def _shocked(case: str, rows: pl.DataFrame, choice: Mapping[tuple[str, str, str], Sequence[str]]) -> Figures:
    """Base, low, central and high of the variables by role, country and partner."""
    figures: Figures = {}
    for (role, country, partner), variables in choice.items():
        of_them = (pl.col("role") == role, pl.col("country") == country, pl.col("partner").fill_null("") == partner)
        some = rows.filter(*of_them, pl.col("variable").is_in(variables))
        assert sorted(some["variable"]) == sorted(variables), (case, role, country, partner)
        name = " ".join(filter(None, (role, country, partner)))
        figures |= {(case, f"{name} {figure}"): v for (_, figure), v in _table(case, some, ("variable",), BAND).items()}
    return figures


def _table(case: str, rows: pl.DataFrame, labels: Sequence[str], columns: Sequence[str]) -> Figures:
    """Columns of a table whose rows are told apart by their labels."""
    figures: Figures = {}
    for row in rows.to_dicts():
        name = " ".join(str(row[label]) for label in labels if row[label] not in (None, ""))
        assert not any((case, f"{name} {column}") in figures for column in columns), (case, name)
        figures |= {(case, f"{name} {column}"): row[column] for column in columns}
    assert figures, case
    return figures


VERBS: Mapping[str, Callable[[StudyOf], Figures]] = {
    "expose": expose_figures,
    "origin": origin_figures,
    "partner_supply": partner_supply_figures,
    "shock": shock_figures,
    "shock_chain": shock_chain_figures,
    "route": route_figures,
    "supplier_losses": loss_figures,
    "hindcast": hindcast_figures,
}


def read_figures(path: Path = TABLE) -> dict[str, Figures]:
    """The recorded figures by verb; an empty cell is null."""
    figures: dict[str, Figures] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_verb, key = figures.setdefault(row["verb"], {}), (row["case"], row["figure"])
            assert key not in of_verb, f"twice in {path.name}: {row}"
            of_verb[key] = float(row["value"]) if row["value"] else None
    return figures


def write_figures(figures: Mapping[str, Figures], path: Path = TABLE) -> None:
    """Write the table in full precision, sorted within each verb."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADER)
        for verb, of_verb in figures.items():
            for (case, figure), value in sorted(of_verb.items(), key=lambda item: item[0]):
                table.writerow((verb, case, figure, "" if value is None else repr(float(value))))


def agree(one: float | None, other: float | None) -> bool:
    """Are two figures the same but for their last bits?"""
    if one is None or other is None:
        return one is other
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def differences(record: Figures, answer: Figures) -> list[str]:
    """One line for every figure that differs, is missing or is new."""
    lines = []
    for key in sorted(record.keys() | answer.keys()):
        name = " | ".join(key)
        if key not in answer:
            lines.append(f"{name}: recorded {record[key]!r}, no longer computed")
        elif key not in record:
            lines.append(f"{name}: computed {answer[key]!r}, not recorded")
        elif not agree(record[key], answer[key]):
            lines.append(f"{name}: recorded {record[key]!r}, computed {answer[key]!r}")
    return lines
