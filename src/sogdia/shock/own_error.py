"""The model's own error in the bands of a shock: how far natural experiments lay from what the model said of them.

Draws of the elasticities alone say how much an answer depends on them, and cover a fifth of what happened. So each draw
also takes an error of the panel (see `sogdia.data.model_error`), larger where the code is volatile and where the
prediction is large: in logs on prices and tonnes, on the share of a supplier that an event concerns. One error of price
holds for all prices of a draw; money follows it,

    bill  x (error of price) x (error of tonnes)
    surplus less the area of demand between the price and the price with its error, at most the backstop

Few draws of the elasticities take several errors each, so that there are at least LEAST_ERRORS. The first draw stays
without an error: it is the central answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sogdia.answer import each_once
from sogdia.concentration import row_herfindahl, row_shares
from sogdia.data import Mineral, Store
from sogdia.data.model_error import LOG_PRICE, SHARE, TONNES, ModelError, model_error, volatility
from sogdia.market import ConsumerOutcome
from sogdia.market.traded import Floats
from sogdia.uncertain import BEYOND

LEAST_ERRORS = 1000
STREAM = 2**63
"""Keeps the errors apart from the draws of the elasticities, whose stream is keyed by seed and draw."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnError:
    """The error of each measure, the volatilities of a market by measure, and what is drawn, (draws, measures)."""

    price: ModelError
    share: ModelError
    tonnes: ModelError
    volatility: tuple[float, float, float]
    uniforms: Floats
    repeats: int

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What it rests on."""
        return each_once(self.price.source_ids, self.share.source_ids, self.tonnes.source_ids)


def own_error(store: Store, mineral: Mineral, stage: str | None, draws: int, seed: int = 0) -> OwnError:
    """The error for a market of a mineral, for a number of draws of the elasticities."""
    return own_error_of(store, mineral.hs6(stage), draws, seed)


def own_error_of(store: Store, codes: Sequence[str], draws: int, seed: int = 0) -> OwnError:
    """The same for a market of some codes; the error of all codes where none of them was judged."""
    measures = (LOG_PRICE, SHARE, TONNES)
    errors = [model_error(store, measure) for measure in measures]
    volatile = tuple(volatility(store, measure, codes) for measure in measures)
    repeats = max(1, -(-LEAST_ERRORS // draws))
    stream = np.random.Generator(np.random.Philox(key=[seed, STREAM]))
    uniforms = stream.random((draws * repeats, len(measures)))
    return OwnError(errors[0], errors[1], errors[2], (volatile[0], volatile[1], volatile[2]), uniforms, repeats)


def with_error(o: ConsumerOutcome, error: OwnError, concerned: Floats | None = None) -> ConsumerOutcome:
    """The outcome with errors, (draws x repeats,). concerned: (producers,) 1 for suppliers of an event, else 0."""
    wide = _repeated(o, error.repeats)
    log_price = _log(wide.price_paid)
    rise = np.exp(_drawn(error, 0, error.price, np.abs(log_price)))
    change = np.abs(_log(wide.use_t / wide.base_use_t))
    grows = np.exp(_drawn(error, 2, error.tonnes, change))
    priced = np.isfinite(wide.use_cost)
    before = np.minimum(np.where(priced, wide.use_cost, BEYOND), BEYOND)
    after = np.minimum(before * rise, BEYOND)
    sources = wide.sources_t * grows[:, np.newaxis]
    if concerned is not None:
        sources = _with_share_error(sources, wide, error, concerned)
    use, imports = np.minimum(wide.use_t * grows, MOST_USE * wide.base_use_t), wide.imports_t * grows
    return replace(
        wide,
        price_paid=wide.price_paid * rise,
        use_cost=wide.use_cost * rise,
        import_price=wide.import_price * rise,
        use_t=use,
        bought_t=wide.bought_t * grows,
        reduced_use=1.0 - use / wide.base_use_t,
        imports_t=imports,
        import_bill_kusd=wide.import_bill_kusd * rise * grows,
        surplus_change_kusd=wide.surplus_change_kusd - np.where(priced, _area(wide, before, after), 0.0),
        sources_t=sources,
        shares=row_shares(sources),
        hhi=row_herfindahl(sources),
    )


def _drawn(error: OwnError, column: int, measure: ModelError, size: Floats) -> Floats:
    """Errors of a measure, (draws x repeats,); none in the first."""
    found = measure.draws(error.volatility[column], np.where(np.isfinite(size), size, 0.0), error.uniforms[:, column])
    found[0] = 0.0
    return found


def _with_share_error(sources: Floats, o: ConsumerOutcome, error: OwnError, concerned: Floats) -> Floats:
    """The suppliers of an event take the error of shares, and all others make room for it in proportion."""
    total = sources.sum(axis=1)
    own = sources @ concerned
    base = float(o.base_sources_t @ concerned / max(o.base_sources_t.sum(), np.finfo(float).tiny))
    share = own / np.where(total > 0, total, 1.0)
    drawn = np.clip(share + _drawn(error, 1, error.share, np.abs(share - base)), 0.0, 1.0)
    ours = np.where(share > 0, drawn / np.where(share > 0, share, 1.0), 1.0)
    rest = np.where((share > 0) & (share < 1), (1.0 - drawn) / np.where(share < 1, 1.0 - share, 1.0), 1.0)
    return np.asarray(sources * np.where(concerned > 0, ours[:, np.newaxis], rest[:, np.newaxis]))


def _area(o: ConsumerOutcome, before: Floats, after: Floats) -> Floats:
    """Area left of demand between two prices, along the curve of elasticity eta through the answer [kUSD]."""
    part = np.nan_to_num(o.bought_t) / o.base_use_t
    power = 1.0 - o.eta
    flat = np.abs(power) < np.finfo(float).eps
    log_ratio = np.log(after / before)
    area = np.where(flat, log_ratio, np.expm1(power * log_ratio) / np.where(flat, 1.0, power))
    return np.asarray(o.base_value_kusd * part * before * area)


def _repeated(o: ConsumerOutcome, repeats: int) -> ConsumerOutcome:
    """Each draw several times, one after the other."""
    names = [name for name in o.__slots__ if isinstance(getattr(o, name), np.ndarray) and name != "base_sources_t"]
    wide: dict[str, Any] = {name: np.repeat(getattr(o, name), repeats, axis=0) for name in names}
    return replace(o, **wide)


def _log(ratio: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(ratio))


MOST_USE = BEYOND
"""Use above which an error is cut off, times base."""
