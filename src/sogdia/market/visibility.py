"""What the trade data do not see: output that is neither exported on record nor known to be used where it is made.

Production less recorded exports is home use only where the country is known to use the product: by a smelter or plant
in the table `stage_users`, by home sales that a table gives, or by imports of the product, or exports of the mineral at
another stage, of at least `least_user_imports` of that rest. Elsewhere the rest is unseen trade: a lane to one pooled
buyer, UNSEEN, that answers prices like the others, so that a loss at home or abroad still moves the market.

    hidden share = (unseen trade + home sales of net exporters that no source documents) / world output

Above `most_hidden_share` an answer would be that of what nobody records, and there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sogdia.answer import each_once
from sogdia.data import Mineral, Store
from sogdia.data.market_rules import market_rules
from sogdia.data.stage_users import stage_users, unmapped_codes
from sogdia.errors import NoAnswerError
from sogdia.market.home_sales import HomeSales
from sogdia.text import first_of

UNSEEN = "unseen buyers"
"""The pooled buyer of unseen trade, among the consumers of a market."""
POOLED = "rest of the world"
"""The pooled buyer, and the pooled producer, of a compact market."""
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Visibility:
    """What is seen of a market [t a year]: output_t of the world; of it unseen_t and home_t, home sales; of these
    undocumented_t, those of net exporters that no source documents. makers: of the hidden part, the largest first.
    """

    output_t: float
    unseen_t: float = 0.0
    home_t: float = 0.0
    undocumented_t: float = 0.0
    makers: tuple[str, ...] = ()

    @property
    def unseen_share(self) -> float:
        """Unseen trade over world output, 0..1."""
        return self.unseen_t / self.output_t

    @property
    def home_share(self) -> float:
        """Home sales over world output, 0..1."""
        return self.home_t / self.output_t

    @property
    def hidden_share(self) -> float:
        """Unseen trade and undocumented home sales of net exporters over world output, 0..1."""
        return (self.unseen_t + self.undocumented_t) / self.output_t


@dataclass(frozen=True, slots=True)
class ToldApart:
    """home: what is sold at home; unseen: by maker, [t]. documented: makers whose home use a source documents.

    source_ids: of what tells them apart.
    """

    home: Mapping[str, float]
    unseen: Mapping[str, float]
    documented: frozenset[str]
    source_ids: tuple[str, ...] = ()


def told_apart(
    store: Store,
    mineral: Mineral,
    rest: HomeSales,
    imports_t: Mapping[str, float],
    others_t: Mapping[str, float],
    *,
    assume_home: bool,
) -> ToldApart:
    """Production less recorded exports told apart into home sales and unseen trade.

    imports_t: of the product, by country. others_t: exports of the mineral at its other stages, which are made of it at
    home. assume_home: take all of it for home sales.
    """
    if not rest.tonnes:
        return ToldApart({}, {}, frozenset())
    users, least = stage_users(store, mineral.key), market_rules(store).least_user_imports
    home: dict[str, float] = {}
    unseen: dict[str, float] = {}
    for country, amount in rest.tonnes.items():
        traded = max(imports_t.get(country, 0.0), others_t.get(country, 0.0)) >= least * amount
        known = assume_home or country in rest.curated or users.use(country) or traded
        (home if known else unseen)[country] = amount
    sources = each_once(users.source_ids, store.source_ids("market_rules"))
    processors = {c for c, amount in home.items() if others_t.get(c, 0.0) >= least * amount}
    return ToldApart(home, unseen, users.documented | rest.curated | processors, sources)


def visibility(
    parts: ToldApart, output_t: float, exports_t: Mapping[str, float], imports_t: Mapping[str, float]
) -> Visibility:
    """How much of a market is seen; a net exporter ships more than it imports, or what it makes is unseen."""
    undocumented = {
        country: amount
        for country, amount in parts.home.items()
        if country not in parts.documented and exports_t.get(country, 0.0) > imports_t.get(country, 0.0)
    }
    hidden = {**parts.unseen, **undocumented}
    makers = tuple(sorted(hidden, key=lambda country: (-hidden[country], country)))
    return Visibility(
        output_t, sum(parts.unseen.values()), sum(parts.home.values()), sum(undocumented.values()), makers
    )


def seen_notes(seen: Visibility, unseen: Collection[str], *, assume_home: bool) -> tuple[str, ...]:
    """A note on unseen trade where there is any, or on what was assumed in its place."""
    if assume_home:
        return (
            f"Assumed as asked: all that is made and not exported on record, {seen.home_share:.0%} of world output, is "
            "sold at home, where a loss of it reaches other buyers only through what is exported too.",
        )
    if not unseen:
        return ()
    makers = first_of([maker for maker in seen.makers if maker in unseen], MOST_NAMED)
    return (
        f"Unseen trade is {seen.unseen_share:.0%} of world output: made in {makers}, neither exported under "
        f"these codes nor known to be used there. It goes to one pooled buyer, {UNSEEN}.",
    )


def require_seen(store: Store, mineral: Mineral, seen: Visibility | None) -> None:
    """NoAnswerError where unseen trade and undocumented home sales decide the answer, naming codes that would help."""
    limit = market_rules(store).most_hidden_share
    if seen is None or seen.hidden_share <= limit:
        return
    codes = unmapped_codes(store, mineral.key)
    opened = f"codes that would open it: {'; '.join(codes)}" if codes else "no six-digit code is known to open it"
    raise NoAnswerError(
        f"{mineral.name}: {seen.hidden_share:.0%} of world output is not seen in the trade data, above "
        f"{limit:.0%}: {seen.unseen_share:.0%} is neither exported under its codes nor known to be used at home, "
        f"{seen.undocumented_t / seen.output_t:.0%} is home sales of net exporters that no source documents "
        f"(most in {first_of(seen.makers, MOST_NAMED)}). An answer would rest on what nobody records; {opened}. "
        "Add their trade with `sogdia data add`, or insist with --assume-home (assume_home=True): all of it is then "
        "taken for home sales."
    )
