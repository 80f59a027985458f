"""The trade of the European Union's members by eight-digit code and partner, from Eurostat's Comext.

Columns `REPORTER, PARTNER, TRADE_TYPE, PRODUCT_NC, FLOW, PERIOD, VALUE_EUR, QUANTITY_KG`; countries by ISO alpha-2,
flow 1 imports and 2 exports, period `YYYYMM`, or `YYYY52` for a year. Codes are added up to six digits and months to
years.
"""

from __future__ import annotations

import polars as pl

from sogdia.data.readers import columnar
from sogdia.data.readers.country_labels import by_iso2
from sogdia.data.readers.csv_head import head_of
from sogdia.data.readers.exchange_rates import SOURCE, usd_per_unit
from sogdia.data.readers.national import EXPORT, IMPORT, NationalTrade, national_trade, shares_left_out
from sogdia.data.readers.reader import Reader
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.sums import totals_by
from sogdia.tabular import checks
from sogdia.tabular.user_file import UserFile
from sogdia.units import KG_PER_T, USD_PER_KUSD

COLUMNS = ("REPORTER", "PARTNER", "TRADE_TYPE", "PRODUCT_NC", "FLOW", "PERIOD", "VALUE_EUR", "QUANTITY_KG")
FLOWS = {"1": IMPORT, "2": EXPORT}
# Comext's own codes beside ISO alpha-2.
OWN_CODES = {"EL": "GRC", "XS": "SRB", "XK": "XKX", "UK": "GBR"}
SECRET = r"^\d{0,7}[A-Z]|^TOTAL$"
MONTHS, WHOLE_YEAR = 12, "52"
KEYS = ["year", "flow", "reporter", "partner", "hs6"]


def recognises(file: UserFile) -> bool:
    """Whether the header of a text file is that of Comext."""
    head = None if file.is_folder else head_of(file.path)
    return head is not None and head.has("REPORTER", "PRODUCT_NC", "VALUE_EUR")


def read(file: UserFile) -> NationalTrade:
    """The flows of a file; InputError with its faults."""
    name = file.name
    head = head_of(file.path)
    if head is None:
        raise InputError([Fault(name, "the file is a table", "Save it as CSV in UTF-8.", value="no text")])
    rule, remedy = "this column is required", "Download the table again with all columns."
    missing = [column for column in COLUMNS if column != "TRADE_TYPE" and not head.title(column)]
    checks.refuse([Fault(name, rule, remedy, 1, column, "no such column") for column in missing])
    titles = {column.lower(): title for column in COLUMNS if (title := head.title(column))}
    frame, told = columnar.read_columns(file.path, name, head, titles)
    secret = frame.filter(pl.col("product_nc").str.contains(SECRET))
    frame = frame.filter(~pl.col("product_nc").str.contains(SECRET))
    checks.refuse(_row_faults(frame, name))
    value, bad_values = columnar.amounts(frame, name, "value_eur", "VALUE_EUR", required=True)
    weight, bad_weights = columnar.amounts(frame, name, "quantity_kg", "QUANTITY_KG", required=False)
    checks.refuse([*bad_values, *bad_weights])
    frame = frame.with_columns(value, weight, year=pl.col("period").str.slice(0, 4).cast(pl.Int64))
    checks.refuse(_incomplete(frame, name))
    twice = frame.filter(~pl.struct(c for c in titles if c not in ("value_eur", "quantity_kg")).is_first_distinct())
    rule, remedy = "a line stands once", "Delete the copy, or leave out the columns that break it down."
    checks.refuse(
        [Fault(name, rule, remedy, row, "PRODUCT_NC", cell)
         for row, cell in twice.select("row", "product_nc").head(MAX_FAULTS_SHOWN).iter_rows()]
    )  # fmt: skip
    rates = {year: usd_per_unit("EUR", year, name) for year in sorted(frame["year"].unique())}
    nobody = frame.filter(pl.col("partner").replace_strict(_partners(frame), default=None).is_null())
    told += [f"{name}: {secret.height} rows of secret or total codes are left out."] if secret.height else []
    told += shares_left_out(name, nobody.select("partner", value="value_eur"), float(frame["value_eur"].sum()))
    told += [
        f"{name}: euros are read as {rate:g} dollars in {y}, the average of that year." for y, rate in rates.items()
    ]
    known = frame.join(nobody.select("row"), on="row", how="anti")
    lines = known.with_columns(
        flow=pl.col("flow").replace_strict(FLOWS),
        reporter=pl.col("reporter").replace_strict(_partners(known, "reporter")),
        partner=pl.col("partner").replace_strict(_partners(known)),
        hs6=pl.col("product_nc").str.slice(0, 6),
        value_kusd=pl.col("value_eur") * pl.col("year").replace_strict(rates, return_dtype=pl.Float64) / USD_PER_KUSD,
        quantity_t=pl.when((pl.col("quantity_kg") == 0) & (pl.col("value_eur") > 0)).then(None).otherwise(
            pl.col("quantity_kg") / KG_PER_T
        ),
    )  # fmt: skip
    return national_trade(
        name,
        _added(lines),
        source_ids=("EUROSTAT_COMEXT", SOURCE),
        done=("eight-digit codes and months added up", "euros converted at the year's average rate"),
        warnings=told,
        columns=("VALUE_EUR", "QUANTITY_KG"),
    )


def _added(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines added up; a weight that is unknown in one line is unknown in the sum: missing is not zero."""
    added = totals_by(lines.sort("row").select(*KEYS, "value_kusd", "quantity_t"), KEYS)
    known = lines.group_by(KEYS).agg(pl.col("row").min(), (pl.col("quantity_t").null_count() == 0).alias("weighed"))
    joined = added.join(known, on=KEYS).sort("row")
    return joined.select("row", *KEYS, "value_kusd", quantity_t=pl.when("weighed").then("quantity_t"))


def _partners(frame: pl.DataFrame, side: str = "partner") -> dict[str, str]:
    """ISO alpha-3 by the codes of a column; areas that are no country are left out."""
    known = {**by_iso2(), **OWN_CODES}
    return {code: known[code] for code in frame[side].unique() if code in known}


def _row_faults(frame: pl.DataFrame, name: str) -> list[Fault]:
    """Cells that are no reporter, flow, code or period of Comext."""
    tests = [
        ("reporter", pl.col("reporter").is_in(list(_partners(frame, "reporter"))), "a reporter is a member state",
         "Leave out the rows of groups such as EU27: beside their members they count twice."),
        ("partner", pl.col("partner").str.contains(r"^[A-Z]{2}$|^[A-Z0-9_]{3,}$"), "a partner has a code",
         "Correct it, or get the file again."),
        ("flow", pl.col("flow").is_in(list(FLOWS)), "a flow is 1 (import) or 2 (export)", "Correct it."),
        ("product_nc", pl.col("product_nc").str.contains(r"^(0[1-9]|[1-9]\d)\d{6}$"), "PRODUCT_NC has eight digits",
         "Did a spreadsheet drop the leading zero? Take the file as it was published."),
        ("period", pl.col("period").str.contains(r"^(19[89]|20[0-4])\d(0[1-9]|1[0-2]|52)$"),
         "a period is a month (YYYYMM) or a year (YYYY52)", "Correct it, or get the file again."),
    ]  # fmt: skip
    return [
        Fault(name, rule, remedy, row, column.upper(), cell)
        for column, good, rule, remedy in tests
        for row, cell in frame.filter(~good).select("row", column).head(MAX_FAULTS_SHOWN).iter_rows()
    ]


def _incomplete(frame: pl.DataFrame, name: str) -> list[Fault]:
    """Years of which some months are missing, or that stand there as months and as a whole."""
    faults = []
    periods = frame.select("year", month=pl.col("period").str.slice(4, 2)).unique()
    for year in sorted(periods["year"].unique()):
        months = set(periods.filter(pl.col("year") == year)["month"])
        if months not in ({WHOLE_YEAR}, {f"{month:02d}" for month in range(1, MONTHS + 1)}):
            rule, remedy = (
                "a year has all its months, or stands there as a whole",
                "Add the other months, or take annual data.",
            )
            value = f"{year}: {len(months)} periods"
            faults.append(Fault(name, rule, remedy, column="PERIOD", value=value))
    return faults


READER = Reader(
    key="comext",
    title="a table of Eurostat's Comext",
    table="trade",
    replaces="the codes and years of its reporters",
    order=7,
    recognises=recognises,
    read=read,
)
