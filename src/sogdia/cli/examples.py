"""Examples that stand at the end of a verb's help and on the page of the command line. A test parses each of them."""

from __future__ import annotations

from collections.abc import Sequence

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": (
        "sogdia expose JPN",
        "sogdia shock rare_earths --year 2009 --cut CHN=0.4",
        "sogdia route KAZ:Khromtau JPN:Yokohama --mineral chromium",
        "sogdia brief --importer KOR --partner AUS --partner CHL",
    ),
    "expose": (
        "sogdia expose JPN",
        'sogdia expose EU27 --mineral "rare earths,tungsten" --year 2022 --full',
        "sogdia expose KOR --mineral nickel --stage ore --json",
        "sogdia expose --exporter KAZ --mineral chromium",
    ),
    "export": (
        "sogdia export list",
        "sogdia export tidy --importer JPN --years 2020-2024 --out out/tidy",
        "sogdia export brightway --importer JPN --importer DEU --out out/factors",
        "sogdia export geojson --partner KAZ --out out/routes",
    ),
    "match": (
        "sogdia match JPN CENTRAL_ASIA",
        "sogdia match KOR KAZ --mineral titanium,chromium --json",
    ),
    "shock": (
        "sogdia shock rare_earths --year 2009 --cut CHN=40%",
        "sogdia shock platinum --output ZAF=-20% --demand WORLD=+5% --full",
        "sogdia shock graphite --quota CHN=100000 --stock JPN=60 --importer JPN",
        "sogdia shock rare_earths --cut CHN:JPN=1 --chain --json",
        "sogdia shock scenario.toml --chart answer.svg",
        "sogdia shock --case nickel_2014",
    ),
    "scenarios": ("sogdia scenarios --mineral cobalt",),
    "ensemble": (
        "sogdia ensemble --importer JPN --years 10000 --seed 1 --workers 2 --out out/japan",
        "sogdia ensemble --importer EU27 --mineral cobalt,graphite --years 2000 --json",
        "sogdia ensemble --years 1000000 --executor dask://scheduler:8786 --out out/million",
    ),
    "resume": ("sogdia resume out/japan --workers 2",),
    "atlas": (
        "sogdia atlas --importer JPN,KOR --years 5000",
        "sogdia atlas --mineral rare_earths,cobalt --chart atlas.svg",
    ),
    "stakes": (
        "sogdia stakes JPN",
        "sogdia stakes JPN tungsten",
        "sogdia stakes JPN rare_earths --cut CHN=1 --lost-output",
        "sogdia stakes USA aluminium --cut CAN=0.5 --json",
    ),
    "ledger": (
        "sogdia ledger KAZ ferroalloys",
        "sogdia ledger UZB copper --json",
    ),
    "plan": (
        "sogdia plan --importer JPN --budget 1000 --risk 0.5 --years 10000 --seed 1",
        "sogdia plan --budget 200 --why sarytogan_stage_1a",
        "sogdia plan --budget 1000 --periods 5 --period-budget 150",
        "sogdia plan --floor KAZ=5 --dependence graphite=0.8 --without sarytogan_full --full",
        "sogdia plan template",
        "sogdia plan kinds",
        "sogdia plan projects.csv --account net --json",
    ),
    "frontier": (
        "sogdia frontier --budget 0 --budget 100 --risk 0.5",
        "sogdia frontier projects.csv --years 2000 --json",
    ),
    "compare": (
        "sogdia compare JPN KOR --mineral graphite",
        "sogdia compare JPN KOR --budget 1000 --years 1000",
        "sogdia compare before.json after.json --full",
    ),
    "hindcast": (
        "sogdia hindcast",
        "sogdia hindcast --events my-events.csv --json",
    ),
    "backtest": (
        "sogdia backtest",
        "sogdia backtest --mineral cobalt --filter makers --json",
    ),
    "route": (
        "sogdia route KAZ:Khromtau JPN:Yokohama --mineral chromium",
        "sogdia route KAZ:Khromtau --mineral chromium --close RUS,CHN --map ways.html",
        "sogdia route KAZ:Khromtau --mineral chromium --upgrade customs --json",
    ),
    "hazard": (
        "sogdia hazard KAZ:Almaty",
        "sogdia hazard KGZ:Bishkek --asset process_plant --code-level high --json",
        "sogdia hazard KGZ:Bishkek--KGZ:Osh:road --warming 2 --action drainage",
        "sogdia hazard KAZ --rupture chilik_1889",
    ),
    "radar": (
        "sogdia radar S1_20240919_VV.tif --lake 27.755,86.957",
        "sogdia radar before.tif after.tif --lake 42.52,74.55 --unit db --out lake.geojson --json",
    ),
    "claims": (
        "sogdia claims",
        "sogdia claims C06",
        "sogdia claims --json",
    ),
    "brief": (
        "sogdia brief",
        "sogdia brief --importer KOR --partner AUS --partner CHL --out korea",
    ),
    "serve": (
        "sogdia serve --open",
        "sogdia serve --port 0 --json",
        "sogdia serve --host 0.0.0.0 --behind-proxy sogdia.example.org",
    ),
    "mcp": ("sogdia mcp",),
    "data": (
        "sogdia data list --minerals",
        "sogdia data add BACI_HS92_V202501.zip",
    ),
    "data list": (
        "sogdia data list",
        "sogdia data list --minerals --csv",
    ),
    "data verify": ("sogdia data verify", "sogdia data verify --repair"),
    "data template": ("sogdia data template", "sogdia data template purchases.csv --force"),
    "data quality": ("sogdia data quality --mineral cobalt --year 2020",),
    "data add": (
        "sogdia data add purchases.xlsx",
        "sogdia data add table.csv --kind wgi",
        "sogdia data add more-purchases.xlsx --append --json",
    ),
    "data get": (
        "sogdia data get baci",
        "sogdia data get baci --release 202501 --to downloads --json",
    ),
    "data remove": (
        "sogdia data remove trade --year 2022 --key 280530",
        "sogdia data remove purchases",
    ),
    "data history": ("sogdia data history",),
}


def epilog(verb: str) -> str:
    """The examples of a verb, as they stand at the end of its help."""
    return f"\b\n{heading(EXAMPLES[verb])}:\n" + "\n".join(f"  {example}" for example in EXAMPLES[verb])


def heading(examples: Sequence[str]) -> str:
    """What stands over them."""
    return "Example" if len(examples) == 1 else "Examples"
