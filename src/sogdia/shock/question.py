"""What is asked of a shock: words of a user become a mineral, a market's years and a scenario that exist.

The command line, Python and a web page ask by the same keywords; each kind of event in the registry adds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from pathlib import Path
from typing import Any, TypedDict

from sogdia.arguments import wrong_type
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.minerals import stage_name
from sogdia.data.products import Product
from sogdia.errors import Fault, InputError, renamed, wrong_argument
from sogdia.market import Scenario
from sogdia.market.draws import require_draws
from sogdia.market.events import Event
from sogdia.market.events.checks import require_share
from sogdia.market.events.countries import keyed_by_codes, with_codes
from sogdia.market.events.notation import Texts, listed, read_events, read_stocks, read_years, require_options
from sogdia.market.events.registry import options
from sogdia.market.scenario_file import ScenarioFile, read_scenario
from sogdia.shock.corridor_events import CorridorEvents, corridor_events_for
from sogdia.shock.product_choice import product_asked
from sogdia.shock.product_market import refuse_corridor, stand_in

YearOf = Callable[[int | None], int]
"""The year to work with for the one that is asked, or for none."""


class ShockOptions(TypedDict, total=False):
    """What happens: `scenario`, or the file of one; or the events in their notation, one text or several, as
    `cut="CHN:JPN=0.4"`, with their frictions; `share` belongs to a `cut` that names a country alone. A corridor state
    and an upgrade, by name or as `CorridorEvents`, add their own events.

    To which market: `year`, or `base_years` for the mean of several ([2006, 2007, 2008] or "2006-2008"); `stage` for
    one stage alone; `through_hubs` gives re-exports to their makers; `assume_home` takes what is made and not exported
    on record for home sales, where a market would refuse because most of it is not seen. `draws`: of the elasticities
    behind the bands.
    """

    scenario: Scenario | Path | str | None
    cut: Texts | None
    share: float | None
    quota: Texts | None
    embargo: Texts | None
    duty: Texts | None
    output: Texts | None
    demand: Texts | None
    way: Texts | None
    outside: Texts | None
    horizon_years: float | None
    contracted_share: float | None
    stock: Texts | Mapping[str, float] | None
    corridor: str | CorridorEvents | None
    corridor_days: float | None
    upgrade: str | None
    year: int | None
    base_years: Sequence[int] | str | None
    stage: str | None
    through_hubs: bool
    assume_home: bool
    draws: int | None


FRICTIONS = ("horizon_years", "contracted_share", "stock")
CORRIDOR = ("corridor", "corridor_days", "upgrade")
OTHERS = (
    "scenario",
    "share",
    *FRICTIONS,
    *CORRIDOR,
    "year",
    "base_years",
    "stage",
    "through_hubs",
    "assume_home",
    "draws",
)
MEANT: Mapping[tuple[str, ...], tuple[tuple[type, ...], str]] = {
    ("mineral", "stage", "upgrade"): ((str,), "a name"),
    ("corridor",): ((str, CorridorEvents), "the name of a corridor state, or CorridorEvents"),
    ("scenario",): ((Scenario, Path, str), "a Scenario, or the path of its file"),
    ("share", "horizon_years", "contracted_share", "corridor_days"): ((Real,), "a number"),
    ("base_years",): ((Iterable,), "a list of years, or a span as 2006-2008"),
    ("stock",): ((str, list, tuple, Mapping), "days of use by country, as JPN=60"),
    ("through_hubs", "assume_home"): ((bool,), "true or false"),
}
"""Types that keywords take, and what they mean."""
EXAMPLE = "Give an event, e.g. a cut of CHN=0.4, or a scenario."


@dataclass(frozen=True, slots=True)
class ShockQuestion:
    """draws: of the elasticities, None for the usual number. notes, source_ids: of the events of a corridor. product:
    of processing, where the market is that of one; mineral is then what it is made of, or a stand-in for it.
    """

    mineral: Mineral
    years: tuple[int, ...]
    stage: str | None
    through_hubs: bool
    scenario: Scenario
    draws: int | None
    assume_home: bool = False
    notes: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    product: Product | None = None


def shock_question(
    store: Store, importer: Region, year_of: YearOf, mineral: str | None, asked: ShockOptions, *, chain: bool = False
) -> ShockQuestion:
    """The question; InputError for what contradicts itself or is missing, UnknownNameError for a name nobody knows.

    mineral: may be left to a scenario file that names it. chain: all stages of the mineral's chain are asked about.
    """
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    require_options(given, OTHERS, "shock_chain" if chain else "shock")
    _require_types(given | ({} if mineral is None else {"mineral": mineral}))
    if "draws" in given:
        require_draws(given["draws"])
    said = _said(given, cut_in_words=asked.get("share", 1.0) is not None)
    several = given.get("base_years", None if "year" in given else said.base_years)
    stage = given.get("stage", said.stage)
    if chain and stage is not None:
        remedy = f"Name the stage in the event instead, e.g. CHN=0.4@{stage}."
        raise wrong_argument("stage", "a chain has all its stages", remedy, stage)
    word, years = _mineral(mineral, said, given), base_years_of(year_of, given.get("year"), several)
    product = None if chain else product_asked(store, importer, word, years)
    question = ShockQuestion(
        store.mineral(word) if product is None else stand_in(store, product),
        years,
        None if stage is None else stage_name(stage),
        bool(given.get("through_hubs", False)),
        said.scenario,
        given.get("draws"),
        bool(given.get("assume_home", False)),
        product=product,
    )
    if product is not None and any(name in given for name in CORRIDOR):
        raise refuse_corridor(product)
    whole = _with_corridor(question, store, importer, given)
    scenario = whole.scenario
    return replace(whole, scenario=replace(scenario, name=scenario.name or scenario.describe()))


def base_years_of(year_of: YearOf, year: int | None, several: Sequence[int] | str | None) -> tuple[int, ...]:
    """The years a market is calibrated on, each once and in order; InputError where both are given."""
    years = read_years(several) if isinstance(several, str) else () if several is None else tuple(several)
    if year is not None and years:
        raise wrong_argument("base_years", "year and base years exclude each other", "Keep one of them.", several)
    if not years:
        return (year_of(year),)
    return tuple(sorted({int(year_of(one)) for one in years}))


def _require_types(given: Mapping[str, Any]) -> None:
    """InputError naming the keyword whose value is of another type than it can be."""
    for names, (kinds, meant) in MEANT.items():
        for name in names:
            value = given.get(name)
            if value is None or (isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))):
                continue
            raise wrong_type(name, f"{name} is {meant}", "Correct it, or leave it out.", value)


def _mineral(mineral: str | None, said: ScenarioFile, given: Mapping[str, Any]) -> str:
    """The mineral named, or that of the scenario file."""
    named = mineral or said.mineral
    if named is not None:
        return named
    rule = "a scenario names its mineral"
    if isinstance(given.get("scenario"), Path | str):
        raise InputError([Fault(str(given["scenario"]), rule, 'Add mineral = "rare_earths".', column="mineral")])
    raise wrong_argument("mineral", rule, 'Name one, e.g. "rare_earths".')


def _said(given: Mapping[str, Any], *, cut_in_words: bool) -> ScenarioFile:
    """The scenario given, or that of a file, or the one of the events written; what it leaves open is None.

    cut_in_words: a cut may name its country alone, and its share in the keyword of that name.
    """
    scenario = given.get("scenario")
    if scenario is None:
        return ScenarioFile(_written(given, cut_in_words), None, None, None)
    in_file = not isinstance(scenario, Scenario)
    own = [*(option.name for option in options()), "share", *FRICTIONS, *(CORRIDOR if in_file else ())]
    for name in own:
        if name in given:
            rule = f"a scenario{' file' if in_file else ''} says itself what happens"
            raise wrong_argument(name, rule, "Write events, stocks, contracts and the horizon into it.", given[name])
    if in_file:
        return read_scenario(Path(scenario))
    resolved = replace(
        scenario,
        events=tuple(with_codes(event) for event in scenario.events),
        stock_days=keyed_by_codes(scenario.stock_days),
        spare=keyed_by_codes(scenario.spare),
    )
    return ScenarioFile(resolved, None, None, None)


def _written(given: Mapping[str, Any], cut_in_words: bool) -> Scenario:
    """The scenario of events in their notation; it has no name yet."""
    events = _written_events(given, cut_in_words)
    if not events and not any(name in given for name in CORRIDOR):
        raise wrong_argument("events", "nothing happens", EXAMPLE)
    stock = given.get("stock", ())
    stocks = keyed_by_codes(stock) if isinstance(stock, Mapping) else read_stocks(stock)
    try:
        return Scenario("", events, given.get("horizon_years", 1.0), given.get("contracted_share", 0.0), stocks)
    except InputError as error:
        raise renamed(error, {f"stock_days.{country}": "stock" for country in stocks}) from None


def _written_events(given: Mapping[str, Any], cut_in_words: bool) -> tuple[Event, ...]:
    texts = {option.name: given.get(option.name) for option in options()}
    if "share" in given:
        require_share(given["share"])
        if texts["cut"] is None or any("=" in text for text in listed(texts["cut"], "cut")):
            rule = "a share belongs to a cut that names a country alone"
            raise wrong_argument("share", rule, "Write cut='CHN', share=0.4, or cut='CHN=0.4'.", given["share"])
    if texts["cut"] is not None and cut_in_words:
        share = float(given.get("share", 1.0))
        texts["cut"] = [_with_share(text, share) for text in listed(texts["cut"], "cut")]
    return read_events(texts)


def _with_share(text: str, share: float) -> str:
    """A cut that names a country alone, with its share.

    >>> _with_share("CHN:JPN@ore", 0.4), _with_share("CHN=0.2", 0.4)
    ('CHN:JPN=0.4@ore', 'CHN=0.2')
    """
    place, at, stage = text.partition("@")
    return text if "=" in place else f"{place}={share!r}{at}{stage}"


def _with_corridor(question: ShockQuestion, store: Store, importer: Region, given: Mapping[str, Any]) -> ShockQuestion:
    """The question with the events of a corridor state and an upgrade added to its own."""
    state, days, upgrade = (given.get(name) for name in CORRIDOR)
    if state is None and days is None and upgrade is None:
        return question
    if isinstance(state, CorridorEvents):
        for name in CORRIDOR[1:]:
            if name in given:
                rule = "corridor events hold for their own days and upgrade"
                raise wrong_argument(name, rule, "Ask for them with `Study.corridor_events`.", given[name])
        added = state
    else:
        try:
            added = corridor_events_for(
                store, importer, question.mineral, question.years, question.stage, state=state, upgrade=upgrade,
                days=days, through_hubs=question.through_hubs,
            )  # fmt: skip
        except InputError as error:
            raise renamed(error, {"days": "corridor_days"}) from None
    events = (*question.scenario.events, *added.events)
    return replace(
        question, scenario=replace(question.scenario, events=events), notes=added.notes, source_ids=added.source_ids
    )
