"""What watching a lake by radar is worth: assets and shipments that a warning saves, and lakes lowered in time.

All shares are assumptions with wide ranges (table `warning`); an outburst model multiplies its own figures by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.errors import wrong_argument
from sogdia.hazards.radar.parameters import figures
from sogdia.hazards.radar.series import LakeSeries
from sogdia.uncertain import Range

ALL, NONE = Range(1.0, 1.0, 1.0), Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class WarningEffect:
    """What a watched lake leaves of an outburst, as shares of what it is without, low to high.

    seen: share of the outbursts before which the lake grows enough for an alarm; asset_loss, surprise: of an outburst
    that was seen before: assets lost, and closures that shippers do not know of before their cargo leaves; rate:
    outbursts a year, seen or not, since some alarms lower the lake.
    """

    seen: Range
    asset_loss: Range
    surprise: Range
    rate: Range
    evidence: str
    source_ids: tuple[str, ...]


def warning_effect(watched: bool = True, *, drains: bool = True) -> WarningEffect:
    """The effect of radar on an outburst: 5 to 15 % of the asset loss and most of the surprise go with a warning.

    With `s` outbursts seen before, `f` alarms after which the lake is lowered, `a` asset loss avoided and `c` closures
    known beforehand: `asset_loss = 1 - a`, `surprise = 1 - c`, `rate = 1 - s f`; over all outbursts of a watched lake
    `1 - s a` of the asset loss remain. watched: False for a lake of which no image gives a decision: all remains;
    drains: False where no alarm lowers the lake.

    >>> warning_effect().asset_loss
    Range(low=0.85, central=0.9, high=0.95)
    """
    rows = figures("warning")
    seen = rows["outbursts_seen_before"].value if watched else NONE
    lowered = rows["drainage_follows"].value if drains else NONE
    rate = Range(1 - seen.high * lowered.high, 1 - seen.central * lowered.central, 1 - seen.low * lowered.low)
    return WarningEffect(
        seen=seen, rate=rate,
        asset_loss=_rest(rows["asset_loss_avoided"].value) if watched else ALL,
        surprise=_rest(rows["surprise_avoided"].value) if watched else ALL,
        evidence=rows["asset_loss_avoided"].evidence,
        source_ids=tuple(dict.fromkeys(i for row in rows.values() for i in row.source_ids)),
    )  # fmt: skip


def _rest(share: Range) -> Range:
    return Range(1 - share.high, 1 - share.central, 1 - share.low)


def avoided_loss_musd(loss_musd: float) -> Range:
    """The part of an asset loss that is avoided where the outburst was seen before, low to high [million USD].

    >>> avoided_loss_musd(100.0)
    Range(low=5.0, central=10.0, high=15.0)
    """
    if not loss_musd >= 0:
        raise wrong_argument("loss_musd", "a loss is 0 or more", "Give it in million USD.", loss_musd)
    share = figures("warning")["asset_loss_avoided"].value
    return Range(*(loss_musd * end for end in (share.low, share.central, share.high)))


def drainage_called(series: LakeSeries) -> bool | None:
    """Whether a series calls for lowering its lake: the last change is growth that gives an alarm and is distinct.

    None where no two images can be compared: unknown, not "no".
    """
    if not series.changes:
        return None
    last = series.changes[-1]
    return last.alarm and last.share > 2 * last.sigma
