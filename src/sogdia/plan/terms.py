"""Terms that a plan has to keep beside its budget: who pays how much, on whom to depend, and what partners must gain.

A term is a number with a name. Whether the names exist is checked when limits are made of them (see `term_limits`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sogdia import arguments
from sogdia.errors import wrong_argument

EVERY = ""
"""Stands for every market in a limit on dependence."""
Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """yearly_budget: most that is spent in any one year [MUSD]; financiers: most that each brings [MUSD];
    dependence: most of the importer's supply from one country, 0..1, by market (EVERY for all of them); floors: least
    value added a year that support brings a partner [MUSD], jobs: least in operation; water, energy: most that the
    projects in a country use a year [m3], [kWh]; must, without: ids of projects in the plan, and not in it.
    """

    yearly_budget: float | None = None
    financiers: Amounts = field(default_factory=dict)
    dependence: Amounts = field(default_factory=dict)
    floors: Amounts = field(default_factory=dict)
    jobs: Amounts = field(default_factory=dict)
    water: Amounts = field(default_factory=dict)
    energy: Amounts = field(default_factory=dict)
    must: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The terms that were asked for."""
        named = {name: getattr(self, name) for name in AMOUNTS}
        every = {"dependence": {market or "every": share for market, share in self.dependence.items()}}
        chosen = {"yearly_budget": self.yearly_budget, **named, **every, "must": list(self.must)}
        return {name: value for name, value in {**chosen, "without": list(self.without)}.items() if value}


AMOUNTS = ("financiers", "floors", "jobs", "water", "energy")
NO_TERMS = PlanTerms()


def terms_of(
    *, yearly_budget: float | None = None, financiers: Amounts | None = None, dependence: float | Amounts | None = None,
    floors: Amounts | None = None, jobs: Amounts | None = None, water: Amounts | None = None,
    energy: Amounts | None = None, must: str | Sequence[str] = (), without: str | Sequence[str] = (),
) -> PlanTerms:  # fmt: skip
    """The terms after a check of their values; InputError for one that is no number, is negative, or is no share."""
    given = {"financiers": financiers, "floors": floors, "jobs": jobs, "water": water, "energy": energy}
    shares = {EVERY: dependence} if isinstance(dependence, int | float) else dependence
    return PlanTerms(
        yearly_budget=None if yearly_budget is None else _amount("yearly_budget", "yearly_budget", yearly_budget),
        dependence={key: _share(key, value) for key, value in _mapping("dependence", shares).items()},
        must=arguments.names("must", must, "sarytogan_stage_1a"),
        without=arguments.names("without", without, "sarytogan_stage_1a"),
        **{
            keyword: {key: _amount(keyword, key, value) for key, value in _mapping(keyword, some).items()}
            for keyword, some in given.items()
        },
    )


def _mapping(keyword: str, given: object) -> Mapping[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        remedy = f"E.g. {keyword}={{'KAZ': 50}}."
        raise arguments.wrong_type(keyword, f"{keyword} is a mapping from names to numbers", remedy, given)
    return given


def _amount(keyword: str, name: str, given: object) -> float:
    value = arguments.number(keyword, given, 50.0)
    if not 0 <= value < float("inf"):
        raise wrong_argument(keyword, f"the number for {name} is finite and not negative", "Correct it.", given)
    return value


def _share(market: str, given: object) -> float:
    value = arguments.number("dependence", given, 0.5)
    if not 0 < value <= 1:
        rule = f"the most that may come from one country of {market or 'a market'} is a share above 0, at most 1"
        raise wrong_argument("dependence", rule, "Write 0.5 for half of the supply.", given)
    return value
